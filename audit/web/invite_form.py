"""The forms that invite people, change a role and accept an invitation."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from markupsafe import Markup, escape
from wtforms import TextAreaField, ValidationError

from audit.core.mailboxes import MANY, Mailbox, check_person_name, read_mailboxes
from audit.core.people import NAME_LIMIT, Role
from audit.core.texts import with_line_feeds
from audit.web.forms import OneOf, Sound
from audit.web.roles import role_choices
from audit.web.typed import ShortLine, verbatim


class AllErrors(GovTextArea):
    """A text area that shows every error of its field, where others show the first."""

    def map_gov_params(self, field: Any, **options: Any) -> dict[str, Any]:
        """What the component is given."""
        params: dict[str, Any] = super().map_gov_params(field, **options)
        if field.errors:
            params["errorMessage"] = {"html": Markup("<br>").join(map(escape, field.errors))}
        return params


class Addresses(TextAreaField):
    """E-mail addresses, one on each line; ``mailboxes`` are what they come to."""

    data: str | None
    widget = AllErrors()
    mailboxes: list[Mailbox]

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed. Lines stay where they are, since errors name their numbers."""
        self.data = with_line_feeds(str(valuelist[0])) if valuelist else self.data

    def pre_validate(self, form: object) -> None:
        """Raise ValidationError with all that is wrong."""
        self.mailboxes, problems = read_mailboxes(self.data or "")
        if not self.mailboxes and not problems:
            problems = ["Enter at least one e-mail address."]
        if problems:
            self.errors: list[str] = [*self.process_errors, *problems[:-1]]
            raise ValidationError(problems[-1])

    def _value(self) -> Markup:
        return verbatim(self.data or "")


class RoleForm(FlaskForm):
    """One of the roles that somebody may give."""

    role = OneOf("Role", invalid_choice_message="Choose a role.")

    def __init__(self, roles: Collection[Role], **options: Any) -> None:
        super().__init__(**options)
        self.roles = roles
        self.role.choices = role_choices(roles)

    @property
    def chosen(self) -> Role:
        """The role, once the form is valid."""
        return Role(self.role.data)


class InviteForm(RoleForm):
    """Addresses, and the role for all of them."""

    people = Addresses("E-mail addresses", description=f"One on each line, {MANY} at most.")


class NameForm(FlaskForm):
    """The name of somebody who is new here."""

    name = ShortLine("Your name", NAME_LIMIT, validators=[Sound(check_person_name)])
