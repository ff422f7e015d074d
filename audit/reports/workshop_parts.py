"""What a gap report says of workshops: plain data, all texts final."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class VoteLine:
    """A blind vote: which it was, how far it agrees, what was chosen, and how people moved since the one before.

    ``moved`` is empty for a first vote, and where it may not be told.
    """

    title: str
    accord: str
    says: str
    moved: str


@dataclass(frozen=True)
class WorkshopItem:
    """What became of an item: its votes, what was settled and how, why, and who takes it on.

    ``reason`` and ``owner`` are as they were typed and may be empty.
    """

    item_id: str
    title: str
    votes: tuple[VoteLine, ...]
    outcome: str
    reason: str
    owner: str


@dataclass(frozen=True)
class WorkshopPart:
    """A workshop: when it was, who was there and how it decided, what became of its items, and what it did not reach.

    ``left`` is empty where it reached everything.
    """

    title: str
    about: tuple[str, ...]
    items: tuple[WorkshopItem, ...]
    left: str
