"""Audits whose answering is closed, that are signed off, and that are opened again after that."""

from __future__ import annotations

from dataclasses import replace

from audit.core.audits import AuditDetails
from audit.core.bank_loader import load_bank
from audit.core.people import Person
from audit.core.responses import RatingState, Response
from audit.core.versions import Signature
from audit.operations import signing
from audit.operations.answering import save_response
from audit.operations.audits import open_audit
from audit.operations.closing import close_answering
from audit.operations.sheets import Sheet
from audit.operations.signing import Rendered, Seen
from audit.operations.workplace import Workplace
from audit.reports.gap_report import Length, SignedOff
from audit.reports.html import render_html
from tests.reports.reading import COVER, mixed, report_on


def signed_places(workplace: Workplace, lead: Person, slug: str, statement: str) -> dict[str, str]:
    """Three new audits of an authority by name; ``signed`` has two versions, ``reopened`` one."""
    return {
        name: f"/authorities/{slug}/audits/{_made(workplace, lead, slug, statement, name)}"
        for name in ("closed", "signed", "reopened")
    }


def _made(workplace: Workplace, lead: Person, slug: str, statement: str, name: str) -> int:
    number = open_audit(workplace, lead, slug, AuditDetails("recommendations", f"Round {name}")).id
    save_response(workplace, lead, slug, number, "R1", Response(RatingState.RATED, 1, statement))
    save_response(workplace, lead, slug, number, "R2", Response(RatingState.DONT_KNOW))
    close_answering(workplace, lead, slug, number)
    if name != "closed":
        _sign(workplace, lead, slug, number, statement)
        signing.reopen(workplace, lead, slug, number, statement)
    if name == "signed":
        _sign(workplace, lead, slug, number, statement)
    return number


def _sign(workplace: Workplace, lead: Person, slug: str, number: int, statement: str) -> None:
    bank = load_bank("recommendations")

    def render(sheet: Sheet, signature: Signature) -> Rendered:
        words = SignedOff(f"Signed off by {signature.name}", signature.statement)
        report = report_on(bank, mixed(bank), cover=replace(COVER, signed_off=words), length=Length.APPENDIX)
        return Rendered(render_html(report).encode(), b"%PDF", "shown")

    signing.sign_off(workplace, lead, slug, number, statement, Seen(0, "shown"), render)
