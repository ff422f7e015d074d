"""Whom an account of a directory belongs to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.core.directories import ClaimsRefused, Directory, Vouched, directory_problem, issuer_of, vouched_for
from audit.core.mailboxes import Mailbox
from audit.core.people import Authority, Person, Role
from audit.operations import authorities, directories, invitations
from audit.operations.errors import AccountTaken, NotAllowed, NotFound, NotInvited
from audit.operations.people import known_person
from audit.operations.sessions import BY_DIRECTORY, session_of
from audit.operations.sign_in import person_of_session
from audit.operations.trail import trail_for_operator
from audit.operations.workplace import Workplace
from tests.sessions import begin_session

TENANT = "11111111-2222-4333-8444-555555555555"
OTHER = "99999999-2222-4333-8444-555555555555"
ADDRESS = "jo@testshire.example"
JO = Vouched(TENANT, "object-of-jo", (ADDRESS,), "Jo Bloggs")


@pytest.fixture
def directory(workplace: Workplace, authority: Authority) -> Directory:
    made = Directory(authority.slug, issuer_of(TENANT), TENANT, "the-client", "a secret")
    directories.set_directory(workplace, made)
    return made


@pytest.fixture
def invited(workplace: Workplace, lead: Person, authority: Authority) -> None:
    invitations.invite(workplace, lead, authority.slug, [Mailbox(ADDRESS, "Jo B")], Role.VIEWER)


@pytest.mark.usefixtures("invited")
def test_an_invitation_gives_name_and_role(workplace: Workplace, lead: Person, directory: Directory) -> None:
    person = directories.person_of_account(workplace, directory, JO)
    assert (person.email, person.name) == (ADDRESS, "Jo B")
    assert authorities.membership_for(workplace, person, directory.slug).role is Role.VIEWER
    did = [(row.person_name, row.did) for row in trail_for_operator(workplace, directory.slug).rows]
    assert did[-2:] == [("Jo B", "signed in with the authority's account"), ("Jo B", "joined")]
    assert directories.person_of_account(workplace, directory, JO) == person
    assert len(trail_for_operator(workplace, directory.slug).rows) == len(did)


@pytest.mark.parametrize(
    ("told", "name"), [("Jo Bloggs", "Jo Bloggs"), ("", "jo"), ("x" * 121, "jo"), ("a\x00b", "jo")]
)
def test_a_name_that_is_told_is_checked(
    workplace: Workplace, lead: Person, directory: Directory, told: str, name: str
) -> None:
    invitations.invite(workplace, lead, directory.slug, [Mailbox(ADDRESS)], Role.VIEWER)
    assert directories.person_of_account(workplace, directory, replace(JO, name=told)).name == name


def test_nobody_is_made_who_is_not_invited(workplace: Workplace, directory: Directory) -> None:
    with pytest.raises(NotInvited):
        directories.person_of_account(workplace, directory, JO)
    assert known_person(workplace, ADDRESS, "New").name == "New"


@pytest.mark.usefixtures("invited")
def test_one_person_has_one_account(workplace: Workplace, directory: Directory) -> None:
    directories.person_of_account(workplace, directory, JO)
    with pytest.raises(AccountTaken):
        directories.person_of_account(workplace, directory, replace(JO, object_id="object-of-another"))


def test_two_authorities_can_share_a_tenant_and_keep_their_walls(
    workplace: Workplace, lead: Person, directory: Directory
) -> None:
    second = authorities.create_authority(workplace, lead, "Othershire")
    theirs = replace(directory, slug=second.slug)
    directories.set_directory(workplace, theirs)
    invitations.invite(workplace, lead, second.slug, [Mailbox(ADDRESS)], Role.VIEWER)
    person = directories.person_of_account(workplace, theirs, JO)
    with pytest.raises(NotInvited):
        directories.person_of_account(workplace, directory, JO)
    invitations.invite(workplace, lead, directory.slug, [Mailbox(ADDRESS)], Role.VIEWER)
    assert directories.person_of_account(workplace, directory, JO) == person


@pytest.mark.usefixtures("invited")
def test_a_session_of_a_directory_reaches_its_authority_alone(
    workplace: Workplace, stranger: Person, directory: Directory
) -> None:
    person = directories.person_of_account(workplace, directory, JO)
    authorities.create_authority(workplace, person, "Othershire")
    found = person_of_session(workplace, begin_session(workplace, person.id, f"{BY_DIRECTORY}{directory.slug}"))
    assert found is not None
    assert [each.authority.slug for each in authorities.memberships_of(workplace, found)] == [directory.slug]
    with pytest.raises(NotFound) as walled:
        authorities.membership_for(workplace, found, "othershire")
    with pytest.raises(NotFound) as unknown:
        authorities.membership_for(workplace, stranger, "othershire")
    assert str(walled.value) == str(unknown.value)
    with pytest.raises(NotAllowed):
        authorities.create_authority(workplace, found, "Newshire")
    assert len(authorities.memberships_of(workplace, person)) == 2


@pytest.mark.usefixtures("invited")
def test_another_tenant_forgets_the_accounts_and_a_new_secret_does_not(
    workplace: Workplace, directory: Directory
) -> None:
    person = directories.person_of_account(workplace, directory, JO)
    token = begin_session(workplace, person.id, f"{BY_DIRECTORY}{directory.slug}")
    renewed = replace(directory, client_secret="a new one")  # noqa: S106 - of this test alone
    directories.set_directory(workplace, renewed)
    assert session_of(workplace, token)
    assert directories.person_of_account(workplace, renewed, replace(JO, addresses=())) == person
    moved = replace(directory, issuer=issuer_of(OTHER), tenant=OTHER)
    directories.set_directory(workplace, moved)
    assert session_of(workplace, token) is None
    with pytest.raises(NotInvited):
        directories.person_of_account(workplace, moved, replace(JO, realm=OTHER, addresses=()))
    with pytest.raises(NotInvited):
        directories.person_of_account(workplace, directory, JO)


def test_claims_say_whose_account_it_is(directory: Directory) -> None:
    claims = {"iss": directory.issuer, "tid": TENANT, "oid": "x", "email": "Jo@Testshire.example", "sub": "y"}
    assert vouched_for(directory, claims) == Vouched(TENANT, "x", ("jo@testshire.example",), "")
    for wrong in ({"tid": OTHER}, {"iss": issuer_of(OTHER)}):
        with pytest.raises(ClaimsRefused):
            vouched_for(directory, {**claims, **wrong})
    # A letter that turns into a plain one when it is made small names nobody.
    assert vouched_for(directory, {**claims, "email": "\u017fam@testshire.example"}).addresses == ()
    plain = replace(directory, issuer="https://id.testshire.example", tenant="")
    elsewhere = {**claims, "iss": plain.issuer, "email_verified": True}
    assert vouched_for(plain, elsewhere) == Vouched(plain.issuer, "y", ("jo@testshire.example",), "")


def test_a_directory_needs_a_client(directory: Directory) -> None:
    assert directory_problem(directory) is None
    for changed in (replace(directory, client_id=" "), replace(directory, client_secret="")):
        assert directory_problem(changed) == "The client id or the client secret is empty."
