"""What a phone shows of a room: the heading, the result of a vote, what was settled last and what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from audit.core.agreement import Spread
from audit.core.bank import Item
from audit.core.decisions import RuleKind
from audit.core.feedback import ANSWERS, QUESTIONS
from audit.core.library import Chosen
from audit.core.library_loader import load_library
from audit.core.responses import RatingState
from audit.core.rooms import Phase, Standing
from audit.core.round_results import Vote
from audit.core.workshops import StepKind
from audit.operations.rooms import RoomState, settlement_in
from audit.reports.workshop_words import (
    CONSENSUS_MEANS,
    SURE,
    Bar,
    accord_means,
    accord_title,
    bars,
    choice_words,
    confidence_words,
    consensus_words,
    moved_words,
    result_sentence,
    verdict_words,
)

# Few enough to read on a phone while people talk.
_FINDINGS_A_SIDE = 2
TAKEN_BACK = "The votes that were revealed are taken back and count for nothing. Please vote again."
_DONE = {Standing.SETTLED, Standing.SKIPPED}


@dataclass(frozen=True)
class Ended:
    """How the item before ended: ``what`` says it in words, ``reason`` is empty where none was given."""

    item: Item
    what: str
    reason: str = ""


@dataclass(frozen=True)
class RoomNow:
    """What a room shows on phones, for everybody in it alike."""

    room: RoomState
    questions: Mapping[str, str] = field(default_factory=lambda: QUESTIONS)
    answers: Mapping[str, str] = field(default_factory=lambda: ANSWERS)
    taken_back_words: str = TAKEN_BACK

    @property
    def how_sure(self) -> list[tuple[str, str]]:
        """How sure somebody can be: what the form sends, and the words."""
        return [*((each.value, words) for each, words in SURE.items()), ("", "I would rather not say")]

    @property
    def over(self) -> bool:
        """Whether there is nothing more to vote on."""
        return self.room.room.phase is Phase.CLOSED or self.room.audit.state.locked

    @property
    def heading(self) -> str:
        """What goes on now."""
        if self.over:
            return "The workshop is over"
        item = self.room.item
        if item is None:
            return "Wait for the next vote"
        if self.room.voting:
            again = f", round {self.room.voting.number}" if self.room.voting.number > 1 else ""
            return f"{item.id} {item.title}: your vote{again}"
        return f"{item.id} {item.title}: result"

    @property
    def place(self) -> str:
        """Where on the agenda the room is: ``Item 2 of 12``; empty where the open item is not on it."""
        items = self.room.workshop.plan.item_ids
        if self.room.item:
            at = self.room.item.id
            return f"Item {items.index(at) + 1} of {len(items)}" if at in items else ""
        done = sum(self.room.room.standing(item_id) in _DONE for item_id in items)
        return f"{done} of {len(items)} items done"

    @property
    def minutes(self) -> int:
        """How many minutes the open item is given; 0 where none."""
        plan = self.room.workshop.plan
        return plan.minutes_of(self.room.room.item_id) if self.room.room.item_id in plan.item_ids else 0

    @cached_property
    def title(self) -> str:
        """How far the vote that was revealed agrees."""
        return accord_title(self.room.result) if self.room.result else ""

    @property
    def means(self) -> str:
        """What that means for the talk, or why the votes are not shown."""
        return accord_means(self.room.result) if self.room.result else ""

    @property
    def consensus(self) -> tuple[str, str]:
        """The consensus of the vote and what such a number means; two empty texts where there is none to speak of."""
        words = consensus_words(self.room.shown)
        return (f"{words}.", CONSENSUS_MEANS) if words else ("", "")

    @property
    def facts(self) -> list[str]:
        """How sure people are and how they moved, a sentence each, where there is something to say."""
        result = self.room.result
        lines = [confidence_words(result), moved_words(result.moved)] if result else []
        return [line for line in lines if line]

    @property
    def verdict(self) -> str:
        """What the decision rule makes of the vote. Empty where nobody voted: there is nothing to make of it."""
        result, verdict = self.room.result, self.room.verdict
        if result is None or verdict is None or not result.voted:
            return ""
        return verdict_words(verdict, self.room.workshop.plan.rule, self.room.bank)

    @property
    def spoken(self) -> str:
        """The vote that was revealed, for those who hear it; what the rule gives only where it is a rule."""
        result = self.room.result
        if result is None:
            return ""
        said = [result_sentence(result, self.room.bank)]
        # Of votes that are not shown, that sentence says why.
        said += [self.means] if result.spread else []
        said += [self.verdict] if self.room.workshop.plan.rule.kind is not RuleKind.FACILITATOR else []
        return " ".join(each for each in said if each)

    @property
    def taken_back(self) -> bool:
        """Whether people vote again because a reveal of this round was taken back."""
        voting = self.room.voting
        aside = self.room.room.set_aside
        return voting is not None and any(
            (each.item_id, each.number) == (voting.item_id, voting.number) for each in aside
        )

    @property
    def rows(self) -> list[tuple[Bar, Bar | None]]:
        """Each choice of the vote, with what it was in the round before, if that was shown."""
        spread = self.room.shown
        if spread is None:
            return []
        earlier = self.room.before.spread if self.room.before else None
        before = bars(earlier, self.room.bank) if earlier else None
        return [(bar, before[at] if before else None) for at, bar in enumerate(bars(spread, self.room.bank))]

    @property
    def round_before(self) -> int:
        """The number of the round that stands beside the newest one."""
        return self.room.room.round.number - 1 if self.room.room.round else 0

    @property
    def groups(self) -> list[tuple[str, str]]:
        """Each group with what it chose, in words."""
        result = self.room.result
        return [(each.name, self._chosen(each.spread)) for each in result.groups] if result and result.spread else []

    def _chosen(self, spread: Spread | None) -> str:
        if spread is None:
            return f"Not shown: fewer than {self.room.smallest} voted, or another group could be worked out."
        return " ".join(f"{bar.words}: {bar.number}." for bar in bars(spread, self.room.bank) if bar.number)

    @cached_property
    def findings(self) -> Chosen | None:
        """A few findings for and against the open item, or None without one."""
        if self.room.item is None:
            return None
        found = load_library().choose(self.room.bank, self.room.item, 2 * _FINDINGS_A_SIDE)
        return Chosen(found.supporting[:_FINDINGS_A_SIDE], found.contrary[:_FINDINGS_A_SIDE])

    @property
    def ended(self) -> Ended | None:
        """How the item before ended, or None where nothing has been talked about."""
        last = self.room.room.last
        item = self.room.bank.items.get(last.item_id) if last else None
        if last is None or item is None:
            return None
        if last.kind in (StepKind.PARK, StepKind.SKIP):
            parked = last.kind is StepKind.PARK
            return Ended(item, "parked, to come back to it" if parked else "skipped")
        settled = settlement_in(last)
        if settled is None:
            return None
        at = choice_words(settled.level, RatingState(settled.state), self.room.bank)
        how = "settled as" if settled.level is None else "settled at"
        return Ended(item, f"{how} {at}", settled.reason)

    @property
    def next(self) -> Item | None:
        """The item of the agenda that comes next: those not talked about yet, then those that were parked."""
        return next(self._to_come(), None)

    def _to_come(self) -> Iterator[Item]:
        for standing in (Standing.WAITING, Standing.PARKED):
            for item_id in self.room.workshop.plan.item_ids:
                if self.room.room.standing(item_id) is standing and item_id in self.room.bank.items:
                    yield self.room.bank.items[item_id]

    def vote_words(self, vote: Vote) -> str:
        """What somebody voted, within a sentence: ``level 2, partly in place``."""
        return choice_words(vote.level, vote.state, self.room.bank)
