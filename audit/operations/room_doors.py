"""The doors of a room: its join code, the keys of its screens, locking it, sending somebody out and letting them in."""

from __future__ import annotations

import secrets
from datetime import timedelta

from audit.core.join_codes import ALPHABET, LENGTH
from audit.core.people import Person
from audit.core.permissions import Deed
from audit.core.rooms import Phase, room_after
from audit.core.workshops import Workshop
from audit.operations.access import require
from audit.operations.audits import note
from audit.operations.errors import NotFound, RoomMoved
from audit.operations.rooms import found_workshop, room_state
from audit.operations.tokens import new_token
from audit.operations.workplace import Workplace
from audit.store import room_keys, seats, votes, workshops
from audit.store.connection import File, write
from audit.store.room_keys import JoinCode, ScreenKeys

CODE_HOURS = 12
_TRIES = 20


def new_code(workplace: Workplace, person: Person, slug: str, workshop_id: int) -> JoinCode:
    """A new join code for a room that is open; the one before lets nobody in any more.

    Raises RoomMoved where the room is not open, NotFound and NotAllowed.
    """
    require(workplace, person, slug, Deed.SETTLE)
    state = room_state(workplace, slug, workshop_id)
    if state.room.phase in {Phase.PLANNED, Phase.CLOSED}:
        raise RoomMoved("The room is not open, so nobody can join.")
    found = _put_code(workplace, slug, workshop_id)
    with workplace.authority(slug) as file, write(file):
        # Screens show the new code from now on.
        workshops.touch(file, workshop_id)
        note(
            workplace, file, person, "made a join code for a workshop", state.audit.id, detail=state.workshop.plan.title
        )
    return found


def _put_code(workplace: Workplace, slug: str, workshop_id: int) -> JoinCode:
    now = workplace.now()
    with workplace.registry() as registry, write(registry):
        room_keys.expire_codes(registry, slug, workshop_id, now)
        if room_keys.keys_of(registry, slug, workshop_id) is None:
            room_keys.put_keys(registry, slug, workshop_id, ScreenKeys(new_token(), new_token()))
        for _ in range(_TRIES):
            code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
            found = JoinCode(code, slug, workshop_id, now + timedelta(hours=CODE_HOURS))
            if room_keys.find_code(registry, code) is None:
                room_keys.add_code(registry, found)
                return found
    raise RuntimeError("no join code is free")


def close_doors(workplace: Workplace, slug: str, workshop_id: int) -> None:
    """Let nobody join any more. For a workshop that was closed."""
    with workplace.registry() as registry, write(registry):
        room_keys.expire_codes(registry, slug, workshop_id, workplace.now())


def lock(workplace: Workplace, person: Person, slug: str, workshop_id: int, *, locked: bool) -> None:
    """Let nobody new in, or let people in again. Raises NotFound and NotAllowed."""
    require(workplace, person, slug, Deed.SETTLE)
    with workplace.authority(slug) as file, write(file):
        workshop = found_workshop(file, workshop_id)
        workshops.set_locked(file, workshop_id, locked=locked)
        did = "locked the room of a workshop" if locked else "unlocked the room of a workshop"
        note(workplace, file, person, did, workshop.audit_id, detail=workshop.plan.title)


def send_out(workplace: Workplace, person: Person, slug: str, workshop_id: int, seat_id: int) -> None:
    """Take a seat away: what it chose in a vote that is still blind is forgotten, and its screen reads nothing more.

    Raises NotFound where there is no such seat any more, RoomMoved once the workshop is closed, and NotAllowed.
    """
    require(workplace, person, slug, Deed.SETTLE)
    # First, so that nobody who is out can go on reading where the second half fails. Those who stay get the new key.
    _renew_live_key(workplace, slug, workshop_id)
    with workplace.authority(slug) as file, write(file):
        workshop = _not_closed(file, workshop_id)
        if not seats.remove(file, workshop_id, seat_id, workplace.now()):
            raise NotFound("There is no such seat any more.")
        votes.forget_seat(file, seat_id)
        workshops.touch(file, workshop_id)
        note(workplace, file, person, "sent somebody out of a workshop", workshop.audit_id, detail=f"Seat {seat_id}")


def let_in(workplace: Workplace, person: Person, slug: str, workshop_id: int, seat_id: int) -> None:
    """Give a seat back to somebody who was sent out. What it chose in a blind vote stays forgotten.

    Raises NotFound where no such seat was taken away, RoomMoved once the workshop is closed, and NotAllowed.
    """
    require(workplace, person, slug, Deed.SETTLE)
    with workplace.authority(slug) as file, write(file):
        workshop = _not_closed(file, workshop_id)
        if not seats.put_back(file, workshop_id, seat_id):
            raise NotFound("There is no such seat that was taken away.")
        workshops.touch(file, workshop_id)
        did = "let somebody back into a workshop"
        note(workplace, file, person, did, workshop.audit_id, detail=f"Seat {seat_id}")


def _not_closed(file: File, workshop_id: int) -> Workshop:
    workshop = found_workshop(file, workshop_id)
    if room_after(workshops.steps(file, workshop_id)).phase is Phase.CLOSED:
        raise RoomMoved("The workshop is closed. Its record keeps who was there.")
    return workshop


def _renew_live_key(workplace: Workplace, slug: str, workshop_id: int) -> None:
    with workplace.registry() as registry, write(registry):
        keys = room_keys.keys_of(registry, slug, workshop_id)
        if keys:
            room_keys.put_keys(registry, slug, workshop_id, ScreenKeys(new_token(), keys.screen))
