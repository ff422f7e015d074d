"""The result of a blind vote: what a room may see of it, and nothing that says who chose what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from audit.core.agreement import Spread
from audit.core.disclosure import LOWEST_THRESHOLD, shown_groups
from audit.core.moderation import WITHOUT_GROUP, GroupSpread
from audit.core.responses import Confidence, RatingState

# A vote of fewer people is shown to nobody: each of two would know what the other chose.
FEWEST_SHOWN = LOWEST_THRESHOLD


@dataclass(frozen=True)
class Vote:
    """What one seat chose in a round. ValueError if a level stands without the state ``rated``, or for no choice."""

    state: RatingState
    level: int | None = None
    confidence: Confidence | None = None

    def __post_init__(self) -> None:
        if self.state is RatingState.UNANSWERED or (self.state is RatingState.RATED) != (self.level is not None):
            raise ValueError("a vote is a level, or says why it is none")


@dataclass(frozen=True)
class Pile:
    """Paper ballots of one round, counted twice with the same result; ``group`` is empty for a pile of all groups.

    ``levels`` and ``confidence`` count the ballots by level number and by confidence. A ballot can leave the
    confidence out.
    """

    group: str
    levels: Mapping[int, int]
    not_applicable: int = 0
    dont_know: int = 0
    confidence: Mapping[Confidence, int] = field(default_factory=dict)

    @property
    def ballots(self) -> int:
        """How many ballots there are."""
        return sum(self.levels.values()) + self.not_applicable + self.dont_know


@dataclass(frozen=True)
class Moved:
    """How people who rated a level in this round and in the one before moved: how many up, down and not at all."""

    up: int
    down: int
    same: int


@dataclass(frozen=True)
class RoundResult:
    """What a reveal shows.

    ``seats`` counts who was in the room, ``voted`` the votes. ``spread`` is None where too few voted for it to be
    shown, or too few by phone beside paper ballots; then there is nothing else either. ``groups`` is empty where nobody
    named a group; each has a spread only where it may be shown. ``confidence`` counts how sure people were, None for
    those who did not say. ``moved`` is None for a first round, and where too few voted in both rounds or in one of them
    alone. ``ballots`` counts the votes that were cast on paper.
    """

    seats: int
    voted: int
    spread: Spread | None
    groups: tuple[GroupSpread, ...] = ()
    confidence: Mapping[Confidence | None, int] = field(default_factory=dict)
    moved: Moved | None = None
    ballots: int = 0


@dataclass(frozen=True)
class Cast:
    """All that was cast in a round: votes by seat id, the group of each seat, and piles of paper ballots.

    ``earlier`` holds the votes of the round before by seat id; it is empty for a first round.
    """

    votes: Mapping[int, Vote]
    groups: Mapping[int, str] = field(default_factory=dict)
    piles: tuple[Pile, ...] = ()
    earlier: Mapping[int, Vote] = field(default_factory=dict)

    @property
    def voted(self) -> int:
        """How many votes and ballots there are."""
        return len(self.votes) + self.ballots

    @property
    def ballots(self) -> int:
        """How many of them are on paper."""
        return sum(pile.ballots for pile in self.piles)


def result_of(cast: Cast, seats: int, levels: Sequence[int], smallest_group: int) -> RoundResult:
    """What may be shown of a round over the level numbers of a scale. Groups below ``smallest_group`` are held back."""
    seats = max(seats, cast.voted)
    # Beside paper ballots, whoever counted them could tell what one or two phones chose.
    if cast.voted < FEWEST_SHOWN or (cast.ballots and 0 < len(cast.votes) < FEWEST_SHOWN):
        return RoundResult(seats, cast.voted, None, ballots=cast.ballots)
    confidence: Counter[Confidence | None] = Counter(vote.confidence for vote in cast.votes.values())
    for pile in cast.piles:
        confidence.update(pile.confidence)
        confidence[None] += pile.ballots - sum(pile.confidence.values())
    return RoundResult(
        seats=seats,
        voted=cast.voted,
        spread=_spread(cast.votes.values(), cast.piles, levels),
        groups=_groups(cast, levels, smallest_group),
        confidence={each: confidence[each] for each in (*Confidence, None) if confidence[each]},
        moved=_moved(cast),
        ballots=cast.ballots,
    )


def _spread(votes: Iterable[Vote], piles: Iterable[Pile], levels: Sequence[int]) -> Spread:
    given, counted = list(votes), list(piles)
    states = Counter(vote.state for vote in given)
    chosen = Counter(vote.level for vote in given)
    return Spread(
        levels={level: chosen[level] + sum(pile.levels.get(level, 0) for pile in counted) for level in levels},
        not_applicable=states[RatingState.NOT_APPLICABLE] + sum(pile.not_applicable for pile in counted),
        dont_know=states[RatingState.DONT_KNOW] + sum(pile.dont_know for pile in counted),
    )


def _groups(cast: Cast, levels: Sequence[int], smallest: int) -> tuple[GroupSpread, ...]:
    """Each group with its spread where it may be shown, by name; those who named none last."""
    of_seat = {seat: cast.groups.get(seat, "") for seat in cast.votes}
    names = {name for name in [*of_seat.values(), *(pile.group for pile in cast.piles)] if name}
    if not names:
        return ()
    by_phone = Counter(of_seat.values())
    sizes = by_phone.copy()
    for pile in cast.piles:
        sizes[pile.group] += pile.ballots
    # Whoever counted the ballots can take them off: what is left of a group is shown by the same rule.
    apart = shown_groups(by_phone, smallest)
    shown = {name for name in shown_groups(sizes, smallest) if name in apart or not by_phone[name]}
    order = [*sorted(names, key=str.casefold), *([""] if sizes[""] else [])]
    return tuple(
        GroupSpread(name or WITHOUT_GROUP, _of_group(cast, of_seat, name, levels) if name in shown else None)
        for name in order
    )


def _of_group(cast: Cast, of_seat: Mapping[int, str], name: str, levels: Sequence[int]) -> Spread:
    votes = [vote for seat, vote in cast.votes.items() if of_seat[seat] == name]
    return _spread(votes, [pile for pile in cast.piles if pile.group == name], levels)


def _moved(cast: Cast) -> Moved | None:
    """How people moved; None where one or two voted in one of the rounds alone.

    Who knows that all others stayed where they were takes them off, and sees what a latecomer chose.
    """
    alone = (len(cast.votes.keys() - cast.earlier.keys()), len(cast.earlier.keys() - cast.votes.keys()))
    if any(0 < number < FEWEST_SHOWN for number in alone):
        return None
    pairs = [
        (before.level, now.level)
        for seat, now in cast.votes.items()
        if (before := cast.earlier.get(seat)) and before.level is not None and now.level is not None
    ]
    if len(pairs) < FEWEST_SHOWN:
        return None
    steps = [(now or 0) - (before or 0) for before, now in pairs]
    return Moved(up=sum(step > 0 for step in steps), down=sum(step < 0 for step in steps), same=steps.count(0))
