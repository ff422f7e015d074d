"""Finding people, and making them known to an instance."""

from __future__ import annotations

from audit.core.people import Person
from audit.operations.workplace import Workplace
from audit.store import people
from audit.store.connection import write


def person_with_email(workplace: Workplace, email: str) -> Person | None:
    """The person with this e-mail address, in any case, or None."""
    with workplace.registry() as registry:
        return people.find_by_email(registry, email)


def known_person(workplace: Workplace, email: str, name: str = "") -> Person:
    """The person with this e-mail address, who is made if new; without a name, the address gives one."""
    with workplace.registry() as registry, write(registry):
        found = people.find_by_email(registry, email)
        return found or people.add(registry, email, name or email.partition("@")[0], workplace.now().isoformat())


def rename_person(workplace: Workplace, person: Person, name: str) -> None:
    """Give the person another name from now on. What the trail and signed reports say of the person stays."""
    with workplace.registry() as registry, write(registry):
        people.rename(registry, person.id, name)
