"""The building blocks of the PDF: paragraphs from plain text, boxes, tables and findings."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Table, TableStyle

from audit.reports import colours
from audit.reports.item_parts import CitedFinding, Said, Sourced
from audit.reports.parts import Part
from audit.reports.pdf.boxes import Box, padding
from audit.reports.pdf.fonts import lacks, typeset
from audit.reports.pdf.linking import linked
from audit.reports.pdf.styles import (
    BULLET,
    CELL,
    COLUMN,
    FINDING_SOURCE,
    H1,
    H3,
    LEAD,
    NUMBERED,
    ROLES,
    TEXT,
)
from audit.reports.pdf.tagging import ListItem, ListMark, TaggedParagraph, layout_table
from audit.reports.wording import COLUMN_TITLES, capital, typographic


def plain(text: str) -> str:
    """Plain text as ReportLab markup: escaped, with line breaks kept and findings linked. See ``linking``."""
    return linked(escape(typeset(text)).replace("\n", "<br/>"))


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


def items(markups: Sequence[str], style: ParagraphStyle = BULLET) -> list[Flowable]:
    """A list of texts in ReportLab markup with bullets."""
    mark = ListMark("Disc")
    return [ListItem(markup, style, "•", within=mark) for markup in markups]


def numbered(markups: Sequence[str], style: ParagraphStyle = NUMBERED) -> list[Flowable]:
    """A list of texts in ReportLab markup with numbers from 1 on."""
    mark = ListMark("Decimal")
    return [ListItem(markup, style, f"{number}.", within=mark) for number, markup in enumerate(markups, start=1)]


def room(height: float) -> CondPageBreak:
    """A page break unless this much height is left, so that a heading never stands alone at the foot."""
    return CondPageBreak(height)


def box(content: Sequence[Flowable], tint: str, edge: str) -> Box:
    """Content on a tint with a coloured edge on its left."""
    return Box([[each] for each in content], tint, edge)


def heading(part: Part) -> list[Flowable]:
    """The heading of a part, and how it begins."""
    return [para(part.title, H1), *([para(part.lead, LEAD)] if part.lead else [])]


def sourced_markup(statement: Sourced) -> str:
    """Sentences and the ids of their findings as ReportLab markup."""
    return f'{plain(statement.says)} <font color="{colours.QUIET}" size="8">{plain(statement.cited)}</font>'


def pair(left: Sequence[Flowable], right: Sequence[Flowable], tints: tuple[str, str]) -> Table:
    """Two boxes side by side."""
    style = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (0, 0), HexColor(tints[0])),
        ("BACKGROUND", (1, 0), (1, 0), HexColor(tints[1])),
        ("LINEAFTER", (0, 0), (0, 0), 6, HexColor(colours.PAPER)),
        *padding(9, 7),
    ]
    looks = {"style": TableStyle(style), "splitInRow": 1, "spaceBefore": 4, "spaceAfter": 8}
    return layout_table([left, right], colWidths=[COLUMN / 2, COLUMN / 2], **looks)


def said_blocks(said: Said, titles: Sequence[str] = COLUMN_TITLES) -> list[Flowable]:
    """The three published columns under their ``titles``, one below the other; one without text is left out."""
    blocks: list[Flowable] = []
    for title, text in zip(titles, (said.now, said.needs, said.progress), strict=True):
        if text:
            blocks += [para(title, H3), *paras(text)]
    return blocks


def finding_blocks(finding: CitedFinding, *, mark: str = "", later: str = "") -> list[Flowable]:
    """A finding with its setting, and under it what became of it, where it stands and how firm it is."""
    setting = f"<b>{plain(capital(finding.setting))}.</b> " if finding.setting else ""
    source = f"{finding.id}. {finding.source}. {mark}{capital(finding.strength)}: {finding.basis}."
    return [
        rich(setting + plain(finding.says), CELL),
        *([rich(f"<b>Later.</b> {plain(later)}", CELL)] if later else []),
        para(source, FINDING_SOURCE),
    ]
