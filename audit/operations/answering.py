"""Answering: saves, history and drafts."""

from __future__ import annotations

from collections.abc import Mapping

from sqlite_utils import Database

from audit.core.audits import Draft, EvidenceLink, Revision
from audit.core.people import Person
from audit.core.permissions import Deed
from audit.core.responses import Response
from audit.operations.access import require
from audit.operations.audits import answerable_audit, found_audit, note
from audit.operations.errors import NotFound, StaleSave
from audit.operations.sheets import bank_with
from audit.operations.workplace import Workplace
from audit.store import assignments, drafts, revisions
from audit.store.connection import write
from audit.store.revisions import Place


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
    """Save an answer as a new revision; the same content again makes none, unless it comes to count for the team by it.

    ``seen`` is the number of the revision that the answer was written over, 0 for none. Raises StaleSave where a
    newer one exists, AuditLocked, NotFound.
    """
    require(workplace, person, slug, Deed.ANSWER)
    with workplace.authority(slug) as file, write(file):
        place = _place(file, person, audit_id, item_id)
        newest = revisions.newest(file, place)
        if newest is not None and newest.number != seen:
            raise StaleSave(newest)
        drafts.discard(file, place)
        alone = assignments.alone(file, audit_id).get(item_id)
        if newest and alone and alone.person_id == person.id and newest.saved_at < alone.since:
            return new_revision(workplace, file, person, place, response, links, newest, "answered")
        return append_revision(workplace, file, person, place, response, links, newest)


def append_revision(
    workplace: Workplace,
    file: Database,
    person: Person,
    place: Place,
    response: Response,
    links: tuple[EvidenceLink, ...],
    newest: Revision | None,
    did: str = "answered",
) -> Revision:
    """The answer as the revision after ``newest``, inside a transaction; the same content again makes none.

    ``did`` is what the trail says of it.
    """
    if newest is not None and (newest.response, newest.links) == (response, links):
        return newest
    return new_revision(workplace, file, person, place, response, links, newest, did)


def new_revision(
    workplace: Workplace,
    file: Database,
    person: Person,
    place: Place,
    response: Response,
    links: tuple[EvidenceLink, ...],
    newest: Revision | None,
    did: str,
) -> Revision:
    """The same, also where the content is that of ``newest``."""
    number = newest.number + 1 if newest else 1
    revision = Revision(number, place.item_id, response, links, person.name, workplace.now())
    revisions.append(file, place, revision)
    note(workplace, file, person, did, place.audit_id, place.item_id, f"revision {number}")
    return revision


def _place(file: Database, person: Person, audit_id: int, item_id: str) -> Place:
    """Where the answer lies, in an audit that may be changed."""
    bank_with(answerable_audit(file, audit_id), item_id)
    return Place(audit_id, person.id, item_id)


def history_of(workplace: Workplace, person: Person, slug: str, audit_id: int, item_id: str) -> list[Revision]:
    """The revisions of the person's answer, newest first."""
    require(workplace, person, slug, Deed.READ_QUESTIONS)
    with workplace.authority(slug) as file:
        found_audit(file, audit_id)
        return revisions.history(file, Place(audit_id, person.id, item_id))


def restore(workplace: Workplace, person: Person, slug: str, audit_id: int, item_id: str, number: int) -> Revision:
    """Make an earlier revision the newest again, as a new revision. Raises NotFound where there is none."""
    require(workplace, person, slug, Deed.ANSWER)
    with workplace.authority(slug) as file, write(file):
        place = _place(file, person, audit_id, item_id)
        return restored(workplace, file, person, place, number, "restored")


def restored(workplace: Workplace, file: Database, person: Person, place: Place, number: int, did: str) -> Revision:
    """An earlier revision as the newest, inside a transaction. Raises NotFound where there is none."""
    history = revisions.history(file, place)
    for earlier in history:
        if earlier.number == number:
            return append_revision(workplace, file, person, place, earlier.response, earlier.links, history[0], did)
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
    require(workplace, person, slug, Deed.ANSWER)
    with workplace.authority(slug) as file, write(file):
        place = _place(file, person, audit_id, item_id)
        drafts.keep(file, place, Draft(dict(fields), seen, workplace.now()))


def draft_for(workplace: Workplace, person: Person, slug: str, audit_id: int, item_id: str) -> Draft | None:
    """What the person typed and did not save, or None."""
    require(workplace, person, slug, Deed.ANSWER)
    with workplace.authority(slug) as file:
        return drafts.find(file, Place(audit_id, person.id, item_id))


def discard_draft(workplace: Workplace, person: Person, slug: str, audit_id: int, item_id: str) -> None:
    """Throw the draft away."""
    require(workplace, person, slug, Deed.ANSWER)
    with workplace.authority(slug) as file, write(file):
        drafts.discard(file, Place(audit_id, person.id, item_id))
