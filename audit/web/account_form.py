"""The forms of a person's own password."""

from __future__ import annotations

from flask_wtf import FlaskForm

from audit.web.sign_in_form import Secret


class OldPasswordForm(FlaskForm):
    """The password that there is, where it must be given."""

    old = Secret("The password that you have now")

    def __init__(self, needs_old: bool) -> None:
        super().__init__()
        if not needs_old:
            del self.old

    @property
    def given(self) -> str:
        """The old password, or an empty text where it need not be given."""
        return (self.old.data or "") if "old" in self else ""

    def refuse(self, field: str, problem: str) -> None:
        """Say what is wrong with the password in this field."""
        self[field].errors = [problem]


class PasswordForm(OldPasswordForm):
    """The old password and a new one."""

    new = Secret("New password")
