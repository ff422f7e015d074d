"""Scoring a bank of 1,800 items against the bare weighted mean in fractions."""

from __future__ import annotations

from fractions import Fraction

from audit.core.responses import Answers
from audit.core.scorecard import score_answers
from benchmarks.timing import Ratio, compare
from tests.making import make_bank, make_item, make_section, rated

SECTIONS, ITEMS = 60, 30


def run() -> Ratio:
    """All of a scorecard: score, range, sections, items, and what "not applicable" would change."""
    sections = [
        make_section(f"S{s}", *(make_item(f"I{s}-{n}", n % 3 + 1) for n in range(ITEMS))) for s in range(SECTIONS)
    ]
    bank = make_bank(*sections)
    answers = Answers({item_id: rated(n % 5) for n, item_id in enumerate(bank.items)})
    pairs = [(item.weight, Fraction(answers.of(item.id).level or 0, 4)) for item in bank.items.values()]

    def mean() -> Fraction:
        return Fraction(sum(weight * score for weight, score in pairs), sum(weight for weight, _ in pairs))

    assert score_answers(bank, answers, bank.weightings[0]).overall.score == mean()
    return compare(
        f"Scorecard of {SECTIONS * ITEMS:,} items in {SECTIONS} sections",
        lambda: score_answers(bank, answers, bank.weightings[0]),
        "one weighted mean of the same fractions",
        mean,
    )
