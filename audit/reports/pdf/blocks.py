"""The building blocks of the PDF: paragraphs from plain text, boxes, tables and findings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Table, TableStyle

from audit.reports import colours
from audit.reports.item_parts import CitedFinding, Said, Sourced
from audit.reports.parts import Part
from audit.reports.pdf.fonts import BODY, lacks, typeset
from audit.reports.pdf.styles import (
    BULLET,
    CELL,
    CELL_BOLD,
    COLUMN,
    FINDING_SOURCE,
    H1,
    H3,
    HEADER_CELL,
    LEAD,
    ROLES,
    TEXT,
)
from audit.reports.pdf.tagging import ListItem, ListMark, TableTags, TaggedParagraph, layout_table, tagged_table
from audit.reports.wording import COLUMN_TITLES, capital, typographic, wrap_pieces

RULE = HexColor(colours.RULE)
# So many characters fill at most half a page in the narrowest column of text.
PIECE = 900


def plain(text: str) -> str:
    """Plain text as ReportLab markup: escaped, with line breaks kept."""
    return escape(typeset(text)).replace("\n", "<br/>")


def para(text: str, style: ParagraphStyle = TEXT, role: str = "") -> TaggedParagraph:
    """A paragraph of plain text. See ``rich`` for its role. A reader gets even characters that cannot be drawn."""
    return rich(plain(text), style, role, typographic(text) if lacks(text) else "")


def rich(markup: str, style: ParagraphStyle = TEXT, role: str = "", actual_text: str = "") -> TaggedParagraph:
    """A paragraph of ReportLab markup: what its style says it is, unless a ``role`` such as ``H2`` says otherwise."""
    return TaggedParagraph(markup, style, role=role or ROLES.get(style.name, "P"), actual_text=actual_text)


def paras(text: str, style: ParagraphStyle = TEXT) -> list[Flowable]:
    """A paragraph for each line of a text that someone typed."""
    return [para(line, style) for line in text.split("\n") if line.strip()]


def bullets(texts: Sequence[str], style: ParagraphStyle = BULLET) -> list[Flowable]:
    """A bulleted list of plain texts."""
    return items([plain(text) for text in texts], style)


def items(markups: Sequence[str], style: ParagraphStyle = BULLET, bullet: str | None = "•") -> list[Flowable]:
    """A list of texts in ReportLab markup, with bullets, or with the numbers that they begin with."""
    mark = ListMark("Disc" if bullet else "Decimal")
    return [ListItem(markup, style, bullet, within=mark) for markup in markups]


def room(height: float) -> CondPageBreak:
    """A page break unless this much height is left, so that a heading never stands alone at the foot."""
    return CondPageBreak(height)


def box(content: Sequence[Flowable], tint: str, edge: str, width: float = COLUMN) -> Table:
    """Content on a tint with a coloured edge on its left."""
    style = [
        ("BACKGROUND", (0, 0), (-1, -1), HexColor(tint)),
        ("LINEBEFORE", (0, 0), (0, -1), 3, HexColor(edge)),
        *_padding(10, 7),
    ]
    return layout_table([content], colWidths=[width], style=TableStyle(style), splitInRow=1, spaceAfter=8)


def heading(part: Part) -> list[Flowable]:
    """The heading of a part, and how it begins."""
    return [para(part.title, H1), *([para(part.lead, LEAD)] if part.lead else [])]


def sourced_markup(statement: Sourced) -> str:
    """Sentences and the ids of their findings as ReportLab markup."""
    return f'{plain(statement.says)} <font color="{colours.QUIET}" size="8">{plain(statement.cited)}</font>'


def grid(
    header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], *, tight: bool = False
) -> Table:
    """A table of plain texts with a header row that is repeated on each page.

    The first cell of a row is its header; a second line in it is set plain. A text too long for a page goes on in
    a further row, which is the same row to a reader. A ``tight`` table has less room between its rows.
    """
    lines: list[list[Any]] = [[para(title, HEADER_CELL) for title in header]]
    style: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, 0), 1, HexColor(colours.BRAND)),
        *_padding(5, 2 if tight else 4),
    ]
    keys: list[int] = []
    for number, row in enumerate(rows):
        lines += [[_cell(text, first=n == 0) for n, text in enumerate(piece)] for piece in _pieces(row)]
        keys += [number] * (len(lines) - 1 - len(keys))
        style.append(("LINEBELOW", (0, len(lines) - 1), (-1, len(lines) - 1), 0.5, RULE))
    looks = {"colWidths": list(widths), "repeatRows": 1, "style": TableStyle(style), "spaceAfter": 10}
    return tagged_table(lines, TableTags(header_rows=1, header_columns=1), keys, **looks)


def _cell(text: str, *, first: bool) -> list[Flowable]:
    if first and text:
        title, *rest = text.split("\n")
        return [para(title, CELL_BOLD), *[para(line, CELL) for line in rest]]
    return paras(text, CELL)


def _pieces(row: Sequence[str]) -> list[tuple[str, ...]]:
    """The row as one or more rows, each with at most so much text in a cell that it fits on a page."""
    columns = [wrap_pieces(text, PIECE) or [""] for text in row]
    return list(zip_longest(*columns, fillvalue=""))


def pair(left: Sequence[Flowable], right: Sequence[Flowable], tints: tuple[str, str]) -> Table:
    """Two boxes side by side."""
    style = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (0, 0), HexColor(tints[0])),
        ("BACKGROUND", (1, 0), (1, 0), HexColor(tints[1])),
        ("LINEAFTER", (0, 0), (0, 0), 6, HexColor(colours.PAPER)),
        *_padding(9, 7),
    ]
    looks = {"style": TableStyle(style), "splitInRow": 1, "spaceBefore": 4, "spaceAfter": 8}
    return layout_table([left, right], colWidths=[COLUMN / 2, COLUMN / 2], **looks)


def _padding(sides: float, ends: float) -> list[tuple[Any, ...]]:
    return [
        # A cell without text would else bring in Helvetica, which is not embedded.
        ("FONTNAME", (0, 0), (-1, -1), BODY),
        ("LEFTPADDING", (0, 0), (-1, -1), sides),
        ("RIGHTPADDING", (0, 0), (-1, -1), sides),
        ("TOPPADDING", (0, 0), (-1, -1), ends),
        ("BOTTOMPADDING", (0, 0), (-1, -1), ends),
    ]


def said_blocks(said: Said) -> list[Flowable]:
    """The three published columns, one under the other; a column without text is left out."""
    blocks: list[Flowable] = []
    for title, text in zip(COLUMN_TITLES, (said.now, said.needs, said.progress), strict=True):
        if text:
            blocks += [para(title, H3), *paras(text)]
    return blocks


def finding_blocks(finding: CitedFinding, *, mark: str = "", later: str = "") -> list[Flowable]:
    """A finding with its setting, and under it what became of it, where it stands and how firm it is."""
    setting = f"<b>{plain(capital(finding.setting))}.</b> " if finding.setting else ""
    source = f"{finding.id}. {finding.source}. {mark}{capital(finding.strength)}."
    return [
        rich(setting + plain(finding.says), CELL),
        *([rich(f"<b>Later.</b> {plain(later)}", CELL)] if later else []),
        para(source, FINDING_SOURCE),
    ]
