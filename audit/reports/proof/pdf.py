"""A gap report as a PDF that carries its answers, so that its numbers can be checked."""

from __future__ import annotations

from audit.core.bank import Bank, Weighting
from audit.core.responses import Answers
from audit.reports.gap_report import GapReport
from audit.reports.grounds import Around
from audit.reports.pdf.attachment import Attachment
from audit.reports.pdf.render import render_pdf
from audit.reports.proof.payload import NAME, SAYS, make_payload


def render_checkable_pdf(
    report: GapReport,
    bank: Bank,
    answers: Answers,
    around: Around | None = None,
    weighting: Weighting | None = None,
) -> bytes:
    """The report on these answers to ``bank`` as a PDF with the answers attached. The same report gives the same bytes.

    ``around`` is what the report was built with. ``weighting`` is needed only where it is none of the bank's.
    """
    payload = make_payload(report, bank, answers, around, weighting)
    return render_pdf(report, Attachment(NAME, payload, "application/json", SAYS))
