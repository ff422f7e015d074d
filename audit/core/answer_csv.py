"""Reading the rows of an answers file in CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from audit.core.answer_rows import COLUMNS, TEXT_LIMIT, Row, check_header
from audit.core.errors import AnswersError

_ALL = ", ".join(COLUMNS)
_SAVE_AS = 'Save the file as "CSV UTF-8".'


def csv_rows(data: bytes, source: str) -> Iterable[Row]:
    """The rows below the header, numbered as a spreadsheet does. Raises AnswersError at the first fault."""
    reader = csv.reader(io.StringIO(_decode(data, source), newline=""), strict=True)
    header: list[str] | None = None
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if header is None:
                header = _header(cells, source)
            elif any(cell.strip() for cell in cells):
                yield Row(source, number, dict(zip(header, _fitted(cells, header, source, number), strict=False)))
    except csv.Error as fault:
        raise AnswersError(source, _csv_fault(str(fault)), row=number + 1) from None
    if header is None:
        raise AnswersError(source, f"the file is empty. Its first row must name the columns {_ALL}.")


def _decode(data: bytes, source: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise AnswersError(source, f"this is UTF-16 text. {_SAVE_AS}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        problem = f"the byte 0x{data[fault.start]:02x} is not UTF-8 text. {_SAVE_AS}"
        raise AnswersError(source, problem, row=_row_at(data[: fault.start])) from None


def _row_at(before: bytes) -> int | None:
    """The row that begins or goes on after these bytes, or None if they are no CSV."""
    text = before.decode("utf-8-sig", errors="ignore") + "x"
    try:
        return sum(1 for _ in csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        return None


def _csv_fault(problem: str) -> str:
    if "field limit" in problem:
        return f"a text has more than {csv.field_size_limit():,} characters. Keep it to {TEXT_LIMIT:,}."
    if "unexpected end of data" in problem:
        return "a quotation mark opens here and is never closed. Close it, or double it inside a text."
    return f"this is not valid CSV ({problem})."


def _header(cells: list[str], source: str) -> list[str]:
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    for separator, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(names) == 1 and separator in names[0]:
            raise AnswersError(source, f"the columns are separated by {name}. Save the file with commas.", row=1)
    check_header(names, source, 1)
    return names


def _fitted(cells: list[str], header: list[str], source: str, number: int) -> list[str]:
    """The cells without the blank ones that a spreadsheet adds on the right."""
    while len(cells) > len(header) and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) > len(header):
        problem = f"it has {len(cells)} cells, but the header names {len(header)} columns."
        raise AnswersError(source, problem, row=number)
    return cells
