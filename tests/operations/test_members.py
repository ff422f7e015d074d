"""Members, their roles, and leaving."""

from __future__ import annotations

from threading import Thread

import pytest

from audit.core.audits import Audit
from audit.core.mailboxes import Mailbox
from audit.core.people import Authority, Person, Role
from audit.operations.answering import save_response
from audit.operations.authorities import create_authority, membership_for, memberships_of
from audit.operations.errors import InvitationRefused, LastLead, NotAllowed, NotFound
from audit.operations.invitations import invite, offer_of
from audit.operations.members import change_role, member_to_manage, remove_member, roster
from audit.operations.people import known_person
from audit.operations.workplace import Workplace
from audit.store import people, trail
from audit.store.connection import write
from tests.clock import Clock
from tests.making import rated


def joined(workplace: Workplace, slug: str, role: Role, name: str) -> Person:
    """A new member."""
    person = known_person(workplace, f"{name.split()[0].lower()}@testshire.example", name)
    with workplace.registry() as registry, write(registry):
        people.add_membership(registry, person.id, slug, role, workplace.now().isoformat())
    return person


def told(workplace: Workplace, slug: str) -> list[tuple[str, str, str]]:
    with workplace.authority(slug) as file:
        return [(entry.person_name, entry.did, entry.detail) for entry in trail.whole(file).rows]


def test_the_maker_of_an_authority_is_a_member_since_then(
    workplace: Workplace, lead: Person, authority: Authority, clock: Clock
) -> None:
    (member,) = roster(workplace, lead, authority.slug).members
    assert (member.person, member.role, member.since) == (lead, Role.LEAD, clock.at)


def test_what_a_role_sees_of_the_others(workplace: Workplace, lead: Person, audit: Audit, clock: Clock) -> None:
    members = {role: joined(workplace, "testshire", role, f"Other{role.value} Two") for role in Role}
    save_response(workplace, members[Role.CONTRIBUTOR], "testshire", audit.id, "R1", rated(1))
    invite(workplace, lead, "testshire", [Mailbox("new@testshire.example")], Role.VIEWER)
    seen = {role: roster(workplace, person, "testshire") for role, person in members.items()}
    names = {role: [member.person.name for member in each.members] for role, each in seen.items()}
    assert all(each == sorted(each) and len(each) == 5 for each in names.values())
    addresses = {role: {m.person.email for m in each.members if m.person.email} for role, each in seen.items()}
    assert addresses[Role.LEAD] == addresses[Role.FACILITATOR] == {m.person.email for m in seen[Role.LEAD].members}
    assert addresses[Role.VIEWER] == addresses[Role.CONTRIBUTOR] == {lead.email, members[Role.LEAD].email}
    assert {role for role, each in seen.items() if each.invitations} == {Role.LEAD, Role.FACILITATOR}
    assert {role for role, each in seen.items() if each.last_active} == {Role.LEAD}
    assert seen[Role.LEAD].last_active[members[Role.CONTRIBUTOR].id] == clock.at
    assert members[Role.VIEWER].id not in seen[Role.LEAD].last_active


def test_a_role_is_changed_at_once_and_the_trail_says_so(workplace: Workplace, lead: Person, audit: Audit) -> None:
    jo = joined(workplace, "testshire", Role.CONTRIBUTOR, "Jo Bloggs")
    save_response(workplace, jo, "testshire", audit.id, "R1", rated(1))
    change_role(workplace, lead, "testshire", jo.id, Role.VIEWER)
    with pytest.raises(NotAllowed):
        save_response(workplace, jo, "testshire", audit.id, "R2", rated(1))
    assert told(workplace, "testshire")[-1] == ("Lee Lead", "changed a role", "Jo Bloggs: contributor to viewer")
    rows = len(told(workplace, "testshire"))
    change_role(workplace, lead, "testshire", jo.id, Role.VIEWER)
    assert len(told(workplace, "testshire")) == rows


