"""Assigning items: who may, what it changes, and what is left of those who went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from audit.core.audits import Audit
from audit.core.people import Authority, Person, Role
from audit.core.responses import Response
from audit.operations.answering import save_response
from audit.operations.assigning import HAS_LEFT, NO_LONGER_ANSWERS, assign, assignments_of, own_alone, own_assignments
from audit.operations.errors import AuditLocked, NotAllowed, NotFound
from audit.operations.people import known_person
from audit.operations.sheets import team_sheet
from audit.operations.trail import whole_trail
from audit.operations.workplace import Workplace
from audit.store import people
from audit.store.connection import write
from tests.clock import Clock
from tests.making import rated

Here = tuple[Workplace, Person, str, int]
Join = Callable[..., Person]


@pytest.fixture
def here(workplace: Workplace, lead: Person, authority: Authority, audit: Audit) -> Here:
    return workplace, lead, authority.slug, audit.id


@pytest.fixture
def join(workplace: Workplace, authority: Authority) -> Join:
    """Makes somebody a member, or gives a member another role."""

    def joined(name: str, role: Role = Role.CONTRIBUTOR) -> Person:
        person = known_person(workplace, f"{name.lower()}@testshire.example", name)
        with workplace.registry() as registry, write(registry):
            people.add_membership(registry, person.id, authority.slug, role)
        return person

    return joined


@pytest.fixture
def ann(join: Join) -> Person:
    return join("Ann")


@pytest.fixture
def bob(join: Join) -> Person:
    return join("Bob")


def leave(here: Here, person: Person) -> None:
    with here[0].registry() as registry, write(registry):
        registry.execute("DELETE FROM memberships WHERE person_id = ? AND slug = ?", [person.id, here[2]])


def asked(here: Here) -> dict[str, list[tuple[str, str]]]:
    found = assignments_of(*here).by_item
    return {name: [(each.name, each.gone) for each in people_asked] for name, people_asked in found.items()}


def lines(here: Here) -> list[tuple[str, str | None, str]]:
    return [(entry.did, entry.item_id, entry.detail) for entry in whole_trail(*here[:3]).rows][1:]


def test_items_are_given_and_taken_back_with_a_row_each(here: Here, ann: Person, bob: Person) -> None:
    assert assign(*here, [("R1", ann.id), ("R1", bob.id), ("S1", ann.id)]) == 3
    assert asked(here) == {"R1": [("Ann", ""), ("Bob", "")], "S1": [("Ann", "")]}
    assert own_assignments(here[0], ann, *here[2:]) == {"R1": 2, "S1": 1}
    assert assign(*here, [], [("R1", bob.id)]) == 1
    assert own_assignments(here[0], bob, *here[2:]) == {}
    assert lines(here) == [
        ("assigned", "R1", "to Ann"),
        ("assigned", "R1", "to Bob"),
        ("assigned", "S1", "to Ann"),
        ("took back", "R1", "from Bob"),
    ]


def test_what_is_so_already_changes_nothing(here: Here, ann: Person) -> None:
    assign(*here, [("R1", ann.id)])
    assert assign(*here, [("R1", ann.id)], [("R2", ann.id), ("R1", 999)]) == 0
    assert len(lines(here)) == 1


def test_only_those_who_answer_can_be_asked(here: Here, join: Join, ann: Person, stranger: Person) -> None:
    viewer, facilitator = join("Vi", Role.VIEWER), join("Fay", Role.FACILITATOR)
    assert [each.name for each in assignments_of(*here).people] == ["Ann", "Lee Lead"]
    for person in (viewer, facilitator, stranger):
        with pytest.raises(NotFound, match="no such person"):
            assign(*here, [("R1", ann.id), ("R2", person.id)])
    with pytest.raises(NotFound, match="no such item"):
        assign(*here, [("R1", ann.id), ("T1", ann.id)])
    assert asked(here) == {}
    assert lines(here) == []


@pytest.mark.parametrize("role", list(Role))
def test_leads_and_facilitators_assign(here: Here, join: Join, ann: Person, role: Role) -> None:
    workplace, _, slug, audit_id = here
    person = join("Somebody", role)
    if role in (Role.LEAD, Role.FACILITATOR):
        assert assign(workplace, person, slug, audit_id, [("R1", ann.id)]) == 1
        assert assignments_of(workplace, person, slug, audit_id).items_of(ann.id) == ("R1",)
        return
    with pytest.raises(NotAllowed):
        assign(workplace, person, slug, audit_id, [("R1", ann.id)])
    with pytest.raises(NotAllowed):
        assignments_of(workplace, person, slug, audit_id)


def test_those_who_left_are_named_and_cannot_be_chosen(here: Here, join: Join, ann: Person, bob: Person) -> None:
    assign(*here, [("R1", ann.id), ("R2", bob.id)])
    leave(here, ann)
    join("Bob", Role.VIEWER)
    assert asked(here) == {"R1": [("Ann", HAS_LEFT)], "R2": [("Bob", NO_LONGER_ANSWERS)]}
    assert [each.name for each in assignments_of(*here).people] == ["Lee Lead"]


def test_a_new_assignee_takes_over_from_one_who_left(here: Here, ann: Person, bob: Person) -> None:
    assign(*here, [("R1", ann.id), ("R2", ann.id)])
    leave(here, ann)
    assert assign(*here, [("R1", bob.id)]) == 2
    assert asked(here) == {"R1": [("Bob", "")], "R2": [("Ann", HAS_LEFT)]}
    assert lines(here)[-2:] == [("took back", "R1", "from Ann"), ("assigned", "R1", "to Bob")]


def test_nothing_is_assigned_once_answering_is_closed(here: Here, ann: Person) -> None:
    assign(*here, [("R1", ann.id)])
    for state in ("moderated", "signed_off"):
        with here[0].authority(here[2]) as file, write(file):
            file.execute("UPDATE audits SET state = ?", [state])
        with pytest.raises(AuditLocked):
            assign(*here, [("R2", ann.id)])
    assert asked(here) == {"R1": [("Ann", "")]}


def counts(here: Here) -> Response:
    found = assignments_of(*here)
    with here[0].authority(here[2]) as file:
        return team_sheet(found.membership, file, found.audit).answers.of("R1")


def test_what_a_sole_assignee_writes_counts_for_the_team(here: Here, clock: Clock, ann: Person, bob: Person) -> None:
    workplace, lead, slug, audit_id = here
    for person, level in ((bob, 0), (lead, 0)):
        save_response(workplace, person, slug, audit_id, "R1", rated(level))
    assign(*here, [("R1", ann.id)])
    clock.move(minutes=1)
    save_response(workplace, ann, slug, audit_id, "R1", rated(4))
    assert counts(here).level == 4
    assign(*here, [("R1", bob.id)])
    assert counts(here).level == 0


def test_nobody_reads_what_somebody_wrote_by_assigning_it_to_her_afterwards(
    here: Here, clock: Clock, ann: Person, bob: Person
) -> None:
    workplace, lead, slug, audit_id = here
    for person, level in ((ann, 4), (bob, 0), (lead, 0)):
        save_response(workplace, person, slug, audit_id, "R1", replace(rated(level), reason=f"So says {person.name}"))
    clock.move(minutes=1)
    assign(*here, [("R1", ann.id)])
    assert (counts(here).level, counts(here).reason) == (0, "")
    assert list(own_alone(workplace, ann, *here[2:])) == ["R1"]
    # She has it alone from the moment that it is taken back from others.
    assign(*here, [("R1", bob.id)])
    clock.move(minutes=1)
    save_response(workplace, ann, slug, audit_id, "R1", replace(rated(3), reason="So says Ann, among others"), seen=1)
    clock.move(minutes=1)
    assert own_alone(workplace, ann, *here[2:]) == {}
    assign(*here, [], [("R1", bob.id)])
    assert own_alone(workplace, ann, *here[2:]) == {"R1": clock()}
    assert (counts(here).level, counts(here).reason) == (0, "")
    # Who reads that it is hers now lets it count by saving it once more.
    again = replace(rated(3), reason="So says Ann, among others")
    assert save_response(workplace, ann, slug, audit_id, "R1", again, seen=2).number == 3
    assert counts(here) == again
    assert save_response(workplace, ann, slug, audit_id, "R1", again, seen=3).number == 3
