"""A trail as a file can be checked on its own, and what is wrong with it is named."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.core.errors import UsageError
from audit.core.trail import START, SignedHead, Trail, TrailRow, chained, faults
from audit.core.trail_files import HOW_TO_CHECK, read_trail, trail_csv, trail_json

Document = dict[str, Any]


def made(*details: str) -> Trail:
    """A sound trail with these details."""
    rows: list[TrailRow] = []
    for number, detail in enumerate(details, start=1):
        row = TrailRow(number, "2026-11-21T14:05:00+00:00", 7, "=Łucja O'Neill", "answered", 1, None, detail, "")
        rows.append(replace(row, sha256=chained(rows[-1].sha256 if rows else START, row.says)))
    return Trail(tuple(rows), len(rows))


FIVE = made("one", "two", "three", "four", "five")


def with_rows(*numbers: int) -> Trail:
    return replace(FIVE, rows=tuple(FIVE.rows[number - 1] for number in numbers))


@pytest.mark.parametrize(
    ("trail", "wrong"),
    [
        (FIVE, []),
        (made(), []),
        (with_rows(1, 2, 4, 5), ["Row 3 is missing."]),
        (with_rows(4, 5), ["Rows 1 to 3 are missing."]),
        (with_rows(1, 2), ["Rows 3 to 5 are missing."]),
        (with_rows(), ["Rows 1 to 5 are missing."]),
        (with_rows(1, 2, 2, 3, 4, 5), ["Row 2 is out of place."]),
        (with_rows(1, 3, 2, 4, 5), ["Row 2 is missing.", "Row 2 is out of place."]),
    ],
)
def test_rows_that_are_missing_or_out_of_place_are_named(trail: Trail, wrong: list[str]) -> None:
    assert list(faults(trail)) == wrong


def test_a_signed_version_fits_if_its_hash_is_in_the_chain() -> None:
    heads = (SignedHead(1, 1, FIVE.rows[2].sha256), SignedHead(2, 3, "f" * 64))
    assert list(faults(replace(FIVE, signed=heads))) == [
        "Audit 2, version 3, was signed over another trail than this one."
    ]


def test_a_chain_made_anew_no_longer_fits_what_was_signed() -> None:
    signed = (SignedHead(1, 1, FIVE.rows[3].sha256),)
    assert list(faults(replace(made("one", "2", "three", "four", "five"), signed=signed))) == [
        "Audit 1, version 1, was signed over another trail than this one."
    ]


@given(st.lists(st.text(st.characters(codec="utf-8")), max_size=4))
def test_what_is_written_as_json_comes_back_and_has_no_fault(details: list[str]) -> None:
    trail = made(*details)
    trail = replace(trail, signed=(SignedHead(1, 1, trail.rows[-1].sha256),) if trail.rows else ())
    again = read_trail(trail_json(trail, "testshire", "2026-11-21T14:05:00+00:00"), "x.json")
    assert again == trail
    assert list(faults(again)) == []


def document() -> Document:
    found: Document = json.loads(trail_json(FIVE, "testshire", "2026-11-21T14:05:00+00:00"))
    return found


@pytest.mark.parametrize("field", ["at", "person_id", "person_name", "did", "audit_id", "item_id", "detail", "sha256"])
def test_any_field_that_is_changed_in_the_file_shows(field: str) -> None:
    changed = document()
    changed["rows"][2][field] = "changed \ud800"
    wrong = list(faults(read_trail(json.dumps(changed).encode(), "x.json")))
    assert wrong[0] == "Row 3 was changed, or the row before it was."
    assert len(wrong) == (2 if field == "sha256" else 1)


def _renumbered(found: Document) -> None:
    found["rows"][0]["number"] = True


def _more(found: Document) -> None:
    found["rows"][1]["comment"] = "not hashed"


def _less(found: Document) -> None:
    del found["rows"][1]["detail"]


def _another_kind(found: Document) -> None:
    found["kind"] = "answers"


def _no_rows(found: Document) -> None:
    found["rows"] = {}


def _no_last(found: Document) -> None:
    found["last_number"] = "5"


def _no_row(found: Document) -> None:
    found["rows"][4] = 5


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_renumbered, "x.json, row 1: its number should be a whole number."),
        (_more, "x.json, row 2: it should have number, at, "),
        (_less, "x.json, row 2: it should have number, at, "),
        (_no_row, "x.json, row 5: it should have number, at, "),
        (_another_kind, "x.json is no trail"),
        (_no_rows, "x.json: rows should be a list."),
        (_no_last, "x.json: last_number should be a whole number."),
    ],
)
def test_what_is_no_trail_is_refused_in_one_line(change: Callable[[Document], None], says: str) -> None:
    changed = document()
    change(changed)
    with pytest.raises(UsageError) as refused:
        read_trail(json.dumps(changed).encode(), "x.json")
    assert str(refused.value).startswith(says)


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"kind": "a", "kind": "b"}', b"[]", b"1"])
def test_bytes_that_are_no_trail_are_refused(data: bytes) -> None:
    with pytest.raises(UsageError, match=r"^x\.json is no"):
        read_trail(data, "x.json")


def test_a_stranger_can_check_the_file_by_what_it_says_of_itself() -> None:
    """The way that the file describes, without a line of ours."""
    import hashlib

    found = document()
    assert found["how_to_check"] == HOW_TO_CHECK
    before = found["begins_with"]
    for row in found["rows"]:
        parts = [before, *(row[name] for name in "at person_id person_name did audit_id item_id detail".split())]
        assert hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest() == row["sha256"]
        before = row["sha256"]


def test_the_csv_has_every_row_and_no_formula() -> None:
    header, *rows = csv.reader(io.StringIO(trail_csv(FIVE).decode("utf-8-sig"), newline=""))
    assert header == "number at person_id person_name did audit_id item_id detail sha256".split()
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5"]
    assert {row[3] for row in rows} == {" =Łucja O'Neill"}
    assert [row[8] for row in rows] == [row.sha256 for row in FIVE.rows]
