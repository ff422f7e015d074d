"""Workshops in the scene, one in each phase, with twelve people in the room and texts that are hard to lay out.

The places: ``ws_audit`` is their audit, ``ws_open_audit`` one that people still answer. For each phase, as in
``ws_voting``, there is the address of the workshop, its join code as ``code_voting``, and the address of its projector
as ``screen_voting``; the one that is planned has neither. The lead has a seat in each room.
"""

from __future__ import annotations

from audit.core.audits import AuditDetails
from audit.core.decisions import DecisionRule, RuleKind
from audit.core.people import Person
from audit.core.workshops import GROUP_LIMIT, NAME_LIMIT, TITLE_LIMIT, AgendaItem, Plan, StepKind
from audit.operations import authorities, closing, feedback, room_doors, room_steps
from audit.operations.audits import open_audit
from audit.operations.rooms import desk_of, run_room
from audit.operations.workplace import Workplace
from tests.rooms import Room

PHASES = ("planned", "between", "voting", "revealed", "closed")
_PEOPLE = 12


def workshop_places(workplace: Workplace, lead: Person, words: str, long_name: str) -> dict[str, str]:
    """Where they are. ``words`` is a text that is hard to lay out, and ``long_name`` a long name on one line."""
    slug = authorities.create_authority(workplace, lead, "Workshopshire").slug
    asked = open_audit(workplace, lead, slug, AuditDetails("recommendations", "Winter 2026")).id
    rooms = {phase: _room(workplace, lead, slug, long_name) for phase in PHASES}
    names = [long_name[:NAME_LIMIT], "", *(f"Person {n}" for n in range(_PEOPLE - 2))]
    for phase, room in rooms.items():
        if phase != "planned":
            room.open(names)
    _between(rooms["between"], words)
    rooms["voting"].step(StepKind.OPEN_ITEM, "R1")
    rooms["voting"].vote([0, 1, 2, 3])
    _revealed(rooms["revealed"])
    _closed(rooms["closed"], words)
    places = {f"ws_{phase}": f"/authorities/{slug}/workshops/{room.id}" for phase, room in rooms.items()}
    places |= {f"code_{phase}": room.code for phase, room in rooms.items() if room.code}
    for phase, room in rooms.items():
        places |= {f"screen_{phase}": f"/screen/{room.keys.screen}"} if room.code else {}
    return {
        **places,
        "ws_here": f"/authorities/{slug}",
        "ws_open_audit": f"/authorities/{slug}/audits/{asked}",
        "ws_audit": f"/authorities/{slug}/audits/{run_room(*rooms['closed'].place, rooms['closed'].id).audit.id}",
    }


def _room(workplace: Workplace, lead: Person, slug: str, long_name: str) -> Room:
    audit_id = open_audit(workplace, lead, slug, AuditDetails("recommendations", "Autumn 2026")).id
    closing.close_answering(workplace, lead, slug, audit_id)
    plan = Plan(
        title=(long_name * 2)[:TITLE_LIMIT],
        agenda=(AgendaItem("R1", 10), AgendaItem("R5", 8), AgendaItem("R12", 12)),
        rule=DecisionRule(RuleKind.TWO_THIRDS, quorum=5),
        day="2026-12-03",
        begins="09:30",
        groups=(long_name[:GROUP_LIMIT], "Partner agency"),
        answered_before=True,
    )
    return Room(workplace, lead, slug, audit_id, plan)


def _between(room: Room, words: str) -> None:
    room_doors.send_out(*room.place, room.id, desk_of(*room.place, room.id).seats[0].id)
    room.step(StepKind.OPEN_ITEM, "R5")
    room.step(StepKind.PARK, "R5")
    room.step(StepKind.OPEN_ITEM, "R1")
    room.holders.pop(0)
    room.vote([2] * (_PEOPLE - 1))
    room.step(StepKind.REVEAL, "R1")
    room.settle("R1", 2, words)


def _revealed(room: Room) -> None:
    """Two camps at first, then nearer to each other."""
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote([0, 0, 0, 0, 0, 4, 4, 4, 4, 4, 2, None])
    room.step(StepKind.REVEAL, "R1")
    room.step(StepKind.VOTE_AGAIN, "R1")
    room.vote([1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 2, None])
    room.step(StepKind.REVEAL, "R1")


def _closed(room: Room, words: str) -> None:
    _revealed(room)
    room.settle("R1", 2, words)
    room.step(StepKind.OPEN_ITEM, "R5")
    room.vote([1, 3])
    room.step(StepKind.REVEAL, "R5")
    room.step(StepKind.PARK, "R5")
    room_steps.close_room(*room.place, room.id, room.seen)
    for holder in room.holders[:4]:
        feedback.say(room.place[0], room.code, holder, "heard", "partly")
