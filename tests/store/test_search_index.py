"""The search index finds words however they are written, and no text makes it fail."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.store.search_index import MOST_WORDS, SearchIndex

COLUMNS = {"name": 8.0, "says": 4.0, "basis": 1.0}
DOCUMENTS = (
    {"id": "1", "name": "HACK-001", "says": "Social workers had smaller caseloads.", "basis": "interviews"},
    {"id": "2", "name": "HACK-002", "says": "A café near the résumé office.", "basis": "survey of social workers"},
    {"id": "3", "name": "RSWP-003", "says": "The agencies met.", "basis": "Ynys Môn; families’ words"},
    {"id": "4", "name": "RSWP-004", "says": "Caseload fell.", "basis": "a study, OR two"},
)


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return SearchIndex(COLUMNS, DOCUMENTS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("caseload", {"1", "4"}),
        ("caseloads", {"1", "4"}),
        ("CASELOADS", {"1", "4"}),
        ("agency", {"3"}),
        ("studies", {"4"}),
        ("families", {"3"}),
        ("family", {"3"}),
        ("cafe", {"2"}),
        ("CAFÉ", {"2"}),
        ("cafe\u0301", {"2"}),
        ("re\u0301sume\u0301", {"2"}),
        ("resume", {"2"}),
        ("ynys mon", {"3"}),
        ("Môn", {"3"}),
        ("hack-002", {"2"}),
        ("zeppelin", set()),
    ],
)
def test_words_match_in_any_case_number_and_accent(index: SearchIndex, text: str, found: set[str]) -> None:
    assert set(index.search(text)) == found


def test_all_words_are_asked_for_before_any(index: SearchIndex) -> None:
    assert index.search("social caseloads") == ("1",)
    assert set(index.search("zeppelin agencies")) == {"3"}


def test_a_word_counts_most_in_the_column_of_most_weight() -> None:
    documents = [
        {"id": column, **dict.fromkeys(COLUMNS, "other words here"), column: "the needle here"} for column in COLUMNS
    ]
    for order in (documents, documents[::-1]):
        assert SearchIndex(COLUMNS, order).search("needle") == ("name", "says", "basis")


def test_the_weights_decide_and_not_the_order_of_columns() -> None:
    documents = [{"id": "a", "left": "needle", "right": "hay"}, {"id": "b", "left": "hay", "right": "needle"}]
    assert SearchIndex({"left": 1.0, "right": 5.0}, documents).search("needle") == ("b", "a")
    assert SearchIndex({"left": 5.0, "right": 1.0}, documents).search("needle") == ("a", "b")


@pytest.mark.parametrize("text", ["", " ", "...", "?!", '"', "'", "*", "(", "-", "_", "\x00", "\u200d", "😀", "^:+"])
def test_a_text_without_words_finds_nothing(index: SearchIndex, text: str) -> None:
    assert index.search(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        'agencies"',
        '"agencies',
        "agenc'ies agencies",
        "agencies*",
        "says:agencies",
        "-agencies",
        "^agencies",
        "agencies AND",
        "NOT agencies",
        "NEAR(agencies)",
        "{says}: agencies",
        "agencies; DROP TABLE documents",
        "(agencies",
        "agencies\x00",
    ],
)
def test_what_is_an_operator_elsewhere_is_a_word_or_a_mark_here(index: SearchIndex, text: str) -> None:
    assert "3" in index.search(text)


def test_an_operator_is_searched_for_as_a_word(index: SearchIndex) -> None:
    assert index.search("OR") == ("4",)
    assert index.search("caseload OR") == ("4",)


@pytest.mark.parametrize("text", ["agencies " * 1112, "a" * 10_000, "agencies" + "." * 10_000, "?" * 10_000])
def test_ten_thousand_characters_are_searched_in_no_time(index: SearchIndex, text: str) -> None:
    assert set(index.search(text)) <= {"3"}


def test_words_beyond_the_limit_are_passed_over(index: SearchIndex) -> None:
    assert index.search(" ".join(["agencies"] * MOST_WORDS + ["zeppelin"])) == ("3",)


@given(text=st.text(max_size=200) | st.text("\"'*()^:-+ ANDORNTé\u0301\x00😀²Ⅷ𝟙ªß", max_size=60))
def test_no_text_is_an_error(index: SearchIndex, text: str) -> None:
    assert set(index.search(text)) <= {"1", "2", "3", "4"}


@given(text=st.text(st.characters(categories=["Cs", "Co", "Cn", "No", "Mn", "Lo"]), max_size=40))
def test_no_odd_character_is_an_error(index: SearchIndex, text: str) -> None:
    index.search(text)


def test_threads_share_it(index: SearchIndex) -> None:
    texts = ["caseload", "agency", "cafe", "social workers"] * 50
    alone = [index.search(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(index.search, texts)) == alone


@pytest.mark.parametrize("text", ['"social workers"', "\u201csocial workers\u201d", '"social worker" caseload'])
def test_words_in_quotation_marks_follow_one_another(index: SearchIndex, text: str) -> None:
    assert index.search(text)[0] == "1"
    assert index.search('"workers social"') == ()
