"""All answers of an audit in words, and what they still lack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from audit.core.bank import Item
from audit.core.responses import UNANSWERED, RatingState
from audit.core.scorecard import ItemScore
from audit.operations.sheets import Sheet
from audit.web.differences import LABELS, in_words
from audit.web.task_list import Task, groups

LACKS: tuple[tuple[str, Callable[[ItemScore], bool]], ...] = (
    ("Not rated", lambda entry: entry.response.state is RatingState.UNANSWERED),
    ("Answered with don't know", lambda entry: entry.response.state is RatingState.DONT_KNOW),
    ("Rated, but without a reason", lambda entry: bool(entry.level and not entry.response.reason)),
    ("Rated, but silent on what happens now", lambda entry: bool(entry.level and not entry.response.what_happens_now)),
    (
        "Below target, but silent on what needs to happen",
        lambda entry: bool(entry.gap and not entry.response.what_needs_to_happen),
    ),
    (
        "Below target, but silent on how you will progress this",
        lambda entry: bool(entry.gap and not entry.response.how_to_progress),
    ),
)


@dataclass(frozen=True)
class Row:
    """A filled field of an answer in words."""

    label: str
    text: str


@dataclass(frozen=True)
class Card:
    """One answer: its task and its filled fields."""

    task: Task
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Lack:
    """Something that answers lack, and the items whose answers lack it."""

    what: str
    items: tuple[Item, ...]


def cards(sheet: Sheet) -> list[tuple[str, list[Card]]]:
    """The answers under the headings of the task list."""
    return [(group.title, [_card(sheet, task) for task in group.tasks]) for group in groups(sheet)]


def missing(sheet: Sheet) -> list[Lack]:
    """What the answers to items lack, the weightiest first."""
    entries = sheet.scorecard().items
    lacks = [Lack(what, tuple(entry.item for entry in entries if lacks_it(entry))) for what, lacks_it in LACKS]
    return [lack for lack in lacks if lack.items]


def _card(sheet: Sheet, task: Task) -> Card:
    revision = sheet.revisions.get(task.id)
    response, links = (revision.response, revision.links) if revision else (UNANSWERED, ())
    said = in_words(sheet.bank, response, links)
    if task.id in sheet.bank.prompts:
        del said["rating"]
    return Card(task, tuple(Row(LABELS[name], text) for name, text in said.items() if text))
