"""What moderation may show of a team's answers: to one item, by group, and over a whole audit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from audit.core.agreement import Accord, Spread, alpha, spread
from audit.core.disclosure import may_show, shown_groups
from audit.core.responses import Confidence, RatingState, Response

WITHOUT_GROUP = "People without a group"
# Where people need not talk about an item before it is settled.
AGREE = frozenset({Accord.UNANIMOUS, Accord.BROAD})


@dataclass(frozen=True)
class GroupSpread:
    """A group's spread on one item; None where it must not be shown."""

    name: str
    spread: Spread | None


@dataclass(frozen=True)
class ItemSpread:
    """What may be shown of the answers of several people to one item.

    ``answered`` is how many gave any answer. ``spread`` is None where they are too few to be shown, and ``groups`` then
    have none either. ``groups`` is empty where nobody is in a group. ``confidence`` counts how sure people were; None
    stands for those who did not say.
    """

    item_id: str
    answered: int
    spread: Spread | None
    groups: tuple[GroupSpread, ...] = ()
    confidence: Mapping[Confidence | None, int] = field(default_factory=dict)

    @property
    def contested(self) -> tuple[float, float]:
        """Sorts items: most don't know first, then from the least consensus to the most, those not shown last.

        Before those with a consensus come those on which most, but not all, say that it does not apply.
        """
        if self.spread is None:
            return (3.0, 0.0)
        if self.spread.accord is Accord.UNKNOWN:
            return (0.0, 0.0)
        if self.spread.not_applicable == self.spread.answered:
            return (2.0, 1.0)
        # The others rate it or do not know, so the consensus of those who rate it says little.
        if self.spread.accord is Accord.NOT_APPLICABLE:
            return (1.0, self.spread.not_applicable / self.spread.answered)
        return (2.0, self.spread.consensus or 0.0)


def item_spread(
    item_id: str, responses: Mapping[int, Response], groups: Mapping[int, str], levels: Sequence[int], smallest: int
) -> ItemSpread:
    """What may be shown of the responses to an item by person.

    ``groups`` names the group of each person who has one. Groups are judged by how many of them answered this very
    item, because who takes the shown groups off the total must never be left with fewer than ``smallest`` people.
    """
    given = {who: each for who, each in responses.items() if each.state is not RatingState.UNANSWERED}
    names = [*sorted(set(groups.values()), key=str.casefold)]
    if names and any(who not in groups for who in responses):
        names.append(WITHOUT_GROUP)
    if not may_show(len(given), smallest):
        return ItemSpread(item_id, len(given), None, tuple(GroupSpread(name, None) for name in names))
    sizes = Counter(groups.get(who, WITHOUT_GROUP) for who in given)
    shown = shown_groups(sizes, smallest)
    return ItemSpread(
        item_id=item_id,
        answered=len(given),
        spread=spread(given.values(), levels),
        groups=tuple(
            GroupSpread(name, spread(_of_group(given, groups, name), levels) if name in shown else None)
            for name in names
        ),
        confidence=Counter(each.confidence for each in given.values()),
    )


def _of_group(given: Mapping[int, Response], groups: Mapping[int, str], name: str) -> list[Response]:
    return [each for who, each in given.items() if groups.get(who, WITHOUT_GROUP) == name]


@dataclass(frozen=True)
class Accords:
    """How far people agree over an audit, told only of items that enough people answered.

    ``compared`` counts these items, ``agreed`` those of them with broad agreement or the same level from everyone.
    ``camps``, ``wide``, ``unknown`` and ``not_applicable`` hold the ids of items with two camps, with a wide spread, on
    which most do not know, and of which most say that they do not apply. ``alpha`` is Krippendorff's, None where
    nothing can be compared.
    """

    compared: int = 0
    agreed: int = 0
    camps: tuple[str, ...] = ()
    wide: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()
    alpha: Fraction | None = None


@dataclass(frozen=True)
class Agreement:
    """How far the people who answered an audit agree, and where the team's levels come from.

    ``asked`` and ``answered`` count people; ``smallest`` is how few may not be shown. ``settled`` counts the items that
    were settled, ``assigned`` those answered for the team by the one person they are assigned to, and ``medians`` those
    that stand at the lower median.
    """

    asked: int
    answered: int
    smallest: int
    settled: int = 0
    assigned: int = 0
    medians: int = 0
    accords: Accords = Accords()

    @property
    def shown(self) -> bool:
        """Whether enough people answered to say how far they agree."""
        return may_show(self.answered, self.smallest)


def accords(found: Iterable[ItemSpread]) -> Accords:
    """How far people agree, from what may be shown of each item."""
    spreads = {each.item_id: each.spread for each in found if each.spread is not None}
    named = {name: each.accord for name, each in spreads.items()}

    def ids(accord: Accord) -> tuple[str, ...]:
        return tuple(name for name, each in named.items() if each is accord)

    return Accords(
        compared=len(spreads),
        agreed=sum(each in AGREE for each in named.values()),
        camps=ids(Accord.CAMPS),
        wide=ids(Accord.WIDE),
        unknown=ids(Accord.UNKNOWN),
        not_applicable=ids(Accord.NOT_APPLICABLE),
        alpha=alpha([each.chosen for each in spreads.values()]),
    )
