"""Names, codes and colours of authorities."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.core.people import check_accent, check_name, check_ons_code, contrast, slug_of


@given(st.text(max_size=200))
def test_a_short_name_is_safe_whatever_the_name(name: str) -> None:
    slug = slug_of(name)
    assert 1 <= len(slug) <= 60
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug.startswith("-")
    assert not slug.endswith("-")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Testshire", None),
        ("Ynys Môn", None),
        ("", "Enter the name of the authority."),
        ("   ", "Enter the name of the authority."),
        ("x" * 121, "The name must be 120 characters or fewer."),
        ("two\nlines", "The name must be on one line, without control characters."),
    ],
)
def test_a_name_is_checked(text: str, problem: str | None) -> None:
    assert check_name(text) == problem


@pytest.mark.parametrize("code", ["", "E06000001", "E10000003"])
def test_an_ons_code_of_the_right_form_is_taken(code: str) -> None:
    assert check_ons_code(code) is None


@pytest.mark.parametrize("code", ["E0600001", "W06000001", "e06000001", "E06000001 ", "E٠٦٠٠٠٠٠١", "E060000011"])
def test_an_ons_code_of_another_form_is_refused(code: str) -> None:
    assert check_ons_code(code) == "The ONS code must be E and eight digits, such as E06000001, or be left empty."


def test_contrast_is_that_of_wcag() -> None:
    assert float(contrast("#000000", "#ffffff")) == pytest.approx(21)
    assert float(contrast("#ffffff", "#ffffff")) == pytest.approx(1)
    # 767676 is the lightest grey that passes on white.
    assert float(contrast("#767676", "#ffffff")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(
    ("colour", "problem"),
    [
        ("", None),
        ("#0f4c5c", None),
        ("#767676", None),
        ("#777777", "White text on this colour has a contrast of 4.47 to 1."),
        ("#ffff00", "White text on this colour has a contrast of 1.07 to 1."),
        ("0f4c5c", "The colour must be # and six of 0 to 9 and a to f"),
        ("#0F4C5C", "The colour must be # and six of 0 to 9 and a to f"),
        ("red;}", "The colour must be # and six of 0 to 9 and a to f"),
    ],
)
def test_an_accent_is_checked_for_its_form_and_contrast(colour: str, problem: str | None) -> None:
    found = check_accent(colour)
    assert (found is None) == (problem is None)
    assert (found or "").startswith(problem or "")
