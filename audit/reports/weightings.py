"""The same answers under several weightings, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit.core.bank import Item
from audit.core.evidence_weights import evidence_points
from audit.core.gaps import find_gaps
from audit.core.library import Library
from audit.core.numbers import percent_or_none
from audit.core.scorecard import Scorecard
from audit.reports.priorities import PRIORITIES
from audit.reports.summary import span
from audit.reports.wording import counted, listed


@dataclass(frozen=True)
class WeightingLine:
    """One weighting: its score and range as text, the items with the first gaps, and how these differ.

    ``change`` compares with the first line of a comparison. It is empty there, and where there is no gap.
    """

    name: str
    title: str
    rule: str
    percent: str | None
    span: str
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
            span=span(scorecard.overall.low, scorecard.overall.high),
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
    if not after:
        return ""
    come = [item.id for item in after if item not in before]
    gone = [item.id for item in before if item not in after]
    first = "first gap" if len(after) == 1 else f"first {counted(len(after), 'gap')}"
    if come:
        verb = "is" if len(come) == 1 else "are"
        return f"{listed(come)} {verb} among the {first}, in place of {listed(gone)}."
    if len(after) == 1:
        return f"The {first} stays the same."
    return f"The {first} stay the same, in {'the same' if before == after else 'another'} order."
