"""Every worked example of docs/method.md, computed by the code and found in the text."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from audit.core.bank import Bank, Combine, Item, Section
from audit.core.bank_loader import bank_ids, load_bank
from audit.core.evidence import Direction, Finding, Kind, Publication, Strength
from audit.core.evidence_weights import BREADTH, DIRECT, FIRM, VERY_FIRM, evidence_points, evidence_weight
from audit.core.gaps import contradictions, find_gaps, gap_shares, strengths
from audit.core.library import Library, usefulness
from audit.core.library_loader import load_library
from audit.core.numbers import percent
from audit.core.responses import Answers, Response
from audit.core.scorecard import (
    WEIGHT_EXCLUDED_WARNING,
    Scorecard,
    SectionScore,
    score_answers,
)
from audit.core.weights import effective_weights
from tests.making import DONT_KNOW, NOT_APPLICABLE, make_bank, make_item, make_section, rated, score

DOCUMENT = (Path(__file__).parents[2] / "docs" / "method.md").read_text(encoding="utf-8")
A, B, C = make_item("A"), make_item("B"), make_item("C")
WAYS = {way.value: way for way in Combine}


def plain(text: str) -> str:
    return " ".join(text.replace("**", "").split())


def says(text: str) -> bool:
    return plain(text) in plain(DOCUMENT)


def shown(share: Fraction | None) -> str:
    assert share is not None
    return f"{percent(share)}%"


def points(part: SectionScore) -> str:
    return f"{part.raw} of {part.raw_max}"


# 1. From a level to a score


def test_level_three_of_four_scores_three_quarters() -> None:
    (entry,) = score(make_bank(A), A=rated(3)).items
    assert says(f"Level 3 of 4 scores {entry.score}, which is shown as {shown(entry.score)}.")


def test_levels_can_have_other_values() -> None:
    quarter = score(make_bank(A, values=[Fraction(n, 4) for n in (0, 1, 2, 4)]), A=rated(1)).overall.score
    assert says(f"the second level scores {quarter}, shown as {shown(quarter)}")
    fifth = score(make_bank(A, values=[Fraction(n) for n in (1, 2, 5)]), A=rated(0)).overall.score
    assert says(f"the lowest level scores {fifth}, shown as {shown(fifth)}")


# 2. How a section combines what is in it


@pytest.mark.parametrize(
    ("way", "working"),
    [
        ("mean", "(4 + 1) / 2"),
        ("sum", "4 + 1"),
        ("geometric", "square root of 4 × 1"),
        ("minimum", "the lower of 4 and 1"),
    ],
)
def test_the_four_ways_give_what_the_table_shows(way: str, working: str) -> None:
    overall = score(make_bank(A, B, combine=WAYS[way]), A=rated(4), B=rated(1)).overall
    assert says(f"| {way} | {working} | {points(overall)} | {shown(overall.score)} |")


def test_weights_count_in_a_mean_and_in_a_geometric_mean() -> None:
    heavy = make_item("A", 3)
    mean = score(make_bank(heavy, B), A=rated(4), B=rated(1)).overall
    assert says(f"The mean is (3 × 4 + 1 × 1) / 4 = {points(mean)}, shown as {shown(mean.score)}.")
    geometric = score(make_bank(heavy, B, combine=Combine.GEOMETRIC), A=rated(4), B=rated(1)).overall
    assert geometric.raw is not None
    about = f"{float(geometric.raw):.2f} of {geometric.raw_max}"
    assert says(f"the fourth root of 4 × 4 × 4 × 1, about {about}, shown as {shown(geometric.score)}.")


@pytest.mark.parametrize("way", [Combine.SUM, Combine.MINIMUM])
def test_weights_play_no_part_in_a_sum_and_a_minimum(way: Combine) -> None:
    assert says("The sum and the minimum stay as they were.")
    light = score(make_bank(A, B, combine=way), A=rated(4), B=rated(1)).overall
    assert score(make_bank(make_item("A", 3), B, combine=way), A=rated(4), B=rated(1)).overall == light


@pytest.mark.parametrize("way", list(Combine))
def test_what_weighs_nothing_is_left_out_in_all_four_ways(way: Combine) -> None:
    assert says("An item or section of weight 0 is left out in all four ways.")
    without = score(make_bank(A, B, combine=way), A=rated(4), B=rated(1)).overall
    nothing = make_item("C", 0)
    assert score(make_bank(A, B, nothing, combine=way), A=rated(4), B=rated(1), C=rated(0)).overall == without
    section = make_section("S", C, weight=0)
    assert score(make_bank(A, B, section, combine=way), A=rated(4), B=rated(1), C=rated(0)).overall == without


def test_one_zero_brings_a_geometric_mean_to_zero() -> None:
    overall = score(make_bank(A, B, combine=Combine.GEOMETRIC), A=rated(4), B=rated(0)).overall
    assert says(f"With A at 4 and B at 0 it is {points(overall)}, shown as {shown(overall.score)}.")


def test_what_is_not_rated_is_left_out_of_both_numbers() -> None:
    overall = score(make_bank(A, B, C, combine=Combine.SUM), A=rated(4), B=rated(1), C=DONT_KNOW).overall
    assert says(f"It is {points(overall)}, shown as {shown(overall.score)}. It is not 5 of 12.")


def test_a_section_with_nothing_rated_has_no_score() -> None:
    assert says('A section in which nothing is rated has no score. Plumbline then says "not yet scored", and never 0.')
    assert score(make_bank(make_section("S", A), B), B=rated(4)).sections[0].score is None


# 3. A section in a larger section


def test_sorting_a_list_into_sections_changes_nothing() -> None:
    answers = {"A": rated(4), "B": rated(4), "C": rated(0)}
    overall = score(make_bank(make_section("S", A, B), C), **answers).overall
    assert says(f"the whole is (4 + 4 + 0) / 3 = {points(overall)}, shown as {shown(overall.score)}.")
    assert score(make_bank(A, B, C), **answers).overall == overall


def test_a_section_can_have_a_weight_of_its_own() -> None:
    bank = make_bank(make_section("S", A, B, weight=1), make_section("T", C, weight=3))
    overall = score(bank, A=rated(4), B=rated(4), C=rated(0)).overall
    assert says(f"the whole is (1 × 4 + 3 × 0) / 4 = {points(overall)}, shown as {shown(overall.score)}.")


def test_a_sum_inside_a_mean_counts_by_points_and_by_weight() -> None:
    answers = {"A": rated(4), "B": rated(4), "C": rated(0)}
    overall = score(make_bank(make_section("S", A, B, combine=Combine.SUM), C), **answers).overall
    assert says(f"(2 × 8 + 1 × 0) / 3 = {points(overall)}, shown as {shown(overall.score)}.")
    own = score(make_bank(make_section("S", A, B, combine=Combine.SUM, weight=1), C), **answers).overall
    assert says(f"of its own of 1, the mean is (8 + 0) / 2 = {points(own)}, shown as {shown(own.score)}.")


def test_a_partly_answered_sum_counts_at_the_score_it_has_so_far() -> None:
    bank = make_bank(
        make_section("S", A, B, combine=Combine.SUM, weight=1), make_section("T", C, combine=Combine.SUM, weight=1)
    )
    scorecard = score(bank, A=rated(4), B=DONT_KNOW, C=rated(0))
    overall = scorecard.overall
    assert says(f"S has {points(scorecard.sections[0])} so far, and could reach 8 in all.")
    assert says(f"The mean is (8 + 0) / 2 = {points(overall)}, shown as {shown(overall.score)}.")
    assert says(f"The range is {shown(overall.low)} to {shown(overall.high)}.")


@pytest.mark.parametrize(
    ("weight", "working"),
    [(None, "The whole is (1 × 4 + 1 × 0) / 2"), (2, "of its own of 2, the whole is (2 × 4 + 1 × 0) / 3")],
)
def test_the_weight_of_a_partly_answered_section(weight: int | None, working: str) -> None:
    bank = make_bank(make_section("S", A, B, weight=weight), C)
    overall = score(bank, A=rated(4), B=DONT_KNOW, C=rated(0)).overall
    assert says(f"{working} = {points(overall)}, shown as {shown(overall.score)}.")


# 4. Not applicable


def test_not_applicable_is_left_out_and_the_report_shows_what_that_does() -> None:
    scorecard = score(make_bank(A, B, C), A=rated(4), B=rated(2), C=NOT_APPLICABLE)
    overall = scorecard.overall
    assert says(f"The score is (4 + 2) / 2 = {points(overall)}, shown as {shown(overall.score)}.")
    assert says(
        f"One third of the weight is left out, shown as {shown(scorecard.weight_excluded)}, so the report warns."
    )
    assert scorecard.weight_excluded == Fraction(1, 3) > WEIGHT_EXCLUDED_WARNING
    assert says(f"With C at the lowest level the score would be {shown(scorecard.if_excluded_lowest)}.")
    assert says(f"With C at the highest it would be {shown(scorecard.if_excluded_highest)}.")


def test_one_item_in_five_gives_no_warning() -> None:
    items = [make_item(f"I{n}") for n in range(5)]
    excluded = score(make_bank(*items), I0=NOT_APPLICABLE).weight_excluded
    assert says(f"One item in five, all of equal weight, is exactly {shown(excluded)}. That gives no warning.")
    assert not excluded > WEIGHT_EXCLUDED_WARNING
    assert says(f"a warning if that share is above {WEIGHT_EXCLUDED_WARNING * 100}%")


# 5. Don't know and unanswered


@pytest.mark.parametrize("response", [DONT_KNOW, Response()], ids=["don't know", "unanswered"])
def test_what_is_open_gives_a_range(response: Response) -> None:
    overall = score(make_bank(A, B, C), A=rated(4), B=rated(1), C=response).overall
    assert says(f"The score is {shown(overall.score)}. The range is {shown(overall.low)} to {shown(overall.high)}:")
    assert (overall.low, overall.high) == (Fraction(4 + 1 + 0, 12), Fraction(4 + 1 + 4, 12))
    assert says("from (4 + 1 + 0) / 12 to (4 + 1 + 4) / 12")


# 6. Bands and the weakest item


@pytest.mark.parametrize("bank_id", bank_ids())
def test_the_bands_are_those_of_the_banks(bank_id: str) -> None:
    bands = load_bank(bank_id).bands
    rows = [f"| {b.start} ({shown(b.start)}) | {b.name} |" if b.start else f"| 0 | {b.name} |" for b in bands]
    assert says("\n".join(rows))


@pytest.mark.parametrize("bank_id", bank_ids())
def test_the_exact_score_decides_the_band(bank_id: str) -> None:
    bank = load_bank(bank_id)
    assert says(f'A score of exactly {shown(Fraction(5, 8))} is "{bank.band(Fraction(5, 8)).name}".')
    below = Fraction(6249, 10000)
    assert says(f'A score of 62.49% is shown as {shown(below)}, but it is "{bank.band(below).name}".')


@pytest.mark.parametrize("bank_id", bank_ids())
def test_a_band_is_the_level_nearest_to_the_score(bank_id: str) -> None:
    bank = load_bank(bank_id)
    top = bank.scale.top.value
    for score_in_hundredths in range(101):
        share = Fraction(score_in_hundredths, 100)
        nearest = min(bank.scale.levels, key=lambda level: (abs(level.value / top - share), -level.number))
        assert bank.band(share).name == nearest.name


def test_the_weakest_are_all_those_with_the_lowest_score() -> None:
    weakest = score(make_bank(A, B, C), A=rated(4), B=rated(1), C=rated(1)).weakest
    assert says(f"With A at 4, B at 1 and C at 1, the weakest are {' and '.join(e.item.id for e in weakest)}.")


# 7. Gaps and priorities


def to_level_three(scorecard: Scorecard) -> Scorecard:
    """The same answers with level 3 as the target throughout."""
    bank = replace(scorecard.bank, default_target=scorecard.bank.scale.level(3))
    answers = {entry.item.id: entry.response for entry in scorecard.items}
    return score_answers(bank, Answers(answers), scorecard.weighting)


def test_gaps_and_their_shares_are_those_of_the_table() -> None:
    bank = make_bank(make_item("A", 3), B, C)
    scorecard = to_level_three(score(bank, A=rated(1), B=rated(2), C=rated(4)))
    shares = gap_shares(scorecard)
    for entry in scorecard.items:
        share = shares[entry.item.id]
        assert entry.level
        assert entry.gap is not None
        row = f"| {entry.item.id} | {entry.level.number} | {shown(entry.score)} | {entry.gap} "
        assert says(f"{row}| {entry.weight * entry.gap} | {share}, shown as {shown(share)} |")
    assert sum(share for share in shares.values() if share is not None) == 1
    assert [strength.entry.item.id for strength in strengths(scorecard)] == ["C"]


def test_evidence_orders_equal_gaps_and_then_the_bank_does() -> None:
    scorecard = score(make_bank(A, B, C), A=rated(1), B=rated(1), C=rated(1))
    order = [gap.entry.item.id for gap in find_gaps(scorecard, {"A": 2, "B": 5, "C": 2})]
    assert says("A, B and C have equal shares. Their evidence weights are 2, 5 and 2.")
    assert says(f"The order is {', '.join(order)}.")


# 8. What an item weighs in the whole


def test_effective_weights_are_those_of_the_example() -> None:
    bank = make_bank(make_section("S", A, B, weight=1), make_section("T", C, weight=3))
    weights = effective_weights(bank.root, bank.weightings[0])
    assert says(f"A and B weigh 1 × 1/2 = {weights['A']} each. C weighs 1 × 3/1 = {weights['C']}.")
    share = weights["C"] / sum(weights.values())
    assert says(f"So C is {share} of the whole, shown as {shown(share)}.")


@pytest.mark.parametrize("way", list(Combine))
def test_effective_weights_are_the_same_however_sections_combine(way: Combine) -> None:
    children: tuple[Section | Item, ...] = (make_section("S", A, B, combine=way, weight=1), make_item("C", 3))
    bank = make_bank(*children, combine=way)
    assert effective_weights(bank.root, bank.weightings[0]) == {"A": Fraction(1, 2), "B": Fraction(1, 2), "C": 3}


# 9. Rounding


def test_numbers_are_rounded_once_and_half_up() -> None:
    assert says(f"13/16 is {float(Fraction(1300, 16))}%, shown as {shown(Fraction(13, 16))}.")
    assert says(f"2/3 is shown as {shown(Fraction(2, 3))}.")
    third = shown(Fraction(1, 3))
    assert says(f"Three equal shares are shown as {third} each. They seem to add up to 99.9%.")
    assert round(3 * float(third.rstrip("%")), 1) == 99.9


# 10 and 11. The weightings


@pytest.mark.parametrize("bank_id", bank_ids())
def test_by_the_weighting_equal_every_item_weighs_one(bank_id: str) -> None:
    bank = load_bank(bank_id)
    assert set(effective_weights(bank.root, bank.weighting("equal")).values()) == {Fraction(1)}


@pytest.mark.parametrize("bank_id", bank_ids())
def test_the_weighting_evidence_of_a_bank_is_what_the_rule_gives(bank_id: str) -> None:
    bank = load_bank(bank_id)
    weighting = bank.weighting("evidence")
    points = evidence_points(bank, load_library())
    assert {item_id: weighting.of_item(item) for item_id, item in bank.items.items()} == points
    assert set(points.values()) <= set(range(1, 7))


@pytest.mark.parametrize(("item_id", "publications"), [("R4", "Two publications have"), ("T4", "")])
def test_an_evidence_weight_comes_about_as_the_example_says(item_id: str, publications: str) -> None:
    library = load_library()
    touching = library.touching(item_id)
    graded = (Strength.OBSERVED, Strength.MEASURED, Strength.COMPARED)
    counting = [f for f in touching if item_id in f.items[:DIRECT] and f.strength in graded]
    per_publication = Counter(f.publication.id for f in counting).most_common()
    numbers = [str(count) for _, count in per_publication]
    breadth = sum(count >= BREADTH for _, count in per_publication)
    measured = sum(f.strength in (Strength.MEASURED, Strength.COMPARED) for f in counting)
    firmness = 2 if measured >= VERY_FIRM else int(measured >= FIRM)
    listed = f"{', '.join(numbers[:-1])} and {numbers[-1]}"
    assert says(f"{len(touching)} findings bear on {item_id}, and {len(counting)} of them count.")
    assert says(f"By publication they are {listed}")
    assert says(f"{publications} three or more, so breadth is {breadth}." if publications else f"breadth is {breadth}.")
    assert says(f"{measured} of the {len(counting)} are measured or compared, so firmness is {firmness}.") or says(
        f"{measured} of the {len(counting)} is measured or compared, so firmness is {firmness}."
    )
    assert evidence_weight(library, item_id) == breadth + firmness
    assert says(f"{item_id} weighs {breadth + firmness}.")


def test_the_rule_for_evidence_weights_uses_the_numbers_of_the_code() -> None:
    assert (DIRECT, BREADTH, FIRM, VERY_FIRM) == (2, 3, 3, 10)
    assert says("the item stands first or second in the finding's list of items")
    assert says("one point for each publication with at least three of these findings.")
    assert says("one point if three or more of these findings are measured or compared. Two points if ten or more are.")
    assert len({finding.publication.id for finding in load_library().findings}) == 5
    assert says("There are five publications.")


# 12. How firmly a finding stands


def test_the_grades_are_named_in_order_and_in_the_words_of_reports() -> None:
    order = ", ".join(strength.value for strength in Strength)
    assert says(f"From strongest to weakest the grades are: {order}.")
    for strength in Strength:
        assert says(f"| {strength.value} | {strength.words} |")


# 13. How findings are chosen for a report


def make_finding(
    name: str,
    strength: Strength,
    place: int = 0,
    direction: Direction = Direction.SUPPORTS,
    *,
    figure: bool = False,
    publication: str = "P",
    line: int = 100,
) -> Finding:
    others = ["X", "Y", "Z"]
    return Finding(
        id=name,
        publication=Publication(publication, publication, "Paper", "Somebody", "2020"),
        line=line,
        place="Page 1",
        items=(*others[:place], "A", *others[place:]),
        kind=Kind.FINDING,
        setting="",
        says="It works.",
        figures=("3",) if figure else (),
        basis="interviews",
        direction=direction,
        strength=strength,
    )


def test_findings_on_an_item_come_in_the_order_of_the_table() -> None:
    places = ["first", "second", "third", "fourth", "fifth"]
    findings = (
        make_finding("F5", Strength.COMPARED, 2),
        make_finding("F4", Strength.JUDGED, 0),
        make_finding("F3", Strength.OBSERVED, 0),
        make_finding("F2", Strength.COMPARED, 1),
        make_finding("F1", Strength.MEASURED, 0),
    )
    touching = Library(findings).touching("A")
    for comes, finding in enumerate(touching):
        place, rank = finding.items.index("A"), finding.strength.rank
        number = f"2 × {place} + {rank} = {usefulness(finding, 'A')}"
        assert says(f"| {finding.id} | {places[place]} | {finding.strength.value} | {number} | {places[comes]} |")
    assert len(touching) == 5


def test_the_ranks_of_the_grades_are_those_of_the_text() -> None:
    assert says(f"{', '.join(f'{strength.rank} for {strength.value}' for strength in Strength)}.")


def test_a_finding_with_figures_comes_before_its_equal_without() -> None:
    first, second = make_finding("F1", Strength.OBSERVED), make_finding("F2", Strength.OBSERVED, figure=True)
    assert Library((first, second)).touching("A") == (second, first)


@pytest.mark.parametrize(
    ("supporting", "contrary", "among_first", "row"),
    [
        (8, 4, 0, "4 supporting, 2 contrary"),
        (8, 4, 1, "4 supporting, 2 contrary"),
        (8, 4, 4, "3 supporting, 3 contrary"),
        (8, 1, 0, "5 supporting, 1 contrary"),
        (2, 9, 4, "2 supporting, 4 contrary"),
        (9, 0, 0, "6 supporting, 0 contrary"),
    ],
)
def test_six_findings_are_chosen_as_the_table_says(supporting: int, contrary: int, among_first: int, row: str) -> None:
    """The contrary ones that stand among the first six are the best; the others come last."""
    best = [make_finding(f"B{n}", Strength.COMPARED, 0, Direction.QUALIFIES) for n in range(among_first)]
    middle = [make_finding(f"S{n}", Strength.MEASURED) for n in range(supporting)]
    last = [make_finding(f"L{n}", Strength.CLAIMED, 0, Direction.CONTRADICTS) for n in range(contrary - among_first)]
    chosen = Library((*best, *middle, *last)).choose(make_bank(A), A)
    assert f"{len(chosen.supporting)} supporting, {len(chosen.contrary)} contrary" == row
    assert says(f"| {supporting} | {contrary} | {among_first} | {row} |")


def test_findings_that_the_bank_names_come_first() -> None:
    assert says("come before all others")
    item = replace(A, findings=("N",))
    named, better, equal = (
        make_finding("N", Strength.CLAIMED, 0),
        make_finding("F1", Strength.COMPARED, 0),
        make_finding("F2", Strength.OBSERVED, 0),
    )
    assert [f.id for f in Library((named, equal, better)).choose(make_bank(item), item).all] == ["N", "F1", "F2"]


def test_the_row_that_an_item_restates_is_no_evidence_for_it() -> None:
    assert says("The published row and the recommendation that the item itself restates are left out.")
    bank = replace(make_bank(A), publication="P")
    own, other = make_finding("F1", Strength.JUDGED, line=A.source.line), make_finding("F2", Strength.JUDGED)
    assert Library((own, other)).choose(bank, A).all == (other,)


def test_no_publication_fills_more_than_half_of_a_side_while_others_are_left() -> None:
    first = [make_finding(f"P{n}", Strength.MEASURED) for n in range(1, 5)]
    other = make_finding("Q1", Strength.OBSERVED, publication="Q")
    against = [make_finding(f"C{n}", Strength.CLAIMED, 0, Direction.QUALIFIES) for n in range(2)]
    library = Library((*first, other, *against))
    order = [finding.id for finding in library.touching("A") if not finding.contrary]
    chosen = [finding.id for finding in library.choose(make_bank(A), A).supporting]
    assert says(f"The order is {', '.join(order)}: four from publication P and one from Q.")
    assert says(f"The report shows {', '.join(chosen)}.")


# 14. Findings that stand twice


def test_the_id_of_a_repeat_leads_to_the_finding_that_was_kept() -> None:
    library = load_library()
    kept = library.by_id["REES-167"]
    assert says(f"{kept.id} is kept, and REES-167 is its repeat. Looking up REES-167 gives {kept.id}.")
    assert [repeat.id for repeat in kept.repeats] == ["REES-167"]
    assert "REES-167" not in [finding.id for finding in library.findings]


# 15. Ratings that contradict each other


@pytest.mark.parametrize(
    ("r4", "r3", "pointed_out"),
    [
        (rated(2), rated(0), True),
        (rated(0), rated(0), False),
        (rated(2), rated(1), False),
        (rated(2), DONT_KNOW, False),
    ],
)
def test_a_contradiction_is_pointed_out_as_the_example_says(r4: Response, r3: Response, pointed_out: bool) -> None:
    bank: Bank = load_bank("recommendations")
    assert says("R4 at level 2 with R3 at level 0 is pointed out. R4 at level 0 is not.")
    assert says('Nor is R4 at level 2 with R3 at level 1, or with R3 at "don\'t know".')
    found = contradictions(score(bank, R3=r3, R4=r4))
    assert [(pair.entry.item.id, pair.other.item.id) for pair in found] == ([("R4", "R3")] if pointed_out else [])


# The document as a whole


def test_the_document_says_whose_the_levels_and_weights_are() -> None:
    assert says("The levels, the weights and the ratings are Plumbline's own.")
    assert says("The published instruments have none of these.")
    for bank_id in bank_ids():
        bank = load_bank(bank_id)
        assert "Plumbline's own" in bank.caution
        assert says(f"{len(bank.items)} {bank.item_noun}s")
