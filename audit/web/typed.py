"""Texts that people type into an answer: tidied, checked, and shown again exactly."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape
from wtforms.validators import ValidationError

from audit.core.answer_rows import TEXT_LIMIT
from audit.core.texts import first_forbidden, tidy, with_line_feeds, without_forbidden
from audit.web.forms import CountedText, OneLine


def verbatim(text: str) -> Markup:
    """A text as it stands inside an input, its quotation marks straight.

    Line breaks are written as references: a component inside another has its lines indented, and a text would grow by
    two spaces a line with each save. A character that no page can hold shows as the replacement character.
    """
    held = without_forbidden(with_line_feeds(text))
    return Markup(str(escape(held)).replace("\n", "&#10;"))  # noqa: S704 - escaped in this line


class Allowed:
    """Refuses control characters, and more than ``limit`` characters."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, form: object, field: Any) -> None:
        """Raise ValidationError with a message that names the field."""
        text, name = field.data or "", field.label.text
        code = first_forbidden(text)
        if code:
            shown = "It is shown as \N{REPLACEMENT CHARACTER}."
            raise ValidationError(f'"{name}" holds the control character {code}. {shown} Take it out.')
        if len(text) > self.limit:
            raise ValidationError(
                f'"{name}" must be {self.limit:,} characters or fewer. You have entered {len(text):,}.'
            )


class Passage(CountedText):
    """A text of several lines, at most ``limit`` characters."""

    def __init__(self, label: str, description: str = "", limit: int = TEXT_LIMIT, **options: Any) -> None:
        super().__init__(label, [Allowed(limit)], description=description, **options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed."""
        self.data = tidy(str(valuelist[0])) if valuelist else self.data

    def _value(self) -> Markup:
        return verbatim(self.data or "")


class ShortLine(OneLine):
    """A text of one line, at most ``limit`` characters; line breaks and runs of white space become one space."""

    def __init__(self, label: str, limit: int, description: str = "", **options: Any) -> None:
        checks = [*options.pop("validators", ()), Allowed(limit)]
        super().__init__(label, checks, description=description, **options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed."""
        self.data = " ".join(str(valuelist[0]).split()) if valuelist else self.data

    def _value(self) -> Markup:
        return verbatim(self.data or "")
