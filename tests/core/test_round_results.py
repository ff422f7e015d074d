"""What a reveal shows of a vote, and that nothing it shows tells who chose what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.core.agreement import Accord, Spread
from audit.core.moderation import WITHOUT_GROUP
from audit.core.responses import Confidence, RatingState
from audit.core.round_results import FEWEST_SHOWN, Cast, Moved, Pile, RoundResult, Vote, result_of

LEVELS = range(5)
UNSURE, OUT = Vote(RatingState.DONT_KNOW), Vote(RatingState.NOT_APPLICABLE)
GROUPS = ("North", "South", "Partners", "")


def at(level: int, confidence: Confidence | None = None) -> Vote:
    return Vote(RatingState.RATED, level, confidence)


def levels(*chosen: int) -> dict[int, Vote]:
    return {seat: at(level) for seat, level in enumerate(chosen, start=1)}


def result(cast: Cast, seats: int = 0, smallest: int = 5) -> RoundResult:
    return result_of(cast, seats, LEVELS, smallest)


sure = st.none() | st.sampled_from(Confidence)
any_vote = st.builds(at, st.integers(0, 4), sure) | st.sampled_from([UNSURE, OUT])
piles = st.lists(
    st.builds(
        Pile,
        st.sampled_from(GROUPS),
        st.fixed_dictionaries({level: st.integers(0, 3) for level in LEVELS}),
        st.integers(0, 2),
        st.integers(0, 2),
    ),
    max_size=3,
    unique_by=lambda pile: pile.group,
)
# Numbers of seats that no count and no level can be mistaken for.
seat_ids = st.integers(10_000, 10_030)


@st.composite
def casts(draw: st.DrawFn) -> Cast:
    votes = draw(st.dictionaries(seat_ids, any_vote, max_size=20))
    groups = draw(st.fixed_dictionaries({seat: st.sampled_from(GROUPS) for seat in votes}))
    earlier = draw(st.dictionaries(seat_ids, any_vote, max_size=20))
    return Cast(votes, groups, tuple(draw(piles)), earlier)


def whole(of: Spread) -> tuple[int, ...]:
    return (*of.levels.values(), of.not_applicable, of.dont_know)


def values(held: object) -> Iterator[object]:
    """All that a result holds, at any depth."""
    if isinstance(held, Mapping):
        for name, each in held.items():
            yield name
            yield from values(each)
    elif isinstance(held, list | tuple):
        for each in held:
            yield from values(each)
    else:
        yield held


@given(casts(), st.integers(0, 40), st.integers(3, 8))
def test_every_vote_and_ballot_is_counted_once(cast: Cast, seats: int, smallest: int) -> None:
    found = result(cast, seats, smallest)
    assert found.voted == len(cast.votes) + sum(pile.ballots for pile in cast.piles)
    assert found.ballots == found.voted - len(cast.votes)
    assert found.seats == max(seats, found.voted)
    few_phones = cast.piles and 0 < len(cast.votes) < FEWEST_SHOWN and found.ballots
    if found.voted >= FEWEST_SHOWN and not few_phones:
        assert found.spread is not None
        assert found.spread.answered == sum(found.confidence.values()) == found.voted
        for level in LEVELS:
            given_at = sum(vote.level == level for vote in cast.votes.values())
            assert found.spread.levels[level] == given_at + sum(pile.levels[level] for pile in cast.piles)


@given(casts(), st.integers(0, 40), st.integers(3, 8))
def test_below_three_nothing_is_shown(cast: Cast, seats: int, smallest: int) -> None:
    """Nor where one or two phones vote beside paper: whoever counted it could tell what they chose."""
    found = result(cast, seats, smallest)
    if found.voted < FEWEST_SHOWN or (found.ballots and 0 < len(cast.votes) < FEWEST_SHOWN):
        assert found == RoundResult(found.seats, found.voted, None, ballots=found.ballots)


@given(casts(), st.integers(3, 8))
def test_what_is_left_when_the_shown_groups_are_taken_off_is_never_a_small_group(cast: Cast, smallest: int) -> None:
    found = result(cast, 0, smallest)
    shown = [group.spread for group in found.groups if group.spread]
    assert all(spread.answered >= smallest for spread in shown)
    if shown:
        left = found.voted - sum(spread.answered for spread in shown)
        assert left == 0 or left >= smallest
        assert found.spread is not None
        for together, *parts in zip(whole(found.spread), *map(whole, shown), strict=True):
            assert sum(parts) <= together


@given(casts(), st.integers(3, 8))
def test_no_result_holds_a_seat(cast: Cast, smallest: int) -> None:
    seats = {*cast.votes, *cast.earlier}
    assert not seats & {each for each in values(asdict(result(cast, 0, smallest))) if isinstance(each, int)}


@given(casts())
def test_movement_counts_those_who_rated_in_both_rounds(cast: Cast) -> None:
    both = [
        seat
        for seat, vote in cast.votes.items()
        if vote.level is not None and seat in cast.earlier and cast.earlier[seat].level is not None
    ]
    moved = result(cast).moved
    alone = [len(cast.votes.keys() - cast.earlier.keys()), len(cast.earlier.keys() - cast.votes.keys())]
    if len(both) < FEWEST_SHOWN or {1, 2} & set(alone) or result(cast).spread is None:
        assert moved is None
    else:
        assert moved is not None
        assert moved.up + moved.down + moved.same == len(both)


def test_a_vote_by_hand() -> None:
    votes = {1: at(1, Confidence.HIGH), 2: at(1), 3: at(3, Confidence.LOW), 4: UNSURE, 5: OUT}
    found = result(Cast(votes), seats=7)
    assert found.spread == Spread({0: 0, 1: 2, 2: 0, 3: 1, 4: 0}, not_applicable=1, dont_know=1)
    assert (found.seats, found.voted, found.groups, found.moved) == (7, 5, (), None)
    assert found.confidence == {Confidence.HIGH: 1, Confidence.LOW: 1, None: 3}


def test_ballots_count_beside_votes() -> None:
    pile = Pile("", {0: 0, 1: 0, 2: 3, 3: 0, 4: 0}, dont_know=1, confidence={Confidence.HIGH: 2})
    found = result(Cast(levels(2, 4, 4), piles=(pile,)))
    assert found.spread == Spread({0: 0, 1: 0, 2: 4, 3: 0, 4: 2}, dont_know=1)
    assert found.confidence == {Confidence.HIGH: 2, None: 5}
    assert found.seats == 7, "ballots show that more people are in the room than have seats"


def test_how_people_moved() -> None:
    found = result(Cast(levels(2, 2, 2, 0), earlier={1: at(1), 2: at(3), 3: at(2), 4: UNSURE}))
    assert found.moved == Moved(up=1, down=1, same=1)
    assert result(Cast(levels(2, 2, 2), earlier={1: at(1), 2: at(3)})).moved is None


def test_a_latecomer_hides_how_the_others_moved() -> None:
    """All others stayed: whoever knows that takes them off, and sees what the latecomer chose."""
    before = {seat: at(2) for seat in range(1, 11)}
    assert result(Cast(levels(*[2] * 10), earlier=before)).moved == Moved(0, 0, 10)
    assert result(Cast(levels(*[2] * 11), earlier=before)).moved is None
    assert result(Cast(levels(*[2] * 9), earlier=before)).moved is None
    assert result(Cast(levels(*[2] * 13), earlier=before)).moved == Moved(0, 0, 10)


def test_groups_stand_by_name_and_small_ones_are_held_back_with_what_would_give_them_away() -> None:
    names = ["south"] * 5 + ["North"] * 6 + ["Team"] * 2 + [""] * 3
    votes, groups = levels(*[2] * len(names)), dict(enumerate(names, start=1))
    shown = {group.name: group.spread is not None for group in result(Cast(votes, groups)).groups}
    assert shown == {"North": True, "south": True, "Team": False, WITHOUT_GROUP: False}
    assert list(shown) == ["North", "south", "Team", WITHOUT_GROUP]
    votes.popitem()
    shown = {group.name: group.spread is not None for group in result(Cast(votes, groups)).groups}
    assert shown == {"North": True, "south": False, "Team": False, WITHOUT_GROUP: False}


@pytest.mark.parametrize(
    ("chosen", "accord"),
    [
        ([levels(2, 2, 2)], Accord.UNANIMOUS),
        ([levels(1, 1, 1, 1, 1, 1, 1, 1, 2, 2)], Accord.BROAD),
        ([levels(1, 1, 2, 3)], Accord.SOME),
        ([levels(0, 0, 0, 4, 4, 4)], Accord.CAMPS),
        ([levels(0, 1, 2, 3, 4)], Accord.WIDE),
        ([{1: UNSURE, 2: UNSURE, 3: at(1)}], Accord.UNKNOWN),
        ([{1: OUT, 2: OUT, 3: at(1)}], Accord.NOT_APPLICABLE),
        ([{1: OUT, 2: UNSURE, 3: at(1)}], Accord.TOO_FEW),
    ],
)
def test_the_words_for_a_vote(chosen: list[dict[int, Vote]], accord: Accord) -> None:
    (votes,) = chosen
    spread = result(Cast(votes)).spread
    assert spread is not None
    assert spread.accord is accord


@pytest.mark.parametrize(
    "given_as",
    [
        {"state": RatingState.RATED},
        {"state": RatingState.DONT_KNOW, "level": 2},
        {"state": RatingState.NOT_APPLICABLE, "level": 0},
        {"state": RatingState.UNANSWERED},
    ],
)
def test_a_vote_that_cannot_be_is_none(given_as: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a vote is a level"):
        Vote(**given_as)


def test_votes_are_counted_and_not_weighed() -> None:
    """The order in which seats voted changes nothing."""
    votes = levels(0, 3, 3, 4)
    turned = dict(reversed(votes.items()))
    assert result(Cast(votes)) == result(Cast(turned))
    assert Counter(vote.level for vote in votes.values())[3] == 2
