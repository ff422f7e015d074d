"""The report as PDF: what it shows, how it is built, and what it survives."""

from __future__ import annotations

import itertools
import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from audit.core.bank_loader import load_bank
from audit.core.responses import Answers, Confidence, RatingState, Response
from audit.reports.build import Cover
from audit.reports.form import build_form
from audit.reports.gap_report import GapReport, Length
from audit.reports.parts import parts_of
from audit.reports.pdf.attachment import Attachment
from audit.reports.pdf.form import render_form
from audit.reports.pdf.render import render_pdf
from audit.reports.proof.opening import open_pdf
from audit.reports.wording import capital, typographic
from tests.making import rated
from tests.reports.reading import COVER, extremes, mixed, poppler, report_on

REPORTS = extremes()


def read(report: GapReport) -> PdfReader:
    return PdfReader(BytesIO(render_pdf(report)))


def text_of(pdf: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))


@pytest.mark.parametrize("name", REPORTS)
def test_every_extreme_makes_a_pdf_with_its_score(name: str) -> None:
    report = REPORTS[name]
    text = text_of(read(report))
    assert (f"{report.headline.percent}%" if report.headline.percent else "Not yet scored") in text
    for part in ("Profile", "Plan", "Method and limits"):
        assert part in text
    for gap in report.gaps:
        assert f"{gap.rank}. {gap.item_id} " in text


@pytest.mark.parametrize("length", Length)
def test_a_file_that_carries_its_answers_says_so_once(length: Length) -> None:
    report = extremes(length)["a mixture"]
    words = "This file carries the answers it was made from"
    carrying = render_pdf(report, Attachment("answers.json", b"{}", "application/json", "Answers"))
    text = text_of(PdfReader(BytesIO(carrying)))
    assert text.count(words) == 1
    assert "Anyone who has the file can read them." in text
    assert ("That is more than these pages show." in text) is (length is Length.BRIEF)
    assert words not in text_of(read(report))


def test_an_answered_prompt_stands_under_its_heading() -> None:
    bank = load_bank("recommendations")
    words = Response(what_happens_now="Caseloads are counted weekly.")
    pdf = read(report_on(bank, {"R1": rated(1)}, {"S1": words}))
    pages = [re.sub(r"\s+", " ", page.extract_text()) for page in pdf.pages]
    told = [page for page in pages if "Caseloads are counted weekly." in page]
    assert len(told) == 1
    assert "Beside the score: supplementary prompts" in told[0]


