"""The same answers under several weightings."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from audit.core.bank import Bank, Weighting
from audit.core.library import Library
from audit.core.responses import Answers, Response
from audit.core.scorecard import score_answers
from audit.reports.weightings import WeightingLine, compare
from tests.making import make_bank, make_item, rated

NO_FINDINGS = Library(())


def bank_of(count: int, **weights: int) -> Bank:
    bank = make_bank(*(make_item(f"A{n}") for n in range(1, count + 1)))
    own = Weighting("own", "Own weights", "Ours.", {name: Fraction(weight) for name, weight in weights.items()})
    return replace(bank, weightings=(*bank.weightings, own))


def lines(bank: Bank, **responses: Response) -> tuple[WeightingLine, ...]:
    scorecards = [score_answers(bank, Answers(responses), weighting) for weighting in bank.weightings]
    return compare(scorecards, NO_FINDINGS)


def same(count: int, level: int) -> dict[str, Response]:
    return {f"A{n}": rated(level) for n in range(1, count + 1)}


def test_each_weighting_has_its_score_and_range() -> None:
    equal, own = lines(bank_of(3, A1=2), A1=rated(4), A2=rated(0))
    assert (equal.title, equal.percent, equal.span) == ("Equal weights", "50.0", "33.3% to 66.7%")
    assert (own.title, own.percent, own.span) == ("Own weights", "66.7", "50.0% to 75.0%")


def test_a_gap_that_comes_in_is_named_with_the_one_that_goes() -> None:
    equal, own = lines(bank_of(5, A5=2), **same(5, 1))
    assert [item.id for item in equal.first] == ["A1", "A2", "A3"]
    assert [item.id for item in own.first] == ["A5", "A1", "A2"]
    assert equal.change == ""
    assert own.change == "A5 is among the first three gaps, in place of A3."


def test_several_that_come_in_are_named_together() -> None:
    _, own = lines(bank_of(5, A4=2, A5=2), **same(5, 1))
    assert own.change == "A4 and A5 are among the first three gaps, in place of A2 and A3."


def test_another_order_is_said() -> None:
    assert lines(bank_of(3, A2=2), **same(3, 1))[1].change == "The first three gaps stay the same, in another order."


def test_the_same_order_is_said() -> None:
    _, own = lines(bank_of(3, A1=2), **same(3, 1))
    assert own.change == "The first three gaps stay the same, in the same order."


def test_one_gap_stays_the_same() -> None:
    assert lines(bank_of(2, A1=2), A1=rated(1), A2=rated(4))[1].change == "The first gap stays the same."


def test_without_a_gap_there_is_nothing_to_compare() -> None:
    _, own = lines(bank_of(2, A1=2), **same(2, 4))
    assert (own.first, own.change) == ((), "")


def test_without_a_rating_there_is_no_score() -> None:
    assert [line.percent for line in lines(bank_of(2))] == [None, None]
