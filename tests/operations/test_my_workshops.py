"""A consultant's desk: the workshops of all authorities, and agendas that carry nothing over but themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.core.audits import AuditDetails
from audit.core.decisions import DecisionRule, RuleKind
from audit.core.people import Person, Role
from audit.core.rooms import Phase
from audit.core.workshops import AgendaItem, Basis, Plan
from audit.operations import my_workshops, workshops
from audit.operations.audits import open_audit
from audit.operations.authorities import create_authority
from audit.operations.errors import NotAllowed, NotFound
from audit.operations.people import known_person
from audit.operations.workplace import Workplace
from audit.store import people
from audit.store.connection import write

RULE = DecisionRule(RuleKind.TWO_THIRDS, quorum=3)
PLAN = Plan("Day of Testshire", (AgendaItem("R5", 12), AgendaItem("R1", 8)), Basis.CHOSEN, RULE, "2026-12-03", "09:30")


@pytest.fixture
def consultant(workplace: Workplace) -> Person:
    """A facilitator of two authorities, each with an audit, and a contributor of a third with one as well."""
    lead = known_person(workplace, "lead@testshire.example", "Lee Lead")
    person = known_person(workplace, "con@sultant.example", "Con Sultant")
    for name, role in (("Testshire", Role.FACILITATOR), ("Othershire", Role.FACILITATOR), ("Third", Role.CONTRIBUTOR)):
        slug = create_authority(workplace, lead, name).slug
        open_audit(workplace, lead, slug, AuditDetails("recommendations", f"Autumn in {name}"))
        workshops.plan_workshop(workplace, lead, slug, 1, replace(PLAN, title=f"Day of {name}"))
        with workplace.registry() as registry, write(registry):
            people.add_membership(registry, person.id, slug, role)
    return person


def test_a_consultant_sees_the_workshops_that_she_may_run(workplace: Workplace, consultant: Person) -> None:
    found = my_workshops.workshops_to_run(workplace, consultant)
    assert {(each.authority.slug, each.workshop.plan.title, each.period) for each in found} == {
        ("testshire", "Day of Testshire", "Autumn in Testshire"),
        ("othershire", "Day of Othershire", "Autumn in Othershire"),
    }
    assert [each.phase for each in found] == [Phase.PLANNED, Phase.PLANNED]


def test_a_sign_in_that_reaches_one_authority_shows_that_one(workplace: Workplace, consultant: Person) -> None:
    narrow = replace(consultant, reach="othershire")
    assert [each.authority.slug for each in my_workshops.workshops_to_run(workplace, narrow)] == ["othershire"]


def test_an_authority_whose_file_is_gone_hides_no_other(workplace: Workplace, consultant: Person) -> None:
    workplace.files_of("testshire")[0].unlink()
    assert [each.authority.slug for each in my_workshops.workshops_to_run(workplace, consultant)] == ["othershire"]


def test_an_agenda_is_copied_without_what_speaks_of_its_authority(workplace: Workplace, consultant: Person) -> None:
    bank_id, plan = my_workshops.agenda_to_copy(workplace, consultant, "testshire", 1)
    assert bank_id == "recommendations"
    assert plan == Plan("", PLAN.agenda, Basis.CHOSEN, RULE)


def test_items_chosen_by_what_people_answered_are_not_copied(workplace: Workplace, consultant: Person) -> None:
    workshops.change_plan(workplace, consultant, "testshire", 1, replace(PLAN, basis=Basis.CONTESTED))
    _, plan = my_workshops.agenda_to_copy(workplace, consultant, "testshire", 1)
    assert plan == Plan("", (), Basis.ALL, RULE)


def test_an_agenda_is_copied_only_from_where_one_may_run_workshops(
    workplace: Workplace, consultant: Person, stranger: Person
) -> None:
    with pytest.raises(NotAllowed):
        my_workshops.agenda_to_copy(workplace, consultant, "third", 1)
    for person, slug, number in ((stranger, "testshire", 1), (consultant, "nowhere", 1), (consultant, "testshire", 9)):
        with pytest.raises(NotFound):
            my_workshops.agenda_to_copy(workplace, person, slug, number)
