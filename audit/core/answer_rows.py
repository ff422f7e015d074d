"""The rows of an answers file, CSV or JSON, before they are understood as answers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from audit.core.documents import suggest
from audit.core.errors import AnswersError

COLUMNS = (
    "item",
    "rating",
    "reason",
    "confidence",
    "what_happens_now",
    "what_needs_to_happen",
    "how_to_progress",
    "target",
)
REQUIRED_COLUMNS = ("item", "rating")
_ALL = ", ".join(COLUMNS)


@dataclass(frozen=True)
class Row:
    """One row of an answers file: its number and its cells by column."""

    source: str
    number: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        """The cell's text without white space at its ends, or an empty text."""
        return self.cells.get(column, "").strip()

    def fail(self, column: str, problem: str) -> AnswersError:
        """The error to raise for a fault in this row."""
        return AnswersError(self.source, problem, row=self.number, column=column)


def read_rows(data: bytes, source: str) -> Iterable[Row]:
    """The rows of a file: as JSON where its name ``source`` ends in ``.json``, else as CSV.

    Raises AnswersError at the first fault.
    """
    text = _decode(data, source)
    return _json_rows(text, source) if source.casefold().endswith(".json") else _csv_rows(text, source)


def _decode(data: bytes, source: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise AnswersError(source, 'this is UTF-16 text. Save the file as "CSV UTF-8".')
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        row = data[: fault.start].count(b"\n") + 1
        byte = data[fault.start]
        raise AnswersError(
            source, f'the byte 0x{byte:02x} is not UTF-8 text. Save the file as "CSV UTF-8".', row=row
        ) from None


def _csv_rows(text: str, source: str) -> Iterable[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if header is None:
                header = _header(cells, source)
            elif any(cell.strip() for cell in cells):
                if len(cells) > len(header):
                    problem = f"it has {len(cells)} cells, but the header names {len(header)} columns."
                    raise AnswersError(source, problem, row=number)
                yield Row(source, number, dict(zip(header, cells, strict=False)))
    except csv.Error as fault:
        raise AnswersError(source, f"this is not valid CSV ({fault}).", row=number + 1) from None
    if header is None:
        raise AnswersError(source, f"the file is empty. Its first row must name the columns {_ALL}.")


def _header(cells: list[str], source: str) -> list[str]:
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not set(names) & set(COLUMNS):
        raise AnswersError(source, f"the header is missing. Name the columns {_ALL}.", row=1)
    _check_columns(names, source, 1)
    for name in REQUIRED_COLUMNS:
        if name not in names:
            raise AnswersError(source, "this column is missing from the header.", row=1, column=name)
    for name in names:
        if names.count(name) > 1:
            raise AnswersError(source, "this column stands twice in the header.", row=1, column=name)
    return names


def _check_columns(names: Iterable[str], source: str, row: int) -> None:
    for name in names:
        if name not in COLUMNS:
            shown = name or "(blank)"
            raise AnswersError(source, f"there is no such column. {suggest(name, COLUMNS)}", row=row, column=shown)


def _json_rows(text: str, source: str) -> Iterable[Row]:
    try:
        document = json.loads(text, object_pairs_hook=lambda pairs: _unique(pairs, source))
    except json.JSONDecodeError as fault:
        place = f"line {fault.lineno}, column {fault.colno}"
        raise AnswersError(source, f"this is not valid JSON ({fault.msg} at {place}).") from None
    except (RecursionError, ValueError):
        raise AnswersError(
            source, "this is not valid JSON (a number is too long, or it is nested too deeply)."
        ) from None
    if not isinstance(document, list):
        raise AnswersError(source, 'a list of answers is expected, such as [{"item": "R1", "rating": 2}].')
    for number, entry in enumerate(document, start=1):
        if not isinstance(entry, dict):
            raise AnswersError(source, 'an answer in braces is expected, such as {"item": "R1"}.', row=number)
        _check_columns(entry, source, number)
        for name in REQUIRED_COLUMNS:
            if name not in entry:
                raise AnswersError(source, "this column is missing.", row=number, column=name)
        yield Row(source, number, {key: _json_cell(value, key, source, number) for key, value in entry.items()})


def _unique(pairs: list[tuple[str, Any]], source: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise AnswersError(source, f'the key "{key}" stands twice in one answer. Keep one.')
        found[key] = value
    return found


def _json_cell(value: object, column: str, source: str, row: int) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise AnswersError(source, f"{json.dumps(value)[:60]} is not text or a whole number.", row=row, column=column)
