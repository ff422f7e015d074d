"""The forms that sign an audit off and open it again."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, ValidationError

from audit.core.versions import STATEMENT_LIMIT
from audit.operations.signing import Seen, ToSign
from audit.reports.gap_report import GapReport
from audit.web.forms import Tick
from audit.web.signed_report import tells
from audit.web.typed import Passage


class SignOffForm(FlaskForm):
    """The statement of whoever signs, and which report was shown to her."""

    statement = Passage(
        "Your statement",
        "What you want readers to know, such as who took part and what happens next. It stands on the first page of "
        "the report, and everyone who may read the report reads it.",
        STATEMENT_LIMIT,
    )
    read = Tick("I have read the report")
    seen = HiddenField()

    def validate_statement(self, field: Passage) -> None:
        """There must be one."""
        if not (field.data or "").strip():
            raise ValidationError("Enter a statement. It stands on the first page of the report.")

    def validate_read(self, field: Tick) -> None:
        """It must be ticked."""
        if not field.data:
            raise ValidationError("Read the report, and tick that you have read it.")

    def show(self, ready: ToSign, report: GapReport) -> None:
        """Note which report is shown with this form."""
        self.seen.data = f"{ready.rows}.{tells(report)}"

    def what_was_seen(self, ready: ToSign) -> Seen:
        """The report that was shown with the form that was sent. One without a note of it has shown nothing."""
        rows, _, told = (self.seen.data or "").partition(".")
        return Seen(int(rows) if rows.isdecimal() and rows.isascii() and len(rows) < 10 else ready.rows, told)


class ReopenForm(FlaskForm):
    """Why a signed audit is opened again."""

    because = Passage(
        "Why do you open it again?",
        "It stands beside the signed version, for everyone who may read that.",
        STATEMENT_LIMIT,
    )

    def validate_because(self, field: Any) -> None:
        """There must be a reason."""
        if not (field.data or "").strip():
            raise ValidationError("Enter a reason. It stands beside the signed version.")
