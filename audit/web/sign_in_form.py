"""The forms of signing in, and their fields for passwords and codes."""

from __future__ import annotations

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput
from wtforms import PasswordField

from audit.core.mailboxes import ADDRESS_LIMIT
from audit.web.forms import OneLine, Sound
from audit.web.typed import ShortLine

CODE_LIMIT = 40


class Secret(PasswordField):
    """A password: never shown again, and taken as it is, spaces and all."""

    data: str | None
    widget = GovPasswordInput()


class Code(OneLine):
    """A code from an authenticator app, or a recovery code. It is not shown again: each works once."""

    def __init__(self, label: str = "Code", **options: object) -> None:
        super().__init__(label, [Sound(_check_code)], **options)

    def _value(self) -> str:
        return ""


def _check_code(text: str) -> str | None:
    return None if 0 < len(text.strip()) <= CODE_LIMIT else "Enter the code."


def _check_email(text: str) -> str | None:
    return None if "@" in text else "Enter your e-mail address, such as name@example.gov.uk."


class SignInForm(FlaskForm):
    """An e-mail address, and a password for those who have one."""

    email = ShortLine("E-mail address", ADDRESS_LIMIT, validators=[Sound(_check_email)])
    password = Secret("Password", [Sound(lambda text: None if text else "Enter your password.")])

    @property
    def has_email(self) -> bool:
        """Whether an address was given. If not, the form says so."""
        return bool(self.email.validate(self))

    def refuse(self, problem: str) -> None:
        """Say that this does not sign in."""
        self.password.errors = [problem]


class CodeForm(FlaskForm):
    """A code."""

    code = Code()

    def refuse(self, problem: str) -> None:
        """Say that this is not the code."""
        self.code.errors = [problem]
