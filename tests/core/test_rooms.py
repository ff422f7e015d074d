"""The room of a workshop: which steps can come, what taking back does, and that the steps alone say where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.core.rooms import NotNow, Phase, Room, Standing, after, room_after, times
from audit.core.workshops import Step, StepKind

BEGIN = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
ITEMS = ("R1", "R2", "R3")
OPEN_ROOM, OPEN, REVEAL, AGAIN = StepKind.OPEN_ROOM, StepKind.OPEN_ITEM, StepKind.REVEAL, StepKind.VOTE_AGAIN
SETTLE, PARK, SKIP, CLOSE, UNDO = StepKind.SETTLE, StepKind.PARK, StepKind.SKIP, StepKind.CLOSE, StepKind.UNDO
ENDS = {SETTLE: Standing.SETTLED, PARK: Standing.PARKED, SKIP: Standing.SKIPPED}
# Most random steps would be refused, so those of a usual round come more often.
kinds = st.sampled_from([*StepKind, OPEN, REVEAL, AGAIN, SETTLE, UNDO, UNDO])
tries = st.lists(st.tuples(kinds, st.sampled_from(ITEMS), st.integers(0, 600)), max_size=40)


def step(number: int, kind: StepKind, item: str = "", at: datetime = BEGIN) -> Step:
    return Step(number, at, "Lee", kind, item)


def steps(*taken: StepKind | tuple[StepKind, str]) -> list[Step]:
    """The steps, a minute apart and numbered from 1. An item that is open need not be named again."""
    found: list[Step] = []
    for number, each in enumerate(taken, start=1):
        room = room_after(found)
        kind, item = each if isinstance(each, tuple) else (each, room.item_id)
        found.append(step(number, kind, item, BEGIN + timedelta(minutes=number)))
    return found


def run(*taken: StepKind | tuple[StepKind, str]) -> Room:
    return room_after(steps(*taken))


def possible(wanted: Sequence[tuple[StepKind, str, int]]) -> list[Step]:
    """Those of the steps that can come, each after the one before, with the open item named where there is one."""
    found, room, now = [step(1, OPEN_ROOM)], run(OPEN_ROOM), BEGIN
    for number, (kind, item, seconds) in enumerate(wanted, start=2):
        now += timedelta(seconds=seconds)
        taken = step(number, kind, room.item_id or item, now)
        try:
            room = after(room, taken)
        except NotNow:
            continue
        found.append(taken)
    return found


def told(room: Room) -> Room:
    """What the room says, without what was set aside."""
    return Room(room.phase, room.item_id, room.opened_at, room.standings, room.rounds, room.ends, (), room.last)


# What any row of steps does


@given(tries)
def test_a_step_is_refused_in_words_or_gives_a_room(wanted: Sequence[tuple[StepKind, str, int]]) -> None:
    room, refused = Room(), list[str]()
    for number, (kind, item, _) in enumerate(wanted, start=1):
        try:
            room = after(room, step(number, kind, item))
        except NotNow as fault:
            refused.append(str(fault))
        else:
            assert (room.phase in (Phase.VOTING, Phase.REVEALED)) == bool(room.item_id)
            assert (room.phase is Phase.VOTING) == bool(room.round and room.item_id and not room.round.revealed_at)
    assert all(words.endswith(".") for words in refused)


@given(tries)
def test_the_room_is_the_same_however_it_is_worked_out(wanted: Sequence[tuple[StepKind, str, int]]) -> None:
    taken = possible(wanted)
    room = Room()
    for number, each in enumerate(taken, start=1):
        room = after(room, each)
        assert room == room_after(taken[:number])


@given(tries)
def test_taking_back_gives_the_room_before_unless_votes_were_seen(wanted: Sequence[tuple[StepKind, str, int]]) -> None:
    taken = [each for each in possible(wanted) if each.kind is not UNDO]
    room = Room()
    for each in taken:
        try:
            before, room = room, after(room, each)
        except NotNow:  # a step that could only come after one that was taken back
            break
        if each.kind not in (OPEN_ROOM, REVEAL):
            back = after(room, step(each.id + 1000, UNDO, each.item_id))
            assert told(back) == told(before)
            assert back.set_aside == before.set_aside


@given(tries)
def test_a_round_that_was_seen_is_never_blind_again_and_no_round_has_the_number_of_another(
    wanted: Sequence[tuple[StepKind, str, int]],
) -> None:
    room = Room()
    seen: set[int] = set()
    opened: dict[int, datetime] = {}
    for each in possible(wanted):
        room = after(room, each)
        if room.phase is Phase.VOTING and room.round:
            assert room.round.id not in seen
            assert opened.setdefault(room.round.id, room.round.opened_at) == room.round.opened_at
        if room.phase is Phase.REVEALED and room.round:
            seen.add(room.round.id)
        aside = [old.id for old in room.set_aside]
        assert len(aside) == len(set(aside))
        standing = {old.id for rounds in room.rounds.values() for old in rounds}
        assert not standing & set(aside)


@given(tries)
def test_the_rounds_that_stand_count_from_one(wanted: Sequence[tuple[StepKind, str, int]]) -> None:
    room = room_after(possible(wanted))
    for item, rounds in room.rounds.items():
        assert [each.number for each in rounds] == list(range(1, len(rounds) + 1))
        assert [each.item_id for each in rounds] == [item] * len(rounds)
        assert all(each.revealed_at for each in rounds[:-1])


@given(tries)
def test_the_times_of_the_items_add_up(wanted: Sequence[tuple[StepKind, str, int]]) -> None:
    taken = possible(wanted)
    spans = [
        (second.at - first.at).total_seconds()
        for number, (first, second) in enumerate(pairwise(taken), start=1)
        if room_after(taken[:number]).item_id
    ]
    found = times(taken)
    assert sum(found.values()) == sum(spans)
    assert all(seconds >= 0 for seconds in found.values())


# What each step does


def test_a_round_from_opening_to_settling() -> None:
    taken = steps(OPEN_ROOM, (OPEN, "R1"), REVEAL, AGAIN, REVEAL, SETTLE)
    phases = [room_after(taken[:count]).phase for count in range(len(taken) + 1)]
    planned, between, voting, revealed = Phase.PLANNED, Phase.BETWEEN, Phase.VOTING, Phase.REVEALED
    assert phases == [planned, between, voting, revealed, voting, revealed, between]
    room = room_after(taken)
    assert (room.standing("R1"), room.standing("R2")) == (Standing.SETTLED, Standing.WAITING)
    assert [(each.id, each.number) for each in room.revealed("R1")] == [(2, 1), (4, 2)]
    assert room.ends["R1"] == taken[-1]
    assert times(taken) == {"R1": 240.0}


@pytest.mark.parametrize("kind", [PARK, SKIP])
def test_what_was_parked_or_skipped_can_be_opened_again(kind: StepKind) -> None:
    room = run(OPEN_ROOM, (OPEN, "R1"), kind)
    assert room.standing("R1") is ENDS[kind]
    again = run(OPEN_ROOM, (OPEN, "R1"), kind, (OPEN, "R1"))
    assert again.standing("R1") is Standing.OPEN
    assert again.round is not None
    assert (again.round.id, again.round.number) == (4, 1), "a vote that nobody saw is no round"


def test_an_item_that_was_never_opened_can_be_skipped() -> None:
    assert run(OPEN_ROOM, (SKIP, "R2")).standing("R2") is Standing.SKIPPED


def test_an_item_that_is_settled_is_not_skipped_over() -> None:
    settled: list[StepKind | tuple[StepKind, str]] = [OPEN_ROOM, (OPEN, "R1"), REVEAL, SETTLE]
    with pytest.raises(NotNow, match="R1 is settled"):
        run(*settled, (SKIP, "R1"))
    assert run(*settled, (SKIP, "R2")).standing("R1") is Standing.SETTLED


@pytest.mark.parametrize("kind", [PARK, SKIP])
def test_what_was_settled_stays_so_when_its_item_is_looked_at_again_and_left(kind: StepKind) -> None:
    settled = steps(OPEN_ROOM, (OPEN, "R1"), REVEAL, SETTLE)
    room = run(OPEN_ROOM, (OPEN, "R1"), REVEAL, SETTLE, (OPEN, "R1"), kind)
    assert (room.phase, room.standing("R1"), room.ends["R1"]) == (Phase.BETWEEN, Standing.SETTLED, settled[-1])
    anew = run(OPEN_ROOM, (OPEN, "R1"), REVEAL, SETTLE, (OPEN, "R1"), REVEAL, SETTLE)
    assert anew.ends["R1"].id == 7


@pytest.mark.parametrize(
    ("taken", "kind", "item", "words"),
    [
        ([], OPEN, "R1", "The room is not open yet."),
        ([OPEN_ROOM], OPEN_ROOM, "", "The room is open already."),
        ([OPEN_ROOM], REVEAL, "R1", "There is no vote to reveal."),
        ([OPEN_ROOM], SETTLE, "R1", "Reveal the votes before you settle."),
        ([OPEN_ROOM, (OPEN, "R1")], OPEN, "R2", "Settle, park or skip the item that is open before you open another."),
        ([OPEN_ROOM, (OPEN, "R1")], SETTLE, "R1", "Reveal the votes before you settle."),
        ([OPEN_ROOM, (OPEN, "R1")], AGAIN, "R1", "Reveal this vote before you open another."),
        ([OPEN_ROOM, (OPEN, "R1")], REVEAL, "R2", "R1 is open now, not R2."),
        ([OPEN_ROOM, (OPEN, "R1")], CLOSE, "", "before you close the workshop."),
        ([OPEN_ROOM, (OPEN, "R1"), REVEAL], REVEAL, "R1", "There is no vote to reveal."),
        ([OPEN_ROOM, CLOSE], OPEN, "R1", "The workshop is closed."),
        ([], UNDO, "", "There is no step to take back."),
        ([OPEN_ROOM], UNDO, "", "There is no step to take back."),
    ],
)
def test_a_step_that_cannot_come_says_why(
    taken: list[StepKind | tuple[StepKind, str]], kind: StepKind, item: str, words: str
) -> None:
    with pytest.raises(NotNow) as fault:
        after(run(*taken), step(99, kind, item))
    assert words in str(fault.value)


# Taking back


def test_a_reveal_that_is_taken_back_opens_a_new_blind_vote() -> None:
    room = run(OPEN_ROOM, (OPEN, "R1"), REVEAL, UNDO)
    assert room.phase is Phase.VOTING
    assert room.round is not None
    assert (room.round.id, room.round.number, room.round.revealed_at) == (4, 1, None)
    (aside,) = room.set_aside
    assert (aside.id, aside.set_aside) == (2, True)
    assert aside.revealed_at is not None


def test_what_was_set_aside_stays_so_whatever_is_taken_back_after() -> None:
    room = run(OPEN_ROOM, (OPEN, "R1"), REVEAL, UNDO, REVEAL, UNDO, UNDO)
    assert room.phase is Phase.BETWEEN, "the opening of the item was taken back"
    assert [each.id for each in room.set_aside] == [2, 4]
    assert not room.can_undo


def test_a_parked_blind_vote_goes_on_when_parking_is_taken_back() -> None:
    room = run(OPEN_ROOM, (OPEN, "R1"), PARK, UNDO)
    assert (room.phase, room.round and room.round.id) == (Phase.VOTING, 2)


def test_closing_can_be_taken_back_and_opening_the_room_cannot() -> None:
    room = run(OPEN_ROOM, (OPEN, "R1"), PARK, CLOSE, UNDO)
    assert (room.phase, room.can_undo) == (Phase.BETWEEN, True)
    assert not run(OPEN_ROOM).can_undo
