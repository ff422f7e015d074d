"""A gap report as the bytes of a PDF."""

from __future__ import annotations

from io import BytesIO

from audit.reports.gap_report import GapReport
from audit.reports.pdf.attachment import Attachment
from audit.reports.pdf.document import ReportDocument
from audit.reports.pdf.fonts import register_fonts
from audit.reports.pdf.story import build_story


def render_pdf(report: GapReport, attachment: Attachment | None = None) -> bytes:
    """The report as PDF, with a file attached or without. The same report gives the same bytes."""
    register_fonts()
    buffer = BytesIO()
    # The contents page needs the page numbers of a first pass.
    ReportDocument(buffer, report, attachment).multiBuild(build_story(report, carrying=attachment is not None))
    return buffer.getvalue()
