"""Tables: a header row that is repeated on each page, a first column of row headers, rows that stay whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from docx.oxml.ns import qn
from docx.oxml.table import CT_Row, CT_Tbl
from docx.shared import Mm
from docx.table import Table, _Cell

from audit.reports import colours
from audit.reports.docx.lines import Run, fill, strong, typed_lines, write
from audit.reports.docx.looks import GRID, LEVELS, hex_of
from audit.reports.docx.measures import COLUMN, twips
from audit.reports.docx.oxml import element
from audit.reports.docx.writer import Writer

# A cell holds a text that someone typed, or a line of runs.
Cell = str | Sequence[Run]
# A row of so many lines is kept whole; a longer one may go on over the page.
WHOLE = 16
# What a letter of the table's type takes on average, in millimetres.
_LETTER = 2.0


@dataclass(frozen=True)
class Column:
    """A column: its title, its share of the width, and whether it holds numbers."""

    title: str
    share: float
    number: bool = False


@dataclass(frozen=True)
class Row:
    """A row: its cells, and the bookmark that others lead to, or an empty text."""

    cells: Sequence[Cell]
    bookmark: str = ""


def grid(
    writer: Writer,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    width: float = COLUMN,
    caption: bool = False,
    tight: bool = False,
) -> None:
    """A table with a title for screen readers, shown above it as its ``caption`` where no heading says the same.

    The first cell of a row is its header: its first line stands out. A ``tight`` table has less room between its rows.
    """
    if caption:
        writer.text(title, "Caption")
    table = _table(writer, len(rows) + 1, [width * column.share for column in columns], title, GRID)
    head, *body = table._tbl.tr_lst
    _mark(head, "cantSplit", "tblHeader")
    for tc, column in zip(head.tc_lst, columns, strict=True):
        style = "ReportCellNumberHeading" if column.number else "ReportCellHeading"
        fill(_Cell(tc, table).paragraphs[0], style, Run(column.title))
    for tr, row in zip(body, rows, strict=True):
        _fill_row(writer, table, tr, row, [_style(column, tight=tight) for column in columns])
        if _lines(row, columns, width) <= WHOLE:
            _mark(tr, "cantSplit")


def levels(writer: Writer, title: str, now: tuple[str, str], target: tuple[str, str]) -> None:
    """Two levels side by side, each with what it looks like."""
    table = _table(writer, 2, [COLUMN / 2, COLUMN / 2], title, LEVELS)
    for look in table._tbl.tblPr.xpath("./w:tblLook"):
        look.set(qn("w:firstColumn"), "0")
        look.set(qn("w:val"), "0420")
    head, body = table._tbl.tr_lst
    _mark(head, "cantSplit", "tblHeader")
    _mark(body, "cantSplit")
    for tr, style, texts in (
        (head, "ReportCellHeading", (now[0], target[0])),
        (body, "ReportCell", (now[1], target[1])),
    ):
        for tc, text, tint in zip(tr.tc_lst, texts, (colours.SHADE, colours.BRAND_TINT), strict=True):
            tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill=hex_of(tint)))
            fill(_Cell(tc, table).paragraphs[0], style, Run(text))


def _style(column: Column, *, tight: bool) -> str:
    if column.number:
        return "ReportCellNumber"
    return "ReportTightCell" if tight else "ReportCell"


def _fill_row(writer: Writer, table: Table, tr: CT_Row, row: Row, styles: Sequence[str]) -> None:
    for number, (tc, cell, style) in enumerate(zip(tr.tc_lst, row.cells, styles, strict=True)):
        place = _Cell(tc, table)
        paragraphs = _paragraphs(cell, first=number == 0)
        first = fill(place.paragraphs[0], style, *(paragraphs[0] if paragraphs else ()))
        for runs in paragraphs[1:]:
            write(place, style, *runs)
        if number == 0 and row.bookmark:
            writer.bookmark(first, row.bookmark)


def _paragraphs(cell: Cell, *, first: bool) -> list[Sequence[Run]]:
    if not isinstance(cell, str):
        return [cell]
    return [[strong(line) if first and not n else Run(line)] for n, line in enumerate(typed_lines(cell))]


def _lines(row: Row, columns: Sequence[Column], width: float) -> int:
    """About how many lines the longest cell of the row takes."""

    def lines(cell: Cell, room: float) -> int:
        texts = typed_lines(cell) if isinstance(cell, str) else ["".join(run.text for run in cell)]
        return sum(ceil(len(text) * _LETTER / room) for text in texts)

    return max(lines(cell, width * column.share) for cell, column in zip(row.cells, columns, strict=True))


def _table(writer: Writer, rows: int, widths: Sequence[float], title: str, style: str) -> Table:
    table: Table = writer.document.add_table(rows, len(widths))
    table.autofit = False
    tbl: CT_Tbl = table._tbl
    tbl.tblPr.style = style
    whole = tbl.tblPr.find(qn("w:tblW"))
    if whole is not None:
        whole.set(qn("w:type"), "dxa")
        whole.set(qn("w:w"), str(twips(sum(widths))))
    tbl.tblPr.append(element("tblCaption", val=title))
    for column, width in zip(tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Mm(width)
    for tr in tbl.tr_lst:
        for tc, width in zip(tr.tc_lst, widths, strict=True):
            tc.width = Mm(width)
    return table


def _mark(tr: CT_Row, *marks: str) -> None:
    properties = tr.get_or_add_trPr()
    for mark in marks:
        properties.append(element(mark))
