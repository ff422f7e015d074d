"""The page: margins, running head and foot, outline and contents."""

from __future__ import annotations

from typing import BinaryIO

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from audit.reports import colours
from audit.reports.gap_report import GapReport
from audit.reports.parts import FOOT_NOTE
from audit.reports.pdf.fonts import BODY, BOLD
from audit.reports.pdf.styles import FOOT, HEAD, LANDSCAPE, MARGIN, PORTRAIT
from audit.reports.wording import typographic

OUTLINE = {"title": 0, "h1": 0, "h2": 1}


class ReportDocument(BaseDocTemplate):
    """An A4 document with an upright and a sideways page.

    The title and every heading enter the outline, and headings of the first order the contents.
    """

    def __init__(self, file: BinaryIO, report: GapReport) -> None:
        super().__init__(
            file,
            pagesize=PORTRAIT,
            title=f"{report.title}: {report.authority}",
            author=report.authority,
            subject=report.bank.title,
            creator="Plumbline",
            lang="en-GB",
            invariant=1,
            # Else a page begins with Helvetica, which would enter the file without being embedded.
            initialFontName=BODY,
        )
        self._report = report
        self._headings = 0
        self.addPageTemplates(
            [
                PageTemplate("first", [_frame(PORTRAIT)], onPage=self._first, pagesize=PORTRAIT),
                PageTemplate("upright", [_frame(PORTRAIT)], onPage=self._furniture, pagesize=PORTRAIT),
                PageTemplate("sideways", [_frame(LANDSCAPE)], onPage=self._furniture, pagesize=LANDSCAPE),
            ]
        )

    def beforeDocument(self) -> None:  # noqa: N802  (ReportLab's name)
        """Start the numbering of headings again for each pass."""
        self._headings = 0

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802  (ReportLab's name)
        """Enter headings into the outline and the contents."""
        if not isinstance(flowable, Paragraph) or flowable.style.name not in OUTLINE:
            return
        text, level = flowable.getPlainText(), OUTLINE[flowable.style.name]
        self._headings += 1
        key = f"heading-{self._headings}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(text, key, level, closed=level == 0)
        if flowable.style.name == "h1":
            self.notify("TOCEntry", (0, text, self.page, key))

    def _first(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        width, height = PORTRAIT
        canvas.setFillColor(HexColor(colours.BRAND))
        canvas.rect(0, height - 9 * mm, width, 9 * mm, stroke=0, fill=1)
        canvas.setFillColor(HexColor(colours.PAPER))
        canvas.setFont(BOLD, 10)
        canvas.drawString(MARGIN, height - 6.2 * mm, "Plumbline")
        canvas.setFont(BODY, 9)
        canvas.drawRightString(width - MARGIN, height - 6.2 * mm, typographic(self._report.bank.title))
        self._foot(canvas)

    def _furniture(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        width, height = self.pageTemplate.pagesize
        canvas.setFont(BODY, 8.5)
        canvas.setFillColor(HexColor(colours.QUIET))
        canvas.drawString(MARGIN, height - 12 * mm, typographic(f"{self._report.authority}: {self._report.title}"))
        canvas.setStrokeColor(HexColor(colours.RULE))
        canvas.setLineWidth(0.5)
        canvas.line(MARGIN, height - 14 * mm, width - MARGIN, height - 14 * mm)
        self._foot(canvas)

    def _foot(self, canvas: Canvas) -> None:
        width, _ = self.pageTemplate.pagesize
        canvas.setFont(BODY, 8.5)
        canvas.setFillColor(HexColor(colours.QUIET))
        canvas.drawRightString(width - MARGIN, 11 * mm, f"Page {canvas.getPageNumber()}")
        if self._report.notice:
            canvas.setFont(BOLD, 8.5)
            canvas.setFillColor(HexColor(colours.NOTICE))
            canvas.drawString(MARGIN, 11 * mm, typographic(self._report.notice))
        else:
            canvas.drawString(MARGIN, 11 * mm, typographic(FOOT_NOTE))


def _frame(size: tuple[float, float]) -> Frame:
    width, height = size
    return Frame(
        MARGIN,
        FOOT,
        width - 2 * MARGIN,
        height - HEAD - FOOT,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