def test_there_is_always_a_lead(workplace: Workplace, lead: Person, authority: Authority) -> None:
    with pytest.raises(LastLead, match=r"Lee Lead is the only lead\. Make somebody else a lead first"):
        change_role(workplace, lead, "testshire", lead.id, Role.VIEWER)
    with pytest.raises(LastLead):
        remove_member(workplace, lead, "testshire", lead.id)
    second = joined(workplace, "testshire", Role.LEAD, "Sue Second")
    remove_member(workplace, lead, "testshire", lead.id)
    with pytest.raises(LastLead):
        remove_member(workplace, second, "testshire", second.id)


def test_two_leads_who_remove_each_other_at_once_leave_one(
    workplace: Workplace, lead: Person, authority: Authority
) -> None:
    second = joined(workplace, "testshire", Role.LEAD, "Sue Second")
    outcomes: list[str] = []

    def remove(person: Person, other: Person) -> None:
        try:
            remove_member(workplace, person, "testshire", other.id)
            outcomes.append("removed")
        except (LastLead, NotFound):
            outcomes.append("refused")

    threads = [Thread(target=remove, args=pair) for pair in ((lead, second), (second, lead))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "removed"]
    assert len(memberships_of(workplace, lead)) + len(memberships_of(workplace, second)) == 1


def test_somebody_removed_is_out_at_once_and_the_trail_keeps_the_name(
    workplace: Workplace, lead: Person, audit: Audit
) -> None:
    jo = joined(workplace, "testshire", Role.CONTRIBUTOR, "Jo Bloggs")
    other = create_authority(workplace, jo, "Othershire")
    save_response(workplace, jo, "testshire", audit.id, "R1", rated(1))
    remove_member(workplace, lead, "testshire", jo.id)
    with pytest.raises(NotFound):
        membership_for(workplace, jo, "testshire")
    with pytest.raises(NotFound):
        remove_member(workplace, lead, "testshire", jo.id)
    assert [each.authority for each in memberships_of(workplace, jo)] == [other]
    assert ("Jo Bloggs", "answered", "revision 1") in told(workplace, "testshire")
    assert told(workplace, "testshire")[-1] == ("Lee Lead", "removed a member", "Jo Bloggs, contributor")


@pytest.mark.parametrize("leaves", ["removed", "changed"])
def test_links_that_somebody_may_send_no_longer_are_dead(
    workplace: Workplace, lead: Person, authority: Authority, leaves: str
) -> None:
    second = joined(workplace, "testshire", Role.LEAD, "Sue Second")
    (to_lead,) = invite(workplace, second, "testshire", [Mailbox("a@testshire.example")], Role.LEAD)
    (to_view,) = invite(workplace, second, "testshire", [Mailbox("b@testshire.example")], Role.VIEWER)
    (of_lead,) = invite(workplace, lead, "testshire", [Mailbox("c@testshire.example")], Role.LEAD)
    if leaves == "removed":
        remove_member(workplace, lead, "testshire", second.id)
    else:
        change_role(workplace, lead, "testshire", second.id, Role.FACILITATOR)
    with pytest.raises(InvitationRefused, match="withdrawn"):
        offer_of(workplace, to_lead.token)
    if leaves == "removed":
        with pytest.raises(InvitationRefused, match="withdrawn"):
            offer_of(workplace, to_view.token)
    else:
        assert offer_of(workplace, to_view.token).invitation.role is Role.VIEWER
    assert offer_of(workplace, of_lead.token).invitation.role is Role.LEAD
    assert "withdrawn: invitation of a@testshire.example" in told(workplace, "testshire")[-1][2]


def test_a_person_of_another_authority_is_no_member_here(
    workplace: Workplace, lead: Person, stranger: Person, authority: Authority
) -> None:
    create_authority(workplace, stranger, "Othershire")
    for member_id in (stranger.id, 0, 999):
        with pytest.raises(NotFound, match="no such member"):
            member_to_manage(workplace, lead, "testshire", member_id)
        with pytest.raises(NotFound):
            change_role(workplace, lead, "testshire", member_id, Role.LEAD)
    assert membership_for(workplace, stranger, "othershire").role is Role.LEAD
