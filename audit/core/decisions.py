"""Decision rules: whether the votes of a round decide what the team settles on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from audit.core.agreement import BROAD, Spread
from audit.core.responses import RatingState

TWO_THIRDS = Fraction(2, 3)
# Consensus is asked for in hundredths.
DEFAULT_CONSENSUS = round(BROAD * 100)


class RuleKind(Enum):
    """How a room decides; the value is what a file holds."""

    FACILITATOR = "facilitator"
    MEDIAN = "median"
    MAJORITY = "majority"
    TWO_THIRDS = "two_thirds"
    CONSENSUS = "consensus"


@dataclass(frozen=True)
class DecisionRule:
    """How a room decides. ``quorum`` is how many must vote, 0 for no such bound.

    ``consensus`` is the consensus in hundredths, 1 to 100, that ``RuleKind.CONSENSUS`` asks for. ValueError outside.
    """

    kind: RuleKind = RuleKind.FACILITATOR
    quorum: int = 0
    consensus: int = DEFAULT_CONSENSUS

    def __post_init__(self) -> None:
        if not 1 <= self.consensus <= 100:
            raise ValueError("a consensus is 1 to 100 hundredths")
        if self.quorum < 0:
            raise ValueError("a quorum is 0 or more votes")


class Why(Enum):
    """Why a rule decided, or did not; the value says it in words."""

    DECIDED = "the rule decided"
    FACILITATOR = "the facilitator settles after the talk"
    NOT_SHOWN = "too few voted for the votes to be shown"
    NO_QUORUM = "fewer voted than the quorum asks for"
    UNKNOWN = "most do not know"
    NOT_RATED = "half or more did not rate a level"
    NO_MAJORITY = "no choice has more than half of the votes"
    NO_TWO_THIRDS = "no choice has two thirds of the votes"
    NO_CONSENSUS = "the consensus is below what the rule asks for"


@dataclass(frozen=True)
class Verdict:
    """What a rule makes of a round: a level, or that the item does not apply, or neither, and why."""

    why: Why
    level: int | None = None
    state: RatingState = RatingState.UNANSWERED

    @property
    def decided(self) -> bool:
        """Whether the rule decided."""
        return self.why is Why.DECIDED


def decide(rule: DecisionRule, spread: Spread | None) -> Verdict:
    """What the rule makes of the votes of a round; ``spread`` is None where they are too few to be shown.

    All who voted count, also those who do not know. The median and the consensus speak of levels, so they decide
    nothing where half or more rated none; nothing is ever decided as "don't know".
    """
    if rule.kind is RuleKind.FACILITATOR:
        return Verdict(Why.FACILITATOR)
    if spread is None:
        return Verdict(Why.NOT_SHOWN)
    if spread.answered < rule.quorum:
        return Verdict(Why.NO_QUORUM)
    if spread.dont_know * 2 > spread.answered:
        return Verdict(Why.UNKNOWN)
    if rule.kind is RuleKind.MAJORITY:
        return _largest(spread, lambda share: share > Fraction(1, 2), Why.NO_MAJORITY)
    if rule.kind is RuleKind.TWO_THIRDS:
        return _largest(spread, lambda share: share >= TWO_THIRDS, Why.NO_TWO_THIRDS)
    if spread.rated * 2 <= spread.answered:
        return Verdict(Why.NOT_RATED)
    if rule.kind is RuleKind.CONSENSUS and not _close_enough(rule, spread):
        return Verdict(Why.NO_CONSENSUS)
    return _at(spread.lower_median)


def _largest(spread: Spread, enough: Callable[[Fraction], bool], otherwise: Why) -> Verdict:
    level = max(spread.levels, key=lambda number: spread.levels[number])
    if enough(Fraction(spread.levels[level], spread.answered)):
        return _at(level)
    if enough(Fraction(spread.not_applicable, spread.answered)):
        return Verdict(Why.DECIDED, None, RatingState.NOT_APPLICABLE)
    return Verdict(otherwise)


def _close_enough(rule: DecisionRule, spread: Spread) -> bool:
    value = spread.consensus
    # What stands on the page decides: a consensus that is shown as 0.80 is not below 0.80.
    return value is not None and round(round(value, 2) * 100) >= rule.consensus


def _at(level: int | None) -> Verdict:
    return Verdict(Why.DECIDED, level, RatingState.RATED)
