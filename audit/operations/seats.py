"""Joining a workshop, and voting in it: what people do on their phones, most of them without an account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit.core.bank_loader import load_bank
from audit.core.people import Authority, Person
from audit.core.rooms import Phase, Room, room_after
from audit.core.round_results import Vote
from audit.core.workshops import NAME_LIMIT, Seat
from audit.operations.audits import unlocked_audit
from audit.operations.closing import groups_now
from audit.operations.errors import JoinRefused, NotFound, VoteRefused
from audit.operations.rooms import RoomState, found_workshop, room_state, state_in
from audit.operations.tokens import hash_of, new_token
from audit.operations.workplace import Workplace
from audit.store import authorities, people, room_keys, seats, talks, votes, workshops
from audit.store.connection import File, write
from audit.store.room_keys import JoinCode

# More people than any room holds: a script with the code must not fill the file.
MOST_SEATS = 500
_NO_CODE = "There is no workshop with this code. Check the code on the screen in the room."
_EXPIRED = "This code has expired. Ask whoever runs the workshop for the new one."


@dataclass(frozen=True)
class Holder:
    """Who asks: the tokens of seats that a device holds, and the person if somebody is signed in."""

    tokens: tuple[str, ...] = ()
    person: Person | None = None


@dataclass(frozen=True)
class SeatHere:
    """The room as one seat sees it.

    ``vote`` is what it chose in the round that is open. ``live_key`` opens what everybody in the room reads. ``said``
    is what the seat answered about the workshop, by question.
    """

    state: RoomState
    code: str
    seat: Seat
    vote: Vote | None
    live_key: str
    said: dict[str, str]


def door_of(workplace: Workplace, code: str) -> RoomState:
    """The room that a code belongs to, whether or not one can join now. Raises NotFound."""
    found = _found_code(workplace, code)
    return room_state(workplace, found.slug, found.workshop_id)


def refusal_to_join(workplace: Workplace, code: str) -> str:
    """Why nobody can join with this code now, in words, or an empty text. Raises NotFound for an unknown code."""
    found = _found_code(workplace, code)
    return _refusal(workplace, found, room_state(workplace, found.slug, found.workshop_id))


def join(workplace: Workplace, code: str, holder: Holder, name: str, group: str | None) -> str:
    """Take a seat; gives its token, or an empty text for a member, who needs none.

    A device or member that has a seat keeps it. ``name`` and ``group`` may be empty. A member is then in her own group,
    if the workshop has it; with None she is in none. Raises NotFound, JoinRefused where nobody can join now or her seat
    was taken away, and ValueError for a name that is too long or a group that the workshop does not have.
    """
    found = _found_code(workplace, code)
    authority = _authority(workplace, found)
    member = holder.person if holder.person and _is_member(workplace, holder.person, found.slug) else None
    with workplace.authority(found.slug) as file, write(file):
        has = _seat_in(file, found, holder)
        if has is not None:
            if has.removed_at is not None:
                raise JoinRefused("Whoever runs the workshop has taken your seat away. Speak to them.")
            return ""
        # Looked at under the lock: a room that is locked or filled in this very moment lets nobody else in.
        state = state_in(file, authority, found.workshop_id)
        refusal = _refusal(workplace, found, state)
        if refusal:
            raise JoinRefused(refusal)
        workshop = state.workshop
        if len(name) > NAME_LIMIT or (group and group not in workshop.plan.groups):
            raise ValueError("a name is short, and a group is one of the workshop's")
        token = "" if member else new_token()
        seats.add(
            file,
            workshop.id,
            member.name if member else name,
            "" if group is None else group or _own_group(file, workshop.plan.groups, member),
            workplace.now(),
            token_hash=hash_of(token) if token else "",
            person_id=member.id if member else 0,
        )
        workshops.touch(file, workshop.id)
    return token


def seat_here(workplace: Workplace, code: str, holder: Holder) -> SeatHere | None:
    """The room as the holder's seat sees it; None where the holder has none, or has it no longer. Raises NotFound."""
    found = _found_code(workplace, code)
    authority = _authority(workplace, found)
    with workplace.authority(found.slug) as file:
        seat = _seat_in(file, found, holder)
        if seat is None or seat.removed_at is not None:
            return None
        state = state_in(file, authority, found.workshop_id)
        vote = votes.of_seat(file, state.voting.id, seat.id) if state.voting else None
        said = talks.said_by(file, seat.id)
    with workplace.registry() as registry:
        keys = room_keys.keys_of(registry, found.slug, found.workshop_id)
    return SeatHere(state, code, seat, vote, keys.live if keys else "", said)


