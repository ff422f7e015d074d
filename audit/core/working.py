"""The working of a scorecard: every step of its arithmetic, down to the answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from audit.core.bank import Item, Level, Section
from audit.core.gaps import gap_shares
from audit.core.responses import RatingState
from audit.core.scorecard import ItemScore, Scorecard
from audit.core.scoring import Marks, Outcome, Share, evaluate, shares_in
from audit.core.steps import LeftOut, Step, Steps, Term, Why


@dataclass(frozen=True)
class GapStep:
    """How a rated item's share of the whole gap comes about. ``weight`` is what it weighs in the whole audit."""

    item: Item
    own_weight: Fraction
    weight: Fraction
    target: Level
    level: Level
    target_score: Fraction
    score: Fraction
    gap: Fraction
    share: Fraction

    @property
    def product(self) -> Fraction:
        """Weight x gap."""
        return self.weight * self.gap


@dataclass(frozen=True)
class Working:
    """The working of a scorecard.

    ``low`` and ``high`` count what is not known or not answered at the lowest and at the highest level.
    ``excluded_lowest`` and ``excluded_highest`` do the same with what is "not applicable".
    """

    score: Steps
    low: Steps
    high: Steps
    excluded_lowest: Steps
    excluded_highest: Steps
    gaps: tuple[GapStep, ...]

    @property
    def whole_gap(self) -> Fraction:
        """The sum of weight x gap."""
        return sum((step.product for step in self.gaps), Fraction(0))


def work_out(scorecard: Scorecard) -> Working:
    """The working of every number of ``scorecard``."""
    scale = scorecard.bank.scale
    unknown = _ids(scorecard, RatingState.DONT_KNOW, RatingState.UNANSWERED)
    excluded = _ids(scorecard, RatingState.NOT_APPLICABLE)
    return Working(
        score=_steps(scorecard, (), scale.bottom),
        low=_steps(scorecard, unknown, scale.bottom),
        high=_steps(scorecard, unknown, scale.top),
        excluded_lowest=_steps(scorecard, excluded, scale.bottom),
        excluded_highest=_steps(scorecard, excluded, scale.top),
        gaps=_gap_steps(scorecard),
    )


def _ids(scorecard: Scorecard, *states: RatingState) -> list[str]:
    return [entry.item.id for entry in scorecard.items if entry.response.state in states]


def _steps(scorecard: Scorecard, assumed: Iterable[str], level: Level) -> Steps:
    """The steps with the items of ``assumed`` at ``level``."""
    bank = scorecard.bank
    levels = {entry.item.id: entry.level for entry in scorecard.items if entry.level} | dict.fromkeys(assumed, level)
    excluded = set(_ids(scorecard, RatingState.NOT_APPLICABLE)).difference(assumed)
    values = {item_id: counted.value for item_id, counted in levels.items()}
    marks = Marks(values, frozenset(bank.items) - excluded, bank.scale.top.value)
    outcomes = evaluate(bank.root, marks, scorecard.weighting)
    worked = [_step(section, scorecard, levels, outcomes) for section in _deepest_first(bank.root)]
    return tuple(step for step in worked if step)


def _deepest_first(section: Section) -> Iterator[Section]:
    for child in section.children:
        if isinstance(child, Section):
            yield from _deepest_first(child)
    yield section


def _step(
    section: Section, scorecard: Scorecard, levels: Mapping[str, Level], outcomes: Mapping[str, Outcome]
) -> Step | None:
    outcome = outcomes.get(section.id)
    if outcome is None or outcome.raw is None or outcome.raw_max is None:
        return None
    shares = shares_in(section, scorecard.weighting, outcomes)
    entries = {entry.item.id: entry for entry in scorecard.items}
    return Step(
        id=section.id,
        title=section.title,
        combine=section.combine,
        terms=tuple(
            _term(child, levels.get(child.id), entries.get(child.id), shares[child.id], outcomes[child.id])
            for child in section.children
            if child.id in shares
        ),
        left_out=tuple(_left_out(child, levels, entries) for child in section.children if child.id not in shares),
        raw=outcome.raw,
        raw_max=outcome.raw_max,
    )


def _term(child: Section | Item, level: Level | None, entry: ItemScore | None, share: Share, outcome: Outcome) -> Term:
    return Term(
        id=child.id,
        title=child.title,
        level=level,
        assumed=entry is not None and entry.level is None,
        weight=share.weight,
        value=share.raw,
        top=share.top,
        outcome=outcome,
    )


def _left_out(child: Section | Item, levels: Mapping[str, Level], entries: Mapping[str, ItemScore]) -> LeftOut:
    """A child that has a level, or a section that holds one, can be left out only because it weighs nothing."""
    if isinstance(child, Section):
        rated = any(item.id in levels for item in child.items())
        return LeftOut(child.id, child.title, Why.NO_WEIGHT if rated else Why.NOTHING_RATED)
    response = entries[child.id].response
    if child.id in levels:
        return LeftOut(child.id, child.title, Why.NO_WEIGHT)
    return LeftOut(child.id, child.title, Why(response.state.value), response.reason)


def _gap_steps(scorecard: Scorecard) -> tuple[GapStep, ...]:
    shares = gap_shares(scorecard)
    return tuple(
        GapStep(
            item=entry.item,
            own_weight=scorecard.weighting.of_item(entry.item),
            weight=entry.weight,
            target=entry.target,
            level=entry.level,
            target_score=entry.target_score,
            score=entry.score,
            gap=entry.gap,
            share=share,
        )
        for entry in scorecard.items
        if entry.level
        and entry.score is not None
        and entry.gap is not None
        and (share := shares[entry.item.id]) is not None
    )
