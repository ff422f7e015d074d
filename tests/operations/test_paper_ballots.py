"""Paper ballots: they count once two counts are the same, and only in the vote that is open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.core.responses import Confidence
from audit.core.round_results import Pile
from audit.core.workshops import StepKind
from audit.operations import paper_ballots, room_steps
from audit.operations.errors import RoomMoved
from audit.operations.rooms import run_room
from audit.operations.trail import whole_trail
from tests.rooms import Room

PILE = Pile("", {0: 0, 1: 2, 2: 3, 3: 0, 4: 0}, dont_know=1, confidence={Confidence.HIGH: 2})


def voting(room: Room) -> int:
    found = run_room(*room.place, room.id).voting
    assert found is not None
    return found.id


def first(room: Room, pile: Pile = PILE) -> None:
    paper_ballots.count_first(*room.place, room.id, voting(room), pile)


def again(room: Room, pile: Pile = PILE) -> tuple[Pile, ...]:
    return paper_ballots.count_again(*room.place, room.id, voting(room), pile)


def voted(room: Room) -> int:
    return run_room(*room.place, room.id).voted


@pytest.fixture
def open_vote(room: Room) -> Room:
    """The room with a vote open on R1, in which one phone has voted."""
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote([4])
    return room


def test_ballots_count_when_two_counts_are_the_same(open_vote: Room) -> None:
    first(open_vote)
    assert voted(open_vote) == 1
    assert again(open_vote) == ()
    assert voted(open_vote) == 7
    open_vote.step(StepKind.REVEAL, "R1")
    result = run_room(*open_vote.place, open_vote.id).result
    assert result is not None
    assert (result.spread, result.voted) == (None, 7), "one phone beside paper: whoever counted could tell its vote"
    last = [row for row in whole_trail(*open_vote.place).rows if row.did == "entered paper ballots"]
    assert [row.detail for row in last] == ["6 ballots, counted twice"]


def test_ballots_add_up_with_the_votes_of_enough_phones(open_vote: Room) -> None:
    open_vote.vote([1, 1, 1])
    first(open_vote)
    assert again(open_vote) == ()
    open_vote.step(StepKind.REVEAL, "R1")
    result = run_room(*open_vote.place, open_vote.id).result
    assert result is not None
    assert result.spread is not None
    assert (result.voted, result.ballots) == (9, 6)
    assert sum(result.spread.levels.values()) + result.spread.dont_know == 9


def test_a_second_count_that_differs_gives_the_first_and_counts_nothing(open_vote: Room) -> None:
    first(open_vote)
    assert again(open_vote, replace(PILE, dont_know=2)) == (PILE,)
    assert voted(open_vote) == 1
    open_vote.step(StepKind.REVEAL, "R1")
    result = run_room(*open_vote.place, open_vote.id).result
    assert result is not None
    assert result.voted == 1


def test_a_new_first_count_must_be_confirmed_anew(open_vote: Room) -> None:
    first(open_vote)
    again(open_vote)
    first(open_vote, replace(PILE, dont_know=2))
    assert voted(open_vote) == 1


def test_piles_of_groups_stand_beside_each_other(open_vote: Room) -> None:
    for group in ("North", "South"):
        pile = replace(PILE, group=group)
        first(open_vote, pile)
        assert again(open_vote, pile) == ()
    assert voted(open_vote) == 13
    assert [each.pile.group for each in paper_ballots.ballots_in(*open_vote.place, open_vote.id).piles] == [
        "North",
        "South",
    ]
    paper_ballots.throw_away(*open_vote.place, open_vote.id, voting(open_vote), "North")
    assert voted(open_vote) == 7


def test_a_second_count_without_a_first_is_refused(open_vote: Room) -> None:
    with pytest.raises(RoomMoved, match="no first count"):
        again(open_vote)


@pytest.mark.parametrize(
    "pile",
    [
        replace(PILE, levels={0: 1}),
        replace(PILE, levels={**PILE.levels, 9: 1}),
        replace(PILE, levels={**PILE.levels, 1: -2}),
        replace(PILE, dont_know=-1),
        replace(PILE, dont_know=10_000),
        replace(PILE, confidence={Confidence.HIGH: 7}),
        replace(PILE, confidence={Confidence.LOW: -1}),
        replace(PILE, group="East"),
        Pile("", dict.fromkeys(range(5), 0)),
    ],
    ids=["a level missing", "level 9", "-2", "-1", "too many", "too sure", "-1 sure", "no such group", "no ballot"],
)
def test_a_pile_that_cannot_be_is_refused(open_vote: Room, pile: Pile) -> None:
    with pytest.raises(ValueError, match=r"pile|group"):
        first(open_vote, pile)
    assert paper_ballots.ballots_in(*open_vote.place, open_vote.id).piles == ()


def test_ballots_of_a_vote_that_is_over_are_refused(open_vote: Room) -> None:
    where = voting(open_vote)
    first(open_vote)
    open_vote.step(StepKind.REVEAL, "R1")
    for count in (paper_ballots.count_first, paper_ballots.count_again):
        with pytest.raises(RoomMoved, match="not open"):
            count(*open_vote.place, open_vote.id, where, PILE)
    with pytest.raises(RoomMoved, match="not open"):
        paper_ballots.throw_away(*open_vote.place, open_vote.id, where, "")
    room_steps.undo(*open_vote.place, open_vote.id, open_vote.seen)
    assert paper_ballots.ballots_in(*open_vote.place, open_vote.id).piles == (), "a new vote begins with no ballots"
