"""What is told where in a report: nothing twice, and an authority's own story proves nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from audit.core.bank import Citation
from audit.core.bank_loader import load_bank
from audit.core.demonstrations import NOTICE, Demonstration, load_demonstrations
from audit.core.library import Library
from audit.core.library_loader import load_library
from audit.core.responses import Answers, Response
from audit.core.scorecard import score_answers
from audit.reports.build import Cover, build_report
from audit.reports.gap_report import GapReport, Length
from audit.reports.parts import parts_of
from tests.making import make_bank, make_item, rated
from tests.reports.reading import COVER, extremes, report_on, same_for_all

DEMONSTRATIONS = {demonstration.name: demonstration for demonstration in load_demonstrations()}
READ = {
    "cambridgeshire-recommendations": "Cambridgeshire evaluation 2015",
    "cambridgeshire-key-ingredients": "Cambridgeshire evaluation 2015",
    "hackney-key-ingredients": "Hackney evaluation 2010",
}


def made(demonstration: Demonstration, cover: Cover) -> GapReport:
    bank = load_bank(demonstration.bank_id)
    answers = demonstration.answers(bank)
    return build_report(score_answers(bank, answers, bank.weightings[0]), answers, load_library(), cover)


@cache
def reading(name: str) -> GapReport:
    each = DEMONSTRATIONS[name]
    return made(each, Cover(each.authority, each.title, "1 May 2026", notice=NOTICE, about=each.about))


@cache
def reports() -> dict[str, GapReport]:
    return {**{name: reading(name) for name in DEMONSTRATIONS}, **extremes()}


@pytest.mark.parametrize("name", reports())
def test_no_finding_stands_in_the_text_of_a_gap_and_below_it(name: str) -> None:
    for gap in reports()[name].gaps:
        assert gap.told, gap.item_id
        assert gap.told.isdisjoint({finding.id for finding in gap.listed}), gap.item_id


@pytest.mark.parametrize("name", reports())
def test_no_finding_and_no_step_is_listed_twice_in_a_report(name: str) -> None:
    gaps = reports()[name].gaps
    listed = Counter(finding.id for gap in gaps for finding in gap.listed)
    steps = Counter(step for gap in gaps for step, _ in gap.steps)
    assert [each for each, count in (listed + steps).items() if count > 1] == []
    assert all(gap.steps for gap in gaps)


@pytest.mark.parametrize("name", reports())
def test_a_box_holds_two_findings_of_the_best_that_point_its_way(name: str) -> None:
    library = load_library()
    for gap in reports()[name].gaps:
        synthesis = library.syntheses[gap.item_id]
        best = [finding.id for finding in synthesis.best]
        for box in (gap.supporting, gap.contrary):
            places = [best.index(finding.id) for finding in box]
            assert places == sorted(places)
            assert len(places) <= 2
        assert not any(library.by_id[each.id].contrary_to(gap.item_id) for each in gap.supporting)
        assert all(library.by_id[each.id].contrary_to(gap.item_id) for each in gap.contrary)
        assert {each.finding.id for each in gap.tried} <= {finding.id for finding in synthesis.tried}
        assert {each.id for each in gap.barriers} <= {finding.id for finding in synthesis.barriers}


@pytest.mark.parametrize("name", DEMONSTRATIONS)
def test_an_illustrative_reading_is_not_proved_by_the_study_that_it_reads(name: str) -> None:
    own, library = READ[name], load_library()
    gaps = reading(name).gaps
    assert [finding.id for gap in gaps for finding in gap.listed if finding.source.startswith(own)] == []
    steps = [finding_id for gap in gaps for _, finding_id in gap.steps]
    assert [name for name in steps if library.by_id[name].publication.short == own] == []
    assert len([finding for gap in gaps for finding in gap.listed]) > len(gaps)


@pytest.mark.parametrize("name", DEMONSTRATIONS)
def test_an_illustrative_reading_says_once_which_ids_speak_of_the_authority_itself(name: str) -> None:
    report = reading(name)
    ids = {"Cambridgeshire evaluation 2015": "CAMA or CAMB", "Hackney evaluation 2010": "HACK"}[READ[name]]
    assert report.own_note.startswith(
        f"This reading rests on one study, {READ[name]}. Where a text cites it (ids that begin with {ids}), it speaks"
    )
    leads = " ".join(part.lead for part in parts_of(report).values())
    assert leads.count(report.own_note) == 1


@pytest.mark.parametrize("name", DEMONSTRATIONS)
def test_the_same_answers_of_an_authority_that_is_no_illustration_may_be_shown_any_finding(name: str) -> None:
    report = made(DEMONSTRATIONS[name], COVER)
    assert report.own_note == ""
    assert any(finding.source.startswith(READ[name]) for gap in report.gaps for finding in gap.listed)


def test_a_reading_that_cites_nothing_has_no_study_of_its_own() -> None:
    cover = replace(COVER, notice=NOTICE)
    assert report_on(load_bank("recommendations"), {"R1": rated(0)}, cover=cover).own_note == ""


def bare() -> Library:
    """The findings without any synthesis, as for the items of a bank of one's own."""
    return replace(load_library(), syntheses={}, links=())


