"""Invitations: what their links do, and what they do not."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from audit.core.mailboxes import Mailbox
from audit.core.people import Authority, Person, Role
from audit.operations.authorities import create_authority, membership_for, memberships_of
from audit.operations.errors import InvitationRefused, NotAllowed, NotFound
from audit.operations.invitations import accept, invite, invite_again, offer_of, withdraw_invitation
from audit.operations.members import roster
from audit.operations.people import person_with_email
from audit.operations.workplace import Workplace
from tests.clock import Clock
from tests.operations.test_members import joined, told

JO = Mailbox("jo@testshire.example", "Jo Bloggs")


def token_for(workplace: Workplace, person: Person, role: Role = Role.CONTRIBUTOR, mailbox: Mailbox = JO) -> str:
    (made,) = invite(workplace, person, "testshire", [mailbox], role)
    assert made.token
    return made.token


def test_somebody_new_becomes_a_member_by_the_link_alone(
    workplace: Workplace, lead: Person, authority: Authority
) -> None:
    token = token_for(workplace, lead)
    assert person_with_email(workplace, JO.address) is None
    offer = offer_of(workplace, token)
    assert (offer.authority, offer.known, offer.role) == (authority, None, None)
    jo = accept(workplace, token, None, "  Jo   Bloggs ")
    assert (jo.email, jo.name) == (JO.address, "Jo Bloggs")
    assert membership_for(workplace, jo, "testshire").role is Role.CONTRIBUTOR
    assert told(workplace, "testshire") == [
        ("Lee Lead", "invited", "jo@testshire.example as contributor"),
        ("Jo Bloggs", "joined", "as contributor, invited by Lee Lead"),
    ]
    with pytest.raises(InvitationRefused, match="works once"):
        accept(workplace, token, None, "Jo Again")
    assert roster(workplace, lead, "testshire").invitations == ()


@pytest.mark.parametrize("name", ["", "  ", "x" * 121])
def test_somebody_new_needs_a_name(workplace: Workplace, lead: Person, authority: Authority, name: str) -> None:
    token = token_for(workplace, lead)
    with pytest.raises(ValueError, match="name"):
        accept(workplace, token, None, name)
    assert person_with_email(workplace, JO.address) is None
    assert offer_of(workplace, token).invitation.email == JO.address


def test_a_link_is_no_way_in_for_who_is_known_already(
    workplace: Workplace, lead: Person, stranger: Person, authority: Authority
) -> None:
    """Whoever invites can see the link: it must not open the other authorities of a consultant."""
    create_authority(workplace, stranger, "Othershire")
    token = token_for(workplace, lead, Role.FACILITATOR, Mailbox(stranger.email))
    for visitor in (None, lead):
        with pytest.raises(NotAllowed, match=r"Sign in as stranger@elsewhere\.example first"):
            accept(workplace, token, visitor, "Lee Lead")
    assert [each.authority.name for each in memberships_of(workplace, stranger)] == ["Othershire"]
    assert accept(workplace, token, stranger) == stranger
    assert membership_for(workplace, stranger, "testshire").role is Role.FACILITATOR


def test_an_invitation_lasts_for_14_days(
    workplace: Workplace, lead: Person, authority: Authority, clock: Clock
) -> None:
    token = token_for(workplace, lead)
    clock.forward(timedelta(days=14))
    assert offer_of(workplace, token).invitation.email == JO.address
    clock.forward(timedelta(seconds=1))
    with pytest.raises(InvitationRefused, match=r"has expired\. Ask Lee Lead for a new one"):
        accept(workplace, token, None, "Jo")
    assert [each.email for each in roster(workplace, lead, "testshire").invitations] == [JO.address]


def test_inviting_again_makes_a_new_link_and_the_old_one_dies(
    workplace: Workplace, lead: Person, authority: Authority, clock: Clock
) -> None:
    first = token_for(workplace, lead)
    clock.forward(timedelta(days=20))
    (open_one,) = roster(workplace, lead, "testshire").invitations
    again, role = invite_again(workplace, lead, "testshire", open_one.id)
    assert (again.mailbox, role) == (JO, Role.CONTRIBUTOR)
    third = token_for(workplace, lead, Role.VIEWER)
    for dead in (first, again.token):
        with pytest.raises(InvitationRefused, match="newer one was sent"):
            offer_of(workplace, dead)
    assert offer_of(workplace, third).invitation.role is Role.VIEWER
    assert len(roster(workplace, lead, "testshire").invitations) == 1
    with pytest.raises(NotFound):
        invite_again(workplace, lead, "testshire", open_one.id)


def test_a_withdrawn_link_is_dead(workplace: Workplace, lead: Person, authority: Authority) -> None:
    token = token_for(workplace, lead)
    (open_one,) = roster(workplace, lead, "testshire").invitations
    withdraw_invitation(workplace, lead, "testshire", open_one.id)
    with pytest.raises(InvitationRefused, match="withdrawn"):
        accept(workplace, token, None, "Jo")
    with pytest.raises(NotFound):
        withdraw_invitation(workplace, lead, "testshire", open_one.id)
    assert told(workplace, "testshire")[-1][1:] == ("withdrew an invitation", "jo@testshire.example as contributor")


@pytest.mark.parametrize("token", ["", "x", "' OR 1=1 --", "\ud800"])
def test_an_unknown_link_is_refused(workplace: Workplace, token: str) -> None:
    with pytest.raises(InvitationRefused, match="not known"):
        offer_of(workplace, token)


def test_a_member_is_not_invited_and_keeps_the_role(workplace: Workplace, lead: Person, authority: Authority) -> None:
    jo = joined(workplace, "testshire", Role.CONTRIBUTOR, "Jo Bloggs")
    made = invite(workplace, lead, "testshire", [JO, Mailbox("al@testshire.example")], Role.VIEWER)
    assert [bool(each.token) for each in made] == [False, True]
    assert made[0].instead == "is a member already, as contributor. Nothing has changed."
    assert membership_for(workplace, jo, "testshire").role is Role.CONTRIBUTOR
    assert told(workplace, "testshire") == [("Lee Lead", "invited", "al@testshire.example as viewer")]


def test_who_became_a_member_in_between_keeps_the_role(
    workplace: Workplace, lead: Person, authority: Authority
) -> None:
    token = token_for(workplace, lead, Role.LEAD)
    jo = joined(workplace, "testshire", Role.VIEWER, "Jo Bloggs")
    assert offer_of(workplace, token).role is Role.VIEWER
    accept(workplace, token, jo)
    assert membership_for(workplace, jo, "testshire").role is Role.VIEWER
    with pytest.raises(InvitationRefused):
        offer_of(workplace, token)


def test_a_facilitator_brings_in_contributors_and_viewers_alone(
    workplace: Workplace, lead: Person, authority: Authority
) -> None:
    fay = joined(workplace, "testshire", Role.FACILITATOR, "Fay Facilitator")
    for role in (Role.LEAD, Role.FACILITATOR):
        with pytest.raises(NotAllowed, match=f"invite somebody as {role.value}"):
            invite(workplace, fay, "testshire", [JO], role)
    token = token_for(workplace, lead, Role.LEAD)
    (open_one,) = roster(workplace, fay, "testshire").invitations
    for deed in (invite_again, withdraw_invitation):
        with pytest.raises(NotAllowed):
            deed(workplace, fay, "testshire", open_one.id)
    (kept,) = invite(workplace, fay, "testshire", [JO], Role.VIEWER)
    assert kept.instead == "is invited as lead already. A lead can change that."
    assert offer_of(workplace, token).invitation.role is Role.LEAD
    assert token_for(workplace, fay, Role.CONTRIBUTOR, Mailbox("al@testshire.example"))


def test_an_invitation_of_one_authority_is_not_reached_through_another(
    workplace: Workplace, lead: Person, stranger: Person, authority: Authority
) -> None:
    token_for(workplace, lead)
    (open_one,) = roster(workplace, lead, "testshire").invitations
    create_authority(workplace, stranger, "Othershire")
    for deed in (invite_again, withdraw_invitation):
        with pytest.raises(NotFound):
            deed(workplace, stranger, "othershire", open_one.id)
    assert roster(workplace, stranger, "othershire").invitations == ()


def test_no_token_lies_in_the_registry(workplace: Workplace, lead: Person, authority: Authority) -> None:
    token = token_for(workplace, lead)
    with sqlite3.connect(workplace.folder / "registry.db") as connection:
        dump = "\n".join(connection.iterdump())
    connection.close()
    assert JO.address in dump
    assert token not in dump
