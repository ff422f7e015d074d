"""Telling in short what workshops settled, and how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.core.agreement import Spread
from audit.core.bank import Bank
from audit.core.closed_workshops import ItemSummary, Turnout, WorkshopSummary
from audit.core.decisions import DecisionRule, Why
from audit.core.responses import RatingState
from audit.core.rooms import Standing
from audit.core.round_results import RoundResult
from audit.core.workshops import Settlement
from audit.reports.moments import day
from audit.reports.wording import capital, counted, listed, with_article
from audit.reports.workshop_parts import VoteLine, WorkshopItem, WorkshopPart
from audit.reports.workshop_words import (
    CONSENSUS_MEANS,
    accord_title,
    bars,
    choice_words,
    consensus_words,
    moved_words,
    rule_words,
    settled_by_words,
    withheld_words,
)

CHANGED = "The team's answer was changed after the workshop, so the level that counts now may be another one."
_ENDS = {
    Standing.PARKED: "Parked: the workshop did not settle it.",
    Standing.SKIPPED: "Skipped: the workshop did not settle it.",
}


def workshop_parts(workshops: Sequence[WorkshopSummary], bank: Bank) -> tuple[WorkshopPart, ...]:
    """The workshops as a report tells them. KeyError for an item that is not in the bank."""
    return tuple(_part(each, bank) for each in workshops)


def _part(workshop: WorkshopSummary, bank: Bank) -> WorkshopPart:
    reached = [each for each in workshop.items if each.standing is not Standing.WAITING]
    left = [each.item_id for each in workshop.items if each.standing is Standing.WAITING]
    return WorkshopPart(
        title=f"{workshop.title}, {day(workshop.began)}",
        about=(f"{in_the_room(workshop.turnout)} How the room decided: {rule_words(workshop.rule)}",),
        items=tuple(_item(each, workshop.rule, bank) for each in reached),
        left=f"Not reached: {listed(left)}." if left else "",
    )


def _item(item: ItemSummary, rule: DecisionRule, bank: Bank) -> WorkshopItem:
    settled = item.settlement
    return WorkshopItem(
        item_id=item.item_id,
        title=bank.items[item.item_id].title,
        votes=tuple(vote_line(number, each, bank) for number, each in enumerate(item.votes, start=1)),
        outcome=outcome(item, rule, bank),
        reason=settled.reason if settled else "",
        owner=settled.owner if settled else "",
    )


def vote_line(number: int, result: RoundResult, bank: Bank) -> VoteLine:
    """A vote in a few sentences; votes of an item count from 1."""
    return VoteLine(f"Vote {number}", accord_title(result), _says(result, bank), moved_words(result.moved))


def _says(result: RoundResult, bank: Bank) -> str:
    voted = f"{result.voted} of {result.seats} {'person' if result.seats == 1 else 'people'} voted."
    if result.spread is None:
        return f"{voted} {withheld_words(result)}" if result.voted else voted
    return f"{voted} {chosen_words(result.spread, bank)}"


def chosen_words(spread: Spread, bank: Bank) -> str:
    """How many people chose what, and the consensus: ``Level 2: 3; don't know: 1. Consensus 1.00 of 1.``"""
    chosen = [
        f"level {bar.label}: {bar.number}" if bar.level is not None else f"{bar.label.lower()}: {bar.number}"
        for bar in bars(spread, bank)
        if bar.number
    ]
    consensus = consensus_words(spread)
    return f"{capital('; '.join(chosen))}.{f' {consensus}.' if consensus else ''}"


def outcome(item: ItemSummary, rule: DecisionRule, bank: Bank) -> str:
    """What became of an item that was opened, and what settled it."""
    settled = item.settlement
    if settled is None:
        return _ENDS.get(item.standing, "")
    changed = "" if item.kept else f" {CHANGED}"
    return f"{_settled(settled, bank)}. {_how(settled, rule, bank)}{changed}"


def _settled(settled: Settlement, bank: Bank) -> str:
    return f"Settled {'as' if settled.level is None else 'at'} {settled_at(settled, bank)}"


def settled_at(settled: Settlement, bank: Bank) -> str:
    """What was settled, within a sentence: ``level 2, partly in place``."""
    return choice_words(settled.level, RatingState(settled.state), bank)


def _how(settled: Settlement, rule: DecisionRule, bank: Bank) -> str:
    why = Why[settled.decided]
    gave = choice_words(settled.decided_level, RatingState(settled.decided_state), bank)
    return settled_by_words(why, gave, settled_at(settled, bank), rule)


def in_the_room(turnout: Turnout) -> str:
    """How many people were there, in sentences: ``14 people were in the room.``"""
    return " ".join(f"{capital(each)}." for each in _in_the_room(turnout))


def _in_the_room(turnout: Turnout) -> Iterator[str]:
    people, out, paper = turnout.people, turnout.sent_out, turnout.paper
    if out and not people:
        yield f"{_people(out)} joined by phone or account and {_was(out)} sent out"
    elif not people:
        yield "nobody joined by phone or account"
    elif paper:
        yield f"{_people(people)} joined by phone or account"
    else:
        yield f"{_people(people)} {_was(people)} in the room"
    if paper:
        yield f"{'one' if paper == 1 else f'up to {_number(paper)}'} at a time voted on paper"
    if out and people:
        yield f"{_number(out)} more {_was(out)} sent out"


def _people(number: int) -> str:
    return counted(number, "person").replace("persons", "people")


def _number(number: int) -> str:
    return counted(number, "time").split()[0]


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def settled_sentence(workshops: Sequence[WorkshopSummary], noun: str) -> str:
    """How many items count as workshops settled them, or an empty text where none does."""
    settled = settled_ids(workshops)
    if not settled:
        return ""
    verb = "was" if len(settled) == 1 else "were"
    many = f"{len(workshops)} workshops" if len(workshops) > 1 else "a workshop"
    return f"{capital(counted(len(settled), noun))} {verb} settled in {many}, after blind votes and talk."


def settled_ids(workshops: Sequence[WorkshopSummary]) -> frozenset[str]:
    """The ids of the items that count as workshops settled them."""
    return frozenset(each.item_id for held in workshops for each in held.items if each.settlement and each.kept)


def owners(workshops: Sequence[WorkshopSummary]) -> dict[str, str]:
    """Who takes an item on, by item id, as the newest workshop that settled it says. ``workshops`` are oldest first."""
    settled = {each.item_id: each.settlement for workshop in workshops for each in workshop.items if each.settlement}
    return {item_id: each.owner for item_id, each in settled.items() if each.owner}


def workshops_lead(noun: str) -> str:
    """What the part on workshops begins with."""
    return (
        f"In a workshop the room votes blind on {with_article(noun)}, talks, and settles it. The votes show how far "
        f"people agreed. Consensus says how close they lie: {CONSENSUS_MEANS} What counts is what the room settled. "
        "How each person voted is not kept."
    )
