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
