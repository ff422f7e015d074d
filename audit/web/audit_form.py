"""The form that opens an audit, made from a bank."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import ValidationError
from wtforms.fields.choices import SelectChoice

from audit.core.audits import AuditDetails, ScopeKind
from audit.core.bank import Bank
from audit.core.people import NAME_LIMIT
from audit.reports.wording import level_words
from audit.web.forms import OneOf
from audit.web.revealing import OneOfRevealing
from audit.web.typed import ShortLine

SCOPES = {
    ScopeKind.WHOLE: "The whole service",
    ScopeKind.LOCALITY: "One locality",
    ScopeKind.TEAM: "One team",
}


class AuditForm(FlaskForm):
    """What is decided when an audit is opened. ``audit_form`` adds the choices that the bank gives."""

    period = ShortLine(
        "Period", NAME_LIMIT, 'What you call this round, such as "Autumn 2026". It stands in the title of the report.'
    )
    scope = OneOfRevealing(
        "What does the audit cover?",
        description="Answer for this part of the service only.",
        choices=[SelectChoice(kind.value, label) for kind, label in SCOPES.items()],
        invalid_choice_message="Choose what the audit covers.",
    )
    locality = ShortLine("Name of the locality", NAME_LIMIT)
    team = ShortLine("Name of the team", NAME_LIMIT)
    weighting: Any
    target: Any

    def validate_period(self, field: ShortLine) -> None:
        """A name for the round."""
        if not field.data:
            raise ValidationError('Enter a period, such as "Autumn 2026".')
        _check_printable(field)

    def validate_locality(self, field: ShortLine) -> None:
        """A name, if the audit covers one locality."""
        self._check_scope_name(field, ScopeKind.LOCALITY)

    def validate_team(self, field: ShortLine) -> None:
        """A name, if the audit covers one team."""
        self._check_scope_name(field, ScopeKind.TEAM)

    def _check_scope_name(self, field: ShortLine, kind: ScopeKind) -> None:
        if self.scope.data == kind.value and not field.data:
            raise ValidationError(f"Enter the name of the {kind.value}.")
        _check_printable(field)

    def details(self, bank: Bank) -> AuditDetails:
        """What a valid form describes."""
        scope = ScopeKind(self.scope.data)
        names = {ScopeKind.LOCALITY: self.locality.data, ScopeKind.TEAM: self.team.data}
        target = int(self.target.data)
        return AuditDetails(
            bank_id=bank.id,
            period=self.period.data or "",
            scope=scope,
            scope_name=names.get(scope) or "",
            weighting=self.weighting.data,
            target=None if target == bank.default_target.number else target,
        )


def audit_form(bank: Bank) -> type[AuditForm]:
    """The form class for an audit on a bank."""

    class FormOfBank(AuditForm):
        weighting = OneOf(
            "How should the score weigh each answer?",
            description="The weights are Plumbline's own. Results show the score under every weighting.",
            choices=[SelectChoice(each.name, each.title) for each in bank.weightings],
            default=bank.weightings[0].name,
            invalid_choice_message="Choose how the score weighs each answer.",
        )
        target = OneOf(
            "Which level do you aim at?",
            description="You can set another target for a single item. The levels are Plumbline's own.",
            choices=[
                SelectChoice(str(level.number), level_words(level).capitalize() + _mark(bank, level.number))
                for level in bank.scale.levels
            ],
            default=str(bank.default_target.number),
            invalid_choice_message="Choose the level that you aim at.",
        )

    return FormOfBank


def _mark(bank: Bank, number: int) -> str:
    return " (usual target)" if number == bank.default_target.number else ""


def _check_printable(field: ShortLine) -> None:
    """These names stand in titles and headings, where a mark that turns the direction of text would mislead."""
    if not (field.data or "").isprintable():
        raise ValidationError(f'"{field.label.text}" holds a character that cannot be seen. Type it again.')
