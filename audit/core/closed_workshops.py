"""What is kept of a workshop that is over: who was there, and what became of each item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from audit.core.decisions import DecisionRule
from audit.core.disclosure import shown_groups
from audit.core.rooms import Room, Standing, after, room_after
from audit.core.round_results import RoundResult
from audit.core.workshops import Plan, Seat, Settlement, Step, StepKind


@dataclass(frozen=True)
class Turnout:
    """How many people took part.

    ``people`` counts who was in the room with a phone or an account, without those who were sent out; ``sent_out``
    counts these. ``paper`` is how many ballots the vote with the most of them had.
    """

    people: int
    sent_out: int = 0
    paper: int = 0


@dataclass(frozen=True)
class Attendance:
    """Who was in the room, without those who were sent out: ``sent_out`` counts these.

    ``groups`` counts people by group, those groups only that may be shown; ``held_back`` says that there are others.
    ``names`` are as given, each once, in the order of the alphabet; whoever gave none is not among them.
    """

    people: int
    groups: Mapping[str, int] = field(default_factory=dict)
    held_back: bool = False
    names: tuple[str, ...] = ()
    sent_out: int = 0


@dataclass(frozen=True)
class ItemSummary:
    """What became of an item: the results of its votes, oldest first, and what was settled.

    ``kept`` says that what was settled here is still what counts for the team.
    """

    item_id: str
    standing: Standing
    votes: tuple[RoundResult, ...] = ()
    settlement: Settlement | None = None
    kept: bool = True


@dataclass(frozen=True)
class WorkshopSummary:
    """A closed workshop in short: the items in the order in which they were opened, then those not reached."""

    title: str
    began: datetime
    turnout: Turnout
    rule: DecisionRule
    items: tuple[ItemSummary, ...]


@dataclass(frozen=True)
class ClosedWorkshop:
    """All that is kept of a closed workshop.

    ``results`` are by round id, ``notes`` by item id. ``changed`` holds the ids of items whose settled answer was
    changed after this workshop settled it. ``said`` counts what people say of the workshop, by question and answer, as
    far as it may be shown. ``smallest`` is the smallest group that is shown.
    """

    plan: Plan
    steps: tuple[Step, ...]
    results: Mapping[int, RoundResult]
    attendance: Attendance
    smallest: int
    changed: frozenset[str] = frozenset()
    notes: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @cached_property
    def room(self) -> Room:
        """Where the workshop stood at its end."""
        return room_after(self.steps)

    @property
    def began(self) -> datetime:
        """When its room was opened."""
        return self.steps[0].at

    @property
    def ended(self) -> datetime:
        """When it was closed."""
        return self.steps[-1].at

    @property
    def order(self) -> tuple[str, ...]:
        """The ids of its items in the order in which they were opened, then those not reached."""
        left = [item_id for item_id in self.plan.item_ids if item_id not in self.room.standings]
        return (*self.room.standings, *left)

    def item(self, item_id: str) -> ItemSummary:
        """What became of an item."""
        return ItemSummary(
            item_id=item_id,
            standing=self.room.standing(item_id),
            votes=tuple(self.results[each.id] for each in self.room.revealed(item_id)),
            settlement=settlement_in(self.room.ends.get(item_id)),
            kept=item_id not in self.changed,
        )

    @property
    def summary(self) -> WorkshopSummary:
        """The workshop in short."""
        items = tuple(map(self.item, self.order))
        return WorkshopSummary(self.plan.title, self.began, self.turnout, self.plan.rule, items)

    @property
    def turnout(self) -> Turnout:
        """How many people took part."""
        votes = (vote for item_id in self.room.standings for vote in self.item(item_id).votes)
        return Turnout(
            people=self.attendance.people,
            sent_out=self.attendance.sent_out,
            paper=max((vote.ballots for vote in votes), default=0),
        )

    @property
    def taken_back(self) -> tuple[Step, ...]:
        """The steps that were taken back, in the order in which that was done."""
        found, room = [], Room()
        for step in self.steps:
            if step.kind is StepKind.UNDO and room.last is not None:
                found.append(room.last)
            room = after(room, step)
        return tuple(found)


def settlement_in(step: Step | None) -> Settlement | None:
    """What a step settled, or None where it settled nothing."""
    if step is None or "revision" not in step.detail:
        return None
    detail = {name: value for name, value in step.detail.items() if name != "before"}
    return Settlement(**{**detail, "texts": tuple(detail["texts"])})


def attendance_of(seats: Iterable[Seat], smallest: int) -> Attendance:
    """Who was there. A group below ``smallest`` is held back, and more where the rest would tell its size."""
    all_seats = list(seats)
    there = [seat for seat in all_seats if seat.removed_at is None]
    sizes = Counter(seat.group for seat in there)
    shown = shown_groups(sizes, smallest) if set(sizes) != {""} else frozenset[str]()
    named = sorted((name for name in sizes if name and name in shown), key=str.casefold)
    return Attendance(
        people=len(there),
        groups={name: sizes[name] for name in [*named, *([""] if "" in shown else [])]},
        held_back=any(name not in shown for name in sizes if name),
        names=tuple(sorted({seat.name.strip() for seat in there if seat.name.strip()}, key=str.casefold)),
        sent_out=len(all_seats) - len(there),
    )
