"""The steps of a score: how each section becomes points, from what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from audit.core.bank import Combine, Level
from audit.core.responses import RatingState
from audit.core.scoring import Outcome


@dataclass(frozen=True)
class Term:
    """What an item or a section brings to the section above it: ``value`` of ``top`` points, with ``weight``.

    ``level`` is the item's level, and None for a section. ``assumed`` marks an item that is not rated and counts at
    an end of the scale. ``outcome`` is what the item or section reached before it was brought in.
    """

    id: str
    title: str
    level: Level | None
    assumed: bool
    weight: Fraction
    value: Fraction
    top: Fraction
    outcome: Outcome

    @property
    def product(self) -> Fraction:
        """Weight x value."""
        return self.weight * self.value

    @property
    def score(self) -> Fraction:
        """The share of the top that is reached, 0 to 1."""
        return self.value / self.top

    @property
    def part_weight(self) -> bool:
        """Whether a section counts with that part of its weight that is rated."""
        return self.weight != self.outcome.weight

    @property
    def carried_up(self) -> bool:
        """Whether a section counts at the score it has so far, on more points than those that are rated."""
        return self.top != self.outcome.raw_max


class Why(Enum):
    """Why an item or a section brings nothing to the section above it."""

    NOT_APPLICABLE = "not_applicable"
    DONT_KNOW = "dont_know"
    UNANSWERED = "unanswered"
    NOTHING_RATED = "nothing_rated"
    NO_WEIGHT = "no_weight"

    @property
    def words(self) -> str:
        """The reason as a page writes it."""
        return _WHY_WORDS.get(self) or RatingState(self.value).words


_WHY_WORDS = {Why.NOTHING_RATED: "Nothing in it is rated", Why.NO_WEIGHT: "Its weight is 0"}


@dataclass(frozen=True)
class LeftOut:
    """An item or a section that brings nothing, and why. ``reason`` is what was said of a "not applicable" item."""

    id: str
    title: str
    why: Why
    reason: str = ""


@dataclass(frozen=True)
class Step:
    """How one section, or the whole, becomes ``raw`` of ``raw_max`` points."""

    id: str
    title: str
    combine: Combine
    terms: tuple[Term, ...]
    left_out: tuple[LeftOut, ...]
    raw: Fraction
    raw_max: Fraction

    @property
    def passes_on(self) -> bool:
        """Whether it only passes on what one section reached, so that it needs no working of its own."""
        if len(self.terms) != 1 or self.left_out:
            return False
        outcome = self.terms[0].outcome
        return self.terms[0].level is None and (outcome.raw, outcome.raw_max) == (self.raw, self.raw_max)

    @property
    def weights(self) -> Fraction:
        """The sum of the weights."""
        return sum((term.weight for term in self.terms), Fraction(0))

    @property
    def products(self) -> Fraction:
        """The sum of weight x value."""
        return sum((term.product for term in self.terms), Fraction(0))

    @property
    def score(self) -> Fraction:
        """Raw / raw_max, 0 to 1."""
        return self.raw / self.raw_max


# Each section before the one above it, and the whole last; empty where nothing counts.
Steps = tuple[Step, ...]
