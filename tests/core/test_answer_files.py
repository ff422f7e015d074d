"""Reading answers: what is accepted in a CSV or JSON file, and how each form is understood."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from audit.core.answer_files import parse_answers
from audit.core.answer_writing import write_answers
from audit.core.bank import Bank, Citation, OpeningQuestion, SupplementaryPrompt
from audit.core.responses import UNANSWERED, Answers, Confidence, RatingState, Response
from tests.making import DONT_KNOW, make_bank, make_item, rated

PLACE = Citation("Page 1", 1)
BANK: Bank = replace(
    make_bank(*(make_item(f"R{n}") for n in range(1, 4))),
    opening=(OpeningQuestion("S1", "What for?", "Think.", PLACE, ("R1",)),),
    supplementary=(SupplementaryPrompt("Q1", "More", "What else?", "It helps.", PLACE, ("a list",), (), ("R2",)),),
)
FULL = "item,rating,reason,confidence,what_happens_now,what_needs_to_happen,how_to_progress,target"


def read(text: str | bytes, name: str = "answers.csv") -> Answers:
    return parse_answers(text.encode() if isinstance(text, str) else text, name, BANK)


def read_json(*entries: object) -> Answers:
    return read(json.dumps(entries), "answers.json")


def test_a_row_is_read_in_full() -> None:
    answers = read(f"{FULL}\nR1,2,We asked,high,Some do,All should,By May,3\n")
    expected = Response(RatingState.RATED, 2, "We asked", Confidence.HIGH, "Some do", "All should", "By May", target=3)
    assert answers == Answers({"R1": expected})


@pytest.mark.parametrize(
    ("rating", "response"),
    [
        ("0", rated(0)),
        ("4", rated(4)),
        (" 3 ", rated(3)),
        ("Half", rated(2)),
        ("hALF", rated(2)),
        ("dk", DONT_KNOW),
        ("DK", DONT_KNOW),
        ("", UNANSWERED),
        ("  ", UNANSWERED),
    ],
)
def test_a_rating_is_a_number_a_name_in_any_case_dk_or_empty(rating: str, response: Response) -> None:
    assert read(f"item,rating\nR1,{rating}\n").of("R1") == response
    assert read_json({"item": "R1", "rating": rating}).of("R1") == response


@pytest.mark.parametrize("rating", ["na", "NA", "Na"])
def test_not_applicable_comes_with_its_reason(rating: str) -> None:
    expected = Response(RatingState.NOT_APPLICABLE, reason="We have none.")
    assert read(f"item,rating,reason\nR1,{rating},We have none.\n").of("R1") == expected


@pytest.mark.parametrize("target", ["4", "all", "ALL"])
def test_a_target_is_a_number_or_a_name(target: str) -> None:
    assert read(f"item,rating,target\nR1,1,{target}\n").of("R1") == rated(1, target=4)


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_byte_order_mark_and_any_line_end_are_read(start: bytes, end: str) -> None:
    rows = ["item,rating", "R1,2", "R2,dk", ""]
    assert read(start + end.join(rows).encode()).items == {"R1": rated(2), "R2": DONT_KNOW}


def test_the_last_line_needs_no_end() -> None:
    assert read("item,rating\nR1,2").items == {"R1": rated(2)}


def test_a_quoted_text_keeps_its_lines_commas_and_quotes() -> None:
    answers = read('item,rating,what_happens_now\r\nR1,2,"One, two\r\nand ""three""\r\n\r\nend"\r\nR2,1,\r\n')
    assert answers.of("R1").what_happens_now == 'One, two\nand "three"\n\nend'
    assert answers.of("R2") == rated(1)


def test_columns_may_stand_in_any_order_and_optional_ones_be_left_out() -> None:
    assert read("rating,item\n2,R1\n").items == {"R1": rated(2)}


def test_blank_rows_are_skipped_and_counted() -> None:
    assert read("item,rating\n\nR1,2\n,\n  ,  \nR2,1\n").items == {"R1": rated(2), "R2": rated(1)}


def test_short_rows_leave_the_rest_empty() -> None:
    assert read(f"{FULL}\nR1,2\nR2\n").items == {"R1": rated(2), "R2": UNANSWERED}


def test_empty_columns_that_a_spreadsheet_adds_are_left_out() -> None:
    assert read("item,rating,,\nR1,2,,\nR2,1,,\n,,,\n").items == {"R1": rated(2), "R2": rated(1)}


def test_a_header_alone_answers_nothing() -> None:
    assert read("item,rating\n") == Answers()
    assert read("[]", "answers.json") == Answers()


def test_an_item_without_a_row_is_unanswered() -> None:
    assert read("item,rating\nR1,2\n").of("R3") == UNANSWERED


def test_prompts_are_answered_in_words() -> None:
    answers = read("item,rating,what_happens_now\nS1,,To learn\nR1,2,\nQ1,,A café\n")
    assert answers.prompts == {"S1": Response(what_happens_now="To learn"), "Q1": Response(what_happens_now="A café")}
    assert list(answers.items) == ["R1"]


def test_json_takes_numbers_texts_and_null() -> None:
    answers = read_json(
        {"item": "R1", "rating": 2, "target": 4, "what_happens_now": "Some,\nbut few"},
        {"item": "R2", "rating": None, "reason": None},
        {"item": "R3", "rating": "half", "confidence": "LOW"},
    )
    assert answers.of("R1") == Response(RatingState.RATED, 2, what_happens_now="Some,\nbut few", target=4)
    assert answers.of("R2") == UNANSWERED
    assert answers.of("R3") == Response(RatingState.RATED, 2, confidence=Confidence.LOW)


def test_a_name_in_capitals_is_still_json() -> None:
    assert read('[{"item": "R1", "rating": 2}]', "ANSWERS.JSON").items == {"R1": rated(2)}


def test_the_json_may_begin_with_a_byte_order_mark() -> None:
    assert read(b"\xef\xbb\xbf[]", "answers.json") == Answers()


def test_a_text_of_ten_thousand_characters_is_kept() -> None:
    assert len(read(f"item,rating,reason\nR1,2,{'x' * 10_000}\n").of("R1").reason) == 10_000


def test_the_template_is_read_back_as_unanswered() -> None:
    assert write_answers(BANK, Answers(), prompts=False).splitlines() == [FULL, "R1,,,,,,,", "R2,,,,,,,", "R3,,,,,,,"]
    assert read(write_answers(BANK, Answers(), prompts=False)).items == dict.fromkeys(BANK.items, UNANSWERED)
    with_prompts = write_answers(BANK, Answers())
    assert [line.split(",")[0] for line in with_prompts.splitlines()] == ["item", "S1", "R1", "R2", "R3", "Q1"]
    assert read(with_prompts).prompts == {"S1": UNANSWERED, "Q1": UNANSWERED}
