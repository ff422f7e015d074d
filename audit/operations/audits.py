"""Opening and listing audits."""

from __future__ import annotations

from sqlite_utils import Database

from audit.core.audits import Audit, AuditDetails, TrailEntry
from audit.core.bank_loader import load_bank
from audit.core.people import Person
from audit.core.permissions import Deed
from audit.operations.access import require
from audit.operations.errors import AuditLocked, NotFound
from audit.operations.workplace import Workplace
from audit.store import audits, trail
from audit.store.connection import write


def open_audit(workplace: Workplace, person: Person, slug: str, details: AuditDetails) -> Audit:
    """A new audit, open for answers.

    Raises UsageError for an unknown bank, and KeyError for a weighting or target that the bank does not have.
    """
    require(workplace, person, slug, Deed.MANAGE)
    bank = load_bank(details.bank_id)
    bank.weighting(details.weighting)
    if details.target is not None:
        bank.scale.level(details.target)
    with workplace.authority(slug) as file, write(file):
        audit = audits.add(file, details, bank.version, person.name, workplace.now())
        note(workplace, file, person, "opened an audit", audit.id, detail=f"{bank.title}, {details.period}")
    return audit


def audits_of(workplace: Workplace, person: Person, slug: str) -> list[Audit]:
    """The authority's audits, newest first."""
    require(workplace, person, slug, Deed.BELONG)
    with workplace.authority(slug) as file:
        return audits.all_audits(file)


def audit_for(workplace: Workplace, person: Person, slug: str, audit_id: int) -> Audit:
    """One audit. Raises NotFound where there is none of this number."""
    require(workplace, person, slug, Deed.BELONG)
    with workplace.authority(slug) as file:
        return found_audit(file, audit_id)


def found_audit(file: Database, audit_id: int) -> Audit:
    """The audit in an open file. Raises NotFound."""
    audit = audits.find(file, audit_id)
    if audit is None:
        raise NotFound("There is no such audit.")
    return audit


def unlocked_audit(file: Database, audit_id: int) -> Audit:
    """The audit in an open file, if anything in it may be changed. Raises NotFound and AuditLocked."""
    audit = found_audit(file, audit_id)
    if audit.state.locked:
        raise AuditLocked("This audit is signed off. Its answers can no longer be changed.")
    return audit


def answerable_audit(file: Database, audit_id: int) -> Audit:
    """The audit in an open file, if people may give answers of their own. Raises NotFound and AuditLocked."""
    audit = unlocked_audit(file, audit_id)
    if not audit.state.takes_answers:
        raise AuditLocked("Answering is closed: the team's answers are being settled. Ask the lead to open it again.")
    return audit


def moderated_audit(file: Database, audit_id: int) -> Audit:
    """The audit in an open file, if the team's answers may be settled. Raises NotFound and AuditLocked."""
    audit = unlocked_audit(file, audit_id)
    if audit.state.takes_answers:
        raise AuditLocked("Answering is still open. Close it before you settle the team's answers.")
    return audit


def note(
    workplace: Workplace,
    file: Database,
    person: Person,
    did: str,
    audit_id: int | None = None,
    item_id: str | None = None,
    detail: str = "",
) -> None:
    """Write to the trail, inside the transaction of what was done."""
    trail.add(file, TrailEntry(workplace.now(), person.id, person.name, did, audit_id, item_id, detail))
