"""Drawings as figures with an alternative in words."""

from __future__ import annotations

from reportlab.graphics.shapes import Drawing
from reportlab.pdfbase.pdfdoc import PDFArray, PDFName
from reportlab.platypus import Flowable

from audit.reports.pdf.tagging.canvas import TaggedCanvas


class Figure(Flowable):
    """A drawing, and the words that say the same. Raises ValueError where the words are missing."""

    canv: TaggedCanvas

    def __init__(self, drawing: Drawing, alt: str) -> None:
        super().__init__()
        if not alt.strip():
            raise ValueError("a figure needs an alternative in words")
        self.drawing, self.alt = drawing, alt

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803  (ReportLab's names)
        """The size of the drawing."""
        self.width, self.height = self.drawing.wrap(availWidth, availHeight)
        return self.width, self.height

    def draw(self) -> None:
        """Draw it as the content of one element that says where it stands."""
        x, y = self.canv.absolutePosition(0, 0)
        bounds = PDFArray([round(edge, 2) for edge in (x, y, x + self.width, y + self.height)])
        attributes = {"O": PDFName("Layout"), "BBox": bounds, "Placement": PDFName("Block")}
        with self.canv.content("Figure", alt=self.alt, attributes=attributes):
            self.drawing.drawOn(self.canv, 0, 0)
