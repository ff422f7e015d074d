"""The two forms that assign what an audit asks: one list per item, or one tick per item for one person.

Each form says what it showed. Only what somebody changed on it is saved, so that two people who assign at the same time
do not undo each other's work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.fields.choices import SelectChoice

from audit.operations.assigning import Assignee, Assignments, Pair
from audit.reports.wording import listed
from audit.web.forms import OneOfMany
from audit.web.task_list import TaskGroup

NOBODY, AS_IT_IS = "", "same"
CHOICE, SHOWN = "choice-", "shown-"
CHANGED = "Who answers {} was changed while you were choosing. Choose again."


def in_words(assignees: Iterable[Assignee]) -> str:
    """To whom something is assigned; an empty text for nobody."""
    asked = list(assignees)
    here = [each.name for each in asked if not each.gone]
    gone = [f"was assigned to {each.name}, who {each.gone}" for each in asked if each.gone]
    return "; ".join([f"assigned to {listed(here)}", *gone] if here else gone)


def by_item_form(found: Assignments, groups: Iterable[TaskGroup], sent: Mapping[str, str] | None = None) -> Form:
    """A form with one list for each item and prompt: nobody, one person, or, where it is several, as it is."""
    names = labels(found.people)
    fields = {
        CHOICE + task.id: _list(f"{task.id} {task.title}", found.by_item.get(task.id, ()), names)
        for group in groups
        for task in group.tasks
    }
    form: Form = type("ByItemForm", (Form,), fields)(MultiDict(sent or {}))
    return form


def changes_by_item(found: Assignments, sent: Mapping[str, str]) -> tuple[set[Pair], set[Pair]]:
    """What a sent form gives and what it takes back."""
    given: set[Pair] = set()
    taken: set[Pair] = set()
    for name in (*found.bank.items, *found.bank.prompts):
        shown = _numbers(sent.get(SHOWN + name, ""))
        choice = sent.get(CHOICE + name, AS_IT_IS)
        if choice == AS_IT_IS or {choice} == {str(each) for each in shown} or (not choice and not shown):
            continue
        given |= {(name, each) for each in _numbers(choice)}
        taken |= {(name, each) for each in shown} - given
    return given, taken


def changes_of_person(
    found: Assignments, person_id: int, ticked: Iterable[str], shown: Iterable[str]
) -> tuple[set[Pair], set[Pair]]:
    """What a sent form of one person gives and takes back."""
    now, before = set(ticked), set(shown)
    known = {*found.bank.items, *found.bank.prompts}
    return (
        {(name, person_id) for name in (now - before) & known},
        {(name, person_id) for name in (before - now) & known},
    )


def shown_as(assignees: Iterable[Assignee]) -> str:
    """What the form remembers of an item: the ids of those to whom it is assigned."""
    return " ".join(str(each.id) for each in assignees)


def _list(label: str, asked: tuple[Assignee, ...], names: Mapping[int, str]) -> OneOfMany:
    alone = len(asked) == 1 and not asked[0].gone
    now = str(asked[0].id) if alone else AS_IT_IS if asked else NOBODY
    choices = [SelectChoice(NOBODY, "Nobody in particular")]
    if now == AS_IT_IS:
        choices.append(SelectChoice(AS_IT_IS, f"As it is: {in_words(asked)}"))
    choices += [SelectChoice(str(each), name) for each, name in names.items()]
    return OneOfMany(label, choices=choices, default=now, invalid_choice_message=CHANGED.format(label.split()[0]))


def labels(people: Iterable[Assignee]) -> dict[int, str]:
    """The names of people by id; two people of one name have their addresses with it."""
    count = Counter(each.name for each in people)
    return {each.id: each.name if count[each.name] == 1 else f"{each.name} ({each.email})" for each in people}


def _numbers(text: str) -> list[int]:
    return [int(each) for each in text.split() if each.isascii() and each.isdigit() and len(each) < 10]
