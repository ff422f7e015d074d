"""The scorecard of an audit: the score with its range, section by section, and what was left out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from audit.core.bank import Band, Bank, Item, Level, Section, Weighting
from audit.core.responses import Answers, RatingState, Response
from audit.core.scoring import Marks, Outcome, evaluate
from audit.core.weights import effective_weights

# Above this share of weight marked "not applicable" a report warns that the score speaks of a smaller service.
WEIGHT_EXCLUDED_WARNING = Fraction(1, 5)


@dataclass(frozen=True)
class SectionScore:
    """A section's score. Shares are 0 to 1; None where there is nothing to score.

    ``low`` and ``high`` are the score with every "don't know" and unanswered item at the lowest and highest level.
    """

    id: str
    title: str
    raw: Fraction | None
    raw_max: Fraction | None
    score: Fraction | None
    low: Fraction | None
    high: Fraction | None


@dataclass(frozen=True)
class ItemScore:
    """An item's score. ``weight`` is what it weighs in the whole audit; ``level`` is None unless it is rated."""

    item: Item
    response: Response
    level: Level | None
    score: Fraction | None
    weight: Fraction
    target: Level
    target_score: Fraction

    @property
    def gap(self) -> Fraction | None:
        """How far the score stands below the target, 0 to 1; None unless it is rated."""
        return None if self.score is None else max(Fraction(0), self.target_score - self.score)


@dataclass(frozen=True)
class Scorecard:
    """All scores of one set of answers under one weighting.

    ``if_excluded_lowest`` and ``if_excluded_highest`` are the overall score if what is "not applicable" counted
    at the lowest and at the highest level.
    """

    bank: Bank
    weighting: Weighting
    overall: SectionScore
    sections: tuple[SectionScore, ...]
    items: tuple[ItemScore, ...]
    if_excluded_lowest: Fraction | None
    if_excluded_highest: Fraction | None

    def count(self, *states: RatingState) -> int:
        """How many items are in one of these states."""
        return sum(entry.response.state in states for entry in self.items)

    @property
    def answered(self) -> int:
        """How many items are rated."""
        return self.count(RatingState.RATED)

    @property
    def not_applicable(self) -> int:
        """How many items are marked "not applicable"."""
        return self.count(RatingState.NOT_APPLICABLE)

    @property
    def unknown(self) -> int:
        """How many items are "don't know" or unanswered."""
        return self.count(RatingState.DONT_KNOW, RatingState.UNANSWERED)

    @cached_property
    def weight_excluded(self) -> Fraction:
        """The share of the whole weight that "not applicable" leaves out, 0 to 1."""
        excluded = [e.weight for e in self.items if e.response.state is RatingState.NOT_APPLICABLE]
        return Fraction(sum(excluded), sum(entry.weight for entry in self.items))

    @property
    def band(self) -> Band | None:
        """The band of the overall score, or None while there is no score."""
        return None if self.overall.score is None else self.bank.band(self.overall.score)

    @property
    def weakest(self) -> tuple[ItemScore, ...]:
        """The rated items with the lowest score, in bank order."""
        scores = [entry.score for entry in self.items if entry.score is not None]
        return tuple(entry for entry in self.items if scores and entry.score == min(scores))


def score_answers(bank: Bank, answers: Answers, weighting: Weighting) -> Scorecard:
    """The scorecard of ``answers`` to ``bank`` under ``weighting``."""
    rated = {
        item_id: bank.scale.level(response.level).value
        for item_id in bank.items
        if (response := answers.of(item_id)).level is not None
    }
    excluded = {i for i in bank.items if answers.of(i).state is RatingState.NOT_APPLICABLE}
    applicable = frozenset(bank.items) - excluded
    unknown = applicable - set(rated)
    bottom, top = bank.scale.bottom.value, bank.scale.top.value

    now = evaluate(bank.root, Marks(rated, applicable, top), weighting)

    def reached(extra: Collection[str], value: Fraction) -> Mapping[str, Outcome]:
        if not extra:
            return now
        values = {**rated, **dict.fromkeys(extra, value)}
        return evaluate(bank.root, Marks(values, applicable.union(extra), top), weighting)

    low, high = reached(unknown, bottom), reached(unknown, top)
    weights = effective_weights(bank.root, weighting)
    return Scorecard(
        bank=bank,
        weighting=weighting,
        overall=_section_score(bank.root, now, low, high),
        sections=tuple(_section_score(section, now, low, high) for section in bank.root.sections()),
        items=tuple(_item_score(bank, item, answers.of(item.id), weights) for item in bank.items.values()),
        if_excluded_lowest=_score(reached(excluded, bottom), bank.id),
        if_excluded_highest=_score(reached(excluded, top), bank.id),
    )


def _score(outcomes: Mapping[str, Outcome], node_id: str) -> Fraction | None:
    return outcomes[node_id].score if node_id in outcomes else None


def _section_score(
    section: Section, now: Mapping[str, Outcome], low: Mapping[str, Outcome], high: Mapping[str, Outcome]
) -> SectionScore:
    outcome = now.get(section.id)
    return SectionScore(
        id=section.id,
        title=section.title,
        raw=outcome.raw if outcome else None,
        raw_max=outcome.raw_max if outcome else None,
        score=outcome.score if outcome else None,
        low=_score(low, section.id),
        high=_score(high, section.id),
    )


def _item_score(bank: Bank, item: Item, response: Response, weights: Mapping[str, Fraction]) -> ItemScore:
    top = bank.scale.top.value
    level = None if response.level is None else bank.scale.level(response.level)
    target = bank.default_target if response.target is None else bank.scale.level(response.target)
    return ItemScore(
        item=item,
        response=response,
        level=level,
        score=None if level is None else level.value / top,
        weight=weights[item.id],
        target=target,
        target_score=target.value / top,
    )
