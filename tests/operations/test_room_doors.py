"""The doors of a room: join codes, locking, and what stays of them when a workshop is over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit.core.audits import AuditDetails
from audit.core.join_codes import ALPHABET, LENGTH
from audit.core.people import Person
from audit.core.workshops import StepKind
from audit.operations import closing, live, retention, room_doors, room_steps, seats
from audit.operations.audits import open_audit
from audit.operations.authorities import create_authority
from audit.operations.errors import JoinRefused, NotFound, RoomMoved
from audit.operations.rooms import desk_of, run_room
from audit.operations.seats import Holder
from audit.operations.trail import whole_trail
from audit.operations.workplace import Workplace
from tests.clock import Clock
from tests.rooms import Room
from tests.teams import SLUG


def close(room: Room) -> None:
    room_steps.close_room(*room.place, room.id, room.seen)


def test_a_room_that_is_not_open_has_no_code(planned: Room) -> None:
    desk = desk_of(*planned.place, planned.id)
    assert (desk.code, desk.keys, desk.expired) == (None, None, False)
    with pytest.raises(RoomMoved, match="not open"):
        room_doors.new_code(*planned.place, planned.id)


def test_a_new_code_shuts_the_one_before_and_leaves_the_seats(room: Room, workplace: Workplace) -> None:
    first = room.code
    second = room_doors.new_code(*room.place, room.id).code
    assert second != first
    assert (len(second), set(second) <= set(ALPHABET)) == (LENGTH, True)
    with pytest.raises(JoinRefused, match="expired"):
        seats.join(workplace, first, Holder(), "Eve", "")
    assert seats.join(workplace, second, Holder(), "Eve", "")
    for code in (first, second):
        assert seats.seat_here(workplace, code, room.holders[0]) is not None


def test_a_code_lasts_for_twelve_hours(room: Room, clock: Clock) -> None:
    code = desk_of(*room.place, room.id).code
    assert code is not None
    assert code.expires_at - clock.at == timedelta(hours=12)
    clock.move(hours=12)
    assert desk_of(*room.place, room.id).expired


def test_closing_a_workshop_shuts_its_doors(room: Room) -> None:
    close(room)
    assert desk_of(*room.place, room.id).expired
    with pytest.raises(RoomMoved, match="not open"):
        room_doors.new_code(*room.place, room.id)
    state = run_room(*room.place, room.id)
    assert live.code_of_room(room.place[0], state) == ""


def test_a_room_that_was_closed_too_early_is_opened_with_a_new_code(room: Room, workplace: Workplace) -> None:
    close(room)
    room_steps.undo(*room.place, room.id, room.seen)
    code = room_doors.new_code(*room.place, room.id).code
    assert seats.join(workplace, code, Holder(), "Eve", "")
    assert seats.seat_here(workplace, code, room.holders[0]) is not None


def test_a_locked_room_shows_no_code(room: Room, workplace: Workplace) -> None:
    assert live.code_of_room(workplace, run_room(*room.place, room.id)) == room.code
    room_doors.lock(*room.place, room.id, locked=True)
    assert live.code_of_room(workplace, run_room(*room.place, room.id)) == ""


def test_the_trail_says_what_was_done_at_the_doors(room: Room) -> None:
    room_doors.lock(*room.place, room.id, locked=True)
    seat = desk_of(*room.place, room.id).seats[0]
    room_doors.send_out(*room.place, room.id, seat.id)
    rows = [(row.did, row.detail) for row in whole_trail(*room.place).rows[-2:]]
    assert rows == [
        ("locked the room of a workshop", "The day"),
        ("sent somebody out of a workshop", f"Seat {seat.id}"),
    ]


def test_who_was_sent_out_is_let_in_without_the_vote_of_before(room: Room, workplace: Workplace) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote([0, 1, 2, 3])
    seat = desk_of(*room.place, room.id).seats[0]
    room_doors.send_out(*room.place, room.id, seat.id)
    before = run_room(*room.place, room.id)
    room_doors.let_in(*room.place, room.id, seat.id)
    after = run_room(*room.place, room.id)
    assert (after.seats, after.voted) == (before.seats + 1, before.voted)
    assert after.workshop.version > before.workshop.version, "screens count the seat again"
    here = seats.seat_here(workplace, room.code, room.holders[0])
    assert here is not None
    assert (here.seat.name, here.vote, here.live_key) == (seat.name, None, room.keys.live)
    room.vote([4])
    assert run_room(*room.place, room.id).voted == before.voted + 1
    row = whole_trail(*room.place).rows[-1]
    assert (row.did, row.detail) == ("let somebody back into a workshop", f"Seat {seat.id}")


def test_only_a_seat_that_was_taken_away_is_given_back(room: Room) -> None:
    seat = desk_of(*room.place, room.id).seats[0]
    for seat_id in (seat.id, 999):
        with pytest.raises(NotFound, match="no such seat"):
            room_doors.let_in(*room.place, room.id, seat_id)


def test_nobody_is_let_into_a_closed_workshop(room: Room) -> None:
    seat = desk_of(*room.place, room.id).seats[0]
    room_doors.send_out(*room.place, room.id, seat.id)
    close(room)
    with pytest.raises(RoomMoved, match="closed"):
        room_doors.let_in(*room.place, room.id, seat.id)
    assert desk_of(*room.place, room.id).seats[0].removed_at is not None


def test_the_key_of_one_room_opens_no_other(room: Room, workplace: Workplace, lead: Person) -> None:
    create_authority(workplace, lead, "Othershire")
    audit_id = open_audit(workplace, lead, "othershire", AuditDetails("recommendations", "Autumn 2026")).id
    closing.close_answering(workplace, lead, "othershire", audit_id)
    other = Room(workplace, lead, "othershire", audit_id, run_room(*room.place, room.id).workshop.plan)
    other.open(["Olaf"])
    assert other.id == room.id
    assert live.version_at(workplace, room.keys.live)[0] == (SLUG, room.id)
    assert live.version_at(workplace, other.keys.live)[0] == ("othershire", other.id)
    assert live.screen_at(workplace, other.keys.screen)[0].authority.slug == "othershire"
    assert seats.seat_here(workplace, other.code, room.holders[0]) is None
    for key in ("", "guessed", room.keys.screen, room.code):
        with pytest.raises(NotFound):
            live.state_at(workplace, key)
    with pytest.raises(NotFound):
        live.screen_at(workplace, room.keys.live)


def test_codes_and_keys_go_a_week_after_the_last_code_has_expired(
    room: Room, workplace: Workplace, clock: Clock
) -> None:
    first, keys = room.code, room.keys
    clock.move(days=6)
    room.code = room_doors.new_code(*room.place, room.id).code
    clock.move(days=7)

    def dropped() -> tuple[int, int]:
        gone = retention.clear(workplace, dry=False).expired
        return gone["workshop_codes"], gone["live_rooms"]

    assert dropped() == (0, 0), "a phone that came in with the first code is still at home"
    assert seats.seat_here(workplace, first, room.holders[0]) is not None
    clock.move(hours=12, seconds=1)
    assert dropped() == (2, 1)
    with pytest.raises(NotFound):
        seats.seat_here(workplace, first, room.holders[0])
    with pytest.raises(NotFound):
        live.state_at(workplace, keys.live)
    assert desk_of(*room.place, room.id).keys is None
    assert dropped() == (0, 0)
