"""What the projector shows of a room: how to join, the count of votes, their spread, what was settled and the end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from markupsafe import Markup

from audit.core.join_codes import shown_code
from audit.core.moderation import WITHOUT_GROUP
from audit.core.rooms import Standing
from audit.operations.rooms import RoomState
from audit.reports.wording import capital, counted, listed
from audit.reports.workshop_words import Bar, bars
from audit.web.join_address import join_address, qr_svg
from audit.web.room_page import RoomNow

# As much of a reason as can be read from the back of the room.
MOST_OF_A_REASON = 280
_COUNTED = {each: each.value for each in (Standing.SETTLED, Standing.PARKED, Standing.SKIPPED)}
# A cut goes back to the last space, unless that takes away more than this.
_LONGEST_STEP = 40


@dataclass(frozen=True)
class GroupOnWall:
    """A group that may be shown: its votes, level by level and then the others."""

    name: str
    bars: tuple[Bar, ...]

    @property
    def votes(self) -> int:
        """How many of the group voted."""
        return sum(bar.number for bar in self.bars)

    @property
    def words(self) -> str:
        """Its votes in words, for somebody who does not see the chart."""
        return ", ".join(f"{bar.words}: {bar.number}" for bar in self.bars if bar.number)


@dataclass(frozen=True)
class Wall:
    """A room as the projector shows it: nothing of a blind vote but its count, no names and no notes.

    ``code`` is the join code, or empty where nobody can join.
    """

    room: RoomState
    code: str

    @cached_property
    def now(self) -> RoomNow:
        """What phones show, which the projector shows larger."""
        return RoomNow(self.room)

    @property
    def shown_code(self) -> str:
        """The code in two halves."""
        return shown_code(self.code)

    @property
    def address(self) -> str:
        """What people type to join, as short as it works."""
        return join_address().removeprefix("https://").removeprefix("http://")

    @property
    def qr(self) -> Markup:
        """The QR code that leads right into the room."""
        return qr_svg(join_address(self.code), "QR code of the address to join with")

    @cached_property
    def largest(self) -> Fraction:
        """The longest bar, as a share of all votes: both rounds are drawn to this length."""
        return max(each.share for row in self.now.rows for each in row if each)

    @cached_property
    def groups(self) -> list[GroupOnWall]:
        """The groups whose votes may be shown. Choices that are no levels are left out where no group made them."""
        spreads = {each.name: each.spread for each in (self.room.result.groups if self.room.result else ())}
        drawn = {name: bars(spread, self.room.bank) for name, spread in spreads.items() if spread is not None}
        made = {bar.words for each in drawn.values() for bar in each if bar.number or bar.level is not None}
        return [GroupOnWall(name, tuple(bar for bar in each if bar.words in made)) for name, each in drawn.items()]

    @property
    def held_words(self) -> str:
        """Which groups are held back and why, or an empty text where none is, or where no votes are shown at all."""
        result = self.room.result
        held = [each.name for each in result.groups if each.spread is None] if result and result.spread else []
        if not held:
            return ""
        named = len([name for name in held if name != WITHOUT_GROUP])
        who = [counted(named, "group")] if named else []
        who += ["those who named no group"] if WITHOUT_GROUP in held else []
        verb = "is" if len(held) == named == 1 else "are"
        return f"{capital(listed(who))} {verb} not shown, so that nobody can tell how one person voted."

    @cached_property
    def largest_of_groups(self) -> Fraction:
        """The longest bar of all groups, as a share of the group's votes: all are drawn to this length."""
        return max(bar.share for group in self.groups for bar in group.bars)

    @property
    def counts(self) -> list[tuple[int, str]]:
        """How the items of the agenda stand, the numbers with their words; without what no item is."""
        agenda = self.room.workshop.plan.item_ids
        found = Counter(_COUNTED.get(self.room.room.standing(item_id), "not talked about") for item_id in agenda)
        return [(found[words], words) for words in (*_COUNTED.values(), "not talked about") if found[words]]

    @property
    def reason(self) -> tuple[str, bool]:
        """The reason of what was settled last, as far as it can be read from afar, and whether it goes on."""
        whole = " ".join(self.now.ended.reason.split()) if self.now.ended else ""
        return beginning(whole, MOST_OF_A_REASON), len(whole) > MOST_OF_A_REASON


def beginning(text: str, most: int) -> str:
    """The first ``most`` characters of a text at most, cut between two words where there is a space nearby."""
    if len(text) <= most:
        return text
    cut = text[:most]
    at_space = cut.rpartition(" ")[0]
    return at_space if len(cut) - len(at_space) <= _LONGEST_STEP else cut
