"""Every fault in an answers file is refused with its row, its column and what would be right."""

from __future__ import annotations

import pytest

from audit.core.answer_files import parse_answers
from audit.core.errors import AnswersError
from tests.core.test_answer_files import BANK

LEVELS = "0 (Nothing), 1 (Some), 2 (Half), 3 (Most), 4 (All)"
ON_SCALE = f"is not on the scale. Use {LEVELS}, na, dk, or leave it empty."
COLUMNS = "item, rating, reason, confidence, what_happens_now, what_needs_to_happen, how_to_progress, target"
IN_WORDS = "is answered in the three text columns only. Leave this empty."
NOT_TEXT = "is not text or a whole number."
NOT_JSON = "this is not valid JSON"
TOO_DEEP = f": {NOT_JSON} (a number is too long, or it is nested too deeply)."


def refusal(data: str | bytes, name: str) -> AnswersError:
    with pytest.raises(AnswersError) as caught:
        parse_answers(data.encode() if isinstance(data, str) else data, name, BANK)
    return caught.value


# What is wrong, the file, and what the message says after the file's name.
# fmt: off
CSV = [
    ("no reason", "item,rating\nR1,na\n",
     ", row 2, column reason: na needs a reason. Say why this does not apply to your service."),
    ("a blank reason", "item,rating,reason\nR1,na,  \n",
     ", row 2, column reason: na needs a reason. Say why this does not apply to your service."),
    ("an unknown item", "item,rating\nR1,1\nr2,1\n",
     ', row 3, column item: "r2" is no item of small 1.0.0. Did you mean "R2"?'),
    ("nothing like an item", "item,rating\nZ9,1\n",
     ', row 2, column item: "Z9" is no item of small 1.0.0. Known: R1, R2, R3.'),
    ("no item", "item,rating\n,1\n", ", row 2, column item: the item is missing. Known: R1, R2, R3."),
    ("half a level", "item,rating\nR1,0.5\n", f', row 2, column rating: "0.5" {ON_SCALE}'),
    ("above the scale", "item,rating\n\nR1,5\n", f', row 3, column rating: "5" {ON_SCALE}'),
    ("below the scale", "item,rating\nR1,-1\n", f', row 2, column rating: "-1" {ON_SCALE}'),
    ("a float", "item,rating\nR1,2.0\n", f', row 2, column rating: "2.0" {ON_SCALE}'),
    ("other digits", "item,rating\nR1,٣\n", f', row 2, column rating: "٣" {ON_SCALE}'),
    ("another scale's label", 'item,rating\nR1,"Yes, some"\n', f', row 2, column rating: "Yes, some" {ON_SCALE}'),
    ("a long rating", f"item,rating\nR1,{'x' * 99}\n", f', row 2, column rating: "{"x" * 57}..." {ON_SCALE}'),
    ("unseen characters", "item,rating\nR1,2\u200b\n", f', row 2, column rating: "2?" {ON_SCALE}'),
    ("a column misspelt", "item,rating,reson\nR1,1,x\n",
     ', row 1, column reson: there is no such column. Did you mean "reason"?'),
    ("a blank column", "item,,rating\nR1,,2\n",
     f", row 1, column (blank): there is no such column. Known: {COLUMNS}."),
    ("a column in capitals", "item,Rating\nR1,1\n",
     ', row 1, column Rating: there is no such column. Did you mean "rating"?'),
    ("all columns in capitals", "Item,Rating\nR1,1\n",
     ', row 1, column Item: there is no such column. Did you mean "item"?'),
    ("no header", "R1,2\n", f", row 1: the header is missing. Name the columns {COLUMNS}."),
    ("no rating column", "item,reason\nR1,x\n", ", row 1, column rating: this column is missing."),
    ("no item column", "rating,reason\n1,x\n", ", row 1, column item: this column is missing."),
    ("a column twice", "item,rating,rating\nR1,1,2\n",
     ", row 1, column rating: this column stands twice in the header."),
    ("an item twice", "item,rating\nR1,1\nR2,1\nR1,2\n",
     ", row 4, column item: R1 stands twice (first in row 2). Keep one row for each."),
    ("too many cells", "item,rating\nR1,1,x\n", ", row 2: it has 3 cells, but the header names 2 columns."),
    ("a blank file", "", f": the file is empty. Its first row must name the columns {COLUMNS}."),
    ("UTF-16", "item,rating\nR1,1\n".encode("utf-16"), ': this is UTF-16 text. Save the file as "CSV UTF-8".'),
    ("Windows-1252", "item,rating,reason\nR1,1,x\nR2,1,café\n".encode("cp1252"),
     ', row 3: the byte 0xe9 is not UTF-8 text. Save the file as "CSV UTF-8".'),
    ("Windows-1252 below a long text", 'item,rating,reason\nR1,1,"a\nb\nc"\nR2,1,café\n'.encode("cp1252"),
     ', row 3: the byte 0xe9 is not UTF-8 text. Save the file as "CSV UTF-8".'),
    ("a bell", "item,rating,reason\nR1,1,a\x07b\n",
     ", row 2, column reason: the text holds the control character U+0007. Take it out."),
    ("a NUL", "item,rating,how_to_progress\nR1,1,a\x00b\n",
     ", row 2, column how_to_progress: the text holds the control character U+0000. Take it out."),
    ("a long text", f"item,rating,reason\nR1,1,{'x' * 10_001}\n",
     ", row 2, column reason: the text has 10,001 characters. Keep it to 10,000."),
    ("a confidence in between", "item,rating,confidence\nR1,1,fair\n",
     ', row 2, column confidence: "fair" is not known. Use low, medium or high.'),
    ("a target off the scale", "item,rating,target\nR1,1,7\n",
     f', row 2, column target: "7" is not on the scale. Use {LEVELS}, or leave it empty.'),
    ("na as a target", "item,rating,target\nR1,1,na\n",
     f', row 2, column target: "na" is not on the scale. Use {LEVELS}, or leave it empty.'),
    ("a rated prompt", "item,rating\nQ1,2\n", f", row 2, column rating: Q1 {IN_WORDS}"),
    ("a prompt with a target", "item,rating,target\nS1,,2\n", f", row 2, column target: S1 {IN_WORDS}"),
    ("a quote left open", 'item,rating,reason\nR1,1,x\nR2,1,"y\nR3,1,z\n',
     ", row 3: a quotation mark opens here and is never closed. Close it, or double it inside a text."),
    ("text behind a quote", 'item,rating,reason\nR1,1,"x"y\n',
     """, row 2: this is not valid CSV (',' expected after '"')."""),
]
JSON = [
    ("no list", '{"R1": 2}', ': a list of answers is expected, such as [{"item": "R1", "rating": 2}].'),
    ("no object", '[{"item": "R1", "rating": 1}, "R2"]',
     ', row 2: an answer in braces is expected, such as {"item": "R1"}.'),
    ("a key twice", '[{"item": "R1", "rating": 1, "rating": 2}]',
     ': the key "rating" stands twice in one answer of R1. Keep one.'),
    ("true", '[{"item": "R1", "rating": true}]', f", row 1, column rating: true {NOT_TEXT}"),
    ("a float", '[{"item": "R1", "rating": 2.0}]', f", row 1, column rating: 2.0 {NOT_TEXT}"),
    ("not a number", '[{"item": "R1", "rating": NaN}]', f", row 1, column rating: NaN {NOT_TEXT}"),
    ("a list as rating", '[{"item": "R1", "rating": [2]}]', f", row 1, column rating: [2] {NOT_TEXT}"),
    ("nested too deeply", "[" * 100_000, TOO_DEEP),
    ("a huge number", '[{"item": "R1", "rating": ' + "1" * 5000 + "}]", TOO_DEEP),
    ("above the scale", '[{"item": "R1", "rating": 5}]', f', row 1, column rating: "5" {ON_SCALE}'),
    ("a missing key", '[{"item": "R1"}]', ", row 1, column rating: this column is missing."),
    ("an unknown key", '[{"item": "R1", "rating": 1, "reson": ""}]',
     ', row 1, column reson: there is no such column. Did you mean "reason"?'),
    ("an item twice", '[{"item": "R1", "rating": 1}, {"item": "R1", "rating": 2}]',
     ", row 2, column item: R1 stands twice (first in row 1). Keep one row for each."),
    ("no JSON", '[{"item": "R1",]', f": {NOT_JSON} (Expecting property name enclosed in double quotes at line 1,"
     " column 16)."),
    ("a blank file", "", f": {NOT_JSON} (Expecting value at line 1, column 1)."),
    ("half a character", '[{"item": "R1", "rating": 1, "reason": "\\ud800"}]',
     ", row 1, column reason: the text holds the control character U+D800. Take it out."),
]
# fmt: on
CASES = [(f"CSV {what}", data, "a.csv", message) for what, data, message in CSV]
CASES += [(f"JSON {what}", data, "a.json", message) for what, data, message in JSON]


