"""The same answers under several weightings, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit.core.bank import Item
from audit.core.evidence import Library
from audit.core.evidence_weights import evidence_points
from audit.core.gaps import find_gaps
from audit.core.numbers import percent_or_none
from audit.core.scorecard import Scorecard
from audit.reports.summary import PRIORITIES
from audit.reports.wording import counted, listed


@dataclass(frozen=True)
class WeightingLine:
    """One weighting: its score and range as text, the items with the first gaps, and how these differ.

    ``change`` compares with the first line of a comparison, whose own is empty.
    """

    name: str
    title: str
    rule: str
    percent: str | None
    low: str | None
    high: str | None
    band: str | None
    first: tuple[Item, ...]
    change: str


def compare(scorecards: Sequence[Scorecard], library: Library) -> tuple[WeightingLine, ...]:
    """A line for each scorecard. All score the same answers; the first is under the audit's own weighting."""
    firsts = [_first_gaps(scorecard, library) for scorecard in scorecards]
    return tuple(
        WeightingLine(
            name=scorecard.weighting.name,
            title=scorecard.weighting.title,
            rule=scorecard.weighting.rule,
            percent=percent_or_none(scorecard.overall.score),
            low=percent_or_none(scorecard.overall.low),
            high=percent_or_none(scorecard.overall.high),
            band=scorecard.band.name if scorecard.band else None,
            first=first,
            change=_change(firsts[0], first) if number else "",
        )
        for number, (scorecard, first) in enumerate(zip(scorecards, firsts, strict=True))
    )


def _first_gaps(scorecard: Scorecard, library: Library) -> tuple[Item, ...]:
    gaps = find_gaps(scorecard, evidence_points(scorecard.bank, library))
    return tuple(gap.entry.item for gap in gaps[:PRIORITIES])


def _change(before: tuple[Item, ...], after: tuple[Item, ...]) -> str:
    """How the first gaps differ, in a sentence. There are as many before as after."""
    come = [item.id for item in after if item not in before]
    gone = [item.id for item in before if item not in after]
    if come:
        verb = "is" if len(come) == 1 else "are"
        return f"{listed(come)} {verb} among the {_first(len(after))}, in place of {listed(gone)}."
    if before == after:
        return f"The {_first(len(after))} stay the same, in the same order." if len(after) > 1 else "It stays the same."
    return f"The {_first(len(after))} stay the same, in another order."


def _first(count: int) -> str:
    return "first gap" if count == 1 else f"first {counted(count, 'gap')}"
