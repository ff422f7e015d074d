"""The fields that our forms are built from: WTForms with the looks of GOV.UK."""

from __future__ import annotations

from collections.abc import Callable

from govuk_frontend_wtf.wtforms_widgets import (
    GovCharacterCount,
    GovCheckboxInput,
    GovRadioInput,
    GovSelect,
    GovTextInput,
)
from wtforms import BooleanField, Field, RadioField, SelectField, StringField, TextAreaField, ValidationError


class OneLine(StringField):
    """A text on one line."""

    data: str | None
    widget = GovTextInput()


class CountedText(TextAreaField):
    """A long text that says how many characters are left. Give the limit as ``params={"maxlength": ...}``."""

    data: str | None
    widget = GovCharacterCount()


class OneOf(RadioField):
    """One of a few choices, as radio buttons. Give ``SelectChoice`` objects."""

    widget = GovRadioInput()


class OneOfMany(SelectField):
    """One of many choices, as a list that opens. Give ``SelectChoice`` objects."""

    widget = GovSelect()


class Tick(BooleanField):
    """A single box to tick."""

    widget = GovCheckboxInput()


class Sound:
    """Holds a field to a check that gives a problem in words, or None."""

    def __init__(self, check: Callable[[str], str | None]) -> None:
        self.check = check

    def __call__(self, form: object, field: Field) -> None:
        """Raise ValidationError with the problem, if there is one."""
        problem = self.check(field.data or "")
        if problem:
            raise ValidationError(problem)
