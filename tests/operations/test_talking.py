"""What is typed at the desk: versions, two desks, and texts of any kind."""

from __future__ import annotations

import pytest

from audit.core.audits import Audit, AuditState
from audit.operations import talking
from audit.operations.errors import AuditLocked, NotFound, StaleTalk
from audit.store import audits
from audit.store.connection import write
from audit.store.talks import Talk
from tests.rooms import Room
from tests.teams import SLUG

WORDS = 'It isn\'t <b>so</b>.\nSecond line. "Ω" ' * 50


def keep(room: Room, text: str, seen: int, item_id: str = "R1") -> Talk:
    return talking.keep_talk(*room.place, room.id, item_id, {"notes": text}, seen)


def read(room: Room, item_id: str = "R1") -> str | None:
    talk = talking.talk_on(*room.place, room.id, item_id)
    return talk.fields["notes"] if talk else None


def test_what_is_typed_is_kept_as_it_is_for_each_item(room: Room) -> None:
    assert read(room) is None
    keep(room, WORDS, 0)
    keep(room, "Another", 0, "R2")
    assert (read(room), read(room, "R2")) == (WORDS, "Another")


def test_the_same_again_makes_no_new_version(room: Room) -> None:
    first = keep(room, WORDS, 0)
    assert keep(room, WORDS, 0) == first
    assert keep(room, "More", first.number).number == 2


def test_of_two_desks_the_second_is_told_and_loses_nothing(room: Room) -> None:
    keep(room, "From the first desk", 0)
    with pytest.raises(StaleTalk) as fault:
        keep(room, "From the second desk", 0)
    assert fault.value.current.fields == {"notes": "From the first desk"}
    assert read(room) == "From the first desk"
    keep(room, "From both desks", fault.value.current.number)
    assert read(room) == "From both desks"


def test_an_item_that_is_not_on_the_agenda_takes_no_notes(room: Room) -> None:
    with pytest.raises(NotFound, match="agenda"):
        keep(room, WORDS, 0, "R12")


def test_in_an_audit_that_is_signed_off_notes_stay_as_they_are(room: Room, audit: Audit) -> None:
    keep(room, "Before", 0)
    with room.place[0].authority(SLUG) as file, write(file):
        audits.set_state(file, audit.id, AuditState.SIGNED_OFF)
    with pytest.raises(AuditLocked):
        keep(room, "After", 1)
    assert read(room) == "Before"