@pytest.mark.parametrize(("data", "name", "message"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_faulty_file_is_refused_with_its_row_and_column(data: str | bytes, name: str, message: str) -> None:
    assert str(refusal(data, name)) == f"{name}{message}"


def test_an_error_carries_its_row_and_column() -> None:
    fault = refusal("item,rating\nR1,9\n", "a.csv")
    assert (fault.source, fault.row, fault.column) == ("a.csv", 2, "rating")


@pytest.mark.parametrize("column", ["\x1b[31mred", "two\nlines", "x" * 5000])
def test_a_strange_column_is_named_briefly_and_safely(column: str) -> None:
    message = str(refusal(f'item,rating,"{column}"\n', "a.csv"))
    assert message.isprintable()
    assert len(message) < 300


def test_json_in_another_encoding_is_not_called_csv() -> None:
    assert "CSV" not in str(refusal('[{"item": "R1", "reason": "café"}]'.encode("cp1252"), "a.json"))
    assert "CSV" not in str(refusal("[]".encode("utf-16"), "a.json"))


def test_a_very_long_text_is_refused_in_our_words() -> None:
    message = str(refusal(f"item,rating,reason\nR1,1,{'x' * 200_000}\n", "a.csv"))
    assert "10,000" in message
    assert "field" not in message


def test_semicolons_are_named() -> None:
    assert "semicolon" in str(refusal("item;rating\nR1;2\n", "a.csv"))
