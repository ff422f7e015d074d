"""The page: margins, running head and foot, outline and contents."""

from __future__ import annotations

from bisect import bisect_left
from datetime import datetime
from typing import Any, BinaryIO

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from audit.reports import colours
from audit.reports.gap_report import GapReport
from audit.reports.parts import FOOT_NOTE, parts_of
from audit.reports.pdf.attachment import Attachment, attach
from audit.reports.pdf.fonts import BODY, BOLD, typeset
from audit.reports.pdf.styles import FOOT, HEAD, LANDSCAPE, MARGIN, PORTRAIT
from audit.reports.pdf.tagging import TaggedCanvas

# How far above a heading a reader lands who follows a link to it.
ABOVE = 8
OUTLINE = {"title": 0, "h1": 0, "h2": 1}


class HouseDocument(BaseDocTemplate):
    """A document in the house's fonts. Its file is dated with the day that ``made_on`` names, not with the hour."""

    def __init__(
        self,
        file: BinaryIO,
        *,
        pagesize: tuple[float, float],
        title: str,
        author: str,
        subject: str,
        made_on: str,
    ) -> None:
        super().__init__(
            file,
            pagesize=pagesize,
            title=title,
            author=author,
            subject=subject,
            creator="Plumbline",
            lang="en-GB",
            invariant=1,
            # Else a page begins with Helvetica, which would enter the file without being embedded.
            initialFontName=BODY,
        )
        self._date = _pdf_date(made_on)

    def beforeDocument(self) -> None:  # noqa: N802  (ReportLab's name)
        """Date the file and number its pages."""
        self.canv.setDateFormatter(lambda *_: self._date)
        self.canv.addPageLabel(0, style="ARABIC", start=1)

    def build(self, flowables: list[Flowable], filename: Any = None, canvasmaker: Any = TaggedCanvas) -> None:
        """Lay the flowables out on tagged pages."""
        super().build(flowables, filename, canvasmaker)

    def top_of(self, flowable: Flowable) -> float:
        """A little above the flowable that was drawn last."""
        frame: Any = self.frame
        return float(frame._y + flowable.height + ABOVE)


class ReportDocument(HouseDocument):
    """An A4 document with an upright and a sideways page.

    The title and every heading enter the outline, the headings of parts and gaps the contents.
    """

    def __init__(self, file: BinaryIO, report: GapReport, attachment: Attachment | None = None) -> None:
        super().__init__(
            file,
            pagesize=PORTRAIT,
            title=f"{report.title}: {report.authority}",
            author="Plumbline" if report.notice else report.authority,
            subject=report.bank.title,
            made_on=report.made_on,
        )
        self._report, self._attachment = report, attachment
        self._headings, self._part = 0, ""
        gaps = parts_of(report).get("gaps")
        self._gaps = typeset(gaps.title) if gaps else None
        self.addPageTemplates(
            [
                PageTemplate("first", [_frame(PORTRAIT)], onPage=self._first, pagesize=PORTRAIT),
                PageTemplate("upright", [_frame(PORTRAIT)], onPage=self._furniture, pagesize=PORTRAIT),
                PageTemplate("sideways", [_frame(LANDSCAPE)], onPage=self._furniture, pagesize=LANDSCAPE),
            ]
        )

    def beforeDocument(self) -> None:  # noqa: N802  (ReportLab's name)
        """Start the numbering of headings again for each pass, and date the file."""
        super().beforeDocument()
        self._headings = 0
        if self._attachment:
            canvas: Any = self.canv
            attach(canvas._doc, self._attachment, self._date)

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802  (ReportLab's name)
        """Enter headings into the outline and the contents."""
        if not isinstance(flowable, Paragraph) or flowable.style.name not in OUTLINE:
            return
        text, level = flowable.getPlainText(), OUTLINE[flowable.style.name]
        self._headings += 1
        key = f"heading-{self._headings}"
        self.canv.bookmarkPage(key, fit="XYZ", left=0, top=self.top_of(flowable))
        self.canv.addOutlineEntry(text, key, level, closed=level == 0)
        if level == 0:
            self._part = text
        if flowable.style.name == "h1":
            self.notify("TOCEntry", (0, text, self.page, key))
        elif level == 1 and self._part == self._gaps:
            self.notify("TOCEntry", (1, text, self.page, key))

    def _first(self, canvas: Any, _: BaseDocTemplate) -> None:
        with canvas.artifact("Header"):
            self._band(canvas)
        self._foot(canvas)

    def _band(self, canvas: Canvas) -> None:
        width, height = PORTRAIT
        canvas.setFillColor(HexColor(self._report.accent or colours.BRAND))
        canvas.rect(0, height - 9 * mm, width, 9 * mm, stroke=0, fill=1)
        canvas.setFillColor(HexColor(colours.PAPER))
        canvas.setFont(BOLD, 10)
        canvas.drawString(MARGIN, height - 6.2 * mm, "Plumbline")
        canvas.setFont(BODY, 9)
        canvas.drawRightString(width - MARGIN, height - 6.2 * mm, fitted(typeset(self._report.bank.title), 300))

    def _furniture(self, canvas: Any, _: BaseDocTemplate) -> None:
        with canvas.artifact("Header"):
            self._head(canvas)
        self._foot(canvas)

    def _head(self, canvas: Canvas) -> None:
        width, height = self.pageTemplate.pagesize
        canvas.setFont(BODY, 8.5)
        canvas.setFillColor(HexColor(colours.QUIET))
        head = fitted(typeset(f"{self._report.authority}: {self._report.title}"), width - 2 * MARGIN)
        canvas.drawString(MARGIN, height - 12 * mm, head)
        canvas.setStrokeColor(HexColor(colours.RULE))
        canvas.setLineWidth(0.5)
        canvas.line(MARGIN, height - 14 * mm, width - MARGIN, height - 14 * mm)

    def _foot(self, canvas: TaggedCanvas) -> None:
        with canvas.artifact("Footer"):
            self._foot_line(canvas)

    def _foot_line(self, canvas: Canvas) -> None:
        width, _ = self.pageTemplate.pagesize
        canvas.setFont(BODY, 8.5)
        canvas.setFillColor(HexColor(colours.QUIET))
        canvas.drawRightString(width - MARGIN, 11 * mm, f"Page {canvas.getPageNumber()}")
        if self._report.notice:
            canvas.setFont(BOLD, 8.5)
            canvas.setFillColor(HexColor(colours.NOTICE))
            notice = fitted(typeset(self._report.notice), width - 2 * MARGIN - 60, BOLD)
            canvas.drawString(MARGIN, 11 * mm, notice)
        else:
            canvas.drawString(MARGIN, 11 * mm, typeset(FOOT_NOTE))


def _pdf_date(day: str) -> str:
    """A day in words, ``21 November 2026``, in the form of a PDF's date; a text that is no day gives the year 2000."""
    try:
        found = datetime.strptime(day, "%d %B %Y")
    except ValueError:
        found = datetime(2000, 1, 1)
    return f"D:{found:%Y%m%d}000000+00'00'"


def fitted(text: str, width: float, font: str = BODY, size: float = 8.5) -> str:
    """The text on one line, cut with dots where it is wider than ``width`` points.

    By default it is in the type of the running head.
    """
    text = " ".join(text.split())
    if stringWidth(text, font, size) <= width:
        return text
    too_long = bisect_left(range(len(text)), True, key=lambda end: stringWidth(f"{text[:end]} ...", font, size) > width)
    return f"{text[: max(too_long - 1, 0)].rstrip()} ..."


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
