"""Findings of the published evaluations: what was found, where it stands and how firmly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Strength(Enum):
    """How firmly a finding stands, strongest first. The rule for each grade is in ``docs/method.md``."""

    COMPARED = "compared"
    MEASURED = "measured"
    OBSERVED = "observed"
    JUDGED = "judged"
    CLAIMED = "claimed"

    @property
    def rank(self) -> int:
        """0 for the strongest grade, 4 for the weakest."""
        return _RANKS[self]

    @property
    def words(self) -> str:
        """The grade as a page or report writes it."""
        return _STRENGTH_WORDS[self]


_RANKS = {strength: rank for rank, strength in enumerate(Strength)}
_STRENGTH_WORDS = {
    Strength.COMPARED: "measured with comparison",
    Strength.MEASURED: "measured",
    Strength.OBSERVED: "observed",
    Strength.JUDGED: "judged",
    Strength.CLAIMED: "claimed by the service itself",
}


class Direction(Enum):
    """Which way a finding points on "having this condition in place is good"."""

    SUPPORTS = "supports"
    QUALIFIES = "qualifies"
    CONTRADICTS = "contradicts"

    @property
    def words(self) -> str:
        """The direction as a page or report writes it."""
        return "cuts against" if self is Direction.CONTRADICTS else self.value


class Kind(Enum):
    """What sort of statement a finding is. A response is what the service under study answered later."""

    FINDING = "finding"
    EXAMPLE = "example"
    BARRIER = "barrier"
    CAUTION = "caution"
    FIGURE = "figure"
    ENABLER = "enabler"
    OUTCOME = "outcome"
    RESPONSE = "response"


@dataclass(frozen=True)
class Publication:
    """A published report that findings were read from. ``short`` is how reports cite it."""

    id: str
    short: str
    title: str
    authors: str
    published: str


@dataclass(frozen=True)
class Repeat:
    """Another place of the same report that states the same, under the id it was read as."""

    id: str
    line: int
    place: str


@dataclass(frozen=True)
class Conflict:
    """Where the same report says otherwise: the line and place, and what stands there in our words."""

    line: int
    place: str
    says: str


@dataclass(frozen=True)
class Finding:
    """One cited piece of evidence, in our own words.

    ``items`` are the conditions and ingredients it bears on, most direct first; ``line`` is its line in the text
    version of the publication; ``figures`` are numbers as they stand there. ``by_item`` holds the direction for items
    for which it points another way than for the rest.
    """

    id: str
    publication: Publication
    line: int
    place: str
    items: tuple[str, ...]
    kind: Kind
    setting: str
    says: str
    figures: tuple[str, ...]
    basis: str
    direction: Direction
    strength: Strength
    action: str = ""
    repeats: tuple[Repeat, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    by_item: Mapping[str, Direction] = field(default_factory=dict, hash=False)

    def direction_for(self, item_id: str) -> Direction:
        """Which way it points for an item: ``direction``, unless ``by_item`` says otherwise."""
        return self.by_item.get(item_id, self.direction)

    def contrary_to(self, item_id: str) -> bool:
        """Whether it qualifies or contradicts this item."""
        return self.direction_for(item_id) is not Direction.SUPPORTS

    @property
    def contrary(self) -> bool:
        """Whether it qualifies or contradicts the condition."""
        return self.direction is not Direction.SUPPORTS
