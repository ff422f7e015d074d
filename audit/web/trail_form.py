"""The form that narrows the trail: by person, audit and what was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.fields.choices import SelectChoice

from audit.core.trail import WantedRows
from audit.operations.trail import Excerpt
from audit.reports.wording import capital
from audit.web.forms import OneOfMany


class TrailForm(Form):
    """Three choices. One that is not there finds nothing, and is shown as "Any"."""

    person = OneOfMany("Who")
    did = OneOfMany("What")
    audit = OneOfMany("Audit")

    def __init__(self, sent: Mapping[str, str], found: Excerpt, audits: Mapping[int, str]) -> None:
        super().__init__(MultiDict(sent))
        names = sorted(found.people.items(), key=lambda pair: pair[1].casefold())
        _offer(self.person, ((str(number), name) for number, name in names))
        _offer(self.did, ((did, capital(did)) for did in found.deeds))
        _offer(self.audit, ((str(number), name) for number, name in audits.items()))

    @property
    def given(self) -> dict[str, str]:
        """What was asked for, as the address of the page holds it; empty where nothing was."""
        return {name: text for name, text in self.data.items() if text}


def wanted(sent: Mapping[str, str]) -> WantedRows:
    """The rows that an address asks for. What is no number asks for any."""
    return WantedRows(_number(sent.get("person", "")), _number(sent.get("audit", "")), sent.get("did") or None)


def _offer(field: OneOfMany, pairs: Iterable[tuple[str, str]]) -> None:
    field.choices = [SelectChoice("", "Any"), *(SelectChoice(value, label) for value, label in pairs)]
    if field.data not in {choice.value for choice in field.choices}:
        field.data = ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
