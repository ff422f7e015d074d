"""How a tree of items becomes a score. ``docs/method.md`` states each formula with a worked example.

A section's ``raw`` value combines its children, ``raw_max`` is the same with every child at its top, and the
score is raw / raw_max. ``ceiling`` is raw_max over everything that applies, answered or not. A section that is
partly answered counts in its parent at the score it has so far, on its ceiling. So the score always lies between
those that the open items at the lowest and at the highest level would give, in any tree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from math import lcm

from audit.core.bank import Combine, Item, Section, Weighting

# Roots are irrational in general; they are carried to this many decimals.
ROOT_DECIMALS = 40
_CONTEXT = Context(prec=ROOT_DECIMALS + 20)


@dataclass(frozen=True)
class Marks:
    """What is scored: the value of each item that counts, the ids of all that apply, the scale's top value."""

    values: Mapping[str, Fraction]
    applicable: frozenset[str]
    top: Fraction


@dataclass(frozen=True)
class Outcome:
    """What an item or section reaches.

    ``raw`` and ``raw_max`` are None where nothing below counts. ``weight`` is what it weighs in its parent,
    ``weight_counted`` the part of that weight that is answered.
    """

    raw: Fraction | None
    raw_max: Fraction | None
    ceiling: Fraction
    weight: Fraction
    weight_counted: Fraction

    @property
    def score(self) -> Fraction | None:
        """The share of the top that is reached, 0 to 1, or None where nothing counts."""
        return None if self.raw is None or not self.raw_max else self.raw / self.raw_max


@dataclass(frozen=True)
class Share:
    """What a child brings to its parent: its weight, what it reached, and the most it could reach."""

    weight: Fraction
    raw: Fraction
    top: Fraction


def evaluate(section: Section, marks: Marks, weighting: Weighting) -> dict[str, Outcome]:
    """The outcomes of ``section`` and of all below it that applies and weighs anything, by id."""
    outcomes: dict[str, Outcome] = {}
    _visit(section, marks, weighting, outcomes)
    return outcomes


def _visit(node: Section | Item, marks: Marks, weighting: Weighting, outcomes: dict[str, Outcome]) -> None:
    if isinstance(node, Item):
        outcome = _item_outcome(node, marks, weighting)
    else:
        for child in node.children:
            _visit(child, marks, weighting, outcomes)
        outcome = _section_outcome(node, weighting, outcomes)
    if outcome is not None and outcome.weight > 0:
        outcomes[node.id] = outcome


def _item_outcome(item: Item, marks: Marks, weighting: Weighting) -> Outcome | None:
    if item.id not in marks.applicable:
        return None
    weight = weighting.of_item(item)
    value = marks.values.get(item.id)
    if value is None:
        return Outcome(None, None, marks.top, weight, Fraction(0))
    return Outcome(value, marks.top, marks.top, weight, weight)


def _section_outcome(section: Section, weighting: Weighting, outcomes: Mapping[str, Outcome]) -> Outcome | None:
    below = [outcomes[child.id] for child in section.children if child.id in outcomes]
    if not below:
        return None
    combine = COMBINATIONS[section.combine]
    shares = list(shares_in(section, weighting, outcomes).values())
    raw, raw_max = combine(shares) if shares else (None, None)
    _, ceiling = combine([Share(o.weight, o.ceiling, o.ceiling) for o in below])
    fixed = weighting.of_section(section)
    if fixed is not None:
        return Outcome(raw, raw_max, ceiling, fixed, fixed if shares else Fraction(0))
    weight = sum((o.weight for o in below), Fraction(0))
    counted = sum((o.weight_counted for o in below), Fraction(0))
    return Outcome(raw, raw_max, ceiling, weight, counted)


def shares_in(section: Section, weighting: Weighting, outcomes: Mapping[str, Outcome]) -> dict[str, Share]:
    """What each child of ``section`` brings to it, by id. One without an outcome or without a rating brings nothing."""
    return {
        child.id: share
        for child in section.children
        if child.id in outcomes
        and (share := _share(outcomes[child.id], merges=_merges(child, section, weighting))) is not None
    }


def _merges(child: Section | Item, parent: Section, weighting: Weighting) -> bool:
    """Whether a mean inside a mean counts as if its children stood in the parent."""
    return (
        isinstance(child, Section)
        and child.combine is parent.combine is Combine.MEAN
        and weighting.of_section(child) is None
    )


def _share(outcome: Outcome, *, merges: bool) -> Share | None:
    if outcome.raw is None or outcome.raw_max is None or outcome.score is None:
        return None
    if merges:
        return Share(outcome.weight_counted, outcome.raw, outcome.raw_max)
    return Share(outcome.weight, outcome.score * outcome.ceiling, outcome.ceiling)


def weighted_mean(shares: Sequence[Share]) -> tuple[Fraction, Fraction]:
    """Sum of weight x value over sum of weights, for what is reached and for the top."""
    total = sum(share.weight for share in shares)
    raw = sum(share.weight * share.raw for share in shares)
    top = sum(share.weight * share.top for share in shares)
    return Fraction(raw, total), Fraction(top, total)


def plain_sum(shares: Sequence[Share]) -> tuple[Fraction, Fraction]:
    """Sum of values; weights play no part."""
    return Fraction(sum(share.raw for share in shares)), Fraction(sum(share.top for share in shares))


def minimum(shares: Sequence[Share]) -> tuple[Fraction, Fraction]:
    """The child with the lowest score, on the lowest of the tops; weights play no part."""
    top = min(share.top for share in shares)
    return min(share.raw / share.top for share in shares) * top, top


def geometric_mean(shares: Sequence[Share]) -> tuple[Fraction, Fraction]:
    """The weighted geometric mean: one child at zero brings the section to zero."""
    weights = [share.weight for share in shares]
    top = _root_mean([share.top for share in shares], weights)
    return _root_mean([share.raw / share.top for share in shares], weights) * top, top


def _root_mean(values: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction:
    """The product of value ** (weight / sum of weights): exact where it is rational, else to 40 decimals."""
    if len(set(values)) == 1 or 0 in values:
        return min(values)
    scale = lcm(*(weight.denominator for weight in weights))
    powers = [int(weight * scale) for weight in weights]
    with localcontext(_CONTEXT):
        logarithms = [power * _decimal(value).ln() for value, power in zip(values, powers, strict=True)]
        root = Fraction((sum(logarithms, Decimal(0)) / sum(powers)).exp())
    near = root.limit_denominator(10**9)
    if abs(near - root) < Fraction(1, 10 ** (ROOT_DECIMALS + 5)):
        return near
    return Fraction(round(root * 10**ROOT_DECIMALS), 10**ROOT_DECIMALS)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


COMBINATIONS: Mapping[Combine, Callable[[Sequence[Share]], tuple[Fraction, Fraction]]] = {
    Combine.MEAN: weighted_mean,
    Combine.SUM: plain_sum,
    Combine.GEOMETRIC: geometric_mean,
    Combine.MINIMUM: minimum,
}
