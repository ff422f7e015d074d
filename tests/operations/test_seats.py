"""Phones in a room: joining, keeping a seat, voting, and each vote that does not count."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from audit.core.audits import Audit, AuditState
from audit.core.people import Person, Role
from audit.core.responses import Confidence, RatingState
from audit.core.round_results import Vote
from audit.core.workshops import NAME_LIMIT, Seat, StepKind
from audit.operations import groups, room_doors, room_steps, seats
from audit.operations.errors import AuditLocked, JoinRefused, NotFound, VoteRefused
from audit.operations.people import known_person
from audit.operations.rooms import desk_of, run_room
from audit.operations.seats import Holder
from audit.operations.workplace import Workplace
from audit.store import audits, room_keys
from audit.store.connection import write
from tests.clock import Clock
from tests.rooms import Room
from tests.teams import SLUG, member

THREE = Vote(RatingState.RATED, 3)
PHONES = 25


def round_id(room: Room) -> int:
    voting = run_room(*room.place, room.id).voting
    assert voting is not None
    return voting.id


def voted(room: Room) -> int:
    return run_room(*room.place, room.id).voted


def cast(room: Room, holder: Holder, vote: Vote = THREE, where: int = 0) -> None:
    seats.cast_vote(room.place[0], room.code, holder, where or round_id(room), vote)


def join(room: Room, name: str = "", group: str = "", holder: Holder = Holder()) -> str:  # noqa: B008 - it is frozen
    return seats.join(room.place[0], room.code, holder, name, group)


def taken(room: Room) -> tuple[Seat, ...]:
    return desk_of(*room.place, room.id).seats


def send_out(room: Room, name: str) -> None:
    (seat,) = [each for each in taken(room) if each.name == name]
    room_doors.send_out(*room.place, room.id, seat.id)


# Joining


def test_a_phone_joins_with_a_name_and_group_or_with_neither(room: Room) -> None:
    join(room, "Eve", "South")
    join(room)
    assert [(seat.name, seat.group, seat.person_id) for seat in taken(room)[-2:]] == [
        ("Eve", "South", None),
        ("", "", None),
    ]


def test_a_phone_keeps_its_seat_however_often_it_joins(room: Room) -> None:
    before = taken(room)
    for _ in range(3):
        assert join(room, "Another name", "South", room.holders[0]) == ""
    assert taken(room) == before


def test_a_phone_that_has_a_seat_is_let_back_in_through_a_locked_door(room: Room) -> None:
    room_doors.lock(*room.place, room.id, locked=True)
    assert join(room, "", "", room.holders[0]) == ""
    with pytest.raises(JoinRefused, match="locked"):
        join(room, "Eve")
    room_doors.lock(*room.place, room.id, locked=False)
    assert join(room, "Eve")


def test_a_member_joins_as_herself_and_needs_no_token(room: Room, workplace: Workplace, lead: Person) -> None:
    ann = member(workplace, "Ann")
    groups.name_groups(workplace, lead, SLUG, {}, ["North"])
    (group,) = groups.groups_of(workplace, lead, SLUG).names
    groups.put_people(workplace, lead, SLUG, {ann.id: group})
    for _ in range(2):
        assert join(room, "Somebody else", "", Holder(person=ann)) == ""
    (seat,) = [each for each in taken(room) if each.person_id == ann.id]
    assert (seat.name, seat.group) == ("Ann Testperson", "North")


def test_who_is_signed_in_and_no_member_joins_as_a_phone(room: Room, stranger: Person) -> None:
    token = join(room, "A guest", "", Holder(person=stranger))
    assert token
    assert taken(room)[-1].person_id is None
    assert seats.seat_here(room.place[0], room.code, Holder((token,))) is not None
    assert seats.seat_here(room.place[0], room.code, Holder(person=stranger)) is None


def test_a_sign_in_that_reaches_another_authority_alone_has_no_seat_here(room: Room, lead: Person) -> None:
    narrow = Person(lead.id, lead.email, lead.name, reach="othershire")
    assert seats.seat_here(room.place[0], room.code, Holder(person=lead)) is not None
    assert seats.seat_here(room.place[0], room.code, Holder(person=narrow)) is None
    room.step(StepKind.OPEN_ITEM, "R1")
    with pytest.raises(JoinRefused):
        cast(room, Holder(person=narrow))


@pytest.mark.parametrize(
    ("name", "group"),
    [("x" * (NAME_LIMIT + 1), ""), ("x" * 10_000, ""), ("Eve", "East"), ("Eve", "north"), ("Eve", "<b>")],
)
def test_a_name_that_is_too_long_or_a_group_that_is_none_is_refused(room: Room, name: str, group: str) -> None:
    before = taken(room)
    with pytest.raises(ValueError, match="a name is short"):
        join(room, name, group)
    assert taken(room) == before


def test_markup_in_a_name_is_a_name(room: Room) -> None:
    join(room, "<script>alert(1)</script>")
    assert taken(room)[-1].name == "<script>alert(1)</script>"


@pytest.mark.parametrize("code", ["CDFGHJ", "", "'; DROP TABLE seats", "C" * 10_000])
def test_an_unknown_code_opens_nothing(room: Room, workplace: Workplace, code: str) -> None:
    assert code != room.code
    for deed in (
        lambda: seats.join(workplace, code, Holder(), "", ""),
        lambda: seats.refusal_to_join(workplace, code),
        lambda: seats.door_of(workplace, code),
        lambda: seats.seat_here(workplace, code, room.holders[0]),
        lambda: seats.cast_vote(workplace, code, room.holders[0], 1, THREE),
    ):
        with pytest.raises(NotFound, match="no workshop with this code"):
            deed()


def test_a_code_that_has_expired_lets_nobody_in_and_nobody_out(room: Room, clock: Clock) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    clock.move(hours=room_doors.CODE_HOURS, seconds=1)
    assert "expired" in seats.refusal_to_join(room.place[0], room.code)
    with pytest.raises(JoinRefused, match="expired"):
        join(room, "Eve")
    cast(room, room.holders[0])
    assert voted(room) == 1


def test_a_full_room_lets_nobody_in(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seats, "MOST_SEATS", 6)
    start = Barrier(5)

    def try_it(number: int) -> str:
        start.wait(30)
        try:
            return join(room, f"Person {number}") and "joined"
        except JoinRefused as fault:
            return str(fault)

    with ThreadPoolExecutor(5) as pool:
        assert sorted(pool.map(try_it, range(5))) == [*["This workshop is full."] * 4, "joined"]
    assert len(taken(room)) == 6


def test_when_the_workshop_is_over_nobody_joins(room: Room) -> None:
    room_steps.close_room(*room.place, room.id, room.seen)
    with pytest.raises(JoinRefused, match="over"):
        join(room, "Eve")
    here = seats.seat_here(room.place[0], room.code, room.holders[0])
    assert here is not None, "who was there still sees how it ended"


def test_when_the_audit_is_signed_off_nobody_joins_or_votes(room: Room, audit: Audit) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    with room.place[0].authority(SLUG) as file, write(file):
        audits.set_state(file, audit.id, AuditState.SIGNED_OFF)
    with pytest.raises(JoinRefused, match="signed off"):
        join(room, "Eve")
    with pytest.raises(AuditLocked):
        cast(room, room.holders[0])


# Voting


def test_twenty_five_phones_that_vote_at_once_lose_nothing(room: Room) -> None:
    phones = [Holder((join(room, f"Person {number}"),)) for number in range(PHONES)]
    room.step(StepKind.OPEN_ITEM, "R1")
    where, start = round_id(room), Barrier(PHONES)

    def vote(number: int) -> None:
        start.wait(60)
        cast(room, phones[number], Vote(RatingState.RATED, number % 5), where)

    with ThreadPoolExecutor(PHONES) as pool:
        list(pool.map(vote, range(PHONES)))
    assert voted(room) == PHONES
    room.step(StepKind.REVEAL, "R1")
    shown = run_room(*room.place, room.id).shown
    assert shown is not None
    assert dict(shown.levels) == dict.fromkeys(range(5), 5)


def test_votes_that_come_while_the_facilitator_reveals_count_or_are_refused(room: Room) -> None:
    phones = [Holder((join(room, f"Person {number}"),)) for number in range(12)]
    room.step(StepKind.OPEN_ITEM, "R1")
    where, seen, start = round_id(room), room.seen, Barrier(len(phones) + 1)

    def vote(number: int) -> bool:
        start.wait(60)
        try:
            cast(room, phones[number], Vote(RatingState.RATED, number % 5), where)
        except VoteRefused:
            return False
        return True

    def reveal() -> None:
        start.wait(60)
        room_steps.take_step(*room.place, room.id, StepKind.REVEAL, "R1", seen)

    with ThreadPoolExecutor(len(phones) + 1) as pool:
        revealed = pool.submit(reveal)
        accepted = sum(pool.map(vote, range(len(phones))))
        revealed.result()
    result = run_room(*room.place, room.id).result
    assert result is not None
    assert result.voted == accepted


def test_who_votes_twice_counts_once_and_as_she_chose_last(room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    ann = room.holders[0]
    cast(room, ann, Vote(RatingState.RATED, 0, Confidence.LOW))
    cast(room, ann, Vote(RatingState.DONT_KNOW))
    cast(room, ann, Vote(RatingState.RATED, 4))
    assert voted(room) == 1
    here = seats.seat_here(room.place[0], room.code, ann)
    assert here is not None
    assert here.vote == Vote(RatingState.RATED, 4)


def test_a_phone_sees_its_own_vote_and_no_other(room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    cast(room, room.holders[0])
    other = seats.seat_here(room.place[0], room.code, room.holders[1])
    assert other is not None
    assert (other.vote, other.state.result, other.state.voted) == (None, None, 1)


def test_a_vote_after_the_reveal_does_not_count(room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    where = round_id(room)
    room.vote([1, 2, 3])
    room.step(StepKind.REVEAL, "R1")
    before = run_room(*room.place, room.id).result
    for holder in (room.holders[0], room.holders[3]):
        with pytest.raises(VoteRefused, match="R1 were revealed before it came"):
            cast(room, holder, THREE, where)
    assert run_room(*room.place, room.id).result == before


def test_a_phone_that_slept_through_an_item_votes_for_none_of_the_next(room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    where = round_id(room)
    room.step(StepKind.SKIP, "R1")
    room.step(StepKind.OPEN_ITEM, "R2")
    with pytest.raises(VoteRefused, match="R1 is not open now"):
        cast(room, room.holders[0], THREE, where)
    assert voted(room) == 0
    cast(room, room.holders[0])
    assert voted(room) == 1


@pytest.mark.parametrize("where", [-1, 0, 999, 2**70])
def test_a_vote_for_a_round_that_never_was_does_not_count(room: Room, where: int) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    with pytest.raises(VoteRefused, match="not open any more"):
        seats.cast_vote(room.place[0], room.code, room.holders[0], where, THREE)
    assert voted(room) == 0


@pytest.mark.parametrize("level", [-1, 5, 9, 2**70])
def test_a_level_that_the_scale_does_not_have_is_refused(room: Room, level: int) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    with pytest.raises(ValueError, match="no such level"):
        cast(room, room.holders[0], Vote(RatingState.RATED, level))
    assert voted(room) == 0


def test_nobody_votes_without_a_seat_or_with_one_of_another_workshop(
    room: Room, workplace: Workplace, lead: Person, audit: Audit
) -> None:
    other = Room(workplace, lead, SLUG, audit.id, run_room(*room.place, room.id).workshop.plan)
    other.open(["Ann"])
    room.step(StepKind.OPEN_ITEM, "R1")
    for holder in (Holder(), Holder(("guessed",)), other.holders[0], Holder(person=known_person(workplace, "a@b.uk"))):
        with pytest.raises(JoinRefused, match="no seat"):
            cast(room, holder)
    assert voted(room) == 0


# Being sent out


def test_who_is_sent_out_counts_no_more_and_cannot_come_back_with_that_seat(room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote([0, 1, 2, 3])
    ann = room.holders[0]
    with room.place[0].registry() as registry:
        key = room_keys.keys_of(registry, SLUG, room.id)
    send_out(room, "Ann")
    assert voted(room) == 3
    with pytest.raises(JoinRefused):
        cast(room, ann)
    with pytest.raises(JoinRefused, match="taken your seat away"):
        join(room, "Ann again", "", ann)
    assert seats.seat_here(room.place[0], room.code, ann) is None
    assert seats.was_sent_out(room.place[0], room.code, ann)
    assert not seats.was_sent_out(room.place[0], room.code, room.holders[1])
    assert key is not None
    assert room.keys.live != key.live, "the screen of who was sent out reads nothing more"
    assert room.keys.screen == key.screen


def test_a_vote_of_who_was_sent_out_does_not_come_back_with_a_parked_item(room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote([0, 1, 2, 3])
    room.step(StepKind.PARK, "R1")
    send_out(room, "Ann")
    room_steps.undo(*room.place, room.id, room.seen)
    assert voted(room) == 3


def test_what_was_revealed_before_somebody_was_sent_out_stays(room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote([0, 1, 2, 3])
    room.step(StepKind.REVEAL, "R1")
    before = run_room(*room.place, room.id).result
    send_out(room, "Ann")
    assert run_room(*room.place, room.id).result == before


def test_a_seat_is_sent_out_once(room: Room) -> None:
    seat = taken(room)[0]
    room_doors.send_out(*room.place, room.id, seat.id)
    for seat_id in (seat.id, 999):
        with pytest.raises(NotFound, match="no such seat"):
            room_doors.send_out(*room.place, room.id, seat_id)


def test_viewers_and_contributors_vote_like_anybody(room: Room, workplace: Workplace) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    for name, role in (("Vic", Role.VIEWER), ("Con", Role.CONTRIBUTOR)):
        holder = Holder(person=member(workplace, name, role))
        join(room, "", "", holder)
        cast(room, holder)
    assert voted(room) == 2
