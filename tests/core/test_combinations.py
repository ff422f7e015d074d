"""Hand-worked trees."""

from __future__ import annotations

from fractions import Fraction as F

from audit.core.bank import Combine, Item, Section
from audit.core.scorecard import Scorecard, SectionScore
from tests.making import DONT_KNOW, NOT_APPLICABLE, make_bank, make_item, make_section, rated, score

A, B, C = make_item("A"), make_item("B"), make_item("C")


def section(scorecard: Scorecard, name: str) -> SectionScore:
    return next(s for s in scorecard.sections if s.id == name)


def test_a_weighted_mean() -> None:
    bank = make_bank(make_item("A", 3), make_item("B", 1))
    overall = score(bank, A=rated(4), B=rated(0)).overall
    assert (overall.raw, overall.raw_max, overall.score) == (F(3), F(4), F(3, 4))


def test_a_sum_keeps_its_points() -> None:
    bank = make_bank(make_section("S", A, B, C, combine=Combine.SUM))
    part = section(score(bank, A=rated(4), B=rated(1), C=DONT_KNOW), "S")
    assert (part.raw, part.raw_max, part.score) == (F(5), F(8), F(5, 8))
    assert (part.low, part.high) == (F(5, 12), F(9, 12))


def test_a_geometric_mean_with_a_rational_root_is_exact() -> None:
    bank = make_bank(make_section("S", A, B, combine=Combine.GEOMETRIC))
    part = section(score(bank, A=rated(1), B=rated(4)), "S")
    assert (part.raw, part.raw_max, part.score) == (F(2), F(4), F(1, 2))


def test_a_geometric_mean_with_an_irrational_root_is_carried_to_forty_decimals() -> None:
    bank = make_bank(make_section("S", A, B, combine=Combine.GEOMETRIC))
    part = section(score(bank, A=rated(1), B=rated(2)), "S")
    assert part.score is not None
    assert abs(part.score**2 - F(1, 8)) < F(1, 10**39)


def test_weights_count_in_a_geometric_mean() -> None:
    bank = make_bank(
        make_section("S", make_item("A", 2), make_item("B", 1), combine=Combine.GEOMETRIC), values=[F(0), F(1), F(8)]
    )
    part = section(score(bank, A=rated(2), B=rated(1)), "S")
    assert part.score == F(1, 2)


def test_one_zero_brings_a_geometric_mean_to_zero() -> None:
    bank = make_bank(make_section("S", A, B, combine=Combine.GEOMETRIC))
    assert section(score(bank, A=rated(0), B=rated(4)), "S").score == 0


def test_a_minimum_is_its_weakest_child() -> None:
    bank = make_bank(make_section("S", A, B, C, combine=Combine.MINIMUM))
    part = section(score(bank, A=rated(3), B=rated(1), C=NOT_APPLICABLE), "S")
    assert (part.raw, part.score) == (F(1), F(1, 4))


def test_sections_nest_to_any_depth() -> None:
    node: Section | Item = A
    for depth in range(60):
        node = make_section(f"S{depth}", node)
    bank = make_bank(node)
    assert score(bank, A=rated(3)).overall.score == F(3, 4)


def test_a_section_with_a_weight_of_its_own_counts_by_it() -> None:
    bank = make_bank(make_section("S", A, B, weight=1), make_section("T", C, weight=3))
    scorecard = score(bank, A=rated(4), B=rated(4), C=rated(0))
    assert scorecard.overall.score == F(1, 4)
    assert [entry.weight for entry in scorecard.items] == [F(1, 2), F(1, 2), F(3)]


def test_a_partly_answered_sum_counts_in_a_mean_at_the_rate_it_has_reached() -> None:
    bank = make_bank(
        make_section("S", A, B, combine=Combine.SUM, weight=1), make_section("T", C, combine=Combine.SUM, weight=1)
    )
    overall = score(bank, A=rated(4), B=DONT_KNOW, C=rated(0)).overall
    assert (overall.raw, overall.raw_max) == (F(4), F(6))
    assert (overall.low, overall.high) == (F(1, 3), F(2, 3))


def test_a_section_where_nothing_is_rated_brings_no_weight_with_it() -> None:
    inner = make_section("S", A, make_section("T", B, weight=3))
    scorecard = score(make_bank(inner, C), A=rated(4), B=DONT_KNOW, C=rated(0))
    assert scorecard.overall.score == F(1, 2)


def test_a_scale_may_have_any_rising_values() -> None:
    bank = make_bank(A, B, values=[F(0), F(1, 4), F(1, 2), F(1)])
    assert score(bank, A=rated(1), B=rated(3)).overall.score == F(5, 8)


def test_a_scale_may_begin_above_zero() -> None:
    bank = make_bank(A, B, values=[F(1), F(2), F(5)])
    overall = score(bank, A=rated(0), B=DONT_KNOW).overall
    assert (overall.score, overall.low, overall.high) == (F(1, 5), F(1, 5), F(3, 5))
