"""Authorities, their files and the walls between them."""

from __future__ import annotations

import shutil

import pytest

from audit.core.audits import Audit, AuditDetails
from audit.core.people import Authority, Person, Role
from audit.operations.answering import save_response
from audit.operations.audits import audit_for, audits_of, open_audit
from audit.operations.authorities import change_authority, create_authority, membership_for, memberships_of
from audit.operations.errors import NotAllowed, NotFound
from audit.operations.sheets import own_sheet
from audit.operations.trail import whole_trail
from audit.operations.workplace import Workplace
from audit.store import people
from audit.store.connection import write
from tests.making import rated


def test_its_maker_is_its_lead(workplace: Workplace, lead: Person, authority: Authority) -> None:
    membership = membership_for(workplace, lead, authority.slug)
    assert (membership.authority.name, membership.role) == ("Testshire", Role.LEAD)
    assert memberships_of(workplace, lead) == [membership]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Bath and North East Somerset", "bath-and-north-east-somerset"),
        ("  St. Helens  ", "st-helens"),
        ("Ynys Môn", "ynys-mon"),
        ("中", "authority"),
        ("new", "new-2"),
        ("../../etc/passwd", "etc-passwd"),
        ("x" * 120, "x" * 60),
    ],
)
def test_a_name_becomes_a_safe_short_name(workplace: Workplace, lead: Person, name: str, slug: str) -> None:
    assert create_authority(workplace, lead, name).slug == slug
    assert (workplace.folder / "authorities" / f"{slug}.db").is_file()


def test_two_of_the_same_name_have_files_of_their_own(workplace: Workplace, lead: Person) -> None:
    slugs = {create_authority(workplace, lead, "Testshire").slug for _ in range(3)}
    assert slugs == {"testshire", "testshire-2", "testshire-3"}


def test_a_change_of_name_keeps_file_and_address(workplace: Workplace, lead: Person, authority: Authority) -> None:
    changed = change_authority(workplace, lead, authority.slug, name="New name", ons_code="E06000001", accent="#0f4c5c")
    assert changed.slug == authority.slug
    assert membership_for(workplace, lead, authority.slug).authority == changed


def test_a_stranger_cannot_tell_an_authority_from_none(
    workplace: Workplace, stranger: Person, authority: Authority, audit: Audit
) -> None:
    for slug in (authority.slug, "nowhere", "../registry", "Testshire"):
        with pytest.raises(NotFound, match="or you are not a member of it"):
            audit_for(workplace, stranger, slug, audit.id)
        with pytest.raises(NotFound):
            own_sheet(workplace, stranger, slug, audit.id)
        with pytest.raises(NotFound):
            save_response(workplace, stranger, slug, audit.id, "R1", rated(1))
        with pytest.raises(NotFound):
            open_audit(workplace, stranger, slug, AuditDetails("recommendations", "x"))
        with pytest.raises(NotFound):
            whole_trail(workplace, stranger, slug)


def test_one_authoritys_audit_is_not_reached_through_another(
    workplace: Workplace, lead: Person, authority: Authority, audit: Audit
) -> None:
    other = create_authority(workplace, lead, "Othershire")
    assert audits_of(workplace, lead, other.slug) == []
    with pytest.raises(NotFound, match="There is no such audit"):
        audit_for(workplace, lead, other.slug, audit.id)


def test_a_file_put_in_anothers_place_is_refused(workplace: Workplace, lead: Person, authority: Authority) -> None:
    other = create_authority(workplace, lead, "Othershire")
    folder = workplace.folder / "authorities"
    shutil.copyfile(folder / f"{authority.slug}.db", folder / f"{other.slug}.db")
    with pytest.raises(NotFound, match="belongs to another authority"):
        audits_of(workplace, lead, other.slug)


@pytest.mark.parametrize(
    ("role", "may_open", "may_answer"),
    [
        (Role.LEAD, True, True),
        (Role.CONTRIBUTOR, False, True),
        (Role.FACILITATOR, True, False),
        (Role.VIEWER, False, False),
    ],
)
def test_each_role_may_what_the_table_says(
    workplace: Workplace,
    stranger: Person,
    authority: Authority,
    audit: Audit,
    role: Role,
    may_open: bool,
    may_answer: bool,
) -> None:
    with workplace.registry() as registry, write(registry):
        people.add_membership(registry, stranger.id, authority.slug, role)

    def allowed(action: object) -> bool:
        try:
            action()  # type: ignore[operator]
        except NotAllowed:
            return False
        return True

    details = AuditDetails("key-ingredients", "Spring 2027")
    assert allowed(lambda: open_audit(workplace, stranger, authority.slug, details)) == may_open
    assert allowed(lambda: save_response(workplace, stranger, authority.slug, audit.id, "R1", rated(1))) == may_answer
    assert allowed(lambda: own_sheet(workplace, stranger, authority.slug, audit.id)) == (role is not Role.VIEWER)
