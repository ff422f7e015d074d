"""What an audit asks, section by section, with how far each part has come."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from audit.core.bank import Bank, Item, OpeningQuestion, Section, SupplementaryPrompt
from audit.core.permissions import Deed, may
from audit.core.responses import RatingState
from audit.operations.sheets import Sheet
from audit.reports.wording import level_words

Asked = Item | OpeningQuestion | SupplementaryPrompt
NOT_STARTED = "Not started"
NOT_ANSWERED = "Not answered"
TEXT_ONLY = "Text only"


@dataclass(frozen=True)
class Task:
    """One thing to answer. ``open`` is whether there is something left to do."""

    id: str
    title: str
    href: str
    status: str
    open: bool


@dataclass(frozen=True)
class TaskGroup:
    """The tasks under one heading."""

    title: str
    hint: str
    tasks: tuple[Task, ...]


def groups(sheet: Sheet) -> list[TaskGroup]:
    """All tasks: opening questions, the sections of the bank, supplementary prompts."""
    bank = sheet.bank
    found = [_group(sheet, "Before you rate", "Questions to talk about first. They are not scored.", bank.opening)]
    found += [_group(sheet, title, "", items) for title, items in sections(bank)]
    found.append(
        _group(
            sheet,
            "Beside the score",
            "Prompts from outside the published list. They are not scored.",
            bank.supplementary,
        )
    )
    return [group for group in found if group.tasks]


def yours_first(found: Sequence[TaskGroup], names: Collection[str]) -> list[TaskGroup]:
    """The groups with the tasks of these ids in one of their own before all others, what is not answered first."""
    yours = [task for group in found for task in group.tasks if task.id in names]
    if not yours:
        return list(found)
    left = sum(task.open for task in yours)
    hint = "Assigned to you. " + (f"{left} of {len(yours)} left." if left else "You have answered all of it.")
    rest = [replace(group, tasks=tuple(task for task in group.tasks if task.id not in names)) for group in found]
    first = TaskGroup("Yours to do", hint, tuple(sorted(yours, key=lambda task: not task.open)))
    return [first, *(group for group in rest if group.tasks)]


def sections(bank: Bank) -> Iterator[tuple[str, list[Item]]]:
    """The sections that hold items themselves, with those items, in bank order."""
    for section in [bank.root, *bank.root.sections()]:
        items = [child for child in section.children if isinstance(child, Item)]
        if items:
            yield section.title, items


def heading_of(asked: Asked) -> str:
    """What the page of an item or prompt is called."""
    return asked.question if isinstance(asked, OpeningQuestion) else asked.title


def address(sheet: Sheet, name: str) -> str:
    """The address of the page of an item or prompt."""
    here: dict[str, Any] = {"slug": sheet.authority.slug, "audit_id": sheet.audit.id}
    if name in sheet.bank.items:
        return url_for("items.edit", item_id=name, **here)
    return url_for("prompts.edit", prompt_id=name, **here)


def address_in_results(sheet: Sheet, name: str) -> str:
    """Where an answer in results can be changed: the team's where it is settled, for those who may, else one's own."""
    if sheet.of_team and may(sheet.membership.role, Deed.SETTLE):
        return url_for("moderation.one", slug=sheet.authority.slug, audit_id=sheet.audit.id, name=name)
    return address(sheet, name)


def section_of(bank: Bank, item: Item) -> Section:
    """The section that an item stands in."""
    return next(section for section in [bank.root, *bank.root.sections()] if item in section.children)


def _group(sheet: Sheet, title: str, hint: str, asked: Sequence[Asked]) -> TaskGroup:
    return TaskGroup(title, hint, tuple(_task(sheet, each) for each in asked))


def _task(sheet: Sheet, asked: Asked) -> Task:
    status = _status(sheet, asked)
    still = sheet.audit.state.takes_answers
    said = NOT_ANSWERED if status == NOT_STARTED and not still else status
    is_open = still and status in (NOT_STARTED, TEXT_ONLY)
    return Task(asked.id, heading_of(asked), address(sheet, asked.id), said, is_open)


def _status(sheet: Sheet, asked: Asked) -> str:
    revision = sheet.revisions.get(asked.id)
    if revision is None:
        return NOT_STARTED
    response = revision.response
    if response.level is not None:
        return level_words(sheet.bank.scale.level(response.level)).capitalize()
    if response.state is not RatingState.UNANSWERED:
        return response.state.words
    if not any((response.reason, *response.texts, revision.links)):
        return NOT_STARTED
    return TEXT_ONLY if isinstance(asked, Item) else "Answered"
