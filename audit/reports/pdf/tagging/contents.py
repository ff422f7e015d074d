"""A contents page whose entries link to what they name."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable
from reportlab.platypus.tableofcontents import TableOfContents

from audit.reports.pdf.tagging.canvas import TaggedCanvas

_DOT = " . "
_PADDING = 3.0


class TaggedContents(TableOfContents):
    """A contents list of one level in the given style, filled by the document's ``TOCEntry`` notices.

    A notice is ``(0, title, page number, key)``; the title is plain text and the key that of a bookmark.
    """

    _lastEntries: list[tuple[int, str, int, str | None]]  # noqa: N815  (ReportLab's name)

    def __init__(self, style: ParagraphStyle) -> None:
        super().__init__()
        self._style = style
        self._lines: list[_Line] = []

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803  (ReportLab's names)
        """The size of the entries that the last pass found."""
        entries = self._lastEntries or [(0, "Contents", 1, None)]
        self._lines = [_Line(title, page, key, self._style, self) for _, title, page, key in entries]
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
    """An entry: its title, dots, and the page number on the right. All of it is one link."""

    canv: TaggedCanvas

    def __init__(self, title: str, page: int, key: str | None, style: ParagraphStyle, within: object) -> None:
        super().__init__()
        self._title, self._number, self._key, self._style, self._within = title, str(page), key, style, within

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803  (ReportLab's names)
        style = self._style
        reserve = self._wide(f"{_DOT}{self._number}")
        self._rows: Sequence[str] = simpleSplit(self._title, style.fontName, style.fontSize, availWidth - reserve)
        self.width, self.height = availWidth, len(self._rows) * style.leading + 2 * _PADDING
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        canvas.setFont(self._style.fontName, self._style.fontSize)
        canvas.setFillColor(self._style.textColor)
        words = f"{self._title}, page {self._number}"
        with (
            canvas.group("TOC", self._within),
            canvas.group("TOCI"),
            canvas.group("Reference"),
            canvas.group("Link", words=words),
        ):
            self._draw_words()
            if self._key:
                canvas.linkRect(words, self._key, (0, 0, self.width, self.height), relative=1)

    def _draw_words(self) -> None:
        canvas, style = self.canv, self._style
        base = self.height - _PADDING - style.fontSize
        with canvas.marked():
            for number, row in enumerate(self._rows):
                canvas.drawString(0, base - number * style.leading, row)
        last = base - (len(self._rows) - 1) * style.leading
        edge = self.width - self._wide(self._number)
        with canvas.artifact():
            count = int((edge - self._wide(self._rows[-1])) / self._wide(_DOT))
            canvas.drawRightString(edge, last, _DOT * count)
        with canvas.marked():
            canvas.drawRightString(self.width, last, self._number)

    def _wide(self, text: str) -> float:
        return stringWidth(text, self._style.fontName, self._style.fontSize)
