"""The groups that people in a workshop can choose from, one on each line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup
from wtforms import TextAreaField, ValidationError

from audit.core.moderation import WITHOUT_GROUP
from audit.core.texts import with_line_feeds
from audit.core.workshops import GROUP_LIMIT, MOST_GROUPS
from audit.web.invite_form import AllErrors
from audit.web.typed import verbatim


class GroupLines(TextAreaField):
    """Names of groups, one on each line; empty lines count for nothing."""

    data: str | None
    widget = AllErrors()

    @property
    def names(self) -> tuple[str, ...]:
        """The names, with single spaces."""
        return tuple(name for line in (self.data or "").split("\n") if (name := " ".join(line.split())))

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed."""
        self.data = with_line_feeds(str(valuelist[0])) if valuelist else self.data

    def pre_validate(self, form: object) -> None:
        """Raise ValidationError with all that is wrong."""
        problems = list(_problems(self.names))
        if problems:
            self.errors: list[str] = [*self.process_errors, *problems[:-1]]
            raise ValidationError(problems[-1])

    def _value(self) -> Markup:
        return verbatim(self.data or "")


def _problems(names: tuple[str, ...]) -> Iterator[str]:
    if len(names) > MOST_GROUPS:
        # With a great many lines, one message about each would bury this one.
        yield f"Enter {MOST_GROUPS} groups or fewer. You have entered {len(names)}."
        return
    first: dict[str, int] = {}
    for number, name in enumerate(names, start=1):
        if len(name) > GROUP_LIMIT:
            yield f"The name of group {number} must be {GROUP_LIMIT} characters or fewer. It has {len(name):,}."
        elif not name.isprintable():
            yield f"The name of group {number} holds a character that cannot be seen. Type it again."
        elif name.casefold() == WITHOUT_GROUP.casefold():
            yield f'"{name}" is what pages call those who are in no group. Choose another name for group {number}.'
        elif (same := first.setdefault(name.casefold(), number)) != number:
            yield f'Groups {same} and {number} are both called "{name}". Give each a name of its own.'
