"""A PDF report carries its answers, and a check finds every number that does not follow from them."""

from __future__ import annotations

import json
from dataclasses import fields
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from audit.core.bank import Weighting
from audit.core.bank_loader import load_bank
from audit.core.library_loader import load_library
from audit.core.moderation import Accords, Agreement
from audit.core.responses import Answers
from audit.core.scorecard import score_answers
from audit.reports.build import Cover, build_report
from audit.reports.form import build_form
from audit.reports.gap_report import Length
from audit.reports.grounds import Around
from audit.reports.pdf.form import render_form
from audit.reports.pdf.render import render_pdf
from audit.reports.proof.check import check_pdf
from audit.reports.proof.numbers import printed, values
from audit.reports.proof.pdf import render_checkable_pdf
from audit.reports.proof.reading import read_payload
from audit.reports.proof.statements import Number, named, sentence
from audit.reports.proof.verdict import NoPdf, Outcome, Verdict
from tests.making import DONT_KNOW, NOT_APPLICABLE, rated
from tests.reports.proofs import (
    BANKS,
    Document,
    again,
    attached,
    built,
    carrying,
    given,
    on_pages,
    one_rated,
    proof_of,
    proven,
    with_file,
)
from tests.reports.reading import COVER, same_for_all
from tests.reports.tagged import failures
from tests.reports.workshops import closed

AT_LEAST = {Length.BRIEF: 35, Length.FULL: 50, Length.APPENDIX: 60}


def faults(data: bytes) -> list[str]:
    verdict = check_pdf(data)
    assert verdict.outcome is Outcome.DIFFERS, verdict
    return list(verdict.faults)


def refusal(data: bytes) -> Verdict:
    verdict = check_pdf(data)
    assert verdict.outcome is Outcome.UNCHECKED, verdict
    assert not verdict.numbers
    return verdict


# True reports.


@pytest.mark.parametrize("length", Length)
@pytest.mark.parametrize("bank_id", BANKS)
def test_all_numbers_of_a_true_report_agree(bank_id: str, length: Length) -> None:
    verdict = check_pdf(proven(bank_id, length))
    assert verdict.faults == ()
    assert verdict.outcome is Outcome.AGREES
    assert verdict.numbers >= AT_LEAST[length]
    assert verdict.says == f"{verdict.numbers} numbers agree."
    assert ("Authority", "Testshire Council") in verdict.facts


ALL = load_bank("recommendations")


@pytest.mark.parametrize(
    ("answers", "length"),
    [
        (Answers(), Length.APPENDIX),
        (one_rated(), Length.APPENDIX),
        (Answers(same_for_all(ALL, rated(4))), Length.FULL),
        (Answers(same_for_all(ALL, rated(0))), Length.BRIEF),
        (Answers(same_for_all(ALL, DONT_KNOW)), Length.FULL),
        (Answers(same_for_all(ALL, NOT_APPLICABLE)), Length.FULL),
    ],
    ids=["none", "one", "top", "bottom", "unknown", "not applicable"],
)
def test_reports_at_the_edges_agree(answers: Answers, length: Length) -> None:
    assert check_pdf(proof_of(answers, length=length)).faults == ()


def test_what_the_report_was_built_with_beside_the_answers_is_carried() -> None:
    level = load_bank("key-ingredients").scale.level(0)
    agreement = Agreement(9, 8, 5, 3, 1, 8, Accords(12, 5, ("R3",), (), ("R5",), alpha=Fraction(-1, 3)))
    around = Around(
        first=False,
        beside={"W3": level, "T1": level},
        beside_named="The checklist, autumn 2026",
        agreement=agreement,
        workshops=(closed().summary,),
    )
    answers = Answers(same_for_all(load_bank("recommendations"), rated(4)))
    data = proof_of(answers, length=Length.FULL, around=around)
    assert check_pdf(data).faults == ()
    assert (attached(data)["first"], attached(data)["beside"]) == (False, {"W3": 0, "T1": 0})
    read = read_payload(json.dumps(attached(data)).encode())
    assert (read.agreement, len(read.workshops)) == (agreement, 1)
    # Evidence is no number, and what is read is found from the notice.
    names = {field.name for field in fields(Around)}
    assert names == {"evidence", "first", "beside", "beside_named", "own", "agreement", "workshops"}


