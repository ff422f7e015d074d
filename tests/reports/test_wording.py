from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.core.numbers import parse_exact, percent
from audit.reports.wording import capital, counted, listed, plural, typographic


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (Fraction(0), "0.0"),
        (Fraction(1), "100.0"),
        (Fraction(5, 8), "62.5"),
        (Fraction(1, 2000), "0.1"),
        (Fraction(1, 3), "33.3"),
        (Fraction(2, 3), "66.7"),
        (Fraction(1249, 2000), "62.5"),
        (Fraction(9995, 10000), "100.0"),
    ],
)
def test_a_share_is_shown_as_percent_rounded_half_up(share: Fraction, shown: str) -> None:
    assert percent(share) == shown


@given(st.fractions(0, 1))
def test_a_shown_percent_is_within_half_a_tenth(share: Fraction) -> None:
    assert abs(Fraction(percent(share)) - share * 100) <= Fraction(1, 20)


@pytest.mark.parametrize("text", ["", "1/0", "a", "1e5", "nan", "1 / 4", "٣", "0x1", "1/2/3"])
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_exact(text)


def test_counts_read_as_english() -> None:
    assert [counted(n, "condition") for n in (0, 1, 2, 12)] == [
        "no conditions",
        "one condition",
        "two conditions",
        "12 conditions",
    ]
    assert plural("level", 1) == "level"


def test_lists_read_as_english() -> None:
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert capital("level 2") == "Level 2"


def test_apostrophes_and_quotation_marks_are_curly() -> None:
    assert typographic("""the families' "don't know" isn't""") == "the families’ “don’t know” isn’t"
    assert typographic("6' by 3'") == "6' by 3'"
