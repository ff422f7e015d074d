"""Join codes: how people may type them, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.core.join_codes import ALPHABET, LENGTH, read_code, shown_code

codes = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


@given(codes)
def test_a_code_is_read_as_it_is_shown(code: str) -> None:
    assert read_code(shown_code(code)) == code
    assert read_code(f" {shown_code(code).lower()}\n") == code


@pytest.mark.parametrize(
    "typed", ["CDF GHJ", "cdfghj", "cdf-ghj", "CDF\u2013GHJ", "CDF\u00a0GHJ", "C D F G H J", "\tCDFGHJ\r\n"]
)
def test_ways_to_type_a_code(typed: str) -> None:
    assert read_code(typed) == "CDFGHJ"


@pytest.mark.parametrize(
    "typed", ["", "CDFGH", "CDFGHJK", "CDFGH0", "ÇDFGHJ", "CDF_GHJ", "<b>CDF", "ßDFGHJ", "C" * 10_000]
)
def test_what_is_no_code(typed: str) -> None:
    assert read_code(typed) is None


@given(st.text())
def test_any_text_is_a_code_or_none(typed: str) -> None:
    code = read_code(typed)
    assert code is None or (len(code) == LENGTH and set(code) <= set(ALPHABET))


def test_no_two_signs_look_alike_and_none_makes_a_word() -> None:
    assert not set(ALPHABET) & set("AEIOU01L2Z5S8BVQ")
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert len(ALPHABET) ** LENGTH > 50_000_000
