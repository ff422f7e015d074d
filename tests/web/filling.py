"""Audits to answer in tests, and forms as a browser would send them."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from audit.core.audits import AuditDetails, Revision
from audit.core.people import Person
from audit.operations.audits import open_audit
from audit.operations.sheets import own_sheet
from audit.operations.workplace import Workplace
from tests.web.client import Page

FULL = {
    "rating": "2",
    "reason": "Ten cases were read.",
    "confidence": "medium",
    "target": "4",
    "what_happens_now": "Half of the teams do.\nThe others don't.",
    "what_needs_to_happen": 'All teams "do".',
    "how_to_progress": "The principal social worker, by March.",
    "links-0-url": "https://example.gov.uk/audit.pdf",
    "links-0-dated": "1 March 2026",
    "links-0-note": "Page 3",
}


def opened(workplace: Workplace, lead: Person, bank_id: str = "recommendations") -> str:
    """The address of a new audit of Testshire."""
    audit = open_audit(workplace, lead, "testshire", AuditDetails(bank_id, "Autumn 2026"))
    return f"/authorities/testshire/audits/{audit.id}"


def newest(workplace: Workplace, lead: Person, audit: str, name: str) -> Revision:
    """The newest revision of an answer in the audit at this address."""
    return own_sheet(workplace, lead, "testshire", int(audit.rpartition("/")[2])).revisions[name]


def sign_off(workplace: Workplace, audit: str) -> None:
    """Lock the audit at this address."""
    with workplace.authority("testshire") as file:
        file.execute("UPDATE audits SET state = 'signed_off' WHERE id = ?", [int(audit.rpartition("/")[2])])


def fields(page: Page) -> dict[str, str]:
    """The fields of the page's longest form in main, as a browser would send them back untouched."""
    form = max(page.first("main").iter("form"), key=lambda each: len(list(each.iter())))
    found: dict[str, str] = {}
    for field in form.iter():
        name, value = field.get("name"), _value(field)
        if name and value is not None:
            found[name] = value
    return found


def _value(field: Element) -> str | None:
    if field.tag == "textarea":
        return field.text or ""
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options
        return chosen[0].get("value")
    if field.tag != "input" or (field.get("type") in ("radio", "checkbox") and field.get("checked") is None):
        return None
    return field.get("value") or ""


def answer(page: Page, changes: Mapping[str, str]) -> dict[str, str]:
    """What a browser sends when somebody makes these changes on the page."""
    return {**fields(page), **changes}
