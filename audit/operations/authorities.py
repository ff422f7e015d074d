"""Authorities and memberships."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from audit.core.people import Authority, Membership, Person, Role, slug_of
from audit.core.permissions import Deed
from audit.operations.access import require
from audit.operations.errors import NotAllowed
from audit.operations.workplace import Workplace
from audit.store import authorities, people
from audit.store.connection import write

# Words that stand in addresses where a slug would stand.
RESERVED = {"new"}


def create_authority(
    workplace: Workplace, person: Person, name: str, ons_code: str = "", accent: str = ""
) -> Authority:
    """A new authority with a file of its own; the person becomes its lead.

    Raises NotAllowed where the session opens one other authority alone, and could not see the new one.
    """
    if person.reach:
        raise NotAllowed("To add an authority, sign in with a link.")
    name = " ".join(name.split())
    stem = slug_of(name)
    with workplace.registry() as registry, write(registry):
        taken = authorities.slugs_beginning(registry, stem) | RESERVED
        slug = next(slug for slug in _candidates(stem) if slug not in taken)
        authority = Authority(slug, name, ons_code, accent)
        # The file first: a registry that names an authority without a file would be worse than a file unnamed.
        workplace.make_authority_file(slug)
        now = workplace.now().isoformat()
        authorities.add(registry, authority, now)
        people.add_membership(registry, person.id, slug, Role.LEAD, now)
    return authority


def _candidates(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem}-{number}" for number in count(2))


def change_authority(
    workplace: Workplace, person: Person, slug: str, *, name: str, ons_code: str, accent: str
) -> Authority:
    """Give the authority another name, code and colour. Its slug, and so its file and addresses, stays."""
    membership = require(workplace, person, slug, Deed.MANAGE)
    changed = replace(membership.authority, name=" ".join(name.split()), ons_code=ons_code, accent=accent)
    with workplace.registry() as registry, write(registry):
        authorities.change(registry, changed)
    return changed


def memberships_of(workplace: Workplace, person: Person) -> list[Membership]:
    """The authorities that the person belongs to and that this sign-in opens, by name."""
    with workplace.registry() as registry:
        found = people.memberships(registry, person.id)
    return [membership for membership in found if person.reaches(membership.authority.slug)]


def membership_for(workplace: Workplace, person: Person, slug: str) -> Membership:
    """The person's membership of one authority. Raises NotFound where there is none."""
    return require(workplace, person, slug, Deed.BELONG)
