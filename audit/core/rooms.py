"""The room of a workshop: where it stands after the steps that were taken, and which step can come next.

The steps are the record. What stands on every screen is made from them, so a server that starts again shows the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum

from audit.core.workshops import Step, StepKind


class Phase(Enum):
    """What goes on in the room."""

    PLANNED = "planned"
    BETWEEN = "between"
    VOTING = "voting"
    REVEALED = "revealed"
    CLOSED = "closed"


class Standing(Enum):
    """How far an item of the agenda has come; the value says it in words."""

    WAITING = "not yet"
    OPEN = "open now"
    SETTLED = "settled"
    PARKED = "parked"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Round:
    """A blind vote on an item. Its id is that of the step that opened it; rounds of an item count from 1.

    ``set_aside`` marks a round that was revealed and taken back: it counts for nothing, and its number is given again.
    """

    id: int
    item_id: str
    number: int
    opened_at: datetime
    revealed_at: datetime | None = None
    set_aside: bool = False


class NotNow(Exception):
    """A step that cannot be taken now, with the reason in words."""


@dataclass(frozen=True)
class Room:
    """Where a workshop stands.

    ``item_id`` is the item that is open, or empty. ``opened_at`` is when it was opened. ``standings`` and ``rounds``
    are by item id; an item that nothing happened to is in neither. ``ends`` holds the step that last settled an item,
    or else the one that last parked or skipped it. ``set_aside`` holds the rounds that were revealed and taken back.
    ``last`` is the last step that still stands, None at the start.
    """

    phase: Phase = Phase.PLANNED
    item_id: str = ""
    opened_at: datetime | None = None
    standings: Mapping[str, Standing] = field(default_factory=dict)
    rounds: Mapping[str, tuple[Round, ...]] = field(default_factory=dict)
    ends: Mapping[str, Step] = field(default_factory=dict)
    set_aside: tuple[Round, ...] = ()
    last: Step | None = None
    _before: Room | None = field(default=None, repr=False, compare=False)

    @property
    def round(self) -> Round | None:
        """The newest round of the item that is open."""
        found = self.rounds.get(self.item_id, ())
        return found[-1] if found else None

    @property
    def voting(self) -> Round | None:
        """The round that people vote in now, or None."""
        return self.round if self.phase is Phase.VOTING else None

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._before is not None

    def standing(self, item_id: str) -> Standing:
        """How far an item has come."""
        return self.standings.get(item_id, Standing.WAITING)

    def revealed(self, item_id: str) -> tuple[Round, ...]:
        """The rounds of an item that were revealed and stand, oldest first."""
        return tuple(each for each in self.rounds.get(item_id, ()) if each.revealed_at)


_WHEN = {
    StepKind.OPEN_ROOM: ({Phase.PLANNED}, "The room is open already."),
    StepKind.OPEN_ITEM: (
        {Phase.BETWEEN},
        "Settle, park or skip the item that is open before you open another.",
    ),
    StepKind.REVEAL: ({Phase.VOTING}, "There is no vote to reveal."),
    StepKind.VOTE_AGAIN: ({Phase.REVEALED}, "Reveal this vote before you open another."),
    StepKind.SETTLE: ({Phase.REVEALED}, "Reveal the votes before you settle."),
    StepKind.PARK: ({Phase.VOTING, Phase.REVEALED}, "There is no open item to park."),
    StepKind.SKIP: ({Phase.BETWEEN, Phase.VOTING, Phase.REVEALED}, "There is no item to skip."),
    StepKind.CLOSE: ({Phase.BETWEEN}, "Settle, park or skip the item that is open before you close the workshop."),
}
_ENDS = {
    StepKind.SETTLE: Standing.SETTLED,
    StepKind.PARK: Standing.PARKED,
    StepKind.SKIP: Standing.SKIPPED,
}


def room_after(steps: Iterable[Step]) -> Room:
    """Where a workshop stands after its steps, oldest first. Raises NotNow for a step that could not be taken."""
    room = Room()
    for step in steps:
        room = after(room, step)
    return room


def after(room: Room, step: Step) -> Room:
    """The room after one more step. Raises NotNow, and nothing has changed."""
    if step.kind is StepKind.UNDO:
        return _taken_back(room, step)
    phases, refusal = _WHEN[step.kind]
    if room.phase not in phases:
        raise NotNow(_refusal(room, refusal))
    if step.kind in _ENDS or step.kind in (StepKind.REVEAL, StepKind.VOTE_AGAIN):
        _same_item(room, step)
    if step.kind is StepKind.SKIP and room.standing(step.item_id) is Standing.SETTLED:
        raise NotNow(f"{step.item_id} is settled. Open it again to change that.")
    before = None if step.kind is StepKind.OPEN_ROOM else room
    return replace(_moved_on(room, step), last=step, _before=before)


def _refusal(room: Room, usual: str) -> str:
    if room.phase is Phase.PLANNED:
        return "The room is not open yet."
    return "The workshop is closed." if room.phase is Phase.CLOSED else usual


def _same_item(room: Room, step: Step) -> None:
    if room.item_id and step.item_id != room.item_id:
        raise NotNow(f"{room.item_id} is open now, not {step.item_id}.")


def _moved_on(room: Room, step: Step) -> Room:
    match step.kind:
        case StepKind.OPEN_ROOM:
            return replace(room, phase=Phase.BETWEEN)
        case StepKind.CLOSE:
            return replace(room, phase=Phase.CLOSED)
        case StepKind.OPEN_ITEM:
            standings = {**room.standings, step.item_id: Standing.OPEN}
            opened = replace(room, item_id=step.item_id, opened_at=step.at, standings=standings)
            return _with_new_round(opened, step)
        case StepKind.VOTE_AGAIN:
            return _with_new_round(room, step)
        case StepKind.REVEAL:
            *earlier, newest = room.rounds[room.item_id]
            return replace(_with_rounds(room, (*earlier, replace(newest, revealed_at=step.at))), phase=Phase.REVEALED)
        case _:
            return _ended(room, step)


def _ended(room: Room, step: Step) -> Room:
    """The room with no item open. What was settled stays settled where its item is parked or skipped afterwards."""
    last = room.ends.get(step.item_id)
    stands = last if last and last.kind is StepKind.SETTLE and step.kind is not StepKind.SETTLE else step
    return replace(
        room,
        phase=Phase.BETWEEN,
        item_id="",
        opened_at=None,
        standings={**room.standings, step.item_id: _ENDS[stands.kind]},
        ends={**room.ends, step.item_id: stands},
    )


def _with_new_round(room: Room, step: Step) -> Room:
    """The room with a vote open. Rounds of the item that were never revealed are no rounds of it."""
    stand = room.revealed(room.item_id)
    opened = Round(step.id, room.item_id, len(stand) + 1, step.at)
    return replace(_with_rounds(room, (*stand, opened)), phase=Phase.VOTING)


def _with_rounds(room: Room, rounds: tuple[Round, ...]) -> Room:
    return replace(room, rounds={**room.rounds, room.item_id: rounds})


def _taken_back(room: Room, step: Step) -> Room:
    """The room as it was before its last step.

    A reveal cannot be unseen: the votes seen are set aside, and a new blind vote begins. Else whoever reveals and takes
    back after each vote would see what each person said.
    """
    before, last = room._before, room.last
    if before is None or last is None:
        raise NotNow("There is no step to take back.")
    before = replace(before, set_aside=room.set_aside)
    if last.kind is not StepKind.REVEAL:
        return before
    seen = room.rounds[room.item_id][-1]
    aside = (*room.set_aside, replace(seen, set_aside=True))
    return _with_new_round(replace(before, set_aside=aside), step)


def times(steps: Iterable[Step]) -> dict[str, float]:
    """For how many seconds each item was open, by item id, up to the last step."""
    found: dict[str, float] = {}
    for item_id, seconds in _spans(steps):
        found[item_id] = found.get(item_id, 0.0) + seconds
    return found


def _spans(steps: Iterable[Step]) -> Iterator[tuple[str, float]]:
    room, since = Room(), None
    for step in steps:
        if since is not None and room.item_id:
            yield room.item_id, (step.at - since).total_seconds()
        room, since = after(room, step), step.at
