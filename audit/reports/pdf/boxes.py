"""Boxes on a tint that go on over pages: whole blocks on each, the heading repeated."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from audit.reports.pdf.fitting import take
from audit.reports.pdf.fonts import BODY
from audit.reports.pdf.styles import BOX_TITLE, COLUMN, FOOT, HEAD, PORTRAIT
from audit.reports.pdf.tagging import TaggedCanvas, TaggedParagraph, layout_table

PAGE = PORTRAIT[1] - HEAD - FOOT
# Boxes stand beside each other where the lower is at least so much of the higher, with this between them.
ALIKE, BETWEEN = 0.7, 8.0
SIDES, ENDS, EDGE = 10.0, 7.0, 3

Block = Sequence[Flowable]


class Box(Flowable):
    """Blocks on a tint with a coloured edge on their left, under a heading given as markup, or none.

    A block that fits on a page is kept whole. Where the box goes on on the next page, its heading is repeated there
    for the eye: to a reader the text just goes on.
    """

    spaceAfter = 8  # noqa: N815  (ReportLab's name)

    def __init__(self, blocks: Sequence[Block], tint: str, edge: str, heading: str = "") -> None:
        super().__init__()
        self._blocks, self._tint, self._edge, self._heading = blocks, tint, edge, heading
        self._begun, self.least = False, 0.0
        self.across = COLUMN

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803  (ReportLab's names)
        """The size of all blocks, at least as high as ``least`` says."""
        self._table = self._laid_out(self._blocks)
        self.width, self.height = self._table.wrap(self.across, availHeight)
        return self.width, self.height

    def draw(self) -> None:
        """Draw the blocks on their tint."""
        self._table.drawOn(self.canv, 0, 0)

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803  (ReportLab's names)
        """The blocks that fit, and a box with the rest. Only one that is higher than a page is cut."""
        count = self._fitting(availHeight)
        if count:
            return self._parts(self._blocks[:count], self._blocks[count:])
        if self._high(self._blocks[:1]) <= PAGE or availHeight < PAGE / 2:
            return []
        room = availHeight - self._high([])
        head, tail = take(self._blocks[0], self.across - 2 * SIDES, room)
        return self._parts([head], [tail, *self._blocks[1:]])

    def _fitting(self, height: float) -> int:
        """How many blocks fit, the last of all never among them. Few are measured, since a text can have thousands."""
        most, tried = len(self._blocks) - 1, 1
        while tried < most and self._high(self._blocks[:tried]) <= height:
            tried *= 2
        return bisect_right(range(1, min(tried, most) + 1), height, key=lambda count: self._high(self._blocks[:count]))

    def _parts(self, above: Sequence[Block], below: Sequence[Block]) -> list[Flowable]:
        head, tail = (Box(blocks, self._tint, self._edge, self._heading) for blocks in (above, below))
        head.across = tail.across = self.across
        head._begun, tail._begun = self._begun, True
        return [head, tail]

    def _high(self, blocks: Sequence[Block]) -> float:
        return float(self._laid_out(blocks).wrap(self.across, PAGE)[1])

    def _laid_out(self, blocks: Sequence[Block]) -> Table:
        content = [*self._headed(), *(each for block in blocks for each in block)]
        style: list[tuple[Any, ...]] = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, -1), HexColor(self._tint)),
            ("LINEBEFORE", (0, 0), (0, -1), EDGE, HexColor(self._edge)),
            *padding(SIDES, ENDS),
        ]
        heights = [self.least] if self.least else None
        return layout_table([content], colWidths=[self.across], rowHeights=heights, style=TableStyle(style))

    def _headed(self) -> list[Flowable]:
        if not self._heading:
            return []
        words = f"{self._heading}, continued" if self._begun else self._heading
        return [TaggedParagraph(words, BOX_TITLE, role="Artifact" if self._begun else "H4")]


class Sides(Flowable):
    """Two boxes: beside each other where they are about as high and fit on the page, else one under the other."""

    canv: TaggedCanvas
    spaceBefore, spaceAfter = 4, 8  # noqa: N815  (ReportLab's names)

    def __init__(self, left: Box, right: Box) -> None:
        super().__init__()
        self._boxes = (left, right)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803  (ReportLab's names)
        """The size of the boxes beside each other. Where they are not to stand so, more than the page has."""
        heights = self._set((COLUMN - BETWEEN) / 2, 0)
        self._beside = max(heights) <= availHeight and min(heights) >= ALIKE * max(heights)
        self.width, self.height = COLUMN, max(heights) if self._beside else availHeight + 1
        return self.width, self.height

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803  (ReportLab's names)
        """The boxes one under the other. ReportLab wants a first part that fits."""
        self._set(COLUMN, 0)
        return [Spacer(0, 0), *self._boxes]

    def draw(self) -> None:
        """Draw the boxes beside each other, both as high as the higher."""
        self._set((COLUMN - BETWEEN) / 2, self.height)
        for number, box in enumerate(self._boxes):
            with self.canv.group("Div"):
                box.drawOn(self.canv, number * (COLUMN + BETWEEN) / 2, 0)

    def _set(self, across: float, least: float) -> list[float]:
        """Make both so wide and at least so high, and give back their heights."""
        for box in self._boxes:
            box.across, box.least = across, least
        return [box.wrap(across, PAGE)[1] for box in self._boxes]


def padding(sides: float, ends: float) -> list[tuple[Any, ...]]:
    """The distance of a cell's text from its edges, as commands of a table's style."""
    return [
        # A cell without text would else bring in Helvetica, which is not embedded.
        ("FONTNAME", (0, 0), (-1, -1), BODY),
        ("LEFTPADDING", (0, 0), (-1, -1), sides),
        ("RIGHTPADDING", (0, 0), (-1, -1), sides),
        ("TOPPADDING", (0, 0), (-1, -1), ends),
        ("BOTTOMPADDING", (0, 0), (-1, -1), ends),
    ]
