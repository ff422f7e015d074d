"""Signing an audit off, opening it again, and reading what was signed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from audit.core.audits import Audit, AuditState
from audit.core.bank import Bank
from audit.core.bank_loader import load_bank
from audit.core.people import Authority, Membership, Person
from audit.core.permissions import Deed
from audit.core.trail import TrailRow, WantedRows
from audit.core.versions import Signature, Version
from audit.operations.access import require
from audit.operations.audits import found_audit, note
from audit.operations.errors import AuditLocked, NotFound, NotYet, StaleSignOff
from audit.operations.running import running_over
from audit.operations.sheets import Sheet, team_sheet
from audit.operations.workplace import Workplace
from audit.store import audits, trail, versions
from audit.store.connection import File, write


@dataclass(frozen=True)
class ToSign:
    """What a lead would sign: the team's answers, as which version, and how many rows the trail has on the audit."""

    sheet: Sheet
    number: int
    rows: int


@dataclass(frozen=True)
class Rendered:
    """A report to be signed, as a page and as a PDF. ``tells`` is the same for reports that tell the same."""

    page: bytes
    pdf: bytes
    tells: str


@dataclass(frozen=True)
class Seen:
    """What was shown to somebody who signs: how many rows the trail had on the audit, and what the report told."""

    rows: int
    tells: str


@dataclass(frozen=True)
class Kept:
    """A signed version, and whether its files still have the hashes that they were signed with."""

    version: Version
    sound: bool


@dataclass(frozen=True)
class Signed:
    """An audit with its signed versions, newest first."""

    membership: Membership
    audit: Audit
    bank: Bank
    kept: tuple[Kept, ...]

    @property
    def authority(self) -> Authority:
        """Whose audit it is."""
        return self.membership.authority


Renderer = Callable[[Sheet, Signature], Rendered]


def to_sign(workplace: Workplace, person: Person, slug: str, audit_id: int) -> ToSign:
    """What the person would sign now. Raises AuditLocked, and NotYet while people still answer."""
    membership = require(workplace, person, slug, Deed.SIGN_OFF)
    with workplace.authority(slug) as file:
        audit = _closed(file, audit_id)
        rows = trail.count(file, WantedRows(audit_id=audit_id))
        return ToSign(team_sheet(membership, file, audit), _next(file, audit_id), rows)


def sign_off(
    workplace: Workplace, person: Person, slug: str, audit_id: int, statement: str, seen: Seen, render: Renderer
) -> Version:
    """Lock the audit and keep its report as ``render`` makes it.

    Rendering takes seconds, and other people save meanwhile. So it is done before the file is locked, and once it is
    locked the answers must be the very ones that were rendered. Raises StaleSignOff where they are not, or where the
    report tells something else than what was ``seen``; AuditLocked; NotYet.
    """
    membership = require(workplace, person, slug, Deed.SIGN_OFF)
    ready = to_sign(workplace, person, slug, audit_id)
    now = workplace.now()
    rendered = render(ready.sheet, Signature(ready.number, person.name, membership.role.value, now, statement))
    with workplace.authority(slug) as file, write(file):
        audit, membership = _closed(file, audit_id), require(workplace, person, slug, Deed.SIGN_OFF)
        same = (ready.sheet, ready.number) == (team_sheet(membership, file, audit), _next(file, audit_id))
        if not same or rendered.tells != seen.tells:
            raise StaleSignOff(_since(file, audit_id, seen.rows))
        page_sha256, pdf_sha256 = _sha256(rendered.page), _sha256(rendered.pdf)
        detail = f"Version {ready.number}. SHA-256 of the page: {page_sha256}. SHA-256 of the PDF: {pdf_sha256}."
        note(workplace, file, person, "signed off", audit_id, detail=detail)
        head = trail.head(file)
        version = Version(ready.number, statement, person.id, person.name, now, page_sha256, pdf_sha256, head)
        versions.add(file, audit_id, version, rendered.page, rendered.pdf)
        audits.set_state(file, audit_id, AuditState.SIGNED_OFF)
    return version


def reopen(workplace: Workplace, person: Person, slug: str, audit_id: int, because: str) -> None:
    """Unlock the audit, so that the team's answers can be settled again and a new version be signed.

    What is signed stays. Raises NotYet where the audit is not signed off.
    """
    require(workplace, person, slug, Deed.SIGN_OFF)
    with workplace.authority(slug) as file, write(file):
        if not found_audit(file, audit_id).state.locked:
            raise NotYet("This audit is not signed off.")
        for version in versions.all_versions(file, audit_id)[:1]:
            versions.note_reopening(file, audit_id, version.number, person.name, workplace.now(), because)
            note(workplace, file, person, "opened again", audit_id, detail=f"Version {version.number} stays readable.")
        audits.set_state(file, audit_id, AuditState.MODERATED)


def signed_versions(workplace: Workplace, person: Person, slug: str, audit_id: int) -> Signed:
    """The signed versions of an audit. Raises NotFound."""
    membership = require(workplace, person, slug, Deed.READ_SIGNED)
    with workplace.authority(slug) as file:
        audit = found_audit(file, audit_id)
        kept = tuple(Kept(each, _sound(file, audit_id, each)) for each in versions.all_versions(file, audit_id))
    return Signed(membership, audit, load_bank(audit.details.bank_id), kept)


def signed_files(workplace: Workplace, person: Person, slug: str, audit_id: int, number: int) -> tuple[bytes, bytes]:
    """The page and the PDF of a version, as they were signed. Raises NotFound."""
    require(workplace, person, slug, Deed.READ_SIGNED)
    with workplace.authority(slug) as file:
        files = versions.files(file, found_audit(file, audit_id).id, number)
    if files is None:
        raise NotFound("There is no such version.")
    return files


def newest_versions(workplace: Workplace, person: Person, slug: str) -> dict[int, Version]:
    """The newest signed version of each audit of the authority that has one, by audit id."""
    require(workplace, person, slug, Deed.READ_SIGNED)
    with workplace.authority(slug) as file:
        return versions.newest_of_all(file)


def _closed(file: File, audit_id: int) -> Audit:
    """The audit, if it can be signed off now."""
    audit = found_audit(file, audit_id)
    if audit.state.locked:
        raise AuditLocked("This audit is signed off already.")
    if audit.state.takes_answers:
        raise NotYet("People can still answer. Close answering first, and sign off what the team has settled.")
    if running_over(file, audit_id):
        raise NotYet("A workshop is running over this audit. Close the workshop first, and then sign off.")
    return audit


def _next(file: File, audit_id: int) -> int:
    """The number that the next version gets."""
    return max((version.number for version in versions.all_versions(file, audit_id)), default=0) + 1


def _since(file: File, audit_id: int, rows: int) -> tuple[TrailRow, ...]:
    """What was done to the audit since so many rows of the trail spoke of it, oldest first."""
    wanted = WantedRows(audit_id=audit_id)
    return tuple(reversed(trail.newest(file, wanted, max(0, trail.count(file, wanted) - rows))))


def _sound(file: File, audit_id: int, version: Version) -> bool:
    files = versions.files(file, audit_id, version.number)
    return files is not None and [_sha256(each) for each in files] == [version.page_sha256, version.pdf_sha256]


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
