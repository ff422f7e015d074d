"""A workshop for tests of reports: votes that move, one too few, one taken back, a parked item and one not reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from audit.core.bank import Bank
from audit.core.bank_loader import load_bank
from audit.core.closed_workshops import Attendance, ClosedWorkshop
from audit.core.decisions import DecisionRule, RuleKind
from audit.core.responses import Confidence, RatingState
from audit.core.round_results import Cast, Pile, RoundResult, Vote, result_of
from audit.core.workshops import AgendaItem, Plan, Settlement, Step, StepKind
from audit.reports.build import Cover
from audit.reports.workshop_record import WorkshopRecord, build_record

BANK = load_bank("recommendations")
COVER = Cover("Testshire Council", "The day", "21 November 2026", subtitle="Autumn 2026, the whole service")
BEGAN = datetime(2026, 6, 5, 9, 0, tzinfo=UTC)
REASON = "The panels <b>differ</b> & 2 of 5 teams.\nSo we took the middle."
OWNER = "Ann O'Neill, practice lead"
NOTES = "Somebody asked for an example.\nAnother gave three."
LEVELS = [level.number for level in BANK.scale.levels]
GROUPS = {seat: "North" if seat < 6 else "South" for seat in range(12)}


def votes(levels: list[int | None]) -> dict[int, Vote]:
    """A vote of each seat; None does not know."""
    return {
        seat: Vote(RatingState.DONT_KNOW)
        if level is None
        else Vote(RatingState.RATED, level, Confidence.HIGH if level == 4 else None)
        for seat, level in enumerate(levels)
    }


def result(levels: list[int | None], earlier: list[int | None] | None = None, paper: int = 0) -> RoundResult:
    """The result of a vote, with so many paper ballots at level 3."""
    piles = (Pile("", {3: paper}),) if paper else ()
    cast = Cast(votes(levels), GROUPS, piles, votes(earlier or []))
    return result_of(cast, 14, LEVELS, 5)


CAMPS: list[int | None] = [0, 0, 0, 0, 1, None, 4, 4, 4, 4, 3, 4]
CLOSER: list[int | None] = [2, 2, 2, 2, 2, 2, 3, 2, 3, 2, 2, 2]


def settlement(
    level: int, decided: int, owner: str = OWNER, texts: tuple[str, str, str] = ("", "", "")
) -> dict[str, object]:
    """What a step that settles an item keeps."""
    rated = RatingState.RATED.value
    return {
        **asdict(Settlement(rated, level, REASON, texts, owner, "DECIDED", rated, decided, 1)),
        "before": 0,
    }


_OPEN, _SHOW, _AGAIN, _SETTLE = StepKind.OPEN_ITEM, StepKind.REVEAL, StepKind.VOTE_AGAIN, StepKind.SETTLE
# What was done in turn, one step each two minutes. The number of a step is its place, and that of the round it opens.
STEPS: tuple[tuple[StepKind, str, Mapping[str, object]], ...] = (
    (StepKind.OPEN_ROOM, "", {}),
    (_OPEN, "R3", {}),
    (_SHOW, "R3", {}),
    (_AGAIN, "R3", {}),
    (_SHOW, "R3", {}),
    (_SETTLE, "R3", settlement(2, 2, texts=("We have a panel.", "Train all leads.", "By spring."))),
    (_OPEN, "R1", {}),
    (_SHOW, "R1", {}),
    (StepKind.UNDO, "R1", {}),
    (_SHOW, "R1", {}),
    (_SETTLE, "R1", settlement(1, 3, owner="")),
    (_OPEN, "R5", {}),
    (_SHOW, "R5", {}),
    (StepKind.PARK, "R5", {}),
    (StepKind.SKIP, "R7", {}),
    (StepKind.CLOSE, "", {}),
)
RESULTS = {
    2: result(CAMPS),
    4: result(CLOSER, CAMPS),
    7: result([1, 1, 1]),
    9: result([3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 3, 3], paper=1),
    12: result([1, 4]),
}


def closed(changed: frozenset[str] = frozenset()) -> ClosedWorkshop:
    """The workshop, closed. ``changed`` names items whose settled answer was changed since."""
    rule = DecisionRule(RuleKind.MAJORITY, quorum=3)
    agenda = tuple(AgendaItem(item_id, 10) for item_id in ("R1", "R3", "R5", "R7", "R9"))
    return ClosedWorkshop(
        plan=Plan("The day", agenda, rule=rule, groups=("North", "South"), answered_before=True),
        steps=tuple(
            Step(number, BEGAN + timedelta(minutes=2 * number), "Lee Lead", kind, item_id, detail)
            for number, (kind, item_id, detail) in enumerate(STEPS, start=1)
        ),
        results=RESULTS,
        attendance=Attendance(14, {"North": 7, "South": 7}, names=("Ben", "Zoë <i>")),
        smallest=5,
        changed=changed,
        notes={"R3": NOTES},
        said={"heard": {"yes": 5, "no": 1}},
    )


def record(bank: Bank = BANK) -> WorkshopRecord:
    """Its record."""
    return build_record(closed(), bank, COVER)
