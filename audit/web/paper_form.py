"""The form in which the paper ballots of a vote are counted, made from the bank's scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from audit.core.bank import Bank, Level
from audit.core.responses import Confidence, RatingState
from audit.core.round_results import Pile
from audit.operations.paper_ballots import MOST_BALLOTS
from audit.reports.wording import level_words
from audit.reports.workshop_words import SURE
from audit.web.forms import OneOf
from audit.web.group_forms import Bare
from audit.web.typed import ShortLine
from audit.web.whole_numbers import whole

ALL_GROUPS = "All ballots together, or those that name no group"
NO_GROUP = "Ballots that name no group"
_DONT_KNOW, _NOT_APPLICABLE = "dont_know", "not_applicable"


class PileForm(Bare):
    """Numbers of ballots. ``pile_form`` adds a field for each line of a ballot."""

    @property
    def choices(self) -> list[Any]:
        """The fields of what people chose."""
        return [field for name, field in self._fields.items() if name.startswith("level_")] + [
            self[_DONT_KNOW],
            self[_NOT_APPLICABLE],
        ]

    @property
    def sure(self) -> list[Any]:
        """The fields of how sure they are."""
        return [self[f"sure_{each.value}"] for each in SURE]

    def pile(self, group: str) -> Pile:
        """The ballots that a valid form counts."""
        levels = {int(name.removeprefix("level_")): 0 for name in self._fields if name.startswith("level_")}
        return Pile(
            group=group,
            levels={level: self._number(f"level_{level}") for level in levels},
            not_applicable=self._number(_NOT_APPLICABLE),
            dont_know=self._number(_DONT_KNOW),
            confidence={each: number for each in SURE if (number := self._number(f"sure_{each.value}"))},
        )

    def validate_not_applicable(self, field: ShortLine) -> None:
        """There are ballots, and not more than a room holds."""
        numbers = [_count(each.data) for each in self.choices]
        if None in numbers:
            return
        ballots = sum(number or 0 for number in numbers)
        if not ballots:
            raise ValidationError("Enter how many ballots there are: all lines are empty.")
        if ballots > MOST_BALLOTS:
            raise ValidationError(f"Enter {MOST_BALLOTS} ballots or fewer. These are {ballots:,}.")

    def validate_sure_low(self, field: ShortLine) -> None:
        """Not more people say how sure they are than there are ballots."""
        numbers, sure = ([_count(each.data) for each in fields] for fields in (self.choices, self.sure))
        if None in numbers or None in sure:
            return
        ballots, said = sum(number or 0 for number in numbers), sum(number or 0 for number in sure)
        if said > ballots > 0:
            raise ValidationError(f"How sure people are is counted on {said} ballots, but there are {ballots}.")

    def _number(self, name: str) -> int:
        return _count(self[name].data) or 0


def pile_form(
    bank: Bank, groups: Sequence[str] = (), sent: MultiDict[str, str] | None = None, *, nobodys: str = ALL_GROUPS
) -> PileForm:
    """The form for a scale, or what was sent of it; with a choice among ``groups`` where there are any.

    ``nobodys`` says whose ballots an empty group stands for.
    """

    class FormOfPile(PileForm):
        pass

    if groups:
        choices = [SelectChoice(name, name or nobodys) for name in groups]
        FormOfPile.group = OneOf("Whose ballots are these?", choices=choices, invalid_choice_message="Choose a group.")
    for level in bank.scale.levels:
        setattr(FormOfPile, f"level_{level.number}", _line(_level_words(level)))
    setattr(FormOfPile, _DONT_KNOW, _line(RatingState.DONT_KNOW.words))
    setattr(FormOfPile, _NOT_APPLICABLE, _line(RatingState.NOT_APPLICABLE.words))
    for each, words in SURE.items():
        setattr(FormOfPile, f"sure_{each.value}", _line(words))
    return FormOfPile(sent or MultiDict())


def unlike(bank: Bank, first: Pile, second: Pile) -> list[str]:
    """The lines in which two counts differ, in words. The numbers are as blind as the votes are."""
    pairs = zip(_lines(bank, first), _lines(bank, second), strict=True)
    return [words for (words, one), (_, two) in pairs if one != two]


def _lines(bank: Bank, pile: Pile) -> Iterator[tuple[str, int]]:
    for level in bank.scale.levels:
        yield _level_words(level), pile.levels.get(level.number, 0)
    yield RatingState.DONT_KNOW.words, pile.dont_know
    yield RatingState.NOT_APPLICABLE.words, pile.not_applicable
    confidence: Mapping[Confidence, int] = pile.confidence
    for each, words in SURE.items():
        yield words, confidence.get(each, 0)


def _level_words(level: Level) -> str:
    return f"Level {level_words(level)}"


def _line(label: str) -> ShortLine:
    return ShortLine(label, 10, validators=[_whole])


def _whole(form: PileForm, field: ShortLine) -> None:
    if _count(field.data) is None:
        raise ValidationError(f"“{field.label.text}” must be a whole number from 0 to {MOST_BALLOTS}, such as 4.")


def _count(text: str | None) -> int | None:
    """The number that was typed, 0 for an empty field, None for what is none."""
    return whole(text, 0, MOST_BALLOTS) if text else 0