def test_an_illustrative_reading_with_all_that_a_cover_says_agrees() -> None:
    cover = Cover(
        'Ŵ & <Sons’> "Council"', "Gap report", "soon", "Illustrative reading", "Of it.", "2026 to 27", "#123456"
    )
    assert check_pdf(proof_of(given(load_bank("recommendations")), cover=cover)).faults == ()


def test_weights_of_the_authoritys_own_travel_with_the_report() -> None:
    bank = load_bank("recommendations")
    own = Weighting("ours", "Our own weights", "As we chose.", {"R1": Fraction(7, 2), "R8": Fraction(0)})
    answers = given(bank)
    report = build_report(score_answers(bank, answers, own), answers, load_library(), COVER)
    data = render_checkable_pdf(report, bank, answers, weighting=own)
    assert check_pdf(data).faults == ()
    assert attached(data)["weighting"]["weights"] == {"R1": "7/2", "R8": "0"}


def test_a_report_that_another_program_saved_still_agrees() -> None:
    assert check_pdf(again(proven())).outcome is Outcome.AGREES


def test_the_same_report_gives_the_same_bytes_and_no_fault_of_pdf_ua() -> None:
    bank = load_bank("recommendations")
    assert render_checkable_pdf(built(given(bank)), bank, given(bank)) == proven()
    assert failures(proven("recommendations", Length.FULL)) == []


def test_the_attached_file_is_told_of_as_the_format_asks() -> None:
    catalog: Any = PdfReader(BytesIO(proven())).trailer["/Root"]
    place = catalog["/AF"][0].get_object()
    assert place == catalog["/Names"]["/EmbeddedFiles"]["/Names"][1].get_object()
    assert (place["/F"], place["/UF"], place["/AFRelationship"]) == (*["plumbline-answers.json"] * 2, "/Data")
    stream = place["/EF"]["/F"].get_object()
    assert stream["/Subtype"] == "/application/json"
    assert stream["/Params"]["/Size"] == len(stream.get_data())
    assert stream["/Params"]["/ModDate"] == "D:20261121000000+00'00'"


# Pages that were changed.


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (b"(43.8%)", b"(83.1%)", "Overall score: the page says 83.1%, the answers give 43.8%."),
        (b"between 31.8%", b"between 41.8%", "Overall score, lowest: the page says 41.8%, the answers give 31.8%."),
        (b"The rest: 1 not", b"The rest: 3 not", "How many conditions are not applicable: the page says 3"),
        (
            b"version 1.0.0",
            b"version 1.1.0",
            "Version of the question bank: the page says 1.1.0",
        ),
        (b"Testshire Council", b"Othershire Council", 'Authority: the attached answers say "Testshire Council"'),
    ],
)
def test_a_number_changed_on_a_page_is_named(old: bytes, new: bytes, fault: str) -> None:
    found = faults(on_pages(proven(), old, new))
    assert found[0].startswith(fault), found
    assert len(found) <= 2


def test_a_level_changed_where_a_gap_is_told_is_named_with_its_item() -> None:
    data = on_pages(proven("recommendations", Length.FULL), b"Now: level 1, early steps", b"Now: level 3, early steps")
    assert "R1: level: the page says 3, the answers give 1." in faults(data)


def test_a_sentence_taken_from_a_page_is_missed() -> None:
    found = faults(on_pages(proven(), b"The score would lie between", b"The score could be between"))
    assert found[0] == "Overall score, lowest: the answers give 31.8%, and the page does not say so where it should."


def test_a_number_that_people_typed_is_let_be() -> None:
    data = proven("recommendations", Length.FULL)
    assert check_pdf(on_pages(data, b"2 of 5 teams", b"4 of 5 teams")).outcome is Outcome.AGREES


# Attached files that were changed.


def rate_first(document: Document) -> None:
    next(entry for entry in document["answers"] if entry["item"] == "R1")["rating"] = 4


def test_an_answer_changed_in_the_file_is_found_by_the_checksum_and_by_the_numbers() -> None:
    found = faults(carrying(rate_first))
    assert found[0].startswith("Attached answers: they were changed after the report was made.")
    assert any(fault.startswith("Overall score: the ") for fault in found)


def test_other_answers_with_a_checksum_that_fits_are_found_by_the_numbers() -> None:
    found = faults(carrying(rate_first, sealed=True))
    assert not any("checksum" in fault for fault in found)
    assert "Overall score: the page says 43.8%, the answers give 53.1%." in found


