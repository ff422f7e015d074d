"""The steps of whoever runs a workshop. Each is one transaction, kept with its time, and can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from audit.core.decisions import decide
from audit.core.people import Membership, Person
from audit.core.permissions import Deed
from audit.core.responses import UNANSWERED, RatingState, Response
from audit.core.rooms import NotNow, Room, after
from audit.core.round_results import Cast, result_of
from audit.core.workshops import Settlement, Step, StepKind
from audit.operations.access import require
from audit.operations.answering import append_revision, restored
from audit.operations.audits import moderated_audit, note, unlocked_audit
from audit.operations.closing import close_in, who_answer
from audit.operations.errors import NotFound, RoomMoved
from audit.operations.room_doors import close_doors
from audit.operations.rooms import RoomState, state_in
from audit.operations.together import TEAM
from audit.operations.workplace import Workplace
from audit.store import keeping, piles, revisions, seats, votes, workshops
from audit.store.connection import File, write
from audit.store.revisions import Place

_PLAIN = (StepKind.OPEN_ITEM, StepKind.REVEAL, StepKind.VOTE_AGAIN, StepKind.PARK, StepKind.SKIP)


@dataclass(frozen=True)
class Taking:
    """A step that is being taken: by whom, on which room as it stands, inside a transaction."""

    workplace: Workplace
    file: File
    person: Person
    state: RoomState

    @property
    def audit_id(self) -> int:
        """The audit that the workshop is about."""
        return self.state.audit.id

    def take(
        self, kind: StepKind, item_id: str = "", detail: Mapping[str, Any] | None = None, *, noted: bool = False
    ) -> Room:
        """Keep the step; the room after it. Raises RoomMoved where it cannot come now.

        The trail gets a row, unless it is ``noted`` there already, by the revision that the step made.
        """
        now = self.workplace.now()
        try:
            after(self.state.room, Step(0, now, self.person.name, kind, item_id))
        except NotNow as fault:
            raise RoomMoved(str(fault)) from None
        step = workshops.add_step(self.file, self.state.workshop.id, now, self.person.name, kind, item_id, detail or {})
        if not noted:
            title = self.state.workshop.plan.title
            note(self.workplace, self.file, self.person, kind.value, self.audit_id, item_id or None, title)
        return after(self.state.room, step)


def open_room(workplace: Workplace, person: Person, slug: str, workshop_id: int, seen: int) -> None:
    """Let people join. Where they still answer alone, that is over now, because the team's answers get settled.

    Raises RoomMoved where it is open already, AuditLocked, NotFound and NotAllowed.
    """
    membership = require(workplace, person, slug, Deed.SETTLE)
    asked = who_answer(workplace, slug)
    with workplace.authority(slug) as file, write(file):
        taking = _taking(workplace, file, membership, person, workshop_id, seen)
        taking.take(StepKind.OPEN_ROOM)
        if taking.state.audit.state.takes_answers:
            close_in(workplace, file, person, taking.audit_id, asked)


def take_step(
    workplace: Workplace, person: Person, slug: str, workshop_id: int, kind: StepKind, item_id: str, seen: int
) -> None:
    """Open an item for a blind vote, reveal, vote again, park or skip.

    ``seen`` is the number of the last step that was seen. Raises RoomMoved where another came since, or where this one
    cannot come now; AuditLocked; NotFound for an item that is not on the agenda; NotAllowed.
    """
    membership = require(workplace, person, slug, Deed.SETTLE)
    if kind not in _PLAIN:
        raise ValueError(kind)
    with workplace.authority(slug) as file, write(file):
        taking = _taking(workplace, file, membership, person, workshop_id, seen)
        moderated_audit(file, taking.audit_id)
        if item_id not in taking.state.workshop.plan.item_ids:
            raise NotFound("There is no such item on the agenda.")
        room = taking.take(kind, item_id)
        if kind is StepKind.REVEAL:
            _keep_result(taking, room)


def settle(
    workplace: Workplace,
    person: Person,
    slug: str,
    workshop_id: int,
    item_id: str,
    response: Response,
    owner: str,
    seen: int,
    seen_revision: int,
) -> None:
    """Settle the item that is open, as the team's answer in the audit.

    ``owner`` is who takes it on, as given, or empty. ``seen_revision`` is the number of the settled revision that it
    was written over, 0 for none. Raises RoomMoved, also where the item was settled elsewhere in between; AuditLocked;
    NotFound; NotAllowed; and ValueError for an item without a rating or a reason.
    """
    membership = require(workplace, person, slug, Deed.SETTLE)
    if response.state is RatingState.UNANSWERED or not response.reason:
        raise ValueError("an item is settled at a level or state, with a reason")
    with workplace.authority(slug) as file, write(file):
        taking = _taking(workplace, file, membership, person, workshop_id, seen)
        moderated_audit(file, taking.audit_id)
        if item_id not in taking.state.workshop.plan.item_ids:
            raise NotFound("There is no such item on the agenda.")
        place = Place(taking.audit_id, TEAM, item_id)
        newest = revisions.newest(file, place)
        before = newest.number if newest else 0
        if before != seen_revision:
            raise RoomMoved(f"What is settled on {item_id} was changed on another page in between. Look at it again.")
        revision = append_revision(
            workplace, file, person, place, response, newest.links if newest else (), newest, StepKind.SETTLE.value
        )
        settled = _settlement(taking.state, response, owner, revision.number)
        taking.take(StepKind.SETTLE, item_id, {**asdict(settled), "before": before}, noted=revision.number != before)


def close_room(workplace: Workplace, person: Person, slug: str, workshop_id: int, seen: int) -> None:
    """Close the workshop, forget who chose what, and let nobody join any more.

    Raises RoomMoved, AuditLocked, NotFound and NotAllowed.
    """
    membership = require(workplace, person, slug, Deed.SETTLE)
    with workplace.authority(slug) as file:
        # Votes leave no trace in free pages of the file or in its log, which a backup would take along.
        keeping.overwrite_what_goes(file)
        with write(file):
            taking = _taking(workplace, file, membership, person, workshop_id, seen)
            taking.take(StepKind.CLOSE)
            votes.forget_all(file, workshop_id)
        keeping.empty_log(file)
    close_doors(workplace, slug, workshop_id)


def undo(workplace: Workplace, person: Person, slug: str, workshop_id: int, seen: int) -> None:
    """Take back the last step.

    A vote that was opened is thrown away with its votes; after a reveal a new blind vote begins; what was settled is
    taken back in the audit. Raises RoomMoved also where what was settled has been changed since.
    """
    membership = require(workplace, person, slug, Deed.SETTLE)
    with workplace.authority(slug) as file, write(file):
        taking = _taking(workplace, file, membership, person, workshop_id, seen)
        last, voting = taking.state.room.last, taking.state.room.round
        if last is None or not taking.state.room.can_undo:
            raise RoomMoved("There is no step to take back.")
        moderated_audit(file, taking.audit_id)
        noted = last.kind is StepKind.SETTLE and _unsettle(taking, last)
        if last.kind in (StepKind.OPEN_ITEM, StepKind.VOTE_AGAIN) and voting is not None:
            votes.forget_round(file, voting.id)
        taking.take(StepKind.UNDO, last.item_id, noted=noted)


def _taking(
    workplace: Workplace, file: File, membership: Membership, person: Person, workshop_id: int, seen: int
) -> Taking:
    """The room as it stands, if nobody took a step since ``seen``. Raises RoomMoved, AuditLocked and NotFound."""
    state = state_in(file, membership.authority, workshop_id)
    unlocked_audit(file, state.audit.id)
    if state.seen != seen:
        last = state.steps[-1] if state.steps else None
        done = f"{last.by} {last.kind.value} in between. " if last else ""
        raise RoomMoved(f"{done}Nothing was done. The desk shows where the workshop stands now.")
    return Taking(workplace, file, person, state)


def _keep_result(taking: Taking, room: Room) -> None:
    """Work out what the reveal shows, and keep that: from now on every screen reads it, and nothing else."""
    *earlier, newest = room.revealed(room.item_id)
    file, state = taking.file, taking.state
    groups = {seat.id: seat.group for seat in seats.all_of(file, state.workshop.id)}
    cast = Cast(
        votes=votes.of_round(file, newest.id),
        groups=groups,
        piles=tuple(each.pile for each in piles.of_round(file, newest.id) if each.confirmed_by),
        earlier=votes.of_round(file, earlier[-1].id) if earlier else {},
    )
    levels = state.bank.scale.numbers
    votes.keep_result(file, state.workshop.id, newest.id, result_of(cast, state.seats, levels, state.smallest))


def _settlement(state: RoomState, response: Response, owner: str, revision: int) -> Settlement:
    verdict = decide(state.workshop.plan.rule, state.shown)
    return Settlement(
        state=response.state.value,
        level=response.level,
        reason=response.reason,
        texts=response.texts,
        owner=owner,
        decided=verdict.why.name,
        decided_state=verdict.state.value,
        decided_level=verdict.level,
        revision=revision,
    )


def _unsettle(taking: Taking, step: Step) -> bool:
    """Make what was settled before the step the newest again; whether that took a new revision.

    Raises RoomMoved where somebody changed it since.
    """
    place = Place(taking.audit_id, TEAM, step.item_id)
    newest = revisions.newest(taking.file, place)
    before, made = step.detail["before"], step.detail["revision"]
    if newest is None or newest.number != made:
        raise RoomMoved("What was settled has been changed since. Change it where the team's answers are settled.")
    if made == before:
        return False
    workplace, file, person = taking.workplace, taking.file, taking.person
    if before:
        restored(workplace, file, person, place, before, StepKind.UNDO.value)
    else:
        append_revision(workplace, file, person, place, UNANSWERED, (), newest, StepKind.UNDO.value)
    return True
