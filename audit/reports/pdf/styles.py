"""Paragraph styles and the page's measures."""

from __future__ import annotations

from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from audit.reports import colours
from audit.reports.pdf.fonts import BODY, BOLD

PORTRAIT = A4
LANDSCAPE = landscape(A4)
MARGIN = 22 * mm
HEAD = 20 * mm
FOOT = 20 * mm
COLUMN = PORTRAIT[0] - 2 * MARGIN

INK, QUIET, BRAND = HexColor(colours.INK), HexColor(colours.QUIET), HexColor(colours.BRAND)


def _style(name: str, parent: ParagraphStyle | None = None, **changes: Any) -> ParagraphStyle:
    return ParagraphStyle(name, parent=parent, **changes)


TEXT = _style(
    "text",
    fontName=BODY,
    bulletFontName=BODY,
    fontSize=10,
    leading=14,
    textColor=INK,
    alignment=TA_LEFT,
    spaceAfter=6,
    splitLongWords=1,
    allowWidows=0,
    allowOrphans=0,
)
LEAD = _style("lead", TEXT, fontSize=11.5, leading=16.5, spaceAfter=7)
SMALL = _style("small", TEXT, fontSize=8.5, leading=11.5, textColor=QUIET, spaceAfter=4)
CELL = _style("cell", TEXT, fontSize=9, leading=12, spaceAfter=0)
CELL_BOLD = _style("cell-bold", CELL, fontName=BOLD)
BOX_TITLE = _style("box-title", CELL_BOLD, spaceAfter=3)
NOTE = _style("note", CELL, spaceAfter=3)
CELL_SMALL = _style("cell-small", CELL, fontSize=8, leading=10.5, textColor=QUIET)
HEADER_CELL = _style("header-cell", CELL, fontName=BOLD, textColor=BRAND)
TITLE = _style("title", TEXT, fontName=BOLD, fontSize=26, leading=30, textColor=BRAND, spaceAfter=2)
SUBTITLE = _style("subtitle", TEXT, fontSize=13, leading=17, textColor=QUIET, spaceAfter=10)
H1 = _style(
    "h1", TEXT, fontName=BOLD, fontSize=18, leading=22, textColor=BRAND, spaceBefore=16, spaceAfter=8, keepWithNext=1
)
H2 = _style(
    "h2",
    TEXT,
    fontName=BOLD,
    fontSize=13,
    leading=17,
    textColor=BRAND,
    spaceBefore=12,
    spaceAfter=4,
    keepWithNext=1,
)
# A heading over a table does not hold the whole table to it.
H2_OVER_TABLE = _style("h2", H2, keepWithNext=0)
H3 = _style("h3", TEXT, fontName=BOLD, fontSize=10.5, leading=14, spaceBefore=8, spaceAfter=2, keepWithNext=1)
BULLET = _style("bullet", TEXT, leftIndent=12, bulletIndent=2, spaceAfter=4)
NUMBERED = _style("numbered", TEXT, leftIndent=15, bulletIndent=0, bulletFontName=BOLD)
WHY = _style("why", TEXT, fontSize=9.5, leading=12.8, spaceAfter=4)
FINDING_SOURCE = _style("finding-source", SMALL, fontSize=7.5, leading=10, spaceAfter=6)
CONTENTS = _style("contents", TEXT, fontSize=10.5, leading=15, spaceBefore=3, spaceAfter=3)
CONTENTS_UNDER = _style(
    "contents-under", CONTENTS, fontSize=9.5, leading=13, textColor=QUIET, leftIndent=14, spaceBefore=1, spaceAfter=1
)
CONTENTS_TITLE = _style("contents-title", H1)
SCORE = _style("score", LEAD, fontSize=14, leading=36, textColor=BRAND, spaceAfter=4)

# What a paragraph in a style is to a reader of the structure. All others are plain paragraphs.
ROLES = {TITLE.name: "H1", H1.name: "H2", CONTENTS_TITLE.name: "H2", H2.name: "H3", H3.name: "H4"}
