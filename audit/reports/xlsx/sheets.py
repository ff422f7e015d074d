"""Writing sheets: one table on each, with a header that stays in sight, filters and columns wide enough for words.

A text is always written as a string. Whatever it begins with, no spreadsheet takes it for a formula.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from io import BytesIO
from typing import Any

import xlsxwriter

from audit.reports.colours import BRAND, INK, NOTICE, NOTICE_TINT, PAPER, RULE, SHADE
from audit.reports.xlsx.heights import row_height
from audit.reports.xlsx.properties import Properties
from audit.reports.xlsx.values import Percent, fitted

Value = str | int | Fraction | Percent | None
A4 = 9
# The print header of a sheet holds no more.
HEAD_LIMIT = 255
# A sheet that is wider than this is printed over several pages beside each other.
WIDEST = 190
WIDE_SCALE = 60
# Known, or replaced by one of the same widths, wherever there is a spreadsheet.
_FONT = {"font_name": "Arial", "font_size": 10}
_BODY = {**_FONT, "valign": "top", "text_wrap": True, "font_color": INK, "border": 1, "border_color": RULE}
# A number at the edge of its cell would run into the words of the next.
_APART = {"align": "right", "indent": 1}
_STYLES: dict[str, dict[str, Any]] = {
    "header": {**_BODY, "bold": True, "font_color": PAPER, "bg_color": BRAND, "valign": "vcenter"},
    # The number format keeps a text a text when somebody edits the cell.
    "text": {**_BODY, "num_format": "@"},
    "quiet": {**_BODY, "num_format": "@", "bg_color": SHADE},
    "start": {**_BODY, "num_format": "@", "align": "left"},
    "number": {**_BODY, **_APART, "num_format": "0"},
    "percent": {**_BODY, **_APART, "num_format": "0.0%"},
    "title": {**_FONT, "bold": True, "font_size": 20, "font_color": BRAND, "num_format": "@"},
    "heading": {**_FONT, "bold": True, "font_size": 14, "font_color": BRAND, "num_format": "@"},
    "notice": {**_BODY, "bold": True, "font_color": NOTICE, "bg_color": NOTICE_TINT, "num_format": "@"},
}


@dataclass(frozen=True)
class Column:
    """A column: its heading, its width in characters and the style of its texts."""

    heading: str
    width: int
    style: str = "text"


@dataclass(frozen=True)
class Table:
    """A sheet with one table. ``frozen`` columns stay in sight; ``empty`` stands there if there is no row."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    frozen: int = 2
    empty: str = "Nothing to list."


@dataclass
class Book:
    """A workbook that is being written. ``notice`` stands at the head of every printed page, or is empty."""

    properties: Properties
    notice: str = ""
    _buffer: BytesIO = field(default_factory=BytesIO)

    def __post_init__(self) -> None:
        self._workbook = xlsxwriter.Workbook(self._buffer, {"in_memory": True})
        self._workbook.set_properties(self.properties.as_mapping())
        self._format = cache(lambda *pairs: self._workbook.add_format(dict(pairs)))

    def style(self, name: str, **more: Any) -> Any:
        """The cell format of this name, with more properties."""
        return self._format(*{**_STYLES[name], **more}.items())

    def sheet(self, name: str, widths: Sequence[int]) -> Any:
        """A new sheet with columns of these widths, to be printed on A4 sideways."""
        sheet = self._workbook.add_worksheet(name)
        for index, width in enumerate(widths):
            sheet.set_column(index, index, width)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(A4)
        if sum(widths) > WIDEST:
            sheet.set_print_scale(WIDE_SCALE)
        else:
            sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&RPage &P of &N")
        head = f"&C{self.notice.replace('&', '&&')}"
        if self.notice and len(head) <= HEAD_LIMIT:
            sheet.set_header(head)
        return sheet

    def table(self, table: Table) -> Any:
        """A new sheet with a table."""
        widths = [column.width for column in table.columns]
        sheet = self.sheet(table.name, widths)
        self.row(sheet, 0, [column.heading for column in table.columns], widths, ["header"] * len(widths))
        for number, row in enumerate(table.rows, start=1):
            self.row(sheet, number, row, widths, [column.style for column in table.columns])
        if not table.rows:
            self.put(sheet, 1, 0, table.empty, "heading")
        sheet.freeze_panes(1, table.frozen)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0, table.frozen - 1)
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
        return sheet

    def row(
        self, sheet: Any, number: int, values: Sequence[Value], widths: Sequence[int], styles: Sequence[str]
    ) -> None:
        """Write a row, high enough for its words in columns of these widths."""
        sheet.set_row(number, row_height(zip(values, widths, strict=False)))
        for column, (value, style) in enumerate(zip(values, styles, strict=False)):
            self.put(sheet, number, column, value, style)

    def put(self, sheet: Any, row: int, column: int, value: Value, style: str = "text") -> None:
        """Write a cell. Row and column count from 0; ``style`` is for texts, numbers have their own.

        ``start`` sets numbers to the left, too.
        """
        side = {"align": "left"} if style == "start" else {}
        if value is None or value == "":
            sheet.write_blank(row, column, None, self.style(style))
        elif isinstance(value, str):
            sheet.write_string(row, column, fitted(value), self.style(style))
        elif isinstance(value, Percent):
            sheet.write_number(row, column, value.share, self.style("percent", **side))
        elif isinstance(value, Fraction):
            sheet.write_number(row, column, float(value), self.style("number", num_format=_fraction_format(value)))
        else:
            sheet.write_number(row, column, value, self.style("number", **side))

    def finished(self) -> bytes:
        """The bytes of the workbook, to which nothing can be added any more."""
        self._workbook.close()
        return self._buffer.getvalue()


def _fraction_format(value: Fraction) -> str:
    """A number format that shows a weight of 1/3 as ``1/3``, as the report does."""
    return "0" if value.denominator == 1 else f"0/{value.denominator}"
