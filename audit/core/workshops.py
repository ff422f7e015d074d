"""Workshops: what is planned, who sits in the room, and the steps that a facilitator takes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from audit.core.decisions import DecisionRule

TITLE_LIMIT = 120
NAME_LIMIT = 60
GROUP_LIMIT = 60
MOST_GROUPS = 12
LONGEST_MINUTES = 120


class Basis(Enum):
    """Where the items of an agenda come from; the value is what a file holds."""

    ALL = "all"
    SECTION = "section"
    CONTESTED = "contested"
    CHOSEN = "chosen"


@dataclass(frozen=True)
class AgendaItem:
    """An item of the bank that a workshop talks about, with the minutes that it is given."""

    item_id: str
    minutes: int


@dataclass(frozen=True)
class Plan:
    """What is decided before a workshop.

    ``agenda`` names each item once, in the order in which they are talked about. ``day`` is an ISO date and ``begins``
    a time as ``HH:MM``, either may be empty. ``groups`` are what people can choose from when they join.
    ``answered_before`` says whether people answered alone before the workshop.
    """

    title: str
    agenda: tuple[AgendaItem, ...]
    basis: Basis = Basis.ALL
    rule: DecisionRule = field(default_factory=DecisionRule)
    day: str = ""
    begins: str = ""
    groups: tuple[str, ...] = ()
    answered_before: bool = False

    @property
    def minutes(self) -> int:
        """How long all items take together."""
        return sum(each.minutes for each in self.agenda)

    @property
    def item_ids(self) -> tuple[str, ...]:
        """The ids of the items, in their order."""
        return tuple(each.item_id for each in self.agenda)

    @property
    def fingerprint(self) -> str:
        """The same for plans that say the same: 16 hexadecimal digits."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]

    def minutes_of(self, item_id: str) -> int:
        """The minutes of an item; KeyError where it is not on the agenda."""
        return {each.item_id: each.minutes for each in self.agenda}[item_id]


@dataclass(frozen=True)
class Workshop:
    """A workshop over an audit.

    ``version`` grows with all that happens in it, votes included. ``locked`` says that nobody new can join.
    """

    id: int
    audit_id: int
    plan: Plan
    planned_by: str
    planned_at: datetime
    version: int = 0
    locked: bool = False


@dataclass(frozen=True)
class Seat:
    """A place in the room: a phone, or a person who is signed in.

    ``name`` and ``group`` are as given and may be empty. ``person_id`` is None for a phone without an account.
    """

    id: int
    workshop_id: int
    name: str
    group: str
    person_id: int | None
    joined_at: datetime
    removed_at: datetime | None = None


class StepKind(Enum):
    """A step of the facilitator; the value says in the trail what was done."""

    OPEN_ROOM = "opened the room of a workshop"
    OPEN_ITEM = "opened a blind vote"
    REVEAL = "revealed the votes"
    VOTE_AGAIN = "opened another blind vote"
    SETTLE = "settled in a workshop"
    PARK = "parked an item"
    SKIP = "skipped an item"
    CLOSE = "closed a workshop"
    UNDO = "took back the last step of a workshop"


@dataclass(frozen=True)
class Step:
    """A step that was taken. ``item_id`` is empty where it is about no item.

    ``detail`` holds, of a SETTLE, what was settled: see :class:`Settlement`.
    """

    id: int
    at: datetime
    by: str
    kind: StepKind
    item_id: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Settlement:
    """What a workshop settled on an item.

    ``state`` and ``level`` are a rating state's value and a level number. ``decided`` is the value of the ``Why`` of
    the decision rule, with the level or state that it gave, if it gave one. ``owner`` is who takes it on, as given.
    ``revision`` is the number of the settled revision that it made.
    """

    state: str
    level: int | None
    reason: str
    texts: tuple[str, str, str]
    owner: str
    decided: str
    decided_state: str
    decided_level: int | None
    revision: int
