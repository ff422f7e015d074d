"""How long audits are kept: the rule of an authority, and removing what it no longer keeps."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from audit.core.audits import Audit
from audit.core.bank_loader import load_bank
from audit.core.keeping import ACCOUNT_MONTHS, check_months
from audit.core.people import OPERATOR, Membership, Person
from audit.core.permissions import Deed
from audit.operations.access import require
from audit.operations.audits import note
from audit.operations.errors import NotFound
from audit.operations.months import months_after, months_before
from audit.operations.sessions import IDLE_LIFE, SESSION_LIFE
from audit.operations.sign_in import CODE_LIFE
from audit.operations.workplace import Workplace
from audit.store import audits, keeping, leaving, rules, votes, workshops
from audit.store.connection import File, write

# A link that has expired says so for a while, and not that it is unknown.
GRACE = timedelta(days=30)
# So long after its join codes have expired, the screens of a workshop can still be looked at.
ROOM_GRACE = timedelta(days=7)


@dataclass(frozen=True)
class KeptAudit:
    """An audit, when something was last done in it, and from when on it is no longer kept, None for never."""

    audit: Audit
    words: str
    touched: datetime
    due: datetime | None


@dataclass(frozen=True)
class Keeping:
    """For how many months an authority keeps its audits, None for until it is erased; and its audits, newest first."""

    membership: Membership
    months: int | None
    audits: tuple[KeptAudit, ...]


@dataclass(frozen=True)
class Cleared:
    """What a run removed, or would remove.

    ``audits`` by the slug of their authority; ``expired`` how many rows of each table of the registry; the ``people``
    who have belonged to no authority for so long; and ``faults``, what could not be done.
    """

    audits: dict[str, tuple[KeptAudit, ...]]
    expired: dict[str, int]
    people: tuple[Person, ...]
    faults: tuple[str, ...]


class _Dry(Exception):
    """Nothing is to be kept of what was tried."""


def keeping_of(workplace: Workplace, person: Person, slug: str) -> Keeping:
    """The authority's rule, and what it means for each audit. Raises NotFound and NotAllowed."""
    membership = require(workplace, person, slug, Deed.SET_RULES)
    with workplace.authority(slug) as file:
        return Keeping(membership, rules.find(file, rules.KEEP_MONTHS), tuple(_kept(file)))


def set_months(workplace: Workplace, person: Person, slug: str, months: int | None) -> None:
    """Keep audits for so many months after their last change; None is until the authority is erased.

    Raises ValueError for fewer than 6 or more than 240.
    """
    require(workplace, person, slug, Deed.SET_RULES)
    check_months(months)
    with workplace.authority(slug) as file, write(file):
        if rules.find(file, rules.KEEP_MONTHS) != months:
            rules.keep(file, rules.KEEP_MONTHS, months)
            words = "until the authority is erased" if months is None else f"for {months} months after the last change"
            note(workplace, file, person, "set how long audits are kept", detail=words)


def clear(workplace: Workplace, *, dry: bool, account_months: int = ACCOUNT_MONTHS) -> Cleared:
    """Remove what is no longer kept, in every authority and in the registry; with ``dry`` only say what that would be.

    People go who were found without an authority so many months ago, and are not signed in.
    """
    with workplace.registry() as registry:
        slugs = [each.slug for each in leaving.all_authorities(registry)]
    gone, faults = {}, []
    for slug in slugs:
        try:
            with workplace.authority(slug) as file:
                gone[slug] = _clear_audits(workplace, file, dry)
        except (NotFound, sqlite3.Error, OSError) as fault:
            faults.append(f"{slug}: {fault}")
    expired, people = _clear_registry(workplace, months_before(workplace.now(), account_months), dry)
    return Cleared({slug: each for slug, each in gone.items() if each}, expired, people, tuple(faults))


def _kept(file: Database) -> Iterator[KeptAudit]:
    months, touched = rules.find(file, rules.KEEP_MONTHS), keeping.last_touched(file)
    for audit in audits.all_audits(file):
        at = touched[audit.id]
        words = f"{load_bank(audit.details.bank_id).title}, {audit.details.period}"
        yield KeptAudit(audit, words, at, None if months is None else months_after(at, months))


def _clear_audits(workplace: Workplace, file: File, dry: bool) -> tuple[KeptAudit, ...]:
    now = workplace.now()
    if dry:
        return _due(file, now)
    keeping.overwrite_what_goes(file)
    with write(file):
        _forget_votes(workplace, file)
        # Looked at under the lock: what somebody touches in this very moment stays.
        due = _due(file, now)
        for each in due:
            keeping.remove_audit(file, each.audit.id)
            detail = f"{each.words}, last changed on {each.touched.day} {each.touched:%B %Y}"
            note(workplace, file, OPERATOR, "removed an audit by the retention rule", each.audit.id, detail=detail)
    keeping.empty_log(file)
    return due


def _forget_votes(workplace: Workplace, file: File) -> None:
    """Forget who chose what in workshops that nobody closed, and in which nothing was done for so long."""
    for workshop in workshops.all_of(file):
        steps = workshops.steps(file, workshop.id)
        if steps and steps[-1].at + ROOM_GRACE <= workplace.now() and votes.forget_all(file, workshop.id):
            did = "forgot who chose what in a workshop that was not closed"
            # Of no audit: else it would count as a change of it, and the audit be kept for longer.
            note(workplace, file, OPERATOR, did, detail=workshop.plan.title)


def _due(file: Database, now: datetime) -> tuple[KeptAudit, ...]:
    return tuple(each for each in _kept(file) if each.due is not None and each.due <= now)


def _clear_registry(
    workplace: Workplace, alone_before: datetime, dry: bool
) -> tuple[dict[str, int], tuple[Person, ...]]:
    now = workplace.now()
    before = leaving.Before(now - SESSION_LIFE, now - IDLE_LIFE, now - CODE_LIFE, now - ROOM_GRACE, now - GRACE)
    with workplace.registry() as registry:
        keeping.overwrite_what_goes(registry)
        try:
            with write(registry):
                expired = leaving.drop_expired(registry, before)
                leaving.mark_those_without(registry, now)
                people = tuple(leaving.without_since(registry, alone_before))
                leaving.remove_people(registry, people)
                if dry:
                    raise _Dry
        except _Dry:
            return expired, people
        keeping.empty_log(registry)
    return expired, people
