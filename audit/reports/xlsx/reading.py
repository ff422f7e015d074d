"""Reading answers from a workbook: one of ours, or any with a sheet in the columns of an answers file.

The rows are understood by the same rules as those of CSV and JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from audit.core.answer_files import answers_in, text_rows
from audit.core.answer_rows import COLUMNS, Row, check_header
from audit.core.bank import Bank
from audit.core.errors import AnswersError
from audit.core.responses import Answers
from audit.core.texts import quotable
from audit.reports.xlsx.cells import Cell, Merge, Workbook, letters
from audit.reports.xlsx.package import Package, is_workbook
from audit.reports.xlsx.words import ANSWERS_SHEET, READING_AIDS

_LEVEL = re.compile(r"level \d+\b.*", re.DOTALL)


def parse_answer_file(data: bytes, source: str, bank: Bank) -> Answers:
    """The answers to ``bank`` in the bytes of a workbook, a CSV or a JSON file; the bytes say which it is.

    ``source`` is the file's name. Raises AnswersError at the first fault, with the sheet, row and column.
    """
    return answers_in(answer_rows(data, source), bank)


def answer_rows(data: bytes, source: str) -> Iterable[Row]:
    """The rows of an answers file of any kind, of whatever bank. Raises AnswersError at the first fault."""
    if is_workbook(data) or source.casefold().endswith(".xlsx"):
        return workbook_rows(data, source)
    return text_rows(data, source)


def workbook_rows(data: bytes, source: str) -> Iterable[Row]:
    """The rows below the header of the sheet with the answers. Raises AnswersError at the first fault."""
    workbook = Workbook(Package(data, source))
    name = _answers_sheet(workbook, source)
    cells, merges = workbook.content(name)
    return _rows(cells, merges, f"{source}, sheet {quotable(name)}")


def _answers_sheet(workbook: Workbook, source: str) -> str:
    """The sheet called Answers, or the only one that there is."""
    names = [name for name in workbook.sheets if name.casefold() == ANSWERS_SHEET.casefold()]
    names = names or list(workbook.sheets)
    if len(names) != 1:
        raise AnswersError(source, f'the sheet "{ANSWERS_SHEET}" is missing. Fill in a workbook from "template".')
    return names[0]


def _rows(cells: list[Cell], merges: list[Merge], sheet: str) -> Iterator[Row]:
    lines = [(number, list(line)) for number, line in groupby(cells, key=lambda cell: cell.row)]
    if not lines:
        raise AnswersError(sheet, f"the sheet is empty. Its first row must name the columns {', '.join(COLUMNS)}.")
    header_row, header_cells = lines[0]
    header = _header(header_cells, sheet, header_row)
    for merge in merges:
        name = header.get(merge.column, letters(merge.column))
        problem = f"the cells {quotable(merge.span)} are merged. Part them, so that each answer has its own cell."
        raise AnswersError(sheet, problem, row=merge.row, column=name)
    for number, line in lines[1:]:
        row = Row(sheet, number, _checked(line, header, sheet))
        if row.cells:
            yield row


def _header(cells: list[Cell], sheet: str, row: int) -> dict[int, str]:
    """The names of the columns by their place, the reading aids as an empty text."""
    names = {cell.column: cell.text.strip() for cell in cells}
    for cell in cells:
        if cell.fault:
            raise AnswersError(sheet, cell.fault, row=row, column=letters(cell.column))
    check_header([name for name in names.values() if not _is_aid(name)], sheet, row)
    return {column: "" if _is_aid(name) else name for column, name in names.items()}


def _is_aid(name: str) -> bool:
    return name in READING_AIDS or _LEVEL.fullmatch(name) is not None


def _checked(line: list[Cell], header: dict[int, str], sheet: str) -> dict[str, str]:
    """The texts of a row by column. Raises AnswersError for a cell that is no text or stands under no heading."""
    found: dict[str, str] = {}
    for cell in line:
        if cell.column not in header:
            problem = "this cell stands under no heading. Empty it, or move it into a column of the answers."
            raise AnswersError(sheet, problem, row=cell.row, column=letters(cell.column))
        name = header[cell.column]
        if name and cell.fault:
            raise AnswersError(sheet, cell.fault, row=cell.row, column=name)
        if name:
            found[name] = cell.text
    return found
