"""The PDF of 32 items against ReportLab setting as many pages of plain paragraphs."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

from audit.core.bank import Bank
from audit.core.bank_loader import load_bank
from audit.core.library_loader import load_library
from audit.core.responses import Answers, RatingState, Response
from audit.core.scorecard import score_answers
from audit.reports.build import Cover, build_report
from audit.reports.gap_report import GapReport
from audit.reports.pdf.fonts import register_fonts
from audit.reports.pdf.render import render_pdf
from audit.reports.pdf.styles import TEXT
from benchmarks.timing import Ratio, compare

WORDS = "The team has what it needs and says so in plain words that every reader understands. " * 3


def answered() -> list[tuple[Bank, Answers]]:
    """Both banks, 12 and 20 items, with texts in every answer."""
    response = Response(RatingState.RATED, 1, WORDS, None, WORDS, WORDS, WORDS)
    banks = [load_bank(name) for name in ("recommendations", "key-ingredients")]
    return [(bank, Answers(dict.fromkeys(bank.items, response))) for bank in banks]


def reports() -> list[GapReport]:
    """The full reports on them."""
    return [
        build_report(
            score_answers(bank, answers, bank.weightings[0]),
            answers,
            load_library(),
            Cover("Benchmark", "Gap report", "1 May 2026"),
        )
        for bank, answers in answered()
    ]


def plain(pages: int) -> bytes:
    """A PDF with this many pages of plain paragraphs in the same style."""
    buffer = BytesIO()
    paragraphs: list[Flowable] = [Paragraph(WORDS, TEXT) for _ in range(pages * 14)]
    SimpleDocTemplate(buffer).build(paragraphs)
    return buffer.getvalue()


def run() -> Ratio:
    """Both reports against plain pages, at least as many."""
    register_fonts()
    made = reports()
    pages = sum(len(PdfReader(BytesIO(render_pdf(report))).pages) for report in made)
    count = len(PdfReader(BytesIO(plain(pages))).pages)
    return compare(
        f"Two full reports, 32 items, {pages} pages",
        lambda: [render_pdf(report) for report in made],
        f"{count} pages of plain paragraphs",
        lambda: plain(pages),
        rounds=5,
    )
