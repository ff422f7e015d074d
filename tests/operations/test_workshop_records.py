"""A workshop that is closed has a record, and the team's sheet tells of it; one that runs has neither."""

from __future__ import annotations

import pytest

from audit.core.audits import Audit, AuditDetails
from audit.core.closed_workshops import Turnout
from audit.core.people import Authority, Person
from audit.core.responses import RatingState, Response
from audit.core.rooms import Standing
from audit.core.workshops import StepKind
from audit.operations import feedback, moderation, room_doors, room_steps, signing
from audit.operations.audits import open_audit
from audit.operations.closing import close_answering
from audit.operations.errors import NotFound, NotYet, StaleSignOff
from audit.operations.rooms import desk_of
from audit.operations.sheets import Sheet, own_sheet, sheet_to_read
from audit.operations.signing import Rendered, Seen
from audit.operations.workplace import Workplace
from audit.operations.workshop_records import Record, record_of, records_of
from tests.clock import Clock
from tests.rooms import Room

SLUG = "testshire"


@pytest.fixture
def settled(room: Room, clock: Clock) -> Room:
    """The room after R1 was settled at level 2."""
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote([1, 2, 2, 3])
    clock.move(minutes=7)
    room.step(StepKind.REVEAL, "R1")
    room.settle("R1", 2, "We looked at files.")
    return room


def close(room: Room) -> None:
    room_steps.close_room(*room.place, room.id, room.seen)


def record(room: Room) -> Record:
    return record_of(*room.place, room.id)


def team(room: Room) -> Sheet:
    workplace, lead, slug = room.place
    return sheet_to_read(workplace, lead, slug, 1)


def test_there_is_no_record_before_the_workshop_is_closed(settled: Room) -> None:
    with pytest.raises(NotYet, match="is not closed"):
        record(settled)
    assert records_of(*settled.place, 1) == []
    assert team(settled).workshops == ()


def test_a_workshop_of_another_number_has_no_record(settled: Room) -> None:
    with pytest.raises(NotFound):
        record_of(*settled.place, 99)


def test_the_record_holds_who_was_there_what_was_voted_and_what_was_settled(settled: Room) -> None:
    close(settled)
    found = record(settled).workshop
    assert found.attendance.people == 5
    assert found.attendance.names == ("Ann", "Ben", "Cy", "Dee", "Lee Lead")
    assert found.attendance.groups == {}
    assert found.order == ("R1", "R2", "R3")
    item = found.item("R1")
    (vote,) = item.votes
    assert vote.spread is not None
    assert vote.spread.levels == {0: 0, 1: 1, 2: 2, 3: 1, 4: 0}
    assert item.settlement is not None
    assert (item.settlement.level, item.standing, item.kept) == (2, Standing.SETTLED, True)
    assert found.notes == {"R1": "We looked at files."}
    assert found.item("R2").standing is Standing.WAITING
    assert records_of(*settled.place, 1) == [(settled.id, "The day")]


def test_who_was_sent_out_is_not_counted(settled: Room) -> None:
    seat = next(seat for seat in desk_of(*settled.place, settled.id).seats if seat.name == "Ben")
    room_doors.send_out(*settled.place, settled.id, seat.id)
    close(settled)
    assert "Ben" not in record(settled).workshop.attendance.names
    assert record(settled).workshop.turnout == Turnout(people=4, sent_out=1)


def test_what_was_changed_after_the_workshop_is_marked(
    settled: Room, workplace: Workplace, lead: Person, audit: Audit
) -> None:
    close(settled)
    newest = team(settled).revisions["R1"].number
    higher = Response(RatingState.RATED, 3, "We found more.")
    moderation.settle(workplace, lead, SLUG, audit.id, "R1", higher, (), newest)
    assert not record(settled).workshop.item("R1").kept
    (told,) = team(settled).workshops
    assert [item.kept for item in told.items] == [False, True, True]


def test_what_few_people_said_of_it_is_held_back(settled: Room, workplace: Workplace) -> None:
    close(settled)
    for holder, question in zip(settled.holders * 2, ["heard", "heard", "heard", "right"], strict=False):
        feedback.say(workplace, settled.code, holder, question, "yes")
    assert record(settled).workshop.said == {"heard": {"yes": 3}}


def test_the_teams_sheet_tells_of_it_and_a_persons_own_does_not(
    settled: Room, workplace: Workplace, lead: Person, audit: Audit
) -> None:
    close(settled)
    (told,) = team(settled).workshops
    assert (told.title, told.turnout.people, told.items[0].item_id) == ("The day", 5, "R1")
    assert own_sheet(workplace, lead, SLUG, audit.id).workshops == ()


def test_a_workshop_whose_closing_was_taken_back_has_no_record_until_it_is_closed_again(settled: Room) -> None:
    close(settled)
    room_steps.undo(*settled.place, settled.id, settled.seen)
    with pytest.raises(NotYet):
        record(settled)
    close(settled)
    assert [step.kind for step in record(settled).workshop.taken_back] == [StepKind.CLOSE]


def test_a_workshop_of_another_audit_is_not_told(settled: Room, authority: Authority, lead: Person) -> None:
    close(settled)
    workplace = settled.place[0]
    other = open_audit(workplace, lead, SLUG, AuditDetails("recommendations", "Spring 2027"))
    close_answering(workplace, lead, SLUG, other.id)
    assert sheet_to_read(workplace, lead, SLUG, other.id).workshops == ()
    assert records_of(workplace, lead, SLUG, other.id) == []


def test_a_workshop_closed_while_somebody_reads_what_to_sign_makes_the_sign_off_stale(
    settled: Room, workplace: Workplace, lead: Person, audit: Audit
) -> None:
    close(settled)
    ready = signing.to_sign(workplace, lead, SLUG, audit.id)
    seen = Seen(ready.rows, repr(ready.sheet.workshops))

    def render(sheet: Sheet, _: object) -> Rendered:
        if seen.tells == repr(sheet.workshops):
            # In between, somebody takes the closing back and closes again, with an item skipped.
            room_steps.undo(*settled.place, settled.id, settled.seen)
            settled.step(StepKind.SKIP, "R2")
            close(settled)
        return Rendered(b"page", b"pdf", repr(sheet.workshops))

    with pytest.raises(StaleSignOff):
        signing.sign_off(workplace, lead, SLUG, audit.id, "We agree.", seen, render)
    assert signing.signed_versions(workplace, lead, SLUG, audit.id).kept == ()
