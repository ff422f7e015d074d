"""Tables of texts: the header on every page, rows kept whole, and a long row that goes on under its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, FrameBreak, TableStyle

from audit.reports import colours
from audit.reports.pdf.blocks import para, paras
from audit.reports.pdf.boxes import padding
from audit.reports.pdf.fitting import Measures, Row, cut, need
from audit.reports.pdf.styles import CELL, CELL_BOLD, HEADER_CELL
from audit.reports.pdf.tagging import TableTags, tagged_table

# A cell's text, plain or set.
Content = str | Sequence[Flowable]
SIDES = 5.0
# A row at least so high goes on on the next page where so much would else stay blank at the foot.
TALL, BLANK = 150.0, 90.0
# How finely the fullness of even pages is tried out.
STEPS = 20


def grid(
    header: Sequence[str],
    rows: Sequence[Sequence[Content]],
    widths: Sequence[float],
    *,
    tight: bool = False,
    even: float = 0,
) -> Flowable:
    """A table of texts with a header row that is repeated on each page.

    The first cell of a row is its header; a second line in it is set plain. A ``tight`` table has less room between
    its rows. An ``even`` one, given the height of the pages that are its own, fills them all about as full.
    """
    measures = Measures(tuple(widths), 0, SIDES, 2 if tight else 4)
    titles = Row(tuple([para(title, HEADER_CELL)] for title in header), again=None)
    return Grid(_measured(titles, measures), [_measured(_row(row), measures) for row in rows], Looks(measures, even))


@dataclass(frozen=True)
class _Line:
    """A row, and how high it is."""

    row: Row
    height: float


@dataclass(frozen=True)
class Looks:
    """What the parts of a table on several pages share. Their ``tags`` make them one table to a reader."""

    measures: Measures
    even: float
    tags: TableTags = field(default_factory=lambda: TableTags(header_rows=1, header_columns=1))


class Grid(Flowable):
    """Lines under a header, on one page or split over several."""

    spaceAfter = 10  # noqa: N815  (ReportLab's name)

    def __init__(self, header: _Line, lines: Sequence[_Line], looks: Looks) -> None:
        super().__init__()
        self._header, self._lines, self._looks, self._measures = header, lines, looks, looks.measures

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803  (ReportLab's names)
        """The size of header and lines."""
        self.width = sum(self._measures.widths)
        self.height = self._header.height + sum(line.height for line in self._lines)
        return self.width, self.height

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803  (ReportLab's names)
        """The lines that fit, with the beginning of a long one, and a table with the rest."""
        room = self._room(availHeight)
        heights = list(accumulate(line.height for line in self._lines))
        count = sum(height <= room for height in heights)
        above, below = list(self._lines[:count]), list(self._lines[count:])
        blank = room - (heights[count - 1] if count else 0)
        if below and blank >= BLANK and below[0].height >= max(TALL, self._looks.even - self._header.height):
            head, tail = (
                _measured(row, self._measures) for row in cut(below[0].row, replace(self._measures, height=blank))
            )
            above, below = [*above, head], [tail, *below[1:]]
        parts = [self._with(lines) for lines in (above, below) if lines] if above else []
        # Even pages leave room at their foot, which the rest must not fill.
        return [parts[0], FrameBreak(), parts[1]] if self._looks.even and len(parts) > 1 else [*parts]

    def _room(self, height: float) -> float:
        """The room for lines on a page with so much height left: less than there is, where pages are to be even."""
        room, whole = height - self._header.height, self._looks.even - self._header.height
        heights = [line.height for line in self._lines]
        if whole < room or max(heights) > whole:
            return room
        fewest = _pages(heights, room, whole)
        limits = (max(whole * step / STEPS, max(heights)) for step in range(1, STEPS))
        return next((min(room, each) for each in limits if _pages(heights, min(room, each), each) == fewest), room)

    def _with(self, lines: Sequence[_Line]) -> Grid:
        return Grid(self._header, lines, self._looks)

    def draw(self) -> None:
        """Draw header and lines."""
        lines = [self._header, *self._lines]
        table = tagged_table(
            [line.row.cells for line in lines],
            self._looks.tags,
            [line.row.key for line in self._lines],
            colWidths=list(self._measures.widths),
            rowHeights=[line.height for line in lines],
            style=_style(self._measures),
        )
        table.wrap(self.width, self.height)
        table.drawOn(self.canv, 0, 0)


def _pages(heights: Sequence[float], first: float, later: float) -> int:
    """How many pages lines of these heights fill, where there is so much room on the first and on later ones."""
    pages, left = 1, first
    for height in heights:
        if height > left:
            pages, left = pages + 1, later
        left -= height
    return pages


def _measured(row: Row, measures: Measures) -> _Line:
    return _Line(row, need(row, replace(measures, height=float("inf"))))


def _row(texts: Sequence[Content]) -> Row:
    first, *others = texts
    title = first.partition("\n")[0] if isinstance(first, str) else ""
    again = para(f"{title}, continued", CELL_BOLD, "Artifact") if title else None
    return Row((_head_cell(first), *(_cell(text) for text in others)), again)


def _head_cell(text: Content) -> Sequence[Flowable]:
    if not isinstance(text, str) or not text:
        return _cell(text)
    title, *rest = text.split("\n")
    return [para(title, CELL_BOLD), *[para(line, CELL) for line in rest]]


def _cell(text: Content) -> Sequence[Flowable]:
    return paras(text, CELL) if isinstance(text, str) else text


def _style(measures: Measures) -> TableStyle:
    commands: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, 0), 1, HexColor(colours.BRAND)),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, HexColor(colours.RULE)),
        *padding(measures.sides, measures.ends),
    ]
    return TableStyle(commands)
