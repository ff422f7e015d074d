"""The record of a workshop: plain data, all texts final, for a page, a PDF and a document alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audit.core.agreement import Spread
from audit.core.bank import Bank
from audit.core.closed_workshops import ClosedWorkshop
from audit.core.feedback import ANSWERS, QUESTIONS
from audit.core.rooms import Round, Standing, times
from audit.core.round_results import FEWEST_SHOWN, RoundResult
from audit.core.workshops import Step, StepKind
from audit.reports.build import Cover
from audit.reports.item_parts import Said
from audit.reports.moments import clock, day, moment
from audit.reports.wording import capital, counted, listed
from audit.reports.workshop_parts import VoteLine
from audit.reports.workshop_telling import chosen_words, in_the_room, outcome, settled_at, vote_line
from audit.reports.workshop_words import (
    CONSENSUS_MEANS,
    Bar,
    bars,
    confidence_words,
    consensus_words,
    rule_words,
    time_words,
)

NOT_SHOWN = "Not shown"
OVERVIEW = ("First vote", "Last vote", "What came of it", "Time")
_BEFORE = {
    True: "People answered alone before the workshop.",
    False: "People did not answer alone before the workshop.",
}
_TAKEN_BACK = {
    StepKind.OPEN_ITEM: "{item} was opened, and that was taken back.",
    StepKind.REVEAL: "The votes on {item} were revealed, and that was taken back. They count for nothing. "
    "A new blind vote was opened in their place.",
    StepKind.VOTE_AGAIN: "Another vote on {item} was opened, and that was taken back.",
    StepKind.SETTLE: "{item} was settled, and that was taken back.",
    StepKind.PARK: "{item} was parked, and that was taken back.",
    StepKind.SKIP: "{item} was skipped, and that was taken back.",
    StepKind.CLOSE: "The workshop was closed, and that was taken back.",
}


@dataclass(frozen=True)
class VoteRecord:
    """A blind vote. ``spread`` is None and ``bars`` are empty where too few voted for it to be shown.

    ``groups`` holds the name of each group with how it voted, or with :data:`NOT_SHOWN`; it is empty where no group may
    be shown. ``notes`` are further sentences.
    """

    line: VoteLine
    spread: Spread | None
    bars: tuple[Bar, ...]
    notes: tuple[str, ...]
    groups: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ItemRecord:
    """An item that was opened or skipped. ``aside`` tells of votes that count for nothing; it may be empty.

    ``time`` says for how long it was open; it is empty where it never was.
    ``reason``, ``owner``, ``notes`` and ``said`` are as they were typed and may be empty.
    """

    item_id: str
    title: str
    time: str
    votes: tuple[VoteRecord, ...]
    aside: str
    outcome: str
    short: str
    reason: str
    said: Said
    owner: str
    notes: str

    @property
    def overview(self) -> tuple[str, str, str, str]:
        """The item in a row of a table, under :data:`OVERVIEW`."""
        accords = [_accord(each) for each in self.votes] or ["No vote"]
        return accords[0], accords[-1] if len(accords) > 1 else "", self.short, self.time


@dataclass(frozen=True)
class WorkshopRecord:
    """The record. ``facts`` are short names with what they say, and so is ``left``: the items that were not settled.

    ``feedback`` holds each question with how often each answer was given, in words.
    """

    cover: Cover
    instrument: str
    noun: str
    facts: tuple[tuple[str, str], ...]
    items: tuple[ItemRecord, ...]
    left: tuple[tuple[str, str], ...]
    taken_back: tuple[str, ...]
    feedback: tuple[tuple[str, str], ...]
    limits: tuple[str, ...]


def build_record(workshop: ClosedWorkshop, bank: Bank, cover: Cover) -> WorkshopRecord:
    """The record of a closed workshop over a bank. KeyError for an item that is not in the bank."""
    spent = times(workshop.steps)
    return WorkshopRecord(
        cover=cover,
        instrument=bank.title,
        noun=bank.item_noun,
        facts=tuple(_facts(workshop)),
        items=tuple(_item(workshop, name, bank, spent.get(name)) for name in workshop.room.standings),
        left=tuple(_left(workshop, bank)),
        taken_back=tuple(_words_of(step) for step in workshop.taken_back),
        feedback=tuple(_feedback(workshop)),
        limits=tuple(_limits(workshop)),
    )


def full_title(record: WorkshopRecord) -> str:
    """The heading over what is told of each item."""
    return f"Each {record.noun} in full"


def _facts(workshop: ClosedWorkshop) -> Iterator[tuple[str, str]]:
    plan, there = workshop.plan, workshop.attendance
    yield "When", _when(workshop)
    taken = time_words((workshop.ended - workshop.began).total_seconds())
    yield "Time taken", f"{capital(taken)}. Planned: {time_words(plan.minutes * 60)}."
    yield "Who was there", in_the_room(workshop.turnout)
    if there.groups or there.held_back:
        yield "Groups", _groups_there(workshop)
    if there.names:
        yield "Names given", f"{listed(there.names)}."
    yield "Run by", f"{listed(list(dict.fromkeys(step.by for step in workshop.steps)))}."
    yield "How the room decided", rule_words(plan.rule)
    if any(consensus_words(vote.spread) for item_id in workshop.order for vote in workshop.item(item_id).votes):
        yield "Consensus", f"It says how close the votes lie: {CONSENSUS_MEANS}"
    yield "Before", _BEFORE[plan.answered_before]


def _when(workshop: ClosedWorkshop) -> str:
    if moment(workshop.began) == moment(workshop.ended):
        return f"{moment(workshop.began)}."
    if day(workshop.began) != day(workshop.ended):
        return f"{moment(workshop.began)} to {moment(workshop.ended)}."
    return f"{moment(workshop.began)} to {clock(workshop.ended)}."


def _groups_there(workshop: ClosedWorkshop) -> str:
    there = workshop.attendance
    said = [f"{name or 'Without a group'}: {number}" for name, number in there.groups.items()]
    shown = [f"{'; '.join(said)}."] if said else []
    why = f"A group of fewer than {workshop.smallest} is not shown, nor one that would tell the size of such a group."
    return " ".join([*shown, *([why] if there.held_back else [])])


def _item(workshop: ClosedWorkshop, item_id: str, bank: Bank, seconds: float | None) -> ItemRecord:
    found = workshop.item(item_id)
    settled = found.settlement
    return ItemRecord(
        item_id=item_id,
        title=bank.items[item_id].title,
        time="" if seconds is None else capital(time_words(seconds)),
        votes=tuple(_vote(number, each, bank) for number, each in enumerate(found.votes, start=1)),
        aside=_aside([each for each in workshop.room.set_aside if each.item_id == item_id]),
        outcome=outcome(found, workshop.plan.rule, bank),
        short=capital(settled_at(settled, bank) if settled else found.standing.value),
        reason=settled.reason if settled else "",
        said=Said(*settled.texts) if settled else Said("", "", ""),
        owner=settled.owner if settled else "",
        notes=workshop.notes.get(item_id, ""),
    )


def _vote(number: int, result: RoundResult, bank: Bank) -> VoteRecord:
    shown = any(each.spread for each in result.groups)
    return VoteRecord(
        line=vote_line(number, result, bank),
        spread=result.spread,
        bars=bars(result.spread, bank) if result.spread else (),
        notes=tuple(filter(None, (confidence_words(result), _on_paper(result), "" if shown else _held_back(result)))),
        groups=tuple(
            (each.name, chosen_words(each.spread, bank) if each.spread else NOT_SHOWN)
            for each in result.groups
            if shown
        ),
    )


def _on_paper(result: RoundResult) -> str:
    if not result.ballots:
        return ""
    return f"Votes on paper: {'all' if result.ballots == result.voted else result.ballots}."


def _held_back(result: RoundResult) -> str:
    return "No group is shown by itself: too few voted in each." if result.groups else ""


def _accord(vote: VoteRecord) -> str:
    consensus = consensus_words(vote.spread).removeprefix("Consensus ").removesuffix(" of 1")
    return ", ".join(filter(None, [vote.line.accord, consensus]))


def _aside(rounds: list[Round]) -> str:
    if not rounds:
        return ""
    verb, counts = ("was", "It counts") if len(rounds) == 1 else ("were", "They count")
    return f"{capital(counted(len(rounds), 'vote'))} {verb} revealed and taken back. {counts} for nothing."


def _left(workshop: ClosedWorkshop, bank: Bank) -> Iterator[tuple[str, str]]:
    standings = {item_id: workshop.room.standing(item_id) for item_id in workshop.order}
    for standing, title in (
        (Standing.PARKED, "Parked"),
        (Standing.SKIPPED, "Skipped"),
        (Standing.WAITING, "Not reached"),
    ):
        found = [f"{name} {bank.items[name].title}" for name, each in standings.items() if each is standing]
        if found:
            yield title, f"{'; '.join(found)}."


def _words_of(step: Step) -> str:
    return _TAKEN_BACK[step.kind].format(item=step.item_id)


def _feedback(workshop: ClosedWorkshop) -> Iterator[tuple[str, str]]:
    for question, words in QUESTIONS.items():
        said = workshop.said.get(question)
        if said:
            yield words, "; ".join(f"{answer}: {said.get(name, 0)}" for name, answer in ANSWERS.items()) + "."


def _limits(workshop: ClosedWorkshop) -> Iterator[str]:
    yield (
        "How each person voted. Votes were blind up to each reveal, and who chose what was forgotten when the workshop "
        "was closed."
    )
    yield (
        f"What fewer than {FEWEST_SHOWN} people said: a vote or an answer of so few is shown to nobody. A group is "
        f"shown by itself only if {workshop.smallest} or more of it voted, and if no smaller group can be worked out."
    )
    yield "Who people are. Names and groups stand as they were given. Nobody checked them."
    yield (
        "Who was sent out. They are not counted among those who were there, but a vote that was revealed before counts."
    )
    yield "Whether a level is right. It shows how the people in the room see the service."
