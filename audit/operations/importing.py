"""Answers from a file into an audit: what they would change, and saving them, all or none.

An empty cell of a file says nothing: what is saved stays as it is. Evidence links stay, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from audit.core.audits import AuditDetails, Revision
from audit.core.bank import Bank
from audit.core.bank_loader import load_bank
from audit.core.people import Person
from audit.core.permissions import Deed
from audit.core.responses import UNANSWERED, Answers, RatingState, Response
from audit.operations.access import require
from audit.operations.answering import append_revision
from audit.operations.audits import answerable_audit, note
from audit.operations.errors import NotFound, StaleImport
from audit.operations.sheets import Sheet, sheet_of_person
from audit.operations.workplace import Workplace
from audit.store import revisions
from audit.store.connection import write
from audit.store.revisions import Place


@dataclass(frozen=True)
class Change:
    """What a file would do to the answer to one item or prompt: its newest revision, if any, and what follows it."""

    name: str
    newest: Revision | None
    after: Response

    @property
    def before(self) -> Response:
        """The answer as it is saved."""
        return self.newest.response if self.newest else UNANSWERED

    @property
    def is_new(self) -> bool:
        """Whether nothing is saved yet."""
        return self.before == UNANSWERED


@dataclass(frozen=True)
class Plan:
    """What a file would do to an audit, in the order in which the audit asks.

    ``same`` are the items and prompts whose answers the file repeats, ``kept`` those with a saved answer on which the
    file is silent.
    """

    changes: tuple[Change, ...]
    same: tuple[str, ...]
    kept: tuple[str, ...]


def sheet_to_fill(workplace: Workplace, person: Person, slug: str, audit_id: int) -> Sheet:
    """The audit with the person's own answers, if they may change them. Raises NotAllowed, NotFound, AuditLocked."""
    membership = require(workplace, person, slug, Deed.ANSWER)
    with workplace.authority(slug) as file:
        return sheet_of_person(membership, file, answerable_audit(file, audit_id), person)


def planned(bank: Bank, details: AuditDetails, saved: Mapping[str, Revision], answers: Answers) -> Plan:
    """What the answers would do to the newest revisions by item or prompt id. Raises NotFound for a name not asked."""
    given = {**answers.items, **answers.prompts}
    order = [*(each.id for each in bank.opening), *bank.items, *(each.id for each in bank.supplementary)]
    if not given.keys() <= set(order):
        raise NotFound("There is no such item in this audit.")
    changes: list[Change] = []
    same: list[str] = []
    kept: list[str] = []
    for name in order:
        newest, said = saved.get(name), given.get(name, UNANSWERED)
        before = newest.response if newest else UNANSWERED
        change = Change(name, newest, _joined(before, said, details.target))
        if change.after != before:
            changes.append(change)
        elif before != UNANSWERED:
            (kept if _silent(said, details.target) else same).append(name)
    return Plan(tuple(changes), tuple(same), tuple(kept))


def import_answers(
    workplace: Workplace,
    person: Person,
    slug: str,
    audit_id: int,
    answers: Answers,
    seen: Mapping[str, int] | None = None,
) -> int:
    """Save the answers of a file as new revisions, in one transaction. Returns how many differed from before.

    ``seen`` holds the numbers of the revisions that the person saw, by item or prompt id, 0 or nothing for none; with
    None, nothing was shown. Raises StaleImport where an answer that would change has another number by now.
    """
    require(workplace, person, slug, Deed.ANSWER)
    with workplace.authority(slug) as file, write(file):
        details = answerable_audit(file, audit_id).details
        newest = revisions.all_newest(file, audit_id, person.id)
        changes = planned(load_bank(details.bank_id), details, newest, answers).changes
        _check_seen(changes, seen)
        for change in changes:
            links = change.newest.links if change.newest else ()
            place = Place(audit_id, person.id, change.name)
            append_revision(workplace, file, person, place, change.after, links, change.newest)
        note(workplace, file, person, "imported answers", audit_id, detail=f"{len(changes)} changed")
    return len(changes)


def _check_seen(changes: tuple[Change, ...], seen: Mapping[str, int] | None) -> None:
    if seen is None:
        return
    numbers = {change.name: change.newest.number if change.newest else 0 for change in changes}
    stale = tuple(name for name, number in numbers.items() if number != seen.get(name, 0))
    if stale:
        raise StaleImport(stale)


def _silent(given: Response, target: int | None) -> bool:
    """Whether a row of a file says nothing. A file has the audit's target on every row."""
    return given in (UNANSWERED, Response(target=target))


def _joined(before: Response, given: Response, target: int | None) -> Response:
    """The saved answer with what the file says; ``target`` is the level that the whole audit aims at, if it has one."""
    unrated = given.state is RatingState.UNANSWERED
    said = {
        each.name: getattr(given, each.name)
        for each in fields(Response)
        if each.name not in ("state", "level") and getattr(given, each.name) not in ("", None)
    }
    # The audit's target in a file does not become the item's own.
    if given.target == target and before.target is None:
        said.pop("target", None)
    # A reason why something does not apply says nothing about a rating.
    if before.state is RatingState.NOT_APPLICABLE and given.state not in (before.state, RatingState.UNANSWERED):
        said.setdefault("reason", "")
    rating = before if unrated else given
    return replace(before, state=rating.state, level=rating.level, **said)
