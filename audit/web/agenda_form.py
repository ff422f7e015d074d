"""The first step of planning a workshop: which items of the bank it talks about."""

from __future__ import annotations

from collections.abc import Sequence

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput
from werkzeug.datastructures import MultiDict
from wtforms import SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice

from audit.core.bank import Bank
from audit.core.workshops import LONGEST_MINUTES, AgendaItem, Basis
from audit.reports.wording import plural
from audit.web.forms import OneOfMany
from audit.web.group_forms import Bare
from audit.web.revealing import OneOfRevealing
from audit.web.typed import ShortLine
from audit.web.whole_numbers import whole

USUAL_MINUTES = 10
_USUAL_MOST = 5


class AgendaForm(Bare):
    """Where the items come from, and the minutes that each is given at first. ``agenda_form`` adds the choices."""

    basis = OneOfRevealing("What will you talk about?", invalid_choice_message="Choose what you will talk about.")
    section = OneOfMany("Section", validate_choice=False)
    most = ShortLine("How many of them", 10)
    items = SelectMultipleField("Items", widget=GovCheckboxesInput(), validate_choice=False)
    minutes = ShortLine("Minutes for each", 10, "You can change it for each in the next step")

    bank: Bank

    @property
    def chosen(self) -> Basis:
        """Where the items of a valid form come from."""
        return Basis(self.basis.data)

    def agenda(self, contested: Sequence[str]) -> tuple[AgendaItem, ...]:
        """The agenda of a valid form; ``contested`` are the ids of the items on which people agree least, those first.

        It is in the order of the bank, but for contested items.
        """
        minutes = int(self.minutes.data or 0)
        return tuple(AgendaItem(item_id, minutes) for item_id in self._ids(contested))

    def _ids(self, contested: Sequence[str]) -> list[str]:
        match self.chosen:
            case Basis.ALL:
                return list(self.bank.items)
            case Basis.SECTION:
                return [
                    item.id
                    for each in self.bank.root.sections()
                    if each.id == self.section.data
                    for item in each.items()
                ]
            case Basis.CONTESTED:
                return list(contested[: int(self.most.data or 0)])
            case Basis.CHOSEN:
                return [item_id for item_id in self.bank.items if item_id in (self.items.data or ())]

    def validate_section(self, field: OneOfMany) -> None:
        """A section of the bank, where one section is to be talked about."""
        if self.basis.data == Basis.SECTION.value and field.data not in [each.id for each in self.bank.root.sections()]:
            raise ValidationError("Choose one of the sections.")

    def validate_most(self, field: ShortLine) -> None:
        """How many, where it is about the most contested."""
        highest = len(self.bank.items)
        if self.basis.data == Basis.CONTESTED.value and whole(field.data or "", 1, highest) is None:
            raise ValidationError(f'"{field.label.text}" must be a whole number from 1 to {highest}.')

    def validate_items(self, field: SelectMultipleField) -> None:
        """At least one, and only of the bank, where they are chosen one by one."""
        if self.basis.data != Basis.CHOSEN.value:
            return
        if not any(each in self.bank.items for each in field.data or ()):
            raise ValidationError(f"Choose at least one {self.bank.item_noun}.")

    def validate_minutes(self, field: ShortLine) -> None:
        """Minutes that an item can have."""
        if whole(field.data or "", 1, LONGEST_MINUTES) is None:
            raise ValidationError(f'"{field.label.text}" must be a whole number from 1 to {LONGEST_MINUTES}.')


def agenda_form(bank: Bank, sent: MultiDict[str, str] | None, *, contested: bool) -> AgendaForm:
    """The form for a bank, or what was sent of it; ``contested`` says whether the most contested items are known."""
    noun = bank.item_noun
    first = {"basis": Basis.ALL.value, "most": str(min(_USUAL_MOST, len(bank.items))), "minutes": str(USUAL_MINUTES)}
    form = AgendaForm(sent, data=first)
    form.bank = bank
    form.basis.choices = [
        SelectChoice(Basis.ALL.value, f"All {len(bank.items)} {plural(noun, len(bank.items))}"),
        *_sections(form),
        *([SelectChoice(Basis.CONTESTED.value, f"The {plural(noun, 2)} on which people agree least")] * contested),
        SelectChoice(Basis.CHOSEN.value, f"{plural(noun, 2).capitalize()} that you choose"),
    ]
    form.items.choices = [SelectChoice(item.id, f"{item.id} {item.title}") for item in bank.items.values()]
    form.items.label.text = f"Which {plural(noun, 2)}?"
    form.minutes.label.text = f"Minutes for each {noun}"
    return form


def _sections(form: AgendaForm) -> list[SelectChoice]:
    """The choice of one section, in banks that have several."""
    found = list(form.bank.root.sections())
    form.section.choices = [SelectChoice(each.id, each.title) for each in found]
    return [SelectChoice(Basis.SECTION.value, "One section")] if len(found) > 1 else []


def basis_of(bank: Bank, item_ids: Sequence[str], *, contested: bool) -> Basis:
    """Where items come from, as far as they still show it.

    Items that were chosen by how far people disagree stay so, whatever is changed: their choice tells of the answers.
    """
    if contested:
        return Basis.CONTESTED
    if set(item_ids) == set(bank.items):
        return Basis.ALL
    sections = [{item.id for item in each.items()} for each in bank.root.sections()]
    return Basis.SECTION if set(item_ids) in sections else Basis.CHOSEN
