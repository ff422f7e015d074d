"""How far people agree: the spread of an item, its lower median, its consensus, and agreement over a whole audit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import log2

from audit.core.responses import RatingState, Response

# From here on a consensus is called broad, and below here people stand wide apart.
BROAD, APART = 0.8, 0.6
# Two camps each hold at least this share of the levels rated.
CAMP = Fraction(1, 3)


class Accord(Enum):
    """What the answers to one item say of agreement; the value says it in words."""

    TOO_FEW = "too few ratings to speak of agreement"
    UNKNOWN = "most do not know"
    NOT_APPLICABLE = "most say that it does not apply"
    UNANIMOUS = "everyone chose the same level"
    BROAD = "broad agreement"
    SOME = "some spread"
    CAMPS = "two camps"
    WIDE = "a wide spread"


@dataclass(frozen=True)
class Spread:
    """How many people chose what for one item.

    ``levels`` counts the ratings by level number, every level of the scale among them and in its order.
    """

    levels: Mapping[int, int]
    not_applicable: int = 0
    dont_know: int = 0

    @property
    def rated(self) -> int:
        """How many people rated a level."""
        return sum(self.levels.values())

    @property
    def answered(self) -> int:
        """How many people gave any answer."""
        return self.rated + self.not_applicable + self.dont_know

    @property
    def lower_median(self) -> int | None:
        """The middle level, the lower of the two middle ones of an even number; None where nobody rated."""
        chosen = self.chosen
        return chosen[(len(chosen) - 1) // 2] if chosen else None

    @property
    def chosen(self) -> tuple[int, ...]:
        """The level numbers of all ratings, lowest first."""
        return tuple(level for level in sorted(self.levels) for _ in range(self.levels[level]))

    @cached_property
    def consensus(self) -> float | None:
        """The consensus of the ratings, 0 to 1; None for fewer than two. See :func:`consensus`."""
        return consensus(self.levels)

    @cached_property
    def accord(self) -> Accord:
        """What the spread says of agreement."""
        if self.dont_know * 2 > self.answered:
            return Accord.UNKNOWN
        if self.not_applicable * 2 > self.answered:
            return Accord.NOT_APPLICABLE
        value = self.consensus
        if value is None:
            return Accord.TOO_FEW
        if self.rated in self.levels.values():
            return Accord.UNANIMOUS
        if value >= BROAD:
            return Accord.BROAD
        if _two_camps(self.levels):
            return Accord.CAMPS
        return Accord.SOME if value >= APART else Accord.WIDE


def spread(responses: Iterable[Response], levels: Sequence[int]) -> Spread:
    """The spread of responses to one item over the level numbers of a scale. Those not answered count nowhere."""
    given = list(responses)
    states = [response.state for response in given]
    return Spread(
        levels={level: sum(response.level == level for response in given) for level in levels},
        not_applicable=states.count(RatingState.NOT_APPLICABLE),
        dont_know=states.count(RatingState.DONT_KNOW),
    )


def consensus(levels: Mapping[int, int]) -> float | None:
    """The consensus measure of Tastle and Wierman for ratings counted by level number.

    ``Cns = 1 + sum of p_i log2(1 - |X_i - mean| / d)``, with ``p_i`` the share of level ``X_i`` and ``d`` the width of
    the scale, whose lowest and highest level must be among ``levels``. 1 is unanimous; 0 is evenly at the two ends.
    One rating has no consensus: None for fewer than two.

    Source: W. J. Tastle and M. J. Wierman, "Consensus and dissention: a measure of ordinal dispersion", International
    Journal of Approximate Reasoning 45 (2007), 531-545.
    """
    count = sum(levels.values())
    if count < 2:
        return None
    width = max(levels) - min(levels)
    mean = Fraction(sum(level * number for level, number in levels.items()), count)
    terms = (number / count * log2(1 - abs(level - mean) / width) for level, number in sorted(levels.items()) if number)
    # Sums of rounded terms can end just outside.
    return min(1.0, max(0.0, 1 + sum(terms)))


def _two_camps(levels: Mapping[int, int]) -> bool:
    """Whether a third or more stand at either side of a dip, whose levels each have at most half of either peak."""
    order = sorted(levels)
    numbers = [levels[level] for level in order]
    for first, second in combinations(range(len(order)), 2):
        below, between, above = numbers[: first + 1], numbers[first + 1 : second], numbers[second:]
        camps = min(sum(below), sum(above)) >= CAMP * sum(numbers)
        if between and camps and max(between) * 2 <= min(max(below), max(above)):
            return True
    return False


def alpha(ratings: Iterable[Sequence[int]]) -> Fraction | None:
    """Krippendorff's alpha for ordinal ratings: 1 is full agreement, 0 what chance alone would give; it can be below.

    ``ratings`` holds the level numbers that people gave, item by item; who gave which does not matter, and items with
    fewer than two are left out. None where nothing can be compared, or where everybody gave every item the same level.

    Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section D with the ordinal metric.
    """
    units = [unit for unit in ratings if len(unit) > 1]
    together: dict[tuple[int, int], Fraction] = {}
    for unit in units:
        chosen = sorted(Counter(unit).items())
        for (first, one), (second, other) in combinations(chosen, 2):
            seen_before = together.get((first, second), Fraction(0))
            together[first, second] = seen_before + Fraction(one * other, len(unit) - 1)
    values = [value for unit in units for value in unit]
    counts = {value: values.count(value) for value in sorted(set(values))}
    expected = sum(
        counts[first] * counts[second] * _ordinal_distance(first, second, counts)
        for first, second in combinations(counts, 2)
    )
    if not expected:
        return None
    seen = sum(
        (number * _ordinal_distance(*pair, counts) for pair, number in together.items()),
        start=Fraction(0),
    )
    return 1 - (len(values) - 1) * seen / expected


def _ordinal_distance(first: int, second: int, counts: Mapping[int, int]) -> Fraction:
    """The squared ordinal distance: how many ratings lie between the two, each end counted half."""
    between = sum(number for value, number in counts.items() if first <= value <= second)
    return (between - Fraction(counts[first] + counts[second], 2)) ** 2