def test_a_number_changed_in_the_list_is_found() -> None:
    def shrink(document: Document) -> None:
        del document["printed"][0]

    assert any("the attached list lacks it" in fault for fault in faults(carrying(shrink, sealed=True)))


def test_only_the_checksum_changed_is_named() -> None:
    def spoil(document: Document) -> None:
        document["sha256"] = "0" * 64

    assert len(faults(carrying(spoil))) == 1


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("id", "other", "This report was made with bank other 1.0.0, which this Plumbline does not have."),
        (
            "version",
            "1.1.0",
            "This report was made with bank recommendations 1.1.0, which this Plumbline does not have.",
        ),
        ("sha256", "f" * 64, "This report was made with a bank recommendations 1.0.0 that is not the one"),
    ],
)
def test_a_bank_that_is_not_here_is_named(key: str, value: str, says: str) -> None:
    found = refusal(carrying(lambda document: document["bank"].update({key: value}), sealed=True))
    assert found.says.startswith(says)
    assert ("Length", "brief") in found.facts


@pytest.mark.parametrize("key", ["plumbline", "findings_sha256"])
def test_another_maker_is_told_and_only_the_answers_numbers_are_compared(key: str) -> None:
    verdict = check_pdf(carrying(lambda document: document.update({key: "9.9.9"}), sealed=True))
    assert verdict.outcome is Outcome.AGREES
    assert 20 < verdict.numbers < check_pdf(proven()).numbers
    assert "Numbers that rest on the findings were not worked out again." in verdict.notes[0]


def test_a_list_that_was_emptied_does_not_pass_as_another_makers() -> None:
    def empty(document: Document) -> None:
        document.update(plumbline="9.9.9", printed=[])

    found = faults(carrying(empty, sealed=True))
    assert "Overall score: the answers give 43.8%, and the attached list lacks it." in found


# Other files.


def test_other_documents_get_a_clear_verdict() -> None:
    bank = load_bank("recommendations")
    form = render_form(build_form(bank, COVER, given(bank)))
    foreign = with_file(built(one_rated()), b"{}", "invoice.json")
    for data in (form, foreign, render_pdf(built(one_rated()))):
        assert refusal(data).says.startswith("This PDF carries no answers.")
    assert "locked" in refusal(again(proven(), "secret")).says
    assert "damaged" in refusal(proven()[:9_000]).says
    with pytest.raises(NoPdf):
        check_pdf(b"item,rating\nR1,2\n")


def test_the_verdict_says_that_it_is_no_signature() -> None:
    notes = " ".join(check_pdf(proven()).notes)
    assert "What people typed" in notes
    assert "not a signature" in notes


# Names.


def test_numbers_have_names_that_a_reader_knows() -> None:
    names = set(values(printed(built(given(load_bank("key-ingredients")), "key-ingredients", Length.APPENDIX))))
    for name in (
        "Overall score",
        "Overall score, lowest",
        "Section Workforce and structure: score, highest",
        "Share of weight left out",
        "How many ingredients are rated",
        "T1: level",
        "T3: weight",
        "C2: share of the whole gap",
        "C2: place among the gaps",
        "Findings cited from Hackney evaluation 2010",
    ):
        assert name in names, sorted(names)
    assert not any("number" in name for name in names)


def test_each_name_has_one_value() -> None:
    report = built(given(load_bank("recommendations")), length=Length.APPENDIX)
    assert {name: shown for name, shown in values(printed(report)).items() if len(shown) != 1} == {}


def test_a_sentence_that_is_new_is_named_by_how_it_begins() -> None:
    parts = sentence("People agree to 0.71 of 1 on R4 (Title one).", "condition", ["Title one"], every=True)
    assert [part for part in parts if isinstance(part, Number)] == [
        Number('"People agree to 0.71 ...", number 1', "0.71"),
        Number('"People agree to 0.71 ...", number 2', "1"),
    ]


@pytest.mark.parametrize("text", ["12", "1,200", "47.5%", "7/4", "1.0.0", "Two"])
def test_every_form_of_a_number_is_read_whole(text: str) -> None:
    assert named(f"x {text} y", "It") == ("x ", Number("It", text), " y")


def test_ids_are_no_numbers() -> None:
    assert named("R4 and HACK-245 in self-audit", "It") == ("R4 and HACK-245 in self-audit",)
