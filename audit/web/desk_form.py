"""The form at the desk of a workshop: what is said of an item, and what the room settles on."""

from __future__ import annotations

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from audit.core.bank import Bank, Item, Level
from audit.core.decisions import Verdict
from audit.core.responses import RatingState, Response
from audit.core.texts import tidy
from audit.reports.wording import level_words
from audit.web.differences import LABELS, Difference
from audit.web.group_forms import Bare
from audit.web.item_form import FIELDS as ITEM_FIELDS
from audit.web.item_form import LINK_FIELDS, TEXTS, ItemForm, fields_of
from audit.web.settle_form import form_to_settle
from audit.web.typed import Passage, ShortLine

OWNER_LIMIT = 120
# What of the form is kept as it is typed; ``round`` is the round after which a level was chosen.
FIELDS = ("notes", *(name for name in ITEM_FIELDS if name not in LINK_FIELDS), "owner", "round")
_PASSAGES = ("notes", "na_reason", "reason", *TEXTS)
_LABELS = {"notes": "Notes", "na_reason": "Why it does not apply", "owner": "Who takes it on"}


class Noted:
    """The fields that only a workshop has."""

    notes = Passage(
        "Notes of what is said", "The record of the workshop prints them. Write what was said, and not who said it."
    )
    owner = ShortLine("Who takes it on", OWNER_LIMIT, "A role or a name. You can leave this open.")


class NotesForm(Noted, Bare):
    """What the record prints of a talk even where nothing is settled."""


def desk_form(bank: Bank, item: Item, aim: Level, fields: Mapping[str, str], before: Response) -> ItemForm:
    """The form of an item with these fields; ``aim`` is the level that the whole audit aims at."""

    class FormAtDesk(Noted, form_to_settle(bank, item, aim)):  # type: ignore[misc]  # a class made by a function
        pass

    return FormAtDesk(fields, before)


def notes_form(fields: Mapping[str, str]) -> NotesForm:
    """The form that checks what the record prints."""
    return NotesForm(MultiDict(fields))


def talked(sent: Mapping[str, str], verdict: Verdict | None) -> dict[str, str]:
    """The fields of a talk among all that was sent. A level that the decision rule gives was chosen by nobody."""
    found = {name: text for name in FIELDS if (text := tidy(sent.get(name, "")))}
    if verdict and found.get("rating") == rating_of(verdict):
        del found["rating"]
    if "rating" not in found:
        found.pop("round", None)
    return found


def rating_of(verdict: Verdict) -> str:
    """The choice in the form that a verdict stands for, or an empty text."""
    if not verdict.decided:
        return ""
    return verdict.state.value if verdict.level is None else str(verdict.level)


def first_fields(
    talk: Mapping[str, str] | None, settled: Response | None, verdict: Verdict | None, round_id: int
) -> dict[str, str]:
    """The fields of the form as it opens: what is typed so far, else what was settled before.

    The level is the one that was chosen after this very round, else what the decision rule gives.
    """
    known = dict(talk) if talk is not None else fields_of(settled) if settled else {}
    chosen = known.pop("rating", "") if known.pop("round", "") == str(round_id) else ""
    known.pop("rating", None)
    rating = chosen or (rating_of(verdict) if verdict else "")
    return {**known, **({"rating": rating} if rating else {})}


def talk_differences(bank: Bank, mine: Mapping[str, str], theirs: Mapping[str, str]) -> list[Difference]:
    """The fields in which two versions of a talk differ, as people read them."""
    labels = {"notes": _LABELS["notes"], **LABELS, **_LABELS}
    pairs = [(name, _read(bank, name, mine), _read(bank, name, theirs)) for name in FIELDS if name != "round"]
    return [Difference(name, labels[name], first, second) for name, first, second in pairs if first != second]


def both_talks(mine: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """Two versions of a talk in one: long texts one below the other, of the rest mine where there is one."""
    found = {**theirs, **mine}
    for name in _PASSAGES:
        first, second = mine.get(name, ""), theirs.get(name, "")
        if second and second not in first:
            found[name] = second if first in second else f"{first}\n\n{second}"
    return found


def _read(bank: Bank, name: str, fields: Mapping[str, str]) -> str:
    text = fields.get(name, "")
    if name not in ("rating", "target") or not text:
        return text.capitalize() if name == "confidence" else text
    levels = {str(level.number): level_words(level) for level in bank.scale.levels}
    states = {state.value: state.words for state in RatingState}
    return {**states, **levels}.get(text, text)