def was_sent_out(workplace: Workplace, code: str, holder: Holder) -> bool:
    """Whether the holder had a seat that was taken away. Raises NotFound."""
    found = _found_code(workplace, code)
    with workplace.authority(found.slug) as file:
        seat = _seat_in(file, found, holder)
    return seat is not None and seat.removed_at is not None


def cast_vote(workplace: Workplace, code: str, holder: Holder, round_id: int, vote: Vote) -> None:
    """Vote in a round that is open, in place of what the seat chose before.

    Raises VoteRefused where the round is over or another one is open; JoinRefused where the holder has no seat;
    NotFound; AuditLocked; and ValueError for a level that the scale does not have.
    """
    found = _found_code(workplace, code)
    with workplace.authority(found.slug) as file, write(file):
        seat = _seat_in(file, found, holder)
        if seat is None or seat.removed_at is not None:
            raise JoinRefused("You have no seat in this workshop. Join it to vote.")
        # Only what a vote hangs on: a whole room votes within a few seconds.
        audit = unlocked_audit(file, found_workshop(file, found.workshop_id).audit_id)
        _check_round(room_after(workshops.steps(file, found.workshop_id)), round_id)
        if vote.level is not None and vote.level not in load_bank(audit.details.bank_id).scale.numbers:
            raise ValueError("there is no such level")
        votes.cast(file, found.workshop_id, round_id, seat.id, vote)
        workshops.touch(file, found.workshop_id)


def _refusal(workplace: Workplace, code: JoinCode, state: RoomState) -> str:
    if state.room.phase is Phase.CLOSED:
        return "This workshop is over."
    if state.audit.state.locked:
        return "The audit is signed off, so this workshop is over."
    if code.expires_at <= workplace.now():
        return _EXPIRED
    if state.workshop.locked:
        return "The room is locked: nobody new can join. Ask whoever runs the workshop."
    return "This workshop is full." if state.seats >= MOST_SEATS else ""


def _check_round(room: Room, round_id: int) -> None:
    if room.voting is None or room.voting.id != round_id:
        raise VoteRefused(_too_late(room, round_id))


def _too_late(room: Room, round_id: int) -> str:
    """Why a vote does not count, in words."""
    known = {each.id: each for rounds in room.rounds.values() for each in rounds}
    known |= {each.id: each for each in room.set_aside}
    meant = known.get(round_id)
    if meant is None:
        return "Your vote was not counted: the vote that it was for is not open any more."
    if meant.revealed_at:
        return (
            f"Your vote was not counted: the votes on {meant.item_id} were revealed before it came. "
            "If you had voted before, that vote counts."
        )
    return f"Your vote was not counted: {meant.item_id} is not open now."


def _found_code(workplace: Workplace, code: str) -> JoinCode:
    with workplace.registry() as registry:
        found = room_keys.find_code(registry, code)
    if found is None:
        raise NotFound(_NO_CODE)
    return found


def _authority(workplace: Workplace, found: JoinCode) -> Authority:
    with workplace.registry() as registry:
        authority = authorities.find(registry, found.slug)
    if authority is None:
        raise NotFound(_NO_CODE)
    return authority


def _is_member(workplace: Workplace, person: Person, slug: str) -> bool:
    if not person.reaches(slug):
        return False
    with workplace.registry() as registry:
        return people.membership(registry, person.id, slug) is not None


def _seat_in(file: File, code: JoinCode, holder: Holder) -> Seat | None:
    """The seat of the person, if this sign-in reaches the authority, or else of the device."""
    if holder.person and holder.person.reaches(code.slug):
        seat = seats.of_person(file, code.workshop_id, holder.person)
        if seat is not None:
            return seat
    hashes: Sequence[str] = [hash_of(token) for token in holder.tokens]
    return seats.of_tokens(file, code.workshop_id, hashes) if hashes else None


def _own_group(file: File, offered: Sequence[str], member: Person | None) -> str:
    """The group that a member is in, where the workshop has it."""
    own = groups_now(file).get(member.id, "") if member else ""
    return own if own in offered else ""
