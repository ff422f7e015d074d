"""Answering: sheets, saves, history, drafts and imports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlite_utils import Database

from audit.core.audits import Audit, Draft, EvidenceLink, Revision, TrailEntry
from audit.core.bank import Bank
from audit.core.bank_loader import load_bank
from audit.core.people import Authority, Person
from audit.core.responses import UNANSWERED, Answers, Response
from audit.core.scorecard import Scorecard, score_answers
from audit.operations.access import ANSWER, READ, require
from audit.operations.audits import found_audit, note
from audit.operations.errors import AuditLocked, NotFound, StaleSave
from audit.operations.workplace import Workplace
from audit.store import drafts, revisions, trail
from audit.store.connection import write
from audit.store.revisions import Place


@dataclass(frozen=True)
class Sheet:
    """An audit with a person's answers. ``revisions`` holds the newest by item or prompt id."""

    authority: Authority
    audit: Audit
    bank: Bank
    revisions: Mapping[str, Revision]

    @property
    def answers(self) -> Answers:
        """The answers as they are scored: an item without a target of its own has the audit's."""
        target = self.audit.details.target
        responses = {name: revision.response for name, revision in self.revisions.items()}
        items = {
            item_id: replace(response, target=target) if response.target is None else response
            for item_id in self.bank.items
            if (response := responses.get(item_id, UNANSWERED)) is not UNANSWERED or target is not None
        }
        return Answers(items, {name: responses[name] for name in self.bank.prompts if name in responses})

    def scorecard(self, weighting: str | None = None) -> Scorecard:
        """The scorecard under a weighting of the bank, by default the audit's. KeyError for an unknown one."""
        return score_answers(self.bank, self.answers, self.bank.weighting(weighting or self.audit.details.weighting))


def sheet_for(workplace: Workplace, person: Person, slug: str, audit_id: int) -> Sheet:
    """The audit with the person's own answers."""
    membership = require(workplace, person, slug, READ)
    with workplace.authority(slug) as file:
        audit = found_audit(file, audit_id)
        newest = revisions.all_newest(file, audit_id, person.id)
    return Sheet(membership.authority, audit, load_bank(audit.details.bank_id), newest)


def sheet_of_one(workplace: Workplace, person: Person, slug: str, audit_id: int, name: str) -> Sheet:
    """The audit with the person's own answer to one item or prompt only. Raises NotFound where there is none."""
    membership = require(workplace, person, slug, READ)
    with workplace.authority(slug) as file:
        audit = found_audit(file, audit_id)
        bank = _bank_with(audit, name)
        newest = revisions.newest(file, Place(audit_id, person.id, name))
    return Sheet(membership.authority, audit, bank, {name: newest} if newest else {})


def save_response(
    workplace: Workplace,
    person: Person,
    slug: str,
    audit_id: int,
    item_id: str,
    response: Response,
    links: tuple[EvidenceLink, ...] = (),
    seen: int = 0,
) -> Revision:
    """Save an answer as a new revision; the same content again makes none.

    ``seen`` is the number of the revision that the answer was written over, 0 for none. Raises StaleSave where a
    newer one exists, AuditLocked, NotFound.
    """
    require(workplace, person, slug, ANSWER)
    with workplace.authority(slug) as file, write(file):
        place = _place(file, person, audit_id, item_id)
        newest = revisions.newest(file, place)
        if newest is not None and newest.number != seen:
            raise StaleSave(newest)
        drafts.discard(file, place)
        return _append(workplace, file, person, place, response, links, newest)


def _append(
    workplace: Workplace,
    file: Database,
    person: Person,
    place: Place,
    response: Response,
    links: tuple[EvidenceLink, ...],
    newest: Revision | None,
) -> Revision:
    if newest is not None and (newest.response, newest.links) == (response, links):
        return newest
    number = newest.number + 1 if newest else 1
    revision = Revision(number, place.item_id, response, links, person.name, workplace.now())
    revisions.append(file, place, revision)
    note(workplace, file, person, "answered", place.audit_id, place.item_id, f"revision {number}")
    return revision


