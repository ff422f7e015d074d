"""The run sheet of a workshop: what whoever runs it has beside them on paper, the agenda by the clock first of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from audit.core.bank import Bank, Item
from audit.core.workshops import Basis, Plan
from audit.reports.build import Cover
from audit.reports.moments import ZONE, clock
from audit.reports.wording import capital, counted, day_words, listed
from audit.reports.workshop_words import PRIVACY, rule_words, time_words

ROUND = (
    "Open the item on your desk. Read out the question and the levels.",
    "Everybody votes alone. Until the reveal all screens show only how many have voted.",
    "Reveal the votes once everybody has voted. Let the room look before anybody explains.",
    "Talk. Ask the lowest and the highest what they have seen. Type in what is said.",
    "Vote again, blind as before, if the talk may have changed minds.",
    "Settle the level with its reason, what happens now, what needs to happen and how. Or park the item for later.",
)
DISAGREEMENT = (
    "Votes that lie apart are a finding, not a fault. People may know different parts of the service.",
    "Ask what people have seen, in a file, a meeting or a family's own words. Never ask who voted for what.",
    "If the decision rule does not decide, vote again, or settle after the talk and write down why.",
    "If somebody still disagrees, type their view in with the reason. If nobody in the room can know, park the item.",
)
WITHOUT_WIFI = (
    "Print the ballots before the day. Hand one of the open item to each person who has not voted on a phone.",
    "Collect the ballots face down, and mix them.",
    "Count the ballots twice. The second time somebody else counts, who has not seen the first count.",
    "Enter both counts on your desk while the vote on the item is open. They count once they are the same.",
    "If the desk is out of reach as well, keep the ballots of each item together. Enter them once it is back.",
)
SORTED = "Sort the ballots by group, and count each group as a pile of its own."
LEAST_FIRST = "Those on which people agree least come first."
_BY_DISAGREEMENT = "Chosen by how far people disagree"


@dataclass(frozen=True)
class AgendaRow:
    """An item on the agenda. ``starts`` is a time of day, or how many minutes after the start, in words.

    ``question`` and ``look_for`` are the item's own, to get the talk going; ``look_for`` may be empty.
    """

    starts: str
    item_id: str
    title: str
    minutes: int
    question: str
    look_for: str


@dataclass(frozen=True)
class RunSheet:
    """All that is printed. ``facts`` are short names with what they say; ``ends`` and ``total`` close the agenda."""

    cover: Cover
    title: str
    whose: str
    instrument: str
    facts: tuple[tuple[str, str], ...]
    rows: tuple[AgendaRow, ...]
    starts_title: str
    item_title: str
    ends: str
    total: str
    without_wifi: tuple[str, ...]
    privacy: tuple[str, ...]


def build_run_sheet(
    plan: Plan, bank: Bank, cover: Cover, smallest: int, contested: Sequence[str] = (), *, answering: bool = True
) -> RunSheet:
    """The run sheet of a plan over a bank; ``smallest`` is the smallest group whose votes are shown.

    ``contested`` are the ids of the bank's items, those on which people agree least first, empty where that is not
    known. ``answering`` says whether people can still answer alone. KeyError for an item that is not in the bank.
    """
    return RunSheet(
        cover=cover,
        title=plan.title,
        whose=whose_words(bank, cover),
        instrument=bank.title,
        facts=tuple(_facts(plan, bank, contested, answering=answering)),
        rows=tuple(_rows(plan, bank)),
        starts_title="Starts" if plan.begins else "After",
        item_title=capital(bank.item_noun),
        ends=_at(plan, plan.minutes),
        total=_length(plan.minutes),
        without_wifi=(*WITHOUT_WIFI[:2], *([SORTED] if plan.groups else []), *WITHOUT_WIFI[2:]),
        privacy=tuple(_privacy(plan, smallest)),
    )


def whose_words(bank: Bank, cover: Cover) -> str:
    """Whose the papers of a workshop are: the authority, the round and the bank, as far as they are named."""
    return ", ".join(part for part in (cover.authority, cover.subtitle, bank.title) if part)


def clock_words(begins: str, minutes: int) -> str:
    """The time of day so many minutes after ``begins``, a time as ``HH:MM``: ``10am``, ``2.05pm``."""
    return clock(datetime.strptime(begins, "%H:%M").replace(tzinfo=ZONE) + timedelta(minutes=minutes))


def when_words(plan: Plan) -> str:
    """The day and the times of a plan, as far as they are set: ``1 May 2026, 10am to 12pm``, or an empty text."""
    times = f"{clock_words(plan.begins, 0)} to {clock_words(plan.begins, plan.minutes)}" if plan.begins else ""
    return ", ".join(part for part in (day_words(plan.day), times) if part)


def _facts(plan: Plan, bank: Bank, contested: Sequence[str], *, answering: bool) -> Iterator[tuple[str, str]]:
    yield "When", when_words(plan) or "No day is set yet."
    amount = f"{capital(counted(len(plan.agenda), bank.item_noun))}, {_length(plan.minutes)}."
    yield "Agenda", f"{amount} {_chosen(plan, contested)}".strip()
    yield "How the room decides", rule_words(plan.rule)
    yield "Before", _answered(plan, answering=answering)
    if plan.groups:
        yield "Groups to choose from", f"{listed(plan.groups)}."


def _chosen(plan: Plan, contested: Sequence[str]) -> str:
    """How contested items were chosen, and whether their order still shows it."""
    if plan.basis is not Basis.CONTESTED:
        return ""
    if not contested:
        return f"{_BY_DISAGREEMENT}."
    least_first = tuple(item_id for item_id in contested if item_id in plan.item_ids)
    return LEAST_FIRST if plan.item_ids == least_first else f"{_BY_DISAGREEMENT}, in an order of your own."


def _answered(plan: Plan, *, answering: bool) -> str:
    if not plan.answered_before:
        return "Nobody answered alone before the workshop."
    closes = "Opening the room closes those answers." if answering else "Answering is closed."
    return f"People answered alone before the workshop. {closes}"


def _rows(plan: Plan, bank: Bank) -> Iterator[AgendaRow]:
    passed = 0
    for each in plan.agenda:
        yield _row(_at(plan, passed), bank.items[each.item_id], each.minutes)
        passed += each.minutes


def _row(starts: str, item: Item, minutes: int) -> AgendaRow:
    first = next(iter(item.look_for), "")
    return AgendaRow(starts, item.id, item.title, minutes, item.prompt, first)


def _at(plan: Plan, minutes: int) -> str:
    return clock_words(plan.begins, minutes) if plan.begins else f"{minutes} min"


def _length(minutes: int) -> str:
    return time_words(minutes * 60)


def _privacy(plan: Plan, smallest: int) -> Iterator[str]:
    yield f'Read this out before the first vote: "{PRIVACY}"'
    if plan.groups:
        yield f"A group is shown by itself only if {smallest} or more of it voted."
    yield "Paper ballots carry no name. Destroy them when the workshop is closed."
    yield "Never name a child or a family, and give no details of a case, neither here nor on any screen."
