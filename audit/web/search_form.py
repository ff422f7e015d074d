"""The form that searches the evidence library: words, and what the findings must be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.fields.choices import SelectChoice

from audit.core.bank_loader import bank_ids, load_bank
from audit.core.evidence import Direction, Publication, Strength
from audit.core.library_loader import load_library
from audit.core.texts import without_forbidden
from audit.operations.evidence import Wanted
from audit.reports.wording import capital
from audit.web.forms import OneLine, OneOfMany

# What is typed beyond this is not searched for, and shown no more.
LONGEST_SEARCH = 300


def titles() -> Mapping[str, str]:
    """The titles of all items, by id."""
    return {item.id: item.title for bank_id in bank_ids() for item in load_bank(bank_id).items.values()}


def publications() -> tuple[Publication, ...]:
    """All publications, by their short names."""
    found = {finding.publication.id: finding.publication for finding in load_library().findings}
    return tuple(sorted(found.values(), key=lambda publication: publication.short))


class SearchForm(Form):
    """Words to search for, and five choices that narrow what is found. A choice that is not there chooses nothing."""

    q = OneLine("Search the findings")
    item = OneOfMany("Condition or ingredient")
    setting = OneOfMany("Who tried it")
    publication = OneOfMany("Publication")
    strength = OneOfMany("How firm")
    direction = OneOfMany("Which way it points")

    def __init__(self, sent: Mapping[str, str]) -> None:
        super().__init__(MultiDict(sent))
        self.q.data = without_forbidden(" ".join((self.q.data or "").split()))[:LONGEST_SEARCH]
        names = {setting.id: setting.name for setting in load_library().settings}
        _offer(self.item, ((name, f"{name} {title}") for name, title in titles().items()))
        _offer(self.setting, sorted(names.items(), key=lambda pair: pair[1].casefold()))
        _offer(self.publication, ((each.id, each.short) for each in publications()))
        _offer(self.strength, ((strength.value, capital(strength.words)) for strength in Strength))
        _offer(self.direction, ((direction.value, capital(direction.words)) for direction in Direction))

    @property
    def wanted(self) -> Wanted:
        """What the findings must be."""
        return Wanted(
            item=self.item.data,
            setting=self.setting.data,
            publication=self.publication.data,
            strength=Strength(self.strength.data) if self.strength.data else None,
            direction=Direction(self.direction.data) if self.direction.data else None,
        )

    @property
    def given(self) -> dict[str, str]:
        """What was asked for, as the address of the page holds it; empty where nothing was."""
        return {name: text for name, text in self.data.items() if text}


def _offer(field: OneOfMany, pairs: Iterable[tuple[str, str]]) -> None:
    field.choices = [SelectChoice("", "Any"), *(SelectChoice(value, label) for value, label in pairs)]
    if field.data not in {choice.value for choice in field.choices}:
        field.data = ""
