"""Which passwords are taken."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.core.passwords import LONGEST, SHORTEST, password_problem, plain

OWN = ("Lee O'Neill", "lee.oneill@testshire.gov.uk", "Testshire Metropolitan Borough Council")


@pytest.mark.parametrize(
    "password",
    [
        "tulip gravel window",
        "korridlampzeb",
        "83926408175264",
        "zq!7#Kd0)wVx",
        "ваза горит тихо семь",
        "x" + "ab c9" * 51,
    ],
)
def test_length_counts_and_composition_does_not(password: str) -> None:
    assert password_problem(password, OWN) is None


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "password123456",
        "qwertyuiop1234",
        "aaaaaaaaaaaaaaaa",
        "abcdefghijklmnop",
        "123456789012",
        "christmas2025!",
        "P@ssw0rd2026!",
    ],
)
def test_common_ones_and_patterns_are_refused(password: str) -> None:
    assert "too easy to guess" in (password_problem(password) or "")


@pytest.mark.parametrize(
    "password",
    [
        "Lee O'Neill 2026",
        "leeoneill2024!",
        "lee.oneill@testshire.gov.uk",
        "Testshire-2026",
        "testshire borough council",
        "plumbline2026",
        "Plumbline Testshire!",
        "plumblineplumbline",
        "socialworker12",
        "Children&Families1",
    ],
)
def test_what_others_know_of_the_person_does_not_count(password: str) -> None:
    assert "too easy to guess" in (password_problem(password, OWN) or "")


def test_own_words_do_no_harm_to_a_good_one() -> None:
    assert password_problem("plumbline tulip gravel window", OWN) is None


@pytest.mark.parametrize(("password", "words"), [("tulip grave", "12 characters or more"), ("xyz " * 65, "256")])
def test_too_short_and_too_long_say_so(password: str, words: str) -> None:
    assert words in (password_problem(password) or "")


@given(st.text(alphabet=st.characters(categories=["Ll"]), min_size=4, max_size=40))
def test_no_name_of_any_person_makes_a_password(name: str) -> None:
    assert password_problem(f"{name}{name}{name}1", [name]) is not None


@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_gets_an_answer(password: str, own: list[str]) -> None:
    problem = password_problem(password, own)
    assert problem is None or problem.endswith(".")
    if problem is None:
        assert SHORTEST <= len(plain(password)) <= LONGEST


@given(st.binary(min_size=8, max_size=100))
def test_what_is_drawn_at_random_is_taken(seed: bytes) -> None:
    drawn = hashlib.sha256(seed).hexdigest()[:20]
    assert password_problem(drawn, OWN) is None