def on_bare(responses: dict[str, Response], cover: Cover = COVER) -> GapReport:
    bank = load_bank("recommendations")
    answers = DEMONSTRATIONS["cambridgeshire-recommendations"].answers(bank)
    answers = replace(answers, items={**answers.items, **responses})
    return build_report(score_answers(bank, answers, bank.weightings[0]), answers, bare(), cover)


def test_an_item_without_a_synthesis_has_its_findings_on_both_sides_and_none_twice_in_the_report() -> None:
    gaps = on_bare(same_for_all(load_bank("recommendations"), rated(0))).gaps
    listed = Counter(finding.id for gap in gaps for finding in gap.listed)
    assert len(gaps) == 12
    assert all(gap.supporting and gap.contrary and len(gap.listed) == 6 for gap in gaps)
    assert max(listed.values()) == 1


def test_an_item_without_a_synthesis_is_not_proved_by_the_authoritys_own_study_either() -> None:
    cover = replace(COVER, notice=NOTICE)
    listed = [finding for gap in on_bare({}, cover).gaps for finding in gap.listed]
    assert listed
    assert not [finding for finding in listed if finding.source.startswith("Cambridgeshire")]


def test_where_nothing_else_is_left_a_finding_may_stand_with_a_second_item() -> None:
    library = load_library()
    only = replace(library.by_id["REES-067"], items=("A", "B"))
    bank = make_bank(make_item("A"), make_item("B"))
    answers = Answers(same_for_all(bank, rated(0)))
    gaps = build_report(score_answers(bank, answers, bank.weightings[0]), answers, Library((only,)), COVER).gaps
    assert [[finding.id for finding in gap.listed] for gap in gaps] == [["REES-067"], ["REES-067"]]
    assert [len(gap.steps) for gap in gaps] == [1, 0], "the same step is not told twice"


def test_every_place_names_its_publication_as_the_references_do() -> None:
    for name, short in (
        ("all at the bottom", "Innovation Programme synthesis 2017"),
        ("a mixture of the checklist", "Rethinking children’s social work 2014"),
    ):
        report = extremes()[name]
        assert short in [reference.short for reference in report.references]
        assert all(gap.source.startswith(f"{short}, ") for gap in report.gaps)
        assert all(f"({short}, " in gap.adds for gap in report.gaps if gap.adds)
        assert f'This report calls that publication "{short}".' in report.method[0].paragraphs[0]
    assert any(gap.adds for gap in extremes()["all at the bottom"].gaps)


def test_a_place_in_a_publication_that_nobody_knows_stands_alone() -> None:
    bank = make_bank(replace(make_item("A"), source=Citation("Row 1", 1)))
    report = report_on(bank, {"A": rated(0)})
    assert report.gaps[0].source == "Row 1"
    assert all(reference.cited for reference in report.references)
    assert "calls that publication" not in report.method[0].paragraphs[0]


def test_prompts_that_nobody_answered_are_named_where_others_were() -> None:
    bank = load_bank("recommendations")
    words = Response(what_happens_now="Caseloads are counted weekly.")
    lead = parts_of(report_on(bank, {"R1": rated(1)}, {"S1": words}))["supplementary"].lead
    assert lead.endswith(
        "Not answered: S2 Practitioners engage the whole family; S3 Practitioners work well across cultures."
    )
    every = parts_of(report_on(bank, {}, dict.fromkeys(["S1", "S2", "S3"], words)))["supplementary"].lead
    assert "Not answered" not in every
    assert "supplementary" not in parts_of(report_on(bank, {"R1": rated(1)}))


def test_an_unanswered_question_ends_in_one_mark() -> None:
    lead = parts_of(reading("hackney-key-ingredients"))["opening"].lead
    assert lead.endswith("Q5 Would you run core groups or case conferences differently if you could, and how?")
    assert "Not answered: Q5" in lead


def test_long_texts_on_what_is_to_be_done_stand_in_the_plan_only() -> None:
    bank = load_bank("recommendations")
    long, short = "A post in each team, with time for it. " * 10, "A post."
    responses = {
        texts: replace(rated(0), what_needs_to_happen=texts[0], how_to_progress=texts[1])
        for texts in ((long, long), (long, ""), (short, short), ("", ""))
    }
    notes = {texts: report_on(bank, {"R1": response}) for texts, response in responses.items()}
    assert [report.gaps[0].plan_note for report in notes.values()] == [
        "What needs to happen, and how it will be progressed, stand in the plan.",
        "What is to be done stands in the plan.",
        "",
        "",
    ]
    for (needs, progress), report in notes.items():
        assert [(row.said.needs, row.said.progress) for row in report.plan.rows] == [(needs, progress)] * bool(needs)


def test_the_strengths_point_to_the_plan_only_where_something_was_written() -> None:
    bank = load_bank("recommendations")
    written = replace(rated(4), what_happens_now="All teams have one.")
    pointer = "What was written on each stands in the plan."
    assert pointer in parts_of(report_on(bank, {"R8": written}))["strengths"].lead
    assert pointer not in parts_of(report_on(bank, {"R8": rated(4)}))["strengths"].lead


def test_the_list_of_findings_holds_those_of_the_steps_in_the_table() -> None:
    report = extremes()["all at the bottom"]
    sources = {source.id for source in report.sources}
    assert {gap.steps[0][1] for gap in report.other_gaps} <= sources
    assert report.length is Length.FULL
