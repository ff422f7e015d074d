"""The published form as PDF: three columns on A4 sideways, to fill in by hand or filled."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from io import BytesIO
from itertools import chain
from typing import Any, BinaryIO

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Table, TableStyle

from audit.reports import colours
from audit.reports.form import Form, FormPage, FormRow
from audit.reports.pdf.blocks import para, paras
from audit.reports.pdf.document import HouseDocument, fitted
from audit.reports.pdf.fitting import Cell, Measures, Placed, Row, height_of, place, take
from audit.reports.pdf.fonts import BODY, BOLD, register_fonts, typeset
from audit.reports.pdf.styles import CELL, CELL_BOLD, CELL_SMALL, HEADER_CELL, INK, LANDSCAPE
from audit.reports.pdf.tagging import TableTags, TaggedCanvas, tagged_table
from audit.reports.wording import typographic

# Narrower than the report's margins: room to write in matters more here.
EDGE = 14 * mm
TOP = 18 * mm
BOTTOM = 19 * mm
BELOW = BOTTOM - 2 * mm
FOOT_LIMIT = 11 * mm
HEADER_LIMIT = 36
WIDTH = LANDSCAPE[0] - 2 * EDGE
WIDTHS = (WIDTH * 0.28, WIDTH * 0.24, WIDTH * 0.24, WIDTH * 0.24)
SIDES, ENDS = 5.0, 3.0
# Set close, so that seven rated rows with short texts still share a page.
NAME = ParagraphStyle("name", parent=CELL_BOLD, leading=11)
TYPED = ParagraphStyle("typed", parent=CELL, leading=11)
SMALL = ParagraphStyle("small-print", parent=CELL_SMALL, fontSize=7.5, leading=9.2)
STANDING = ParagraphStyle("standing", parent=SMALL, fontName=BOLD, textColor=INK)


def render_form(form: Form) -> bytes:
    """The form as PDF. The same form gives the same bytes."""
    register_fonts()
    tables = [table for page in form.pages for table in _tables(page, form)]
    buffer = BytesIO()
    story: list[Flowable] = list(chain.from_iterable((table, PageBreak()) for table in tables))
    FormDocument(buffer, form, len(tables)).build(story[:-1])
    return buffer.getvalue()


def _tables(page: FormPage, form: Form) -> list[Table]:
    """The table of a page of the form, or several where its texts need more pages."""
    header = [_header_cell(title, width) for title, width in zip((page.section, *form.titles), WIDTHS, strict=True)]
    above = 2 * ENDS + max(
        height_of(cell, width - 2 * SIDES, HEADER_LIMIT) for cell, width in zip(header, WIDTHS, strict=True)
    )
    # A point less than there is, so that rounding never sends a row to a page of its own.
    room = LANDSCAPE[1] - TOP - BOTTOM - above - 1
    pages = place([_row(row) for row in page.rows], Measures(WIDTHS, room, SIDES, ENDS))
    tags = TableTags(header_rows=1, header_columns=1)
    return [_table(header, above, placed, form.accent, tags) for placed in pages]


def _header_cell(title: str, width: float) -> Cell:
    return take([para(title, HEADER_CELL)], width - 2 * SIDES, HEADER_LIMIT)[0]


def _row(row: FormRow) -> Row:
    name = f"{row.item_id} {row.title}"
    first = [para(name, NAME), para(row.prompt, SMALL), *paras(row.standing, STANDING)]
    cells = (first, *(paras(text, TYPED) for text in (row.said.now, row.said.needs, row.said.progress)))
    return Row(cells, again=para(f"{row.item_id}, continued", NAME, "Artifact"))


def _table(header: Sequence[Cell], above: float, placed: Sequence[Placed], accent: str, tags: TableTags) -> Table:
    cells = [header, *(each.row.cells for each in placed)]
    heights = [above, *(each.height for each in placed)]
    return tagged_table(
        [[list(cell) for cell in row] for row in cells],
        tags,
        [each.row.key for each in placed],
        colWidths=list(WIDTHS),
        rowHeights=heights,
        style=_style(accent or colours.BRAND),
    )


def _style(accent: str) -> TableStyle:
    return TableStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), BODY),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), SIDES),
            ("RIGHTPADDING", (0, 0), (-1, -1), SIDES),
            ("TOPPADDING", (0, 0), (-1, -1), ENDS),
            ("BOTTOMPADDING", (0, 0), (-1, -1), ENDS),
            ("BACKGROUND", (0, 0), (-1, 0), HexColor(colours.BRAND_TINT)),
            ("BACKGROUND", (0, 1), (0, -1), HexColor(colours.SHADE)),
            ("GRID", (0, 0), (-1, -1), 0.5, HexColor(colours.QUIET)),
            ("LINEBELOW", (0, 0), (-1, 0), 1.2, HexColor(accent)),
        ]
    )


class FormDocument(HouseDocument):
    """A4 sideways. Each page says what it is, whose, where its rows come from and which of how many it is."""

    def __init__(self, file: BinaryIO, form: Form, count: int) -> None:
        super().__init__(
            file,
            pagesize=LANDSCAPE,
            title=form.title if form.blank or not form.whose else f"{form.title}: {form.whose}",
            author="Plumbline",
            subject=form.title,
            made_on=form.made_on,
        )
        self._form, self._count = form, count
        frame = Frame(EDGE, BOTTOM, WIDTH, LANDSCAPE[1] - TOP - BOTTOM, 0, 0, 0, 0)
        self.addPageTemplates([PageTemplate("form", [frame], onPage=self._furniture, pagesize=LANDSCAPE)])

    def _furniture(self, canvas: Any, _: BaseDocTemplate) -> None:
        """Say around the table what the form is: in the text of the first page, beside the text of the others."""
        first = canvas.getPageNumber() == 1
        with nullcontext() if first else canvas.artifact("Header"):
            self._head(canvas)
        with nullcontext() if first else canvas.artifact("Footer"):
            self._origin(canvas)
        with canvas.artifact("Footer"):
            self._page_number(canvas)

    def _head(self, canvas: TaggedCanvas) -> None:
        form, top = self._form, LANDSCAPE[1]
        canvas.setFillColor(HexColor(form.accent or colours.BRAND))
        _line(canvas, "H1", form.title, (EDGE, top - 11 * mm, WIDTH * 0.5), BOLD, 13)
        canvas.setFillColor(HexColor(colours.INK))
        width = WIDTH * 0.48
        start = EDGE + WIDTH - stringWidth(fitted(typeset(form.whose), width, BODY, 10), BODY, 10)
        _line(canvas, "P", form.whose, (start, top - 11 * mm, width), BODY, 10)
        canvas.setFillColor(HexColor(colours.NOTICE))
        _line(canvas, "P", form.notice, (EDGE, top - 15.5 * mm, WIDTH), BOLD, 8.5)

    def _origin(self, canvas: TaggedCanvas) -> None:
        width = WIDTH * 0.84
        for text in take([para(self._form.foot, SMALL)], width, FOOT_LIMIT)[0]:
            text.drawOn(canvas, EDGE, BELOW - text.wrap(width, FOOT_LIMIT)[1])

    def _page_number(self, canvas: Canvas) -> None:
        canvas.setFillColor(HexColor(colours.QUIET))
        canvas.setFont(BODY, 8.5)
        page = f"Page {canvas.getPageNumber()} of {self._count}"
        words = page if self._form.blank else f"{self._form.made_on}. {page}"
        canvas.drawRightString(EDGE + WIDTH, BELOW - 8, words)


def _line(
    canvas: TaggedCanvas, role: str, text: str, place: tuple[float, float, float], font: str, size: float
) -> None:
    """A line at x and y, cut to a width. A reader of the structure gets the whole text, and no rule to write on."""
    if not text:
        return
    whole = typeset(text)
    x, y, width = place
    shown = fitted(whole, width, font, size)
    spoken = " ".join(typographic(text).replace("_", " ").split())
    canvas.setFont(font, size)
    with canvas.content(role, actual_text="" if spoken == shown else spoken):
        canvas.drawString(x, y, shown)
