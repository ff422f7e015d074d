"""An instance with a settable clock, a lead and an authority."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.core.audits import Audit, AuditDetails
from audit.core.people import Authority, Person
from audit.core.workshops import AgendaItem, Plan
from audit.operations.audits import open_audit
from audit.operations.authorities import create_authority
from audit.operations.people import known_person
from audit.operations.workplace import Workplace
from tests.clock import Clock
from tests.rooms import Room


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workplace(tmp_path: Path, clock: Clock) -> Workplace:
    return Workplace(tmp_path / "instance", clock)


@pytest.fixture
def lead(workplace: Workplace) -> Person:
    return known_person(workplace, "lead@testshire.example", "Lee Lead")


@pytest.fixture
def stranger(workplace: Workplace) -> Person:
    return known_person(workplace, "stranger@elsewhere.example", "Sam Stranger")


@pytest.fixture
def authority(workplace: Workplace, lead: Person) -> Authority:
    return create_authority(workplace, lead, "Testshire")


@pytest.fixture
def audit(workplace: Workplace, lead: Person, authority: Authority) -> Audit:
    return open_audit(workplace, lead, authority.slug, AuditDetails("recommendations", "Autumn 2026"))


@pytest.fixture
def planned(workplace: Workplace, lead: Person, audit: Audit) -> Room:
    """A workshop over three items whose room is not open yet."""
    agenda = tuple(AgendaItem(item_id, 10) for item_id in ("R1", "R2", "R3"))
    return Room(workplace, lead, "testshire", audit.id, Plan("The day", agenda, groups=("North", "South")))


@pytest.fixture
def room(planned: Room) -> Room:
    """The same with four phones in it, and the lead."""
    planned.open(["Ann", "Ben", "Cy", "Dee"])
    return planned
