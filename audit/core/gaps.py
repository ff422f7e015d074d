"""Gaps, their shares of the whole gap, and the order in which to look at them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from audit.core.bank import Level
from audit.core.scorecard import ItemScore, Scorecard


@dataclass(frozen=True)
class Gap:
    """A rated item that stands below its target.

    ``size`` is target minus score (0 to 1); ``share`` is its part of the whole weighted gap: shares sum to 1.
    """

    entry: ItemScore
    level: Level
    size: Fraction
    share: Fraction


def gap_shares(scorecard: Scorecard) -> dict[str, Fraction | None]:
    """Each item's share of the whole gap: weight x gap / sum(weight x gap); None where it is not rated.

    All are 0 where there is no gap at all.
    """
    weighted = {e.item.id: e.weight * e.gap for e in scorecard.items if e.gap is not None}
    whole = sum(weighted.values(), Fraction(0))
    return {
        e.item.id: None if e.gap is None else (weighted[e.item.id] / whole if whole else Fraction(0))
        for e in scorecard.items
    }


def find_gaps(scorecard: Scorecard, evidence_points: Mapping[str, int]) -> tuple[Gap, ...]:
    """The gaps by priority: by share, then by strength of evidence, then in bank order.

    ``evidence_points`` rates the evidence behind each item; an item that it does not name has none.
    """
    shares = gap_shares(scorecard)
    gaps = [
        Gap(entry, entry.level, entry.gap, share)
        for entry in scorecard.items
        if entry.level and entry.gap and (share := shares[entry.item.id]) is not None
    ]
    return tuple(sorted(gaps, key=lambda gap: (-gap.share, -evidence_points.get(gap.entry.item.id, 0))))


@dataclass(frozen=True)
class AtTarget:
    """A rated item that stands where it should."""

    entry: ItemScore
    level: Level


def strengths(scorecard: Scorecard) -> tuple[AtTarget, ...]:
    """What stands at its own target and at the bank's default target: highest score first, then in bank order.

    An item whose target was set lower than the default is no strength for reaching it.
    """
    least = scorecard.bank.default_target.value
    standing = [
        AtTarget(entry, entry.level)
        for entry in scorecard.items
        if entry.level and not entry.gap and entry.level.value >= least
    ]
    return tuple(sorted(standing, key=lambda strength: -strength.level.value))


@dataclass(frozen=True)
class Contradiction:
    """An item rated above the bottom while another, of which it speaks, is at the bottom."""

    entry: ItemScore
    other: ItemScore
    says: str


def contradictions(scorecard: Scorecard) -> tuple[Contradiction, ...]:
    """The ratings that contradict a dependency of the bank. They change no score."""
    entries = {entry.item.id: entry for entry in scorecard.items}
    bottom = scorecard.bank.scale.bottom
    return tuple(
        Contradiction(entry, entries[dependency.item_id], dependency.says)
        for entry in scorecard.items
        for dependency in entry.item.depends_on
        if entry.level not in (None, bottom) and entries[dependency.item_id].level == bottom
    )
