"""Invitations: what their links do, and what they do not."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest
from pyotp import TOTP

from audit.core.directories import Directory, Vouched
from audit.core.mailboxes import Mailbox
from audit.core.people import Authority, Person, Role
from audit.operations import second_factor
from audit.operations.accounts import person_with_password, set_password
from audit.operations.authorities import create_authority, membership_for, memberships_of
from audit.operations.directories import person_of_account, set_directory
from audit.operations.errors import InvitationRefused, NotAllowed, NotFound
from audit.operations.invitations import accept, invite, invite_again, note_mailed, offer_of, withdraw_invitation
from audit.operations.members import roster
from audit.operations.own_data import own_data
from audit.operations.people import person_with_email
from audit.operations.sessions import BY_INVITATION
from audit.operations.sign_in import finish, issue_link, person_of_session, sign_in
from audit.operations.workplace import Workplace
from tests.clock import Clock
from tests.operations.test_members import joined, told
from tests.sessions import begin_session

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


def by_link(workplace: Workplace, person: Person) -> Person | None:
    return person_of_session(workplace, sign_in(workplace, issue_link(workplace, person.email)).token)


def test_whoever_uses_a_link_that_the_inviter_saw_gets_into_no_other_authority(
    workplace: Workplace, lead: Person, stranger: Person, authority: Authority
) -> None:
    """A lead could invite somebody else's address, use the link, set a password, and wait for an invitation to it."""
    create_authority(workplace, stranger, "Othershire")
    jo = accept(workplace, token_for(workplace, lead), None, "Not Jo")
    taken = begin_session(workplace, jo.id, BY_INVITATION)
    set_password(workplace, taken, "", "a long password of the thief")
    (made,) = invite(workplace, stranger, "othershire", [JO], Role.LEAD)
    thief = person_of_session(workplace, taken)
    assert thief is not None
    assert [each.authority.slug for each in memberships_of(workplace, thief)] == ["testshire"]
    with pytest.raises(NotAllowed, match="Sign in as jo@testshire"):
        accept(workplace, made.token, thief)
    with pytest.raises(NotAllowed, match="sign in with a link"):
        create_authority(workplace, thief, "Thirdshire")
    real = by_link(workplace, jo)
    accept(workplace, made.token, real)
    assert real is not None
    assert len(memberships_of(workplace, real)) == 2
    assert person_of_session(workplace, taken) is None
    assert person_with_password(workplace, JO.address, "a long password of the thief") is None


def test_a_directory_does_not_open_another_authority_to_whoever_used_an_invitation(
    workplace: Workplace, lead: Person, stranger: Person, authority: Authority
) -> None:
    create_authority(workplace, stranger, "Othershire")
    jo = accept(workplace, token_for(workplace, lead), None, "Not Jo")
    taken = begin_session(workplace, jo.id, BY_INVITATION)
    invite(workplace, stranger, "othershire", [JO], Role.LEAD)
    directory = Directory("othershire", "https://id.example", "", "plumbline", "secret")
    set_directory(workplace, directory)
    vouched = Vouched(directory.realm, "jo", (JO.address,), "Jo")
    assert person_of_account(workplace, directory, vouched).id == jo.id
    thief = person_of_session(workplace, taken)
    assert thief is not None
    with pytest.raises(NotFound):
        membership_for(workplace, thief, "othershire")
    held = own_data(workplace, thief, taken)
    assert "othershire" not in held.json.decode()
    assert list(held.authorities) == ["testshire"]


def test_a_code_of_the_second_factor_keeps_what_the_account_has(
    workplace: Workplace, lead: Person, authority: Authority, clock: Clock
) -> None:
    jo = accept(workplace, token_for(workplace, lead), None, "Jo")
    token = begin_session(workplace, jo.id, BY_INVITATION)
    set_password(workplace, token, "", "a long password of her own")
    app = TOTP(second_factor.begin(workplace, token))
    second_factor.confirm(workplace, token, app.at(clock()))
    clock.forward(timedelta(minutes=1))
    entry = sign_in(workplace, issue_link(workplace, JO.address))
    assert not entry.complete
    still = person_of_session(workplace, token)
    assert still is not None
    assert still.reach == "testshire"
    new = person_of_session(workplace, finish(workplace, entry.token, app.at(clock())))
    assert new == jo
    assert person_with_password(workplace, JO.address, "a long password of her own") == jo


def test_an_invitation_that_went_by_e_mail_shows_whose_the_address_is(
    workplace: Workplace, lead: Person, authority: Authority
) -> None:
    token = token_for(workplace, lead)
    note_mailed(workplace, [token])
    jo = accept(workplace, token, None, "Jo")
    session = begin_session(workplace, jo.id, BY_INVITATION)
    set_password(workplace, session, "", "a long password of her own")
    assert person_of_session(workplace, session) == jo
    assert by_link(workplace, jo) == jo
    assert person_with_password(workplace, JO.address, "a long password of her own") == jo
