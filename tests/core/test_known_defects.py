"""Defects found in other assessment tools, each held off by name (T1 to T18 of the survey of the field)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given

from audit.core.answer_files import parse_answers
from audit.core.bank import Band, Bank, Combine, Weighting
from audit.core.bank_loader import parse_bank
from audit.core.errors import AnswersError, BankError
from audit.core.gaps import find_gaps, gap_shares, strengths
from audit.core.numbers import percent, percent_or_none
from audit.core.responses import Answers, RatingState, Response
from audit.core.scorecard import Scorecard, score_answers
from tests.core.tiny_bank import TINY, changed
from tests.making import DONT_KNOW, NOT_APPLICABLE, make_bank, make_item, make_section, rated, score
from tests.strategies import audits

BANK = make_bank(*(make_item(name) for name in "ABCD"))
COMBINES = pytest.mark.parametrize("combine", Combine)


def scored(bank: Bank, csv: str) -> Scorecard:
    return score_answers(bank, parse_answers(csv.encode(), "a.csv", bank), bank.weightings[0])


def test_t01_a_label_off_the_scale_is_refused_not_scored_zero() -> None:
    with pytest.raises(AnswersError) as caught:
        scored(BANK, 'item,rating\nA,4\nB,"Yes, some of the time"\n')
    assert (caught.value.row, caught.value.column) == (3, "rating")
    assert '"Yes, some of the time" is not on the scale.' in str(caught.value)


def test_t02_nothing_rated_is_not_yet_scored_never_zero() -> None:
    card = score(BANK)
    assert (card.overall.score, card.overall.raw, card.band, card.weakest) == (None, None, None, ())
    assert percent_or_none(card.overall.score) is None
    assert [entry.score for entry in card.items] == [None] * 4


def test_t03_not_applicable_needs_a_reason_and_earns_nothing() -> None:
    with pytest.raises(AnswersError, match="na needs a reason"):
        scored(BANK, "item,rating\nA,na\n")
    with pytest.raises(ValueError, match="needs a reason"):
        Response(RatingState.NOT_APPLICABLE)
    card = score(BANK, A=rated(2), B=rated(2), C=rated(2), D=NOT_APPLICABLE)
    assert card.overall.score == Fraction(1, 2)
    assert card.weight_excluded == Fraction(1, 4)
    assert (card.if_excluded_lowest, card.if_excluded_highest) == (Fraction(3, 8), Fraction(5, 8))


@COMBINES
def test_t04_not_applicable_means_the_same_everywhere(combine: Combine) -> None:
    part = make_section("S", make_item("A"), make_item("B"), make_item("C"), combine=combine)
    without = make_section("S", make_item("A"), make_item("B"), combine=combine)
    for level in range(5):
        card = score(make_bank(part), A=rated(level), B=rated(3), C=NOT_APPLICABLE)
        bare = score(make_bank(without), A=rated(level), B=rated(3))
        assert (card.overall, card.sections) == (bare.overall, bare.sections)
        assert find_gaps(card, {}) == find_gaps(bare, {})


def test_t05_skipping_hard_items_cannot_hide() -> None:
    honest = score(BANK, A=rated(4), B=rated(4), C=rated(0), D=rated(0))
    skipped = score(BANK, A=rated(4), B=rated(4))
    assert honest.overall.score == Fraction(1, 2)
    assert skipped.overall.low == Fraction(1, 2)
    assert skipped.overall.high == 1
    assert (skipped.answered, skipped.unknown, len(skipped.items)) == (2, 2, 4)
    assert skipped.weight_excluded == 0


def test_t06_not_known_is_neither_not_applicable_nor_the_bottom() -> None:
    cards = {
        state: score(BANK, A=rated(4), B=rated(4), C=rated(4), D=response)
        for state, response in {"dk": DONT_KNOW, "na": NOT_APPLICABLE, "none": Response(), "0": rated(0)}.items()
    }
    counted = {name: (card.answered, card.not_applicable, card.unknown) for name, card in cards.items()}
    assert counted == {"dk": (3, 0, 1), "na": (3, 1, 0), "none": (3, 0, 1), "0": (4, 0, 0)}
    ranges = {name: (card.overall.low, card.overall.high) for name, card in cards.items()}
    assert ranges == {"dk": (Fraction(3, 4), 1), "na": (1, 1), "none": (Fraction(3, 4), 1), "0": (Fraction(3, 4),) * 2}
    assert len({entry.response.state.words for card in cards.values() for entry in card.items}) == 4


def test_t07_what_is_not_rated_never_meets_its_target() -> None:
    card = score(BANK, A=rated(4), B=DONT_KNOW, C=NOT_APPLICABLE)
    assert [strength.entry.item.id for strength in strengths(card)] == ["A"]
    assert [entry.gap for entry in card.items] == [0, None, None, None]
    with pytest.raises(BankError, match='the key "default_target" is missing'):
        parse_bank(changed("default_target: 1\n", "").encode(), "bank.yaml")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (", 2: All of B.}", "}"),
        ("sections:\n", "sections:\n  - {id: empty, title: Empty}\n"),
        ("sections:\n", "items: []\nsections:\n"),
    ],
)
def test_t08_a_level_or_section_without_content_is_refused_not_passed(old: str, new: str) -> None:
    with pytest.raises(BankError, match=r"no descriptor for level 2|nothing stands below|this list is empty"):
        parse_bank(changed(old, new).encode(), "bank.yaml")


def test_t10_a_weight_of_zero_stays_zero() -> None:
    bank = parse_bank(changed("weight: 3", "weight: 0").encode(), "bank.yaml")
    assert bank.items["B"].weight == 0
    card = scored(bank, "item,rating\nA,1\nB,0\n")
    assert (card.overall.score, card.items[1].weight) == (Fraction(1, 2), Fraction(0))
    assert gap_shares(card)["B"] == 0
    own = Weighting("own", "Own", "Ours.", {"A": Fraction(0)})
    assert score_answers(BANK, Answers({"A": rated(0), "B": rated(4)}), own).overall.score == 1


def test_t11_thresholds_are_exact_and_rounding_is_half_up_once() -> None:
    tenths = make_bank(*(make_item(f"I{n}", Fraction(1, 10)) for n in range(10)), values=[Fraction(0), Fraction(1)])
    bank = replace(tenths, bands=(Band(Fraction(0), "Low", ""), Band(Fraction(3, 10), "Fair", "")))
    card = score(bank, **{f"I{n}": rated(1 if n < 3 else 0) for n in range(10)})
    assert card.overall.score == Fraction(3, 10)
    assert card.band is not None
    assert card.band.name == "Fair"
    assert sum([0.1] * 3) / sum([0.1] * 10) != 0.3
    shown = {Fraction(1, 16): "6.3", Fraction(1, 3): "33.3", Fraction(2, 3): "66.7", Fraction(1): "100.0"}
    shown |= {
        Fraction(0): "0.0",
        Fraction(1, 2000): "0.1",
        Fraction(1999, 2000): "100.0",
        Fraction(4499, 100000): "4.5",
    }
    assert {share: percent(share) for share in shown} == shown


@pytest.mark.parametrize("rating", ["0.5", "1.5", "2.0", "1/2", "5", "-1", "2 or 3"])
def test_t12_a_rating_between_levels_is_refused_with_its_row(rating: str) -> None:
    with pytest.raises(AnswersError) as caught:
        scored(BANK, f"item,rating\nA,4\nB,2\nC,{rating}\n")
    assert str(caught.value).startswith(f'a.csv, row 4, column rating: "{rating}" is not on the scale.')


@given(audits())
def test_t13_no_score_leaves_nought_to_a_hundred_percent(audit: tuple[Bank, dict[str, Response]]) -> None:
    bank, responses = audit
    card = score(bank, **responses)
    for part in (card.overall, *card.sections):
        assert all(0 <= value <= 1 for value in (part.score, part.low, part.high) if value is not None)
        if part.raw is not None and part.raw_max is not None:
            assert 0 <= part.raw <= part.raw_max
    assert all(0 <= entry.score <= 1 for entry in card.items if entry.score is not None)


@COMBINES
@pytest.mark.parametrize("skipped", [DONT_KNOW, Response(), NOT_APPLICABLE])
def test_t16_a_skipped_answer_never_pulls_a_score_down(combine: Combine, skipped: Response) -> None:
    bank = make_bank(make_section("S", *(make_item(name) for name in "ABC"), combine=combine))
    assert score(bank, A=rated(3), B=rated(3), C=skipped).overall.score == Fraction(3, 4)


def test_t18_every_weight_in_a_bank_is_read_or_refused() -> None:
    lines = [number for number, line in enumerate(TINY.splitlines()) if "weight:" in line]
    ratings = "item,rating\nA,2\nB,0\n"
    before = scored(parse_bank(TINY.encode(), "bank.yaml"), ratings).overall.score
    for number in lines:
        text = TINY.splitlines()
        text[number] = text[number].split(":")[0] + ": 7"
        assert scored(parse_bank("\n".join(text).encode(), "bank.yaml"), ratings).overall.score != before
    for old, new in (("title: A part", "title: A part\n    weights: 2"), ("{from: 0,", "{from: 0, weight: 1,")):
        with pytest.raises(BankError, match="is not known here"):
            parse_bank(changed(old, new).encode(), "bank.yaml")
