"""The form that settles a team's answer: the form of an answer, with a rating and a reason that must be there."""

from __future__ import annotations

from collections.abc import Mapping

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from audit.core.bank import Bank, Item, Level
from audit.core.responses import RatingState, Response
from audit.reports.wording import level_words
from audit.web.group_forms import Bare
from audit.web.item_form import ItemForm, item_form
from audit.web.revealing import OneOfRevealing
from audit.web.typed import Passage

_STATES = (RatingState.NOT_APPLICABLE, RatingState.DONT_KNOW)
_MISSING = "Choose what the team settles on."


def settle_form(bank: Bank, item: Item, aim: Level, fields: Mapping[str, str], before: Response) -> ItemForm:
    """The form of an item with these fields; ``aim`` is the level that the whole audit aims at."""
    return form_to_settle(bank, item, aim)(fields, before)


def form_to_settle(bank: Bank, item: Item, aim: Level) -> type[ItemForm]:
    """The form class that settles an item; ``aim`` is the level that the whole audit aims at."""
    levels = [SelectChoice(str(level.number), level_words(level).capitalize()) for level in bank.scale.levels]

    class FormToSettle(item_form(bank, item, aim)):  # type: ignore[misc]  # a class made by a function
        rating = OneOfRevealing(
            "What does the team settle on?",
            description="Choose the level that the team agrees comes nearest to your service now.",
            choices=[*levels, *(SelectChoice(state.value, state.words) for state in _STATES)],
            invalid_choice_message=_MISSING,
        )
        reason = Passage("Why the team settles on this", "What decided it. The report prints it as the reason.")

        def validate_reason(self, field: Passage) -> None:
            """A reason, wherever it was typed."""
            super().validate_reason(field)
            if not self.whole_reason and self.state is not RatingState.NOT_APPLICABLE:
                raise ValidationError("Say why the team settles on this.")

    return FormToSettle


class AgreedForm(Bare):
    """Items to settle at once, and the reason for all of them. ``chosen.choices`` must be set."""

    chosen = SelectMultipleField("Which do you want to settle?", widget=GovCheckboxesInput())
    reason = Passage("Why the team settles on these", "The report prints it as the reason for each.")

    def validate_chosen(self, field: SelectMultipleField) -> None:
        """At least one."""
        if not field.data:
            raise ValidationError("Choose what to settle.")

    def validate_reason(self, field: Passage) -> None:
        """A reason."""
        if not field.data:
            raise ValidationError("Say why the team settles on these.")
