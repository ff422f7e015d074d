"""Both full reports, 32 items, in each format, and the check of their numbers.

The tagged PDF is set against the same pages untagged and against WeasyPrint, which sets the page of the report; the
other formats and the check against the tagged PDF.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from io import BytesIO

from pypdf import PdfReader

from audit.core.bank import Bank
from audit.core.responses import Answers
from audit.reports.docx.render import render_docx
from audit.reports.gap_report import GapReport
from audit.reports.html import render_html
from audit.reports.pdf.render import render_pdf
from audit.reports.proof.check import check_pdf
from audit.reports.proof.pdf import render_checkable_pdf
from audit.reports.xlsx.render import render_xlsx
from benchmarks.report import answered, reports
from benchmarks.timing import Ratio, Ratios, compare
from benchmarks.untagged import render_untagged

Render = Callable[[GapReport], bytes]
TAGGED = "the tagged PDF"


def run() -> Ratios:
    """All of them. WeasyPrint is slow, so it runs once."""
    made, given = reports(), answered()
    proven = [render_checkable_pdf(report, *one) for report, one in zip(made, given, strict=True)]
    return Ratios(
        [
            _against("Tagged PDF", render_pdf, "the same pages untagged", render_untagged, made),
            _sizes(made),
            _weasyprint(made),
            _against("DOCX", render_docx, TAGGED, render_pdf, made),
            _xlsx(made, given),
            compare("Checking both", lambda: [check_pdf(data) for data in proven], TAGGED, _each(render_pdf, made), 3),
            _memory(),
        ]
    )


def _each(render: Render, made: list[GapReport]) -> Callable[[], list[bytes]]:
    return lambda: [render(report) for report in made]


def _against(name: str, render: Render, baseline_name: str, baseline: Render, made: list[GapReport]) -> Ratio:
    return compare(f"{name} of both reports", _each(render, made), baseline_name, _each(baseline, made), rounds=3)


def _xlsx(made: list[GapReport], given: list[tuple[Bank, Answers]]) -> Ratio:
    def sheets() -> list[bytes]:
        return [render_xlsx(report, *one) for report, one in zip(made, given, strict=True)]

    return compare("XLSX of both reports", sheets, TAGGED, _each(render_pdf, made), rounds=3)


def _sizes(made: list[GapReport]) -> str:
    lines = []
    for name, render in (("tagged", render_pdf), ("untagged", render_untagged)):
        files = _each(render, made)()
        pages = sum(len(PdfReader(BytesIO(data)).pages) for data in files)
        lines.append(f"    {name}: {pages} pages, {sum(map(len, files)) / 1000:.0f} KB")
    return "\n".join(lines)


def _weasyprint(made: list[GapReport]) -> Ratio | str:
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as fault:
        return f"WeasyPrint was NOT measured: {fault}. It needs the extra 'bench' and Debian's libpango."

    def weasy(report: GapReport) -> bytes:
        data: bytes = HTML(string=render_html(report)).write_pdf(pdf_variant="pdf/ua-1")
        return data

    first = made[:1]
    return compare("Tagged PDF of 12 items", _each(render_pdf, first), "WeasyPrint", _each(weasy, first), rounds=1)


def _memory() -> str:
    """The most memory that a process takes which makes both PDFs, and one that only reads banks and findings."""
    work = "from benchmarks.report import reports; made = reports()"
    pdf = f"{work}; from audit.reports.pdf.render import render_pdf; [render_pdf(report) for report in made]"
    return f"Memory: {_peak(pdf):.0f} MB with both PDFs made, {_peak(work):.0f} MB with the reports built only"


def _peak(code: str) -> float:
    show = "; import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    done = subprocess.run([sys.executable, "-c", code + show], check=True, capture_output=True, text=True)
    kilobytes = int(done.stdout) / (1024 if sys.platform == "darwin" else 1)
    return kilobytes / 1000
