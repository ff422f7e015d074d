"""Paper ballots of a workshop: what stands on the ballot of each item, and how to use the pack."""

from __future__ import annotations

from dataclasses import dataclass

from audit.core.bank import Bank, Item
from audit.core.responses import RatingState
from audit.core.round_results import FEWEST_SHOWN
from audit.core.workshops import Plan
from audit.reports.build import Cover
from audit.reports.run_sheet import SORTED, whose_words
from audit.reports.wording import counted

# Without a level, in the order in which screens show them.
OTHERS = (RatingState.DONT_KNOW.words, RatingState.NOT_APPLICABLE.words)
ONE_CROSS = "Put a cross in one box."
HOW_SURE = "How sure are you?"
YOUR_GROUP = "Your group:"
NO_NAME = "Do not write your name on this ballot."
_TWICE = (
    "Each page holds the ballot of one item twice. Print half as many copies as people, on one side of the paper.",
    "Cut each page along the dashed line.",
)
_ONCE = ("Each page is the ballot of one item. Print as many copies as people, on one side of the paper.",)
_USING = (
    "Hand out the ballots of an item when you open it, and not before. Each person gets one, unless they voted on a "
    "phone: a vote and a ballot of the same person would count twice.",
    "Ask everybody to read all levels, then to put one cross: at a level, at don't know or at not applicable. They can "
    "leave open how sure they are.",
    "Collect the ballots face down, and mix them. A ballot with two crosses or none does not count.",
)
_COUNTING = (
    "Count the ballots and write down the numbers. Somebody else counts again without seeing them.",
    "Enter both counts on the desk of the workshop while the vote on the item is open. They count once they are the "
    "same. Then reveal the votes.",
    "For a second vote hand out fresh ballots, once the first are counted and put away.",
    "Destroy the ballots when the workshop is closed.",
)


@dataclass(frozen=True)
class BallotLevel:
    """A level to choose: its number and name, and what one would see at it in this item."""

    number: int
    name: str
    says: str


@dataclass(frozen=True)
class Ballot:
    """The ballot of an item; its levels rise."""

    item_id: str
    title: str
    prompt: str
    levels: tuple[BallotLevel, ...]


@dataclass(frozen=True)
class BallotPack:
    """The ballots of a workshop in the order of its agenda. ``groups`` may be empty.

    ``title`` is the workshop's, ``instrument`` that of its bank.
    """

    cover: Cover
    title: str
    whose: str
    instrument: str
    item_noun: str
    groups: tuple[str, ...]
    ballots: tuple[Ballot, ...]

    @property
    def origin(self) -> str:
        """Whose the ballots are, for the foot of each."""
        return ". ".join(part for part in (self.cover.authority, self.title, self.cover.notice) if part)

    def about(self) -> str:
        """What the pack is for and what it holds."""
        many = counted(len(self.ballots), self.item_noun)
        return (
            "A blind vote on paper, for when phones or the Wi-Fi fail, or for people without a phone. The pack holds a "
            f"ballot for each item, in the order of the agenda: {many}. If fewer than {FEWEST_SHOWN} vote on an item, "
            "the votes are not shown."
        )

    def using(self, *, twice: bool) -> tuple[str, ...]:
        """How to use the pack, step by step; ``twice`` where each page holds its ballot twice."""
        return (*(_TWICE if twice else _ONCE), *_USING, *([SORTED] if self.groups else []), *_COUNTING)


def build_ballots(plan: Plan, bank: Bank, cover: Cover) -> BallotPack:
    """The ballots of a plan over a bank. KeyError for an item that is not in the bank."""
    return BallotPack(
        cover=cover,
        title=plan.title,
        whose=whose_words(bank, cover),
        instrument=bank.title,
        item_noun=bank.item_noun,
        groups=plan.groups,
        ballots=tuple(_ballot(bank, bank.items[item_id]) for item_id in plan.item_ids),
    )


def _ballot(bank: Bank, item: Item) -> Ballot:
    levels = (BallotLevel(each.number, each.name, item.descriptors[each.number]) for each in bank.scale.levels)
    return Ballot(item.id, item.title, item.prompt, tuple(levels))