@pytest.mark.parametrize("name", ["a mixture", "nothing answered"])
def test_the_file_is_sound_and_all_fonts_are_embedded(name: str, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(render_pdf(REPORTS[name]))
    info = poppler("pdfinfo", path)
    assert "Title:           Gap report: Testshire Council" in info
    assert "CreationDate:    Sat Nov 21" in info
    assert "Page size:       595.276 x 841.89 pts (A4)" in info
    fonts = poppler("pdffonts", path).splitlines()[2:]
    assert fonts
    assert [line for line in fonts if re.split(r"\s{2,}|\s(?=yes|no)", line)[-5:-4] == ["no"]] == []
    assert all("SourceSans" in line for line in fonts), fonts


def test_pages_are_upright_but_for_the_plan() -> None:
    bank = load_bank("recommendations")
    said = Response(RatingState.RATED, 1, what_happens_now="Two teams have it.")
    pdf = read(report_on(bank, {**mixed(bank), "R3": said}))
    wide = [page for page in pdf.pages if page.mediabox.width > page.mediabox.height]
    assert wide
    assert "What needs to happen" in wide[0].extract_text()


def test_every_page_is_numbered_and_carries_the_notice() -> None:
    cover = Cover("Testshire", "Gap report", "1 May 2026", notice="Illustrative reading of a paper")
    bank = load_bank("recommendations")
    pdf = read(report_on(bank, mixed(bank), cover=cover))
    for number, page in enumerate(pdf.pages, start=1):
        text = page.extract_text()
        assert f"Page {number}" in text
        assert "Illustrative reading of a paper" in text


def test_without_a_notice_every_page_says_that_the_ratings_are_ours() -> None:
    for page in read(REPORTS["a mixture"]).pages:
        assert "Ratings and weights are Plumbline’s own, not published." in page.extract_text()


def test_the_outline_holds_every_part_and_gap() -> None:
    report = REPORTS["a mixture"]
    outline = read(report).outline
    titles = [str(entry["/Title"]) for entry in outline if not isinstance(entry, list)]
    assert titles == ["Gap report", *(part.title for part in parts_of(report).values())]
    gaps = next(
        entry
        for before, entry in itertools.pairwise(outline)
        if isinstance(entry, list) and not isinstance(before, list) and str(before["/Title"]) == "Gaps, by priority"
    )
    told = [typographic(f"{gap.rank}. {gap.item_id} {gap.title}") for gap in report.told_gaps]
    found = [str(entry["/Title"]) for entry in gaps if not isinstance(entry, list)]
    assert found == [*told, *(["The other gaps"] if report.other_gaps else [])]


def test_every_finding_beside_a_gap_says_on_what_it_rests() -> None:
    report = REPORTS["a mixture"]
    text = text_of(read(report))
    listed = [finding for gap in report.told_gaps for finding in gap.listed]
    assert listed
    for finding in listed:
        assert typographic(f"{capital(finding.strength)}: {finding.basis}.") in text


def test_the_other_gaps_have_a_step_to_consider_that_is_marked_as_ours() -> None:
    report = REPORTS["all at the bottom"]
    text = text_of(read(report))
    steps = [gap.steps[0] for gap in report.other_gaps if gap.steps]
    assert steps
    for step, finding_id in steps:
        assert typographic(f"To consider (our suggestion). {step} ({finding_id})") in text


def test_ids_of_findings_never_break_and_are_found_by_a_search(tmp_path: Path) -> None:
    bank = load_bank("recommendations")
    # Words of all lengths before them, so that some id would have to break at the end of a line.
    typed = " ".join(f"{'x' * (number % 9)} (HACK-245, CAMB-509)" for number in range(80))
    said = Response(RatingState.RATED, 1, typed, None, typed, typed, typed)
    report = report_on(bank, {**mixed(bank), "R1": said, "R12": said}, length=Length.APPENDIX)
    for number, data in enumerate((render_pdf(report), render_form(build_form(bank, COVER, Answers({"R1": said}))))):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(data)
        text = poppler("pdftotext", "-raw", path, "-")
        assert text.count("HACK-245") >= 3 * 80
        assert re.findall(r"\b[A-Z]{3,4}-\s+\d{3}\b", text) == []
        assert "\u2011" not in text


@pytest.mark.parametrize("length", Length)
def test_a_reader_gets_as_much_as_was_asked_for(length: Length) -> None:
    bank = load_bank("recommendations")
    report = report_on(bank, dict.fromkeys(bank.items, rated(1)), length=length)
    pdf = read(report)
    text = text_of(pdf)
    assert all(part.title in text for part in parts_of(report).values())
    assert ("Appendix: all answers" in text) is (length is Length.APPENDIX)
    assert ("Why it matters" in text) is (length is not Length.BRIEF)
    assert len(pdf.pages) <= {Length.BRIEF: 5, Length.FULL: 24, Length.APPENDIX: 45}[length]


def test_no_page_is_nearly_empty() -> None:
    for name in ("a mixture", "all at the bottom", "a mixture of the checklist"):
        for number, page in enumerate(read(REPORTS[name]).pages, start=1):
            assert len(page.extract_text().split()) > 40, (name, number)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render_pdf(REPORTS["one item answered"]) == render_pdf(REPORTS["one item answered"])


LONG = "Every team has one. " * 499
UNBROKEN = "x" * 10_000
HOSTILE = '<b>bold</b> & <font size="90">big</font> </para> &nbsp; \u202eright to left'


@pytest.mark.parametrize("text", [LONG, UNBROKEN, HOSTILE, "£ – ’ “ ” • ŵ ŷ Ŵ", "a\n\n\nb\tc", "😀 ع 中"])
def test_any_text_that_an_answers_file_may_hold_is_laid_out(text: str) -> None:
    bank = load_bank("recommendations")
    response = Response(RatingState.RATED, 1, text, Confidence.LOW, text, text, text)
    responses = {
        "R1": response,
        "R2": Response(RatingState.NOT_APPLICABLE, reason=text),
        "R3": Response(RatingState.RATED, 4, text, None, text, text, text),
    }
    report = report_on(bank, responses, {"S1": Response(what_happens_now=text)})
    pdf = read(report)
    if text == HOSTILE:
        assert "<b>bold</b> & <font size=“90”>big</font> </para> &nbsp;" in text_of(pdf)
    if text == LONG:
        assert text_of(pdf).count("Every team has one.") > 499 * 8


def test_long_answers_to_opening_questions_are_laid_out_wherever_they_stand() -> None:
    bank = load_bank("key-ingredients")
    notes = {"Q1": Response(what_happens_now=LONG), "Q4": Response(what_happens_now=LONG)}
    data = render_pdf(report_on(bank, dict.fromkeys(bank.items, rated(0)), notes, length=Length.APPENDIX))
    # Each stands once, and running heads and feet, which come between the pages, are left out.
    assert "".join(open_pdf(data).text.split()).count("Everyteamhasone.") == 499 * 2
