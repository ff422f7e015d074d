"""The second step of planning a workshop: its items with their order and minutes, when it is, and how it decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import ValidationError
from wtforms.fields.choices import SelectChoice

from audit.core.bank import Bank
from audit.core.decisions import DecisionRule, RuleKind
from audit.core.workshops import LONGEST_MINUTES, TITLE_LIMIT, AgendaItem, Plan
from audit.reports.agreement_words import measure
from audit.reports.wording import day_words
from audit.reports.workshop_words import RULES
from audit.web.agenda_form import USUAL_MINUTES, basis_of
from audit.web.evidence_links import read_day
from audit.web.forms import Tick
from audit.web.group_forms import Bare
from audit.web.group_lines import GroupLines
from audit.web.revealing import OneOfRevealing
from audit.web.typed import ShortLine
from audit.web.whole_numbers import whole

USUAL_TITLE = "Workshop"
_PLACE, _MINUTES = "place_", "minutes_"
# What stands above the agenda on the page.
_ABOVE = ("title", "day", "begins")
_HIGHEST_PLACE = 999
_MOST_QUORUM = 999
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
_HUNDREDTHS = re.compile(r"0?\.[0-9]{1,2}|1(\.0{1,2})?")


class PlanForm(Bare):
    """The plan of a workshop. ``plan_form`` adds a place and the minutes of each item of the bank, in ``order``.

    The fields of the decision rule are None once it cannot change any more.
    """

    title = ShortLine("Title", TITLE_LIMIT, "People see it when they join")
    day = ShortLine("Day", 40, "For example, 21 November 2026. You can leave it empty")
    begins = ShortLine("Begins at", 10, "For example, 9:30 or 14:00. You can leave it empty")
    answered = Tick("People answered alone before the workshop")
    groups = GroupLines("Groups that people can choose from when they join")
    rule: OneOfRevealing | None = OneOfRevealing(
        "How does the room decide?",
        choices=[SelectChoice(kind.value, name) for kind, (name, _) in RULES.items()],
        invalid_choice_message="Choose how the room decides.",
    )
    consensus: ShortLine | None = ShortLine(
        "Consensus that is needed", 10, "From 0.01 to 1.00, where 1.00 means that all choose the same level"
    )
    quorum: ShortLine | None = ShortLine("Quorum", 10)

    bank: Bank
    order: list[str]
    before: Plan

    def place(self, item_id: str) -> ShortLine:
        """The field for the place of an item on the agenda."""
        field: ShortLine = self[_PLACE + item_id]
        return field

    def minutes(self, item_id: str) -> ShortLine:
        """The field for the minutes of an item."""
        field: ShortLine = self[_MINUTES + item_id]
        return field

    @property
    def agenda(self) -> tuple[AgendaItem, ...] | None:
        """The items that have a place, in its order; None as long as a place or their minutes are wrong."""
        found = []
        for item_id in self.order:
            place, minutes = self._place(item_id), whole(self.minutes(item_id).data or "", 1, LONGEST_MINUTES)
            if self.place(item_id).data and (place is None or minutes is None):
                return None
            found += [(place, AgendaItem(item_id, minutes))] if place and minutes else []
        places = [place for place, _ in found]
        return (
            tuple(each for _, each in sorted(found, key=lambda pair: pair[0]))
            if len({*places}) == len(places)
            else None
        )

    def plan(self, *, contested: bool) -> Plan:
        """The plan of a valid form."""
        agenda = self.agenda or ()
        return Plan(
            title=self.title.data or "",
            agenda=agenda,
            basis=basis_of(self.bank, [each.item_id for each in agenda], contested=contested),
            rule=self._rule(),
            day=read_day(self.day.data or "") or "",
            begins=_time(self.begins.data or "") or "",
            groups=self.groups.names,
            answered_before=bool(self.answered.data),
        )

    def _rule(self) -> DecisionRule:
        if self.rule is None or self.consensus is None or self.quorum is None:
            return self.before.rule
        kind = RuleKind(self.rule.data)
        consensus = _hundredths(self.consensus.data or "") if kind is RuleKind.CONSENSUS else None
        return DecisionRule(kind, int(self.quorum.data or 0), consensus or self.before.rule.consensus)

    def _place(self, item_id: str) -> int | None:
        return whole(self.place(item_id).data or "", 1, _HIGHEST_PLACE)

    def validate_title(self, field: ShortLine) -> None:
        """A title that can be seen."""
        if not field.data:
            raise ValidationError("Enter a title for the workshop.")
        if not field.data.isprintable():
            raise ValidationError('"Title" holds a character that cannot be seen. Type it again.')

    def validate_day(self, field: ShortLine) -> None:
        """A day, or nothing."""
        if field.data and read_day(field.data) is None:
            raise ValidationError('"Day" must be a date such as 21 November 2026. You can leave it empty.')

    def validate_begins(self, field: ShortLine) -> None:
        """A time of day, or nothing."""
        if field.data and _time(field.data) is None:
            raise ValidationError('"Begins at" must be a time such as 9:30 or 14:00. You can leave it empty.')

    def validate_consensus(self, field: ShortLine) -> None:
        """A value of the measure, where the rule asks for one."""
        if (
            self.rule is not None
            and self.rule.data == RuleKind.CONSENSUS.value
            and _hundredths(field.data or "") is None
        ):
            raise ValidationError(f'"{field.label.text}" must be a number from 0.01 to 1.00, such as 0.80.')

    def validate_quorum(self, field: ShortLine) -> None:
        """How many must vote, or nothing."""
        if not field.data:
            return
        if whole(field.data, 1, _MOST_QUORUM) is None:
            raise ValidationError(f'"Quorum" must be a whole number from 1 to {_MOST_QUORUM}. Leave it empty for none.')
        if self.rule is not None and self.rule.data == RuleKind.FACILITATOR.value:
            raise ValidationError(
                "A quorum needs a rule by which votes decide. Choose another rule, or leave it empty."
            )

    def check_place(self, field: ShortLine) -> None:
        """A place that no other item has, or nothing."""
        item_id = field.name.removeprefix(_PLACE)
        if not any(self.place(each).data for each in self.order) and item_id == self.order[0]:
            raise ValidationError(f"Give at least one {self.bank.item_noun} a place on the agenda.")
        if not field.data:
            return
        place = self._place(item_id)
        if place is None:
            raise ValidationError(
                f"The place of {item_id} must be a whole number from 1. Empty it to leave {item_id} out."
            )
        same = next(each for each in self.order if self._place(each) == place)
        if same != item_id:
            raise ValidationError(f"{item_id} has the same place as {same}. Give each a place of its own.")

    def check_minutes(self, field: ShortLine) -> None:
        """Minutes that an item can have, where it has a place."""
        item_id = field.name.removeprefix(_MINUTES)
        if self.place(item_id).data and whole(field.data or "", 1, LONGEST_MINUTES) is None:
            raise ValidationError(f"The minutes for {item_id} must be a whole number from 1 to {LONGEST_MINUTES}.")


def plan_form(bank: Bank, before: Plan, sent: MultiDict[str, str] | None = None, *, fixed: bool = False) -> PlanForm:
    """The form of a plan, or what was sent of it. ``fixed`` says that the decision rule cannot change any more."""

    class FormOfBank(PlanForm):
        pass

    for item_id in bank.items:
        setattr(FormOfBank, _PLACE + item_id, ShortLine(f"Place of {item_id}", 10, validators=[PlanForm.check_place]))
        setattr(
            FormOfBank, _MINUTES + item_id, ShortLine(f"Minutes for {item_id}", 10, validators=[PlanForm.check_minutes])
        )
    form = FormOfBank(sent, data=dict(_first(bank, before)))
    form.bank, form.before = bank, before
    form.order = [*before.item_ids, *(each for each in bank.items if each not in before.item_ids)]
    # Errors are summed up in the order of the page.
    below = [kind + item_id for item_id in form.order for kind in (_PLACE, _MINUTES)]
    form._fields = {name: form._fields[name] for name in dict.fromkeys([*_ABOVE, *below, *form._fields])}
    if fixed:
        del form.rule, form.consensus, form.quorum
    return form


def _first(bank: Bank, plan: Plan) -> Iterator[tuple[str, Any]]:
    yield from {"title": plan.title, "day": day_words(plan.day), "begins": plan.begins}.items()
    yield from {"answered": plan.answered_before, "groups": "\n".join(plan.groups)}.items()
    yield from {"rule": plan.rule.kind.value, "quorum": str(plan.rule.quorum or "")}.items()
    yield "consensus", measure(Fraction(plan.rule.consensus, 100))
    for item_id in bank.items:
        yield _MINUTES + item_id, str(USUAL_MINUTES)
    for place, each in enumerate(plan.agenda, start=1):
        yield _PLACE + each.item_id, str(place)
        yield _MINUTES + each.item_id, str(each.minutes)


def _time(text: str) -> str | None:
    """``9.30`` or ``9:30`` as ``09:30``; None for what is no time."""
    found = _TIME.fullmatch(text)
    return f"{int(found[1]):02}:{found[2]}" if found else None


def _hundredths(text: str) -> int | None:
    return round(Fraction(text) * 100) or None if _HUNDREDTHS.fullmatch(text) else None
