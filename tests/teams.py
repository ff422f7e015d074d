"""Teams for tests: people who answer an audit of Testshire."""

from __future__ import annotations

from collections.abc import Sequence

from audit.core.people import Person, Role
from audit.core.responses import RatingState, Response
from audit.operations import answering, sign_in
from audit.operations.workplace import Workplace
from audit.store import people
from audit.store.connection import write

SLUG = "testshire"


def member(workplace: Workplace, name: str, role: Role = Role.CONTRIBUTOR) -> Person:
    """A person of this first name who belongs to Testshire."""
    email = f"{name.lower()}@testshire.gov.uk"
    person = sign_in.person_of_link(workplace, sign_in.issue_link(workplace, email, f"{name} Testperson"))
    with workplace.registry() as registry, write(registry):
        people.add_membership(registry, person.id, SLUG, role)
    return person


def contributors(workplace: Workplace, count: int) -> list[Person]:
    """So many people who answer."""
    return [member(workplace, f"Person{chr(ord('A') + number)}") for number in range(count)]


def rate(
    workplace: Workplace, audit_id: int, item_id: str, people: Sequence[Person], levels: Sequence[int | None]
) -> None:
    """Each person rates the item at a level, None for "don't know", with a reason that says whose it is."""
    for person, level in zip(people, levels, strict=True):
        state = RatingState.DONT_KNOW if level is None else RatingState.RATED
        response = Response(state, level, reason=f"As {person.name.split()[0]} sees it")
        answering.save_response(workplace, person, SLUG, audit_id, item_id, response)
