"""A contents page whose entries link to what they name."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable
from reportlab.platypus.tableofcontents import TableOfContents

from audit.reports.pdf.tagging.canvas import TaggedCanvas

_DOT = " . "


class TaggedContents(TableOfContents):
    """A contents list in a style for each level, filled by the document's ``TOCEntry`` notices.

    A notice is ``(level, title, page number, key)``: the level counts from 0 and comes after at most the one above it,
    the title is plain text and the key that of a bookmark. ``expected`` are the levels and titles that will come: where
    they are right, the first pass leaves as much room as the last one needs, and two passes are enough.
    """

    _lastEntries: list[tuple[int, str, int, str | None]]  # noqa: N815  (ReportLab's name)

    def __init__(self, *styles: ParagraphStyle, expected: Sequence[tuple[int, str]] = ()) -> None:
        super().__init__()
        self._styles = styles
        self._expected = [(level, title, 1, None) for level, title in expected or [(0, "Contents")]]
        self._lines: list[_Line] = []

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803  (ReportLab's names)
        """The size of the entries that the last pass found."""
        entries = self._lastEntries or self._expected
        above: list[object] = [self]
        self._lines = []
        for level, title, page, key in entries:
            above = above[: level + 1]
            line = _Line(title, page, key, self._styles[level], tuple(above))
            above.append(line)
            self._lines.append(line)
        self.width = availWidth
        self.height = sum(line.wrap(availWidth, availHeight)[1] for line in self._lines)
        return self.width, self.height

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803  (ReportLab's names)
        """The entries one by one."""
        return list(self._lines)

    def drawOn(self, canvas: Canvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803
        """Draw all entries."""
        top = y + self.height
        for line in self._lines:
            top -= line.height
            line.drawOn(canvas, x, top)


class _Line(Flowable):
    """An entry: its title, dots, and the page number on the right. All of it is one link.

    ``above`` are the contents and, for an entry under others, those, from the outermost on.
    """

    canv: TaggedCanvas

    def __init__(
        self, title: str, page: int, key: str | None, style: ParagraphStyle, above: tuple[object, ...]
    ) -> None:
        super().__init__()
        self._title, self._number, self._key, self._style, self._above = title, str(page), key, style, above

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803  (ReportLab's names)
        style = self._style
        reserve = self._wide(f"{_DOT}{self._number}")
        room = availWidth - style.leftIndent - reserve
        self._rows: Sequence[str] = simpleSplit(self._title, style.fontName, style.fontSize, room)
        space = style.spaceBefore + style.spaceAfter
        self.width, self.height = availWidth, len(self._rows) * style.leading + space
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        canvas.setFont(self._style.fontName, self._style.fontSize)
        canvas.setFillColor(self._style.textColor)
        words = f"{self._title}, page {self._number}"
        with ExitStack() as opened:
            for each, entry in zip(self._above, (*self._above[1:], self), strict=True):
                opened.enter_context(canvas.group("TOC", (each, "entries")))
                opened.enter_context(canvas.group("TOCI", entry))
            opened.enter_context(canvas.group("Reference"))
            opened.enter_context(canvas.group("Link", words=words))
            self._draw_words()
            if self._key:
                place = (self._style.leftIndent, 0, self.width, self.height)
                canvas.linkRect(words, self._key, place, relative=1)

    def _draw_words(self) -> None:
        canvas, style = self.canv, self._style
        left = style.leftIndent
        base = self.height - style.spaceBefore - style.fontSize
        with canvas.marked():
            for number, row in enumerate(self._rows):
                # The space keeps a reader from joining the words to the next line or to the page number.
                canvas.drawString(left, base - number * style.leading, f"{row} ")
        last = base - (len(self._rows) - 1) * style.leading
        edge = self.width - self._wide(self._number)
        with canvas.artifact():
            count = int((edge - left - self._wide(self._rows[-1])) / self._wide(_DOT))
            canvas.drawRightString(edge, last, _DOT * count)
        with canvas.marked():
            canvas.drawRightString(self.width, last, self._number)

    def _wide(self, text: str) -> float:
        return stringWidth(text, self._style.fontName, self._style.fontSize)