def _place(file: Database, person: Person, audit_id: int, item_id: str) -> Place:
    """Where the answer lies, in an audit that may be changed."""
    audit = found_audit(file, audit_id)
    if audit.state.locked:
        raise AuditLocked("This audit is signed off. Its answers can no longer be changed.")
    _bank_with(audit, item_id)
    return Place(audit_id, person.id, item_id)


def _bank_with(audit: Audit, name: str) -> Bank:
    """The audit's bank, which has an item or prompt of this name."""
    bank = load_bank(audit.details.bank_id)
    if name not in bank.items and name not in bank.prompts:
        raise NotFound("There is no such item in this audit.")
    return bank


def history_of(workplace: Workplace, person: Person, slug: str, audit_id: int, item_id: str) -> list[Revision]:
    """The revisions of the person's answer, newest first."""
    require(workplace, person, slug, READ)
    with workplace.authority(slug) as file:
        found_audit(file, audit_id)
        return revisions.history(file, Place(audit_id, person.id, item_id))


def restore(workplace: Workplace, person: Person, slug: str, audit_id: int, item_id: str, number: int) -> Revision:
    """Make an earlier revision the newest again, as a new revision. Raises NotFound where there is none."""
    require(workplace, person, slug, ANSWER)
    with workplace.authority(slug) as file, write(file):
        place = _place(file, person, audit_id, item_id)
        history = revisions.history(file, place)
        for earlier in history:
            if earlier.number == number:
                return _append(workplace, file, person, place, earlier.response, earlier.links, history[0])
    raise NotFound("There is no such revision.")


def keep_draft(
    workplace: Workplace,
    person: Person,
    slug: str,
    audit_id: int,
    item_id: str,
    fields: Mapping[str, str],
    seen: int = 0,
) -> None:
    """Keep what the person has typed and not saved, in place of the draft before."""
    require(workplace, person, slug, ANSWER)
    with workplace.authority(slug) as file, write(file):
        place = _place(file, person, audit_id, item_id)
        drafts.keep(file, place, Draft(dict(fields), seen, workplace.now()))


def draft_for(workplace: Workplace, person: Person, slug: str, audit_id: int, item_id: str) -> Draft | None:
    """What the person typed and did not save, or None."""
    require(workplace, person, slug, ANSWER)
    with workplace.authority(slug) as file:
        return drafts.find(file, Place(audit_id, person.id, item_id))


def discard_draft(workplace: Workplace, person: Person, slug: str, audit_id: int, item_id: str) -> None:
    """Throw the draft away."""
    require(workplace, person, slug, ANSWER)
    with workplace.authority(slug) as file, write(file):
        drafts.discard(file, Place(audit_id, person.id, item_id))


def import_answers(workplace: Workplace, person: Person, slug: str, audit_id: int, answers: Answers) -> int:
    """Save all answers of a file as new revisions, in one transaction. Returns how many differed from before.

    An answer that the file leaves empty is left as it is. A target that is the audit's own is not the item's.
    """
    require(workplace, person, slug, ANSWER)
    changed = 0
    with workplace.authority(slug) as file, write(file):
        target = found_audit(file, audit_id).details.target
        for item_id, given in {**answers.items, **answers.prompts}.items():
            response = replace(given, target=None) if given.target == target else given
            place = _place(file, person, audit_id, item_id)
            newest = revisions.newest(file, place)
            if response == UNANSWERED or (newest and newest.response == response):
                continue
            _append(workplace, file, person, place, response, newest.links if newest else (), newest)
            changed += 1
        note(workplace, file, person, "imported answers", audit_id, detail=f"{changed} changed")
    return changed


def trail_of(workplace: Workplace, person: Person, slug: str) -> list[TrailEntry]:
    """The authority's trail, oldest first."""
    require(workplace, person, slug, READ)
    with workplace.authority(slug) as file:
        return trail.entries(file)
