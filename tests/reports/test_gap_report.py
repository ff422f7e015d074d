"""What a gap report says, whatever the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from fractions import Fraction

import pytest

from audit.core.audits import EvidenceLink
from audit.core.bank import Bank
from audit.core.bank_loader import load_bank
from audit.core.evidence_weights import evidence_points
from audit.core.library_loader import load_library
from audit.core.responses import Answers, RatingState, Response
from audit.core.scorecard import score_answers
from audit.reports.build import Cover, build_report
from audit.reports.gap_report import GapReport, Length
from audit.reports.grounds import Around
from audit.reports.html import render_html
from audit.reports.item_parts import NamedEvidence
from audit.reports.parts import parts_of, statement, without_text
from tests.making import DONT_KNOW, NOT_APPLICABLE, rated
from tests.reports.reading import COVER, extremes, mixed, report_on, same_for_all

EXTREMES = extremes()


def sentences(report: GapReport) -> str:
    return " ".join([*report.headline.sentences, *report.headline.warnings])


MACHINE_MADE = re.compile(
    r"\bNone\b|  |\.\.|\{\w*\}|\b[01] \w+s (are|were)|\bone conditions\b|\(s\)|\bno conditions\b|, and \."
)


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_in(part)


@pytest.mark.parametrize("name", EXTREMES)
def test_no_text_reads_as_filled_in_by_a_machine(name: str) -> None:
    assert [text for text in texts_in(asdict(EXTREMES[name])) if MACHINE_MADE.search(text)] == []


def test_an_unfinished_audit_shows_its_range() -> None:
    report = EXTREMES["one item answered"]
    assert (report.headline.percent, report.headline.low, report.headline.high) == ("25.0", "2.1", "93.8")
    assert "The score would lie between 2.1% and 93.8%" in sentences(report)
    assert "1 of 12 conditions is rated. The rest: 11 not answered." in sentences(report)


def test_a_finished_audit_has_no_range_sentence() -> None:
    assert "would lie" not in sentences(EXTREMES["all at the bottom"])
    assert "All 12 conditions are rated." in sentences(EXTREMES["all at the bottom"])


def test_all_at_the_top_has_no_gap_and_no_weakest() -> None:
    report = EXTREMES["all at the top"]
    assert (report.headline.percent, report.gaps, report.priorities) == ("100.0", (), ())
    assert "Weakest" not in sentences(report)
    assert len(report.strengths) == 12


def test_all_at_the_bottom_shows_every_gap_and_no_strength() -> None:
    report = EXTREMES["all at the bottom"]
    assert (report.headline.percent, len(report.gaps), report.strengths) == ("0.0", 12, ())
    assert "All 12 conditions with a rating stand at the same level: 0, not in place." in sentences(report)


@pytest.mark.parametrize("name", ["nothing answered", "all unknown", "nothing applicable"])
def test_without_a_rating_there_is_no_score_and_not_a_zero(name: str) -> None:
    report = EXTREMES[name]
    assert report.headline.percent is None
    assert report.headline.band is None
    assert "This is not the same as a score of zero." in sentences(report)
    assert len(report.open_items) == 12


def test_not_applicable_is_counted_out_and_warned_about() -> None:
    bank = load_bank("recommendations")
    few = report_on(bank, {**same_for_all(bank, rated(2)), "R9": NOT_APPLICABLE})
    assert few.headline.warnings == (
        "One condition (R9) is marked not applicable and left out: 8.3% of all weight. Counted at the lowest level "
        "instead, the score would be 45.8%; at the highest, 54.2%.",
    )
    many = report_on(
        bank, {**same_for_all(bank, rated(2)), "R7": NOT_APPLICABLE, "R8": NOT_APPLICABLE, "R9": NOT_APPLICABLE}
    )
    assert "With more than 20.0% left out, read the score with great care." in many.headline.warnings[0]


def test_every_gap_is_told_with_evidence_for_and_against_and_its_places(bank: Bank) -> None:
    for gap in report_on(bank, same_for_all(bank, rated(0))).gaps:
        assert gap.listed, gap.item_id
        assert all(finding.source and finding.basis and finding.strength for finding in gap.listed)
        told = {part.title: part.statement.findings for part in gap.synthesis}
        assert told["What the evidence says"]
        assert told["What cuts against it"]
        assert gap.steps
        assert gap.stake is not None
        assert gap.stake.findings


def test_gaps_stand_in_the_order_of_their_share() -> None:
    report = EXTREMES["a mixture"]
    shares = [Fraction(gap.share.rstrip("%")) for gap in report.gaps]
    assert shares == sorted(shares, reverse=True)
    assert [gap.rank for gap in report.gaps] == list(range(1, len(shares) + 1))
    assert [priority.item_id for priority in report.priorities] == [gap.item_id for gap in report.gaps[:3]]


def test_equal_gaps_stand_by_strength_of_evidence_then_bank_order() -> None:
    order = [gap.item_id for gap in EXTREMES["all at the bottom"].gaps]
    points = evidence_points(load_bank("recommendations"), load_library())
    assert order == sorted(points, key=lambda item_id: -points[item_id])


def test_a_contradiction_is_pointed_out_and_changes_no_score() -> None:
    bank = load_bank("recommendations")
    responses = {**same_for_all(bank, rated(2)), "R3": rated(0)}
    report = report_on(bank, responses)
    notes = next(gap.notes for gap in report.gaps if gap.item_id == "R4")
    assert notes[0].startswith(
        "Check two ratings together: R4 is rated at level 2, partly in place, and R3 at level 0, not in place."
    )
    assert report.headline.percent == "45.8"


def test_a_contradiction_of_an_item_at_its_target_is_still_shown() -> None:
    bank = load_bank("recommendations")
    report = report_on(bank, {**same_for_all(bank, rated(4)), "R3": rated(0)})
    assert any("R4" in warning and "R3" in warning for warning in report.headline.warnings)


def test_an_opening_question_that_was_answered_is_named_beside_the_items_it_touches() -> None:
    bank = load_bank("key-ingredients")
    words = Response(what_happens_now="Three forms ask the same.")
    report = report_on(bank, same_for_all(bank, rated(0)), {"Q1": words})
    notes = {gap.item_id: " ".join(gap.notes) for gap in report.gaps}
    assert notes["C3"].startswith("Opening question Q1 bears on this.")
    assert notes["T6"].startswith("Opening question Q1 bears on this.")
    assert notes["W1"] == ""
    assert "Three forms ask the same." not in notes["C3"], "it is printed once"
    assert [answer.said.now for answer in report.opening] == ["Three forms ask the same."]


def test_supplementary_prompts_are_shown_and_change_no_score() -> None:
    bank = load_bank("recommendations")
    words = Response(what_happens_now="Caseloads are counted weekly.")
    with_words, without = (report_on(bank, mixed(bank), prompts) for prompts in ({"S1": words}, {}))
    assert with_words.supplementary[0].title == "Caseloads are manageable and managed"
    assert with_words.headline == without.headline


def test_sections_of_one_section_banks_are_not_repeated() -> None:
    assert EXTREMES["a mixture"].sections == ()
    assert len(EXTREMES["a mixture of the checklist"].sections) == 3


def test_the_report_says_that_levels_and_weights_are_ours(bank: Bank) -> None:
    report = report_on(bank, mixed(bank))
    assert "Plumbline's own" in report.caution
    assert any("Plumbline's own" in text for passage in report.method for text in passage.paragraphs)


def test_a_notice_is_kept_for_every_page(bank: Bank) -> None:
    report = report_on(bank, {}, cover=Cover("A", "T", "1 May 2026", notice="Illustrative reading"))
    assert report.notice == "Illustrative reading"


def test_every_answer_is_in_the_appendix(bank: Bank) -> None:
    responses = mixed(bank)
    report = report_on(bank, responses)
    assert [row.item_id for row in report.answers] == list(bank.items)
    for row in report.answers:
        if responses[row.item_id] == DONT_KNOW:
            assert row.rating == RatingState.DONT_KNOW.words


@pytest.mark.parametrize("name", EXTREMES)
@pytest.mark.parametrize("length", Length)
def test_all_that_is_cited_is_in_the_list_and_nothing_else(name: str, length: Length) -> None:
    page = render_html(extremes(length)[name])
    links = set(re.findall(r'href="#f-([A-Z]+-\d+)"', page))
    there = set(re.findall(r'id="f-([A-Z]+-\d+)"', page))
    assert links == there


def test_references_name_every_publication_that_is_cited() -> None:
    report = EXTREMES["all at the bottom"]
    cited = {source.place.split(",")[0] for source in report.sources}
    assert {reference.short for reference in report.references} == cited
    nothing_cited = EXTREMES["nothing answered"]
    assert nothing_cited.sources == ()
    assert [(each.short, each.cited) for each in nothing_cited.references] == [
        ("Innovation Programme synthesis 2017", 0)
    ]
    assert sum(reference.cited for reference in report.references) == len(report.sources)


def test_a_first_audit_is_to_be_read_with_care() -> None:
    bank = load_bank("recommendations")
    first = report_on(bank, mixed(bank), around=Around(first=True)).first_caution
    assert first is not None
    assert first.says.startswith("Read a first audit with care.")
    assert report_on(bank, mixed(bank), around=Around(first=False)).first_caution is None
    assert report_on(bank, {}, around=Around(first=True)).first_caution is None


def test_ratings_that_pull_apart_are_to_be_read_together() -> None:
    bank = load_bank("recommendations")
    report = report_on(bank, {**same_for_all(bank, rated(2)), "R4": rated(3)})
    assert "R4 (3, mostly in place) and R3 (2, partly in place)" in [pair.items for pair in report.together]
    assert report_on(bank, same_for_all(bank, rated(2))).together == ()


def test_ratings_of_another_audit_are_read_beside_these() -> None:
    bank, other = load_bank("key-ingredients"), load_bank("recommendations")
    beside = Around(beside={"R8": other.scale.bottom}, beside_named="Self-audit of 12 conditions, Autumn 2026")
    pairs = [pair.items for pair in report_on(bank, {"W8": rated(4)}, around=beside).together]
    named = "R8 (0, not in place in Self-audit of 12 conditions, Autumn 2026)"
    assert f"W8 (4, embedded) and {named}" in pairs
    assert report_on(bank, {"W8": rated(4)}).together == ()


def test_a_strength_says_what_has_undone_it_elsewhere() -> None:
    for strength in EXTREMES["all at the top"].strengths:
        assert strength.endangers is not None
        assert strength.endangers.findings


def test_a_gap_from_a_high_level_says_what_endangers_it_and_one_from_below_what_was_missing() -> None:
    bank, library = load_bank("recommendations"), load_library()
    low, high = (report_on(bank, {"R8": rated(level, target=4)}).gaps[0].stake for level in (1, 3))
    assert low is not None
    assert high is not None
    assert low.says == library.syntheses["R8"].missing.says
    assert high.says == library.syntheses["R8"].endangers.says


def test_gaps_as_large_as_the_last_priority_are_named() -> None:
    bank = load_bank("recommendations")
    report = report_on(bank, {"R1": rated(0), "R2": rated(1), "R3": rated(1), "R4": rated(1), "R5": rated(2)})
    assert report.priorities_note == (
        "R3, R2 and R4 are equally large gaps, 20.0% each. They stand in the order of how much firm evidence "
        "there is on each, and not of what to do first."
    )
    assert report_on(bank, {"R1": rated(0), "R2": rated(1)}).priorities_note == ""


def test_a_lowered_target_makes_no_strength_and_is_named() -> None:
    bank = load_bank("recommendations")
    report = report_on(bank, {**same_for_all(bank, rated(3)), "R7": rated(1, target=1)})
    assert "R7" not in [entry.item_id for entry in report.strengths]
    assert "One condition has a target below level 3, mostly in place: R7." in report.headline.warnings


def test_an_illustrative_report_does_not_call_itself_a_self_assessment() -> None:
    bank = load_bank("recommendations")
    report = report_on(bank, mixed(bank), cover=Cover("A", "T", "1 May 2026", notice="Illustrative reading"))
    assert "self-assessment" not in statement(report)
    assert not any("self-assessment" in text for passage in report.method for text in passage.paragraphs)
    assert "self-assessment" in statement(EXTREMES["a mixture"])


def test_the_plan_shows_what_was_written_gaps_first() -> None:
    bank = load_bank("recommendations")
    words = {"what_happens_now": "Now.", "how_to_progress": "Soon."}
    responses = {
        "R1": Response(RatingState.RATED, 4, **words),  # type: ignore[arg-type]
        "R2": rated(0),
        "R3": Response(RatingState.RATED, 1, **words),  # type: ignore[arg-type]
    }
    plan = report_on(bank, responses).plan
    assert [row.item_id for row in plan.rows] == ["R3", "R1"]
    assert plan.rows[0].levels == "Level 1, early steps; target 3, mostly in place"
    assert "R2" in plan.without_text
    assert "R1" not in plan.without_text


def test_a_plan_without_a_row_says_no_more_than_that() -> None:
    report = report_on(load_bank("recommendations"), {"R1": rated(1)})
    assert parts_of(report)["plan"].lead == ""
    assert without_text(report.plan) == "Nothing was written yet."


def test_a_brief_report_lays_out_the_first_rows_of_a_long_plan_and_says_where_the_rest_is() -> None:
    bank = load_bank("recommendations")
    for words, rows in (("Now.", 12), ("A long account (HACK-245). " * 20, 3)):
        responses = same_for_all(bank, Response(RatingState.RATED, 1, what_happens_now=words))
        brief, full = (report_on(bank, responses, length=length) for length in (Length.BRIEF, Length.FULL))
        assert (len(brief.plan_rows), len(full.plan_rows), len(brief.plan.rows)) == (rows, 12, 12)
        assert [row.item_id for row in brief.plan_rows[:3]] == [each.item_id for each in brief.priorities]
        pointer = "The first three of 12 stand here, the rest in the full report."
        assert (pointer in parts_of(brief)["plan"].lead) is (rows == 3)
        assert pointer not in parts_of(full)["plan"].lead


def test_a_brief_report_lists_the_findings_that_its_pages_name_and_no_others() -> None:
    bank = load_bank("recommendations")
    named = dict(zip(bank.items, (finding.id for finding in load_library().findings), strict=False))
    said = {
        item_id: Response(RatingState.RATED, 1, what_happens_now=f"See {finding_id}. {'More. ' * 100}")
        for item_id, finding_id in named.items()
    }
    brief, full = (report_on(bank, said, length=length) for length in (Length.BRIEF, Length.FULL))
    assert len(brief.plan_rows) == 3
    shown = {named[row.item_id] for row in brief.plan_rows}
    listed = {source.id for source in brief.sources}
    assert shown <= listed
    left = set(named.values()) - shown - {each for p in brief.priorities if p.stake for each in p.stake.findings}
    assert left
    assert not left & listed
    assert left <= {source.id for source in full.sources}


def test_a_reading_of_others_does_not_speak_to_its_reader() -> None:
    bank = load_bank("recommendations")
    said = {"R1": Response(RatingState.RATED, 1, "", None, "Now.", "Needs.", "How.")}
    for notice, there, gone in (
        ("", "How you will progress this", "How this is to be progressed"),
        ("Illustrative reading", "How this is to be progressed", "How you will progress this"),
    ):
        page = render_html(report_on(bank, said, cover=replace(COVER, notice=notice)))
        assert there in page
        assert gone not in page


def test_no_target_is_shown_where_an_item_does_not_apply() -> None:
    report = report_on(load_bank("recommendations"), {"R9": NOT_APPLICABLE})
    row = next(row for row in report.answers if row.item_id == "R9")
    bar = next(bar for bar in report.profile.bars if bar.item_id == "R9")
    assert (row.target, bar.target) == ("", "")


def test_the_evidence_that_was_named_is_in_the_report() -> None:
    bank = load_bank("recommendations")
    answers = Answers(mixed(bank))
    links = {"R2": (EvidenceLink("https://example.gov.uk/minutes", "2026-11-02", "Minutes"),)}
    card = score_answers(bank, answers, bank.weightings[0])
    report = build_report(card, answers, load_library(), COVER, Around(evidence=links))
    assert report.evidence == (NamedEvidence("R2", "https://example.gov.uk/minutes", "2 November 2026", "Minutes"),)
    assert "https://example.gov.uk/minutes" in render_html(report)
    assert EXTREMES["a mixture"].evidence == ()


def test_what_became_of_a_setting_and_how_two_items_are_linked_is_told_once() -> None:
    for report in (EXTREMES["all at the bottom"], EXTREMES["a mixture of the checklist"]):
        fates = [each.became for gap in report.gaps for each in gap.tried if each.became]
        # Two items can both need and hamper each other: both stand with the same gap.
        pairs = [
            pair for gap in report.gaps for pair in {frozenset((gap.item_id, each.item_id)) for each in gap.linked}
        ]
        assert len(set(fates)) == len(fates) > 0
        assert len(set(pairs)) == len(pairs) > 0


def test_findings_that_people_name_in_their_answers_are_listed_with_the_others() -> None:
    bank = load_bank("recommendations")
    report = report_on(bank, {"R1": Response(RatingState.RATED, 4, reason="As REES-167, HACK-151 and HACK-999 say.")})
    listed = [source.id for source in report.sources]
    assert {"REES-107", "HACK-151"} <= set(listed), "REES-167 is a repeat of REES-107"
    assert "HACK-999" not in listed


STANDS = "Level 0, not in place, against a target of 3, mostly in place: 100.0% of the whole gap; "


def test_a_priority_of_the_brief_report_says_what_the_authority_gave_as_its_reason_and_what_is_at_stake() -> None:
    bank = load_bank("recommendations")
    said = Response(RatingState.RATED, 0, reason="No team has one. " * 40)
    priority = report_on(bank, {"R8": said}, length=Length.BRIEF).priorities[0]
    assert priority.reason.startswith(f"{STANDS}no plan is written yet. Why this level: No team has one.")
    assert priority.reason.endswith("No team has one.")
    assert len(priority.reason) < 400
    assert priority.stake is not None
    label, _, begun = priority.stake.says.partition(": ")
    assert label == "What was seen"
    assert begun.endswith(".")
    assert load_library().syntheses["R8"].missing.says.startswith(begun)


@pytest.mark.parametrize(
    ("needs", "progress", "planned"),
    [
        ("", "", "no plan is written yet"),
        ("A post.", "", "what needs to happen is written, but not how"),
        ("", "By May.", "how it will be progressed is written, but not what needs to happen"),
        ("A post.", "By May.", "what needs to happen is written, and how"),
    ],
)
def test_a_priority_of_a_full_report_says_how_far_the_plan_is_and_why_it_matters(
    needs: str, progress: str, planned: str
) -> None:
    bank = load_bank("recommendations")
    said = Response(RatingState.RATED, 0, "Nobody has one.", None, "None.", needs, progress)
    priority = report_on(bank, {"R8": said}).priorities[0]
    assert priority.reason == f"{STANDS}{planned}."
    assert priority.stake is not None
    assert priority.stake.says.startswith("What was seen: ")
