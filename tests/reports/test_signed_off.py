"""A signed version says on its first page who signed it and what was said, whatever that is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.core.bank_loader import load_bank
from audit.core.responses import Answers
from audit.reports.gap_report import GapReport, Length, SignedOff
from audit.reports.html import render_html
from audit.reports.pdf.render import render_pdf
from audit.reports.proof.check import check_pdf
from audit.reports.proof.pdf import render_checkable_pdf
from audit.reports.proof.verdict import Outcome
from tests.reports.reading import COVER, mixed, report_on
from tests.reports.tagged import failures

BANK = load_bank("recommendations")
ITEMS = mixed(BANK)
SAYS = "Signed off by Lee O'Neill, lead, on 21 November 2026. Version 1."
STATEMENTS = {
    "numbers": "The score is 43.8%, at level 3. " * 60,
    "markup": "<b>Bold</b> & <script>alert('x')</script> {{ 7 * 7 }}",
    "lines": "x\n" * 1000,
    "a word without end": "W" * 2000,
}


def signed(statement: str) -> GapReport:
    cover = replace(COVER, signed_off=SignedOff(SAYS, statement))
    return report_on(BANK, ITEMS, cover=cover, length=Length.BRIEF)


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_any_statement_can_be_read_aloud_and_changes_no_number(statement: str) -> None:
    pdf = render_checkable_pdf(signed(statement), BANK, Answers(ITEMS))
    assert failures(pdf) == []
    assert check_pdf(pdf).outcome is Outcome.AGREES


def test_the_page_says_it_before_the_score_and_escapes_it() -> None:
    html = render_html(signed(STATEMENTS["markup"]))
    assert html.index("Signed off by Lee O’Neill, lead") < html.index('id="summary"')
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; &lt;script&gt;" in html
    assert "<script" not in html


def test_every_other_report_says_nothing_of_it() -> None:
    report = report_on(BANK, ITEMS, length=Length.BRIEF)
    assert report.signed_off is None
    assert "Signed off" not in render_html(report)
    assert render_pdf(report) != render_pdf(signed("Ours."))
