"""The records of workshops that are closed: for whoever runs workshops, and in short for the team's report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audit.core.audits import Audit
from audit.core.bank import Bank
from audit.core.bank_loader import load_bank
from audit.core.closed_workshops import ClosedWorkshop, WorkshopSummary, attendance_of, settlement_in
from audit.core.people import Authority, Person
from audit.core.permissions import Deed
from audit.core.rooms import Phase, Room, room_after
from audit.core.workshops import Workshop
from audit.operations.access import require
from audit.operations.audits import found_audit
from audit.operations.errors import NotYet
from audit.operations.feedback import said_of
from audit.operations.rooms import found_workshop
from audit.operations.together import TEAM, smallest_shown
from audit.operations.workplace import Workplace
from audit.store import revisions, seats, talks, votes, workshops
from audit.store.connection import File
from audit.store.revisions import Place

_NOT_CLOSED = "This workshop is not closed, so it has no record yet. Close it at its desk first."


@dataclass(frozen=True)
class Record:
    """A closed workshop with whose it is, and the audit and bank that it was about."""

    authority: Authority
    audit: Audit
    bank: Bank
    id: int
    workshop: ClosedWorkshop


def record_of(workplace: Workplace, person: Person, slug: str, workshop_id: int) -> Record:
    """All that is kept of a workshop. Raises NotFound, NotAllowed, and NotYet before it is closed."""
    authority = require(workplace, person, slug, Deed.SETTLE).authority
    said = said_of(workplace, person, slug, workshop_id)
    with workplace.authority(slug) as file:
        workshop = found_workshop(file, workshop_id)
        audit = found_audit(file, workshop.audit_id)
        kept = _closed(file, workshop, said)
    if kept is None:
        raise NotYet(_NOT_CLOSED)
    return Record(authority, audit, load_bank(audit.details.bank_id), workshop_id, kept)


def records_of(workplace: Workplace, person: Person, slug: str, audit_id: int) -> list[tuple[int, str]]:
    """The number and title of each closed workshop over an audit, oldest first. Raises NotFound and NotAllowed."""
    require(workplace, person, slug, Deed.SETTLE)
    with workplace.authority(slug) as file:
        found = _oldest_first(file, found_audit(file, audit_id).id)
        return [(each.id, each.plan.title) for each in found if _is_closed(file, each)]


def summaries_in(file: File, audit_id: int) -> tuple[WorkshopSummary, ...]:
    """The closed workshops over an audit in short, oldest first. For operations that read the team's answers."""
    found = [_closed(file, each) for each in _oldest_first(file, audit_id)]
    return tuple(each.summary for each in found if each)


def _oldest_first(file: File, audit_id: int) -> list[Workshop]:
    return sorted(workshops.all_of(file, audit_id), key=lambda each: each.id)


def _is_closed(file: File, workshop: Workshop) -> bool:
    return room_after(workshops.steps(file, workshop.id)).phase is Phase.CLOSED


def _closed(
    file: File, workshop: Workshop, said: Mapping[str, Mapping[str, int]] | None = None
) -> ClosedWorkshop | None:
    """What is kept of a workshop, or None before it is closed."""
    steps = tuple(workshops.steps(file, workshop.id))
    room = room_after(steps)
    if room.phase is not Phase.CLOSED:
        return None
    smallest = smallest_shown(file)
    written = {item_id: each.fields.get("notes", "") for item_id, each in talks.all_of(file, workshop.id).items()}
    return ClosedWorkshop(
        plan=workshop.plan,
        steps=steps,
        results=votes.results(file, workshop.id),
        attendance=attendance_of(seats.all_of(file, workshop.id), smallest),
        smallest=smallest,
        changed=_changed(file, workshop.audit_id, room),
        notes={item_id: text for item_id, text in written.items() if text},
        said=said or {},
    )


def _changed(file: File, audit_id: int, room: Room) -> frozenset[str]:
    """The items whose settled answer is another one now than the workshop settled."""
    settled = {item_id: settlement_in(step) for item_id, step in room.ends.items()}
    newest = {item_id: revisions.newest(file, Place(audit_id, TEAM, item_id)) for item_id in settled}
    return frozenset(
        item_id
        for item_id, each in settled.items()
        if each and ((now := newest[item_id]) is None or now.number != each.revision)
    )
