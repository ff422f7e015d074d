"""Planning a workshop: what fits the audit, and what can still change once people were told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.core.audits import Audit, AuditState
from audit.core.decisions import DecisionRule, RuleKind
from audit.core.people import Person
from audit.core.rooms import Phase
from audit.core.workshops import AgendaItem, Basis, Plan, StepKind
from audit.operations import closing, groups, room_steps, workshops
from audit.operations.errors import AuditLocked, NotFound, NotYet, RoomMoved
from audit.operations.rooms import run_room
from audit.operations.trail import whole_trail
from audit.operations.workplace import Workplace
from audit.store import audits
from audit.store.connection import write
from tests.rooms import Room
from tests.teams import SLUG, contributors, rate

PLAN = Plan(
    title='The "day" <b>',
    agenda=(AgendaItem("R5", 12), AgendaItem("R1", 8)),
    basis=Basis.CHOSEN,
    rule=DecisionRule(RuleKind.CONSENSUS, quorum=4, consensus=75),
    day="2026-12-03",
    begins="09:30",
    groups=("South", "North"),
    answered_before=True,
)


def agenda(*item_ids: str) -> Plan:
    return replace(PLAN, agenda=tuple(AgendaItem(item_id, 5) for item_id in item_ids))


def change(room: Room, plan: Plan) -> None:
    workshops.change_plan(*room.place, room.id, plan)


def plan_of(room: Room) -> Plan:
    return run_room(*room.place, room.id).workshop.plan


def test_a_plan_is_kept_as_it_was_made(workplace: Workplace, lead: Person, audit: Audit) -> None:
    first = workshops.plan_workshop(workplace, lead, SLUG, audit.id, PLAN)
    second = workshops.plan_workshop(workplace, lead, SLUG, audit.id, agenda("R2"))
    listed = workshops.workshops_of(workplace, lead, SLUG, audit.id)
    assert [(each.workshop.id, each.workshop.plan) for each in listed] == [(second, agenda("R2")), (first, PLAN)]
    assert [each.room.phase for each in listed] == [Phase.PLANNED, Phase.PLANNED]
    assert PLAN.minutes == 20
    assert whole_trail(workplace, lead, SLUG).rows[-1].did == "planned a workshop"


@pytest.mark.parametrize("items", [(), ("R1", "R1"), ("R99",), ("R1", ""), ("S1",)])
def test_an_agenda_names_items_of_the_bank_each_once(planned: Room, audit: Audit, items: tuple[str, ...]) -> None:
    before = plan_of(planned)
    with pytest.raises(ValueError, match="an agenda"):
        workshops.plan_workshop(*planned.place, audit.id, agenda(*items))
    with pytest.raises(ValueError, match="an agenda"):
        change(planned, agenda(*items))
    assert plan_of(planned) == before


def test_before_the_room_is_open_all_of_a_plan_can_change(planned: Room) -> None:
    change(planned, PLAN)
    assert plan_of(planned) == PLAN
    change(planned, agenda("R12"))
    assert plan_of(planned) == agenda("R12")


def test_once_the_room_is_open_items_that_were_opened_and_the_rule_stay(room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R2")
    room.step(StepKind.PARK, "R2")
    same_rule = replace(agenda("R2", "R7"), rule=plan_of(room).rule)
    change(room, same_rule)
    assert plan_of(room) == same_rule
    with pytest.raises(RoomMoved, match="R2 was opened already"):
        change(room, replace(same_rule, agenda=(AgendaItem("R7", 5),)))
    with pytest.raises(RoomMoved, match="rule stays"):
        change(room, replace(same_rule, rule=DecisionRule(RuleKind.MAJORITY)))
    assert plan_of(room) == same_rule


def test_the_plan_of_a_closed_workshop_stays(room: Room) -> None:
    room_steps.close_room(*room.place, room.id, room.seen)
    with pytest.raises(RoomMoved, match="closed"):
        change(room, plan_of(room))


def test_over_an_audit_that_is_signed_off_nothing_is_planned(planned: Room, audit: Audit) -> None:
    with planned.place[0].authority(SLUG) as file, write(file):
        audits.set_state(file, audit.id, AuditState.SIGNED_OFF)
    with pytest.raises(AuditLocked):
        workshops.plan_workshop(*planned.place, audit.id, PLAN)
    with pytest.raises(AuditLocked):
        change(planned, PLAN)
    with pytest.raises(AuditLocked):
        room_steps.open_room(*planned.place, planned.id, 0)


def test_what_is_not_there_is_not_found(planned: Room) -> None:
    for deed in (
        lambda: workshops.plan_workshop(*planned.place, 99, PLAN),
        lambda: workshops.change_plan(*planned.place, 99, PLAN),
        lambda: workshops.workshops_of(*planned.place, 99),
        lambda: run_room(*planned.place, 99),
    ):
        with pytest.raises(NotFound):
            deed()


def test_the_most_contested_items_are_known_only_after_answering(
    workplace: Workplace, lead: Person, audit: Audit
) -> None:
    people = contributors(workplace, 5)
    rate(workplace, audit.id, "R3", people, [0, 0, 4, 4, 4])
    rate(workplace, audit.id, "R1", people, [2, 2, 2, 2, 2])
    rate(workplace, audit.id, "R7", people, [None, None, None, 1, 2])
    with pytest.raises(NotYet, match="Close answering"):
        workshops.contested_order(workplace, lead, SLUG, audit.id)
    closing.close_answering(workplace, lead, SLUG, audit.id)
    order = list(workshops.contested_order(workplace, lead, SLUG, audit.id))
    assert len(order) == 12
    assert order.index("R7") < order.index("R3") < order.index("R1")


def test_a_plan_can_begin_with_the_groups_of_the_authority(workplace: Workplace, lead: Person, audit: Audit) -> None:
    groups.name_groups(workplace, lead, SLUG, {}, ["South", "North"])
    assert sorted(workshops.group_names(workplace, lead, SLUG)) == ["North", "South"]
