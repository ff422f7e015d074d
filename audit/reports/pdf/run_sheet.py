"""The run sheet of a workshop as PDF: A4 upright, with room to write in."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any, BinaryIO

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Table, TableStyle

from audit.reports import colours
from audit.reports.pdf.blocks import bullets, numbered, para, plain, rich, room
from audit.reports.pdf.boxes import padding
from audit.reports.pdf.document import HouseDocument, fitted
from audit.reports.pdf.fonts import BODY, BOLD, register_fonts, typeset
from audit.reports.pdf.styles import BULLET, CELL, CELL_BOLD, H1, HEADER_CELL, NUMBERED, PORTRAIT, SUBTITLE, TITLE
from audit.reports.pdf.tagging import TableTags, tagged_table
from audit.reports.run_sheet import DISAGREEMENT, ROUND, AgendaRow, RunSheet

# Narrower than the report's margins: room to write in matters more here.
EDGE = 14 * mm
TOP, BOTTOM = 14 * mm, 16 * mm
FOOT_LINE = 9 * mm
WIDTH = PORTRAIT[0] - 2 * EDGE
# Start, item, minutes, talk, level and notes.
WIDTHS = tuple(WIDTH * share for share in (0.09, 0.2, 0.065, 0.335, 0.075, 0.235))
SIDES, ENDS = 4.0, 3.0
NAME = ParagraphStyle("sheet-title", parent=TITLE, fontSize=20, leading=24)
WHOSE = ParagraphStyle("sheet-whose", parent=SUBTITLE, fontSize=11, leading=14, spaceAfter=6)
PART = ParagraphStyle("sheet-part", parent=H1, fontSize=12.5, leading=15, spaceBefore=8, spaceAfter=3)
# A heading over a table does not hold the whole table to it.
OVER_TABLE = ParagraphStyle("sheet-agenda", parent=PART, keepWithNext=0)
FACT = ParagraphStyle("sheet-fact", parent=CELL, fontSize=9.5, leading=12.5, spaceAfter=1.5)
STEP = ParagraphStyle("sheet-step", parent=NUMBERED, fontSize=9.5, leading=12.5, spaceAfter=1.5)
POINT = ParagraphStyle("sheet-point", parent=BULLET, fontSize=9.5, leading=12.5, spaceAfter=1.5)
TALK = ParagraphStyle("sheet-talk", parent=CELL, fontSize=8.5, leading=10.5)


def render_run_sheet(sheet: RunSheet) -> bytes:
    """The run sheet as PDF. The same sheet gives the same bytes."""
    register_fonts()
    buffer = BytesIO()
    SheetDocument(buffer, sheet).build(_story(sheet))
    return buffer.getvalue()


def _story(sheet: RunSheet) -> list[Flowable]:
    return [
        para(f"Run sheet: {sheet.title}", NAME, "H1"),
        para(sheet.whose, WHOSE),
        *[rich(f"<b>{plain(name)}.</b> {plain(says)}", FACT) for name, says in sheet.facts],
        *_part("How a round goes", numbered([plain(text) for text in ROUND], STEP)),
        room(50 * mm),
        para("Agenda", OVER_TABLE, "H2"),
        _agenda(sheet),
        *_part("Where people disagree", bullets(DISAGREEMENT, POINT)),
        *_part("If the Wi-Fi fails", numbered([plain(text) for text in sheet.without_wifi], STEP)),
        *_part("What stays private", bullets(sheet.privacy, POINT)),
    ]


def _part(title: str, content: Sequence[Flowable]) -> list[Flowable]:
    return [para(title, PART, "H2"), *content]


def _agenda(sheet: RunSheet) -> Table:
    titles = (sheet.starts_title, sheet.item_title, "Min", "To get the talk going", "Level", "Notes")
    rows: list[list[list[Flowable]]] = [
        [[para(title, HEADER_CELL)] for title in titles],
        *[_cells(row) for row in sheet.rows],
        [[para(sheet.ends, CELL_BOLD)], [para("End", CELL_BOLD)], [], [para(f"{sheet.total} in all", CELL)], [], []],
    ]
    tags = TableTags(header_rows=1, header_columns=2)
    return tagged_table(rows, tags, colWidths=list(WIDTHS), repeatRows=1, style=_style(sheet.cover.accent))


def _cells(row: AgendaRow) -> list[list[Flowable]]:
    talk: list[Flowable] = [para(row.question, TALK)]
    if row.look_for:
        talk.append(rich(f"<b>Look for:</b> {plain(row.look_for)}.", TALK))
    named = para(f"{row.item_id} {row.title}", CELL_BOLD)
    return [[para(row.starts, CELL)], [named], [para(str(row.minutes), CELL)], talk, [], []]


def _style(accent: str) -> TableStyle:
    return TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, 0), HexColor(colours.BRAND_TINT)),
            ("GRID", (0, 0), (-1, -1), 0.5, HexColor(colours.QUIET)),
            ("LINEBELOW", (0, 0), (-1, 0), 1.2, HexColor(accent or colours.BRAND)),
            *padding(SIDES, ENDS),
        ]
    )


class SheetDocument(HouseDocument):
    """A4 upright. Each page says whose it is and which of the pages."""

    def __init__(self, file: BinaryIO, sheet: RunSheet) -> None:
        super().__init__(
            file,
            pagesize=PORTRAIT,
            title=f"Run sheet: {sheet.title}",
            author=sheet.cover.authority,
            subject=sheet.instrument,
            made_on=sheet.cover.made_on,
        )
        self._sheet = sheet
        frame = Frame(EDGE, BOTTOM, WIDTH, PORTRAIT[1] - TOP - BOTTOM, 0, 0, 0, 0)
        self.addPageTemplates([PageTemplate("sheet", [frame], onPage=self._foot, pagesize=PORTRAIT)])

    def _foot(self, canvas: Any, _: BaseDocTemplate) -> None:
        with canvas.artifact("Footer"):
            self._foot_line(canvas)

    def _foot_line(self, canvas: Canvas) -> None:
        cover, page = self._sheet.cover, f"Page {canvas.getPageNumber()}"
        canvas.setFillColor(HexColor(colours.NOTICE if cover.notice else colours.QUIET))
        canvas.setFont(BOLD if cover.notice else BODY, 8.5)
        words = cover.notice or f"{cover.authority}: {self._sheet.title}. Printed from Plumbline, {cover.made_on}"
        canvas.drawString(EDGE, FOOT_LINE, fitted(typeset(words), WIDTH - 50, BOLD if cover.notice else BODY))
        canvas.setFillColor(HexColor(colours.QUIET))
        canvas.setFont(BODY, 8.5)
        canvas.drawRightString(EDGE + WIDTH, FOOT_LINE, page)
