"""The forms of groups: their names, and how small a group may be to be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import ValidationError

from audit.core.disclosure import LOWEST_THRESHOLD
from audit.core.moderation import WITHOUT_GROUP
from audit.web.typed import ShortLine

GROUP_NAME_LIMIT = 80
HIGHEST_THRESHOLD = 50
# So many groups can be added at once.
NEW_GROUPS = 3
_PERSON, _GROUP, _NEW = "person_", "group_", "new_"


class Bare(FlaskForm):
    """A form whose token the app checks, as it does of every form that is sent."""

    class Meta(FlaskForm.Meta):
        """How the form is checked."""

        csrf = False


class NamesForm(Bare):
    """The names of groups, and empty fields for new ones."""

    @property
    def renamed(self) -> dict[int, str]:
        """The name of each group by id; an empty one removes it."""
        return {
            int(name.removeprefix(_GROUP)): field.data or ""
            for name, field in self._fields.items()
            if name.startswith(_GROUP)
        }

    @property
    def added(self) -> list[str]:
        """The names of new groups."""
        return [field.data for name, field in self._fields.items() if name.startswith(_NEW) and field.data]


def names_form(names: Mapping[int, str], sent: MultiDict[str, str] | None = None) -> NamesForm:
    """The form of groups that have these names by id, or what was sent of it."""

    class FormOfNames(NamesForm):
        pass

    for number, group_id in enumerate(names, start=1):
        setattr(FormOfNames, f"{_GROUP}{group_id}", _name(f"Name of group {number}"))
    for number in range(1, NEW_GROUPS + 1):
        setattr(FormOfNames, f"{_NEW}{number}", _name(f"Name of new group {number}"))
    return FormOfNames(sent or MultiDict(), data={f"{_GROUP}{each}": name for each, name in names.items()})


def _name(label: str) -> ShortLine:
    return ShortLine(label, GROUP_NAME_LIMIT, validators=[_sound])


def _sound(form: NamesForm, field: ShortLine) -> None:
    name = field.data or ""
    if not name.isprintable():
        raise ValidationError(f'"{field.label.text}" holds a character that cannot be seen. Type it again.')
    if name.casefold() == WITHOUT_GROUP.casefold():
        raise ValidationError(f'"{WITHOUT_GROUP}" is what pages call those who are in no group. Choose another name.')
    names = Counter(each.casefold() for each in [*form.renamed.values(), *form.added])
    if name and names[name.casefold()] > 1:
        raise ValidationError("Two groups have this name. Give each a name of its own.")


class ThresholdForm(Bare):
    """How small a group may be to be shown."""

    smallest = ShortLine("Smallest number of people that is shown", 10)

    @property
    def number(self) -> int | None:
        """The number of a valid form, None for the usual one."""
        return int(self.smallest.data) if self.smallest.data else None

    def validate_smallest(self, field: ShortLine) -> None:
        """A whole number that is not too small, or nothing."""
        text = field.data or ""
        whole = text.isascii() and text.isdigit()
        if text and not (whole and LOWEST_THRESHOLD <= int(text) <= HIGHEST_THRESHOLD):
            raise ValidationError(
                f"Enter a whole number from {LOWEST_THRESHOLD} to {HIGHEST_THRESHOLD}, or leave it empty."
            )


def threshold_form(setting: int | None, sent: MultiDict[str, str] | None = None) -> ThresholdForm:
    """The form of the rule as it is set, or what was sent of it."""
    return ThresholdForm(sent or MultiDict(), data={"smallest": "" if setting is None else str(setting)})


def person_key(person_id: int) -> str:
    """The field that holds the group of a person."""
    return f"{_PERSON}{person_id}"


def placed(sent: Mapping[str, str]) -> dict[int, int | None]:
    """The group of each person as a form sent it, by id; None for no group. What is no number is left out."""
    found: dict[int, int | None] = {}
    for name, value in sent.items():
        who = name.removeprefix(_PERSON)
        if name.startswith(_PERSON) and _is_id(who) and (not value or _is_id(value)):
            found[int(who)] = int(value) if value else None
    return found


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
