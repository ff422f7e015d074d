"""The forms of joining a workshop and of voting in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from audit.core.join_codes import ALPHABET, LENGTH, read_code
from audit.core.responses import Confidence, RatingState
from audit.core.round_results import Vote
from audit.core.workshops import NAME_LIMIT
from audit.web.forms import OneOf
from audit.web.typed import ShortLine
from audit.web.whole_numbers import whole

# Nobody types more than a code with some spaces and hyphens.
_TYPED_LIMIT = 100
CODES = f"Codes have {LENGTH} letters and digits, such as CDF GHJ."
NOTHING_CHOSEN = 'Choose a level, "Don\'t know" or "Not applicable".'
NOT_OFFERED = "Choose one of the answers on the list."
_NOT_SAID = "I would rather not say"
_EXCUSES = {state.value: state for state in (RatingState.DONT_KNOW, RatingState.NOT_APPLICABLE)}


class CodeForm(FlaskForm):
    """The code of a workshop."""

    code = ShortLine("Code", _TYPED_LIMIT)

    def validate_code(self, field: ShortLine) -> None:
        """Six letters and digits, none of which looks like another."""
        if not field.errors and read_code(field.data or "") is None:
            raise ValidationError(code_fault(field.data or ""))

    @property
    def read(self) -> str:
        """The code, once the form is valid."""
        return read_code(self.code.data or "") or ""

    def refuse(self, problem: str) -> None:
        """Say that this code opens nothing."""
        self.code.errors = [problem]


def code_fault(typed: str) -> str:
    """Why what somebody typed cannot be a code."""
    if not typed:
        return "Enter the code that is on the screen in the room."
    strange = sorted({each for each in typed.upper() if each.isascii() and each.isalnum()} - set(ALPHABET))
    return f"{CODES} There is no {' or '.join(strange)} in any code." if 0 < len(strange) <= LENGTH else CODES


class SeatForm(FlaskForm):
    """What somebody says of themselves when they join. Each field may be left empty."""

    name = ShortLine("Your name", NAME_LIMIT, "As you want to appear in the record. You can leave it empty.")
    group: Any = OneOf("Your group", validators=[Optional()], invalid_choice_message="Choose a group from the list.")

    def __init__(self, groups: Sequence[str], *, named: bool, **options: Any) -> None:
        """``named`` is whether the name is known already; then it is not asked for."""
        super().__init__(**options)
        if named:
            del self.name
        if groups:
            self.group.choices = [*(SelectChoice(each, each) for each in groups), SelectChoice("", _NOT_SAID)]
        else:
            del self.group

    @property
    def told(self) -> tuple[str, str | None]:
        """The name, empty where there is none; and the group: empty if none was chosen, None for "rather not say"."""
        name = (self.name.data or "") if "name" in self else ""
        if "group" not in self:
            return name, ""
        return name, self.group.data or (None if self.group.raw_data else "")


def round_of(fields: Mapping[str, str]) -> int:
    """The round that a vote is for, as the form says; 0 where it says none."""
    return whole(fields.get("round", ""), 1, 2**31 - 1) or 0


def vote_of(fields: Mapping[str, str]) -> Vote:
    """What somebody chose. Raises ValueError, in words for them, where that is nothing, or nothing that is offered."""
    chosen = fields.get("choice", "")
    if not chosen:
        raise ValueError(NOTHING_CHOSEN)
    level = None if chosen in _EXCUSES else whole(chosen, 0, 99)
    if chosen not in _EXCUSES and level is None:
        raise ValueError(NOT_OFFERED)
    sure = fields.get("confidence", "")
    if sure and sure not in [each.value for each in Confidence]:
        raise ValueError(NOT_OFFERED)
    return Vote(_EXCUSES.get(chosen, RatingState.RATED), level, Confidence(sure) if sure else None)
