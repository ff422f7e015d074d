"""The report that is kept when an audit is signed off: everything that Plumbline can say of it."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from audit.core.versions import Signature
from audit.operations.sheets import Sheet
from audit.operations.signing import Rendered
from audit.reports.gap_report import GapReport, Length, SignedOff
from audit.reports.html import render_html
from audit.reports.proof.pdf import render_checkable_pdf
from audit.web.filters import day
from audit.web.report_making import around, report_with


def report_to_sign(sheet: Sheet) -> GapReport:
    """The report as it would be signed, before anybody has."""
    return report_with(sheet, Length.APPENDIX, around(sheet, signed=True))


def tells(report: GapReport) -> str:
    """A hash of all that a report says, but for the day it was made on and who signed it off."""
    return hashlib.sha256(repr(replace(report, made_on="", signed_off=None)).encode()).hexdigest()


def render_signed(sheet: Sheet, signature: Signature) -> Rendered:
    """The report with its signature, as a page without a way to other pages and as a PDF that carries its answers."""
    known = around(sheet, signed=True)
    signed_off = SignedOff(signed_words(signature), signature.statement)
    report = replace(report_with(sheet, Length.APPENDIX, known, signed_off), made_on=day(signature.at))
    page = render_html(report).encode()
    pdf = render_checkable_pdf(report, sheet.bank, sheet.answers, known, sheet.scorecard().weighting)
    return Rendered(page, pdf, tells(report))


def signed_words(signature: Signature) -> str:
    """Who signed it off and when: ``Signed off by Lee O'Neill, lead, on 21 November 2026. Version 1.``"""
    by = f"{signature.name}, {signature.role}"
    return f"Signed off by {by}, on {day(signature.at)}. Version {signature.number}."
