"""The working in words: what a person would write who works the score out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given

from audit.core.bank import Bank, Combine, Weighting
from audit.core.numbers import percent
from audit.core.responses import Answers, Response
from audit.core.scorecard import score_answers
from audit.core.steps import Step
from audit.core.working import work_out
from audit.reports.formulas import figure, formula, notes
from tests.making import DONT_KNOW, make_bank, make_item, make_section, rated, score
from tests.strategies import audits


def whole(bank: Bank, weights: dict[str, int] | None = None, **responses: Response) -> Step:
    weighting = Weighting("own", "Own", "Ours.", {name: Fraction(weight) for name, weight in (weights or {}).items()})
    return work_out(score_answers(bank, Answers(responses), weighting)).score[-1]


def pair(combine: Combine) -> Bank:
    return make_bank(make_item("A"), make_item("B"), combine=combine)


@pytest.mark.parametrize(
    ("combine", "lines"),
    [
        (
            Combine.MEAN,
            (
                "Points: (3 × 4 + 1 × 1) / 4 = 13 / 4.",
                "Most points: 4.",
                "Score: 13/4 of 4 = 13/16 = 81.3%.",
            ),
        ),
        (Combine.SUM, ("Points: 4 + 1 = 5.", "Most points: 4 + 4 = 8.", "Score: 5 of 8 = 5/8 = 62.5%.")),
        (
            Combine.GEOMETRIC,
            (
                "Points: (1)^(3/4) × (1/4)^(1/4) = about 0.7071. Times 4 = about 2.8284.",
                "Most points: 4.",
                "Score: about 2.8284 of 4 = about 0.7071 = 70.7%.",
            ),
        ),
        (
            Combine.MINIMUM,
            (
                "Points: the lowest share is 1/4. Times 4 = 1.",
                "Most points: the lowest is 4.",
                "Score: 1 of 4 = 1/4 = 25.0%.",
            ),
        ),
    ],
)
def test_each_way_of_combining_is_written_out(combine: Combine, lines: tuple[str, ...]) -> None:
    assert formula(whole(pair(combine), {"A": 3}, A=rated(4), B=rated(1))) == lines


def test_a_fraction_that_cancels_is_written_twice() -> None:
    lines = formula(whole(pair(Combine.MEAN), A=rated(3), B=rated(1)))
    assert lines[0] == "Points: (1 × 3 + 1 × 1) / 2 = 4 / 2 = 2."


def test_a_section_that_is_partly_answered_says_how_it_counts() -> None:
    bank = make_bank(
        make_section("S", make_item("A"), make_item("B"), combine=Combine.SUM, weight=1),
        make_section("T", make_item("C"), make_item("D")),
    )
    points, answered_part = whole(bank, A=rated(4), B=DONT_KNOW, C=rated(0), D=DONT_KNOW).terms
    assert notes(points) == ("It has 4 of 4 so far and could reach 8 in all, so it counts as 8 of 8.",)
    assert notes(answered_part) == ("It counts with the part of its weight that is rated: 1 of 2.",)


def test_what_is_assumed_says_so() -> None:
    working = work_out(score(pair(Combine.MEAN), A=rated(4), B=DONT_KNOW))
    assert [notes(term) for term in working.low[-1].terms] == [(), ("Not rated. Counted here at this level.",)]


@given(audits())
def test_the_last_line_ends_in_the_score_as_it_is_shown(audit: tuple[Bank, dict[str, Response]]) -> None:
    bank, responses = audit
    scorecard = score(bank, **responses)
    for step in work_out(scorecard).score:
        assert formula(step)[-1].endswith(f"= {percent(step.score)}%.")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(Fraction(7), "7"), (Fraction(7, 4), "7/4"), (Fraction(1, 10**9), "about 0.0000")],
)
def test_a_number_is_exact_unless_that_helps_nobody(value: Fraction, shown: str) -> None:
    assert figure(value) == shown
