"""Results: every page whatever the answers, and the same digits on pages, in files and on the command line."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document
from flask import Flask
from pypdf import PdfReader
from werkzeug.test import TestResponse

from audit.cli.score import score
from audit.core.audits import Audit, AuditDetails, ScopeKind
from audit.core.bank_loader import load_bank
from audit.core.demonstrations import NOTICE, load_demonstrations
from audit.core.people import Authority, Person
from audit.core.responses import Answers, RatingState, Response
from audit.operations import authorities
from audit.operations.audits import open_audit
from audit.operations.importing import import_answers
from audit.operations.sheets import own_sheet
from audit.operations.workplace import Workplace
from audit.reports.html import render_html
from audit.reports.wording import typographic
from audit.reports.xlsx.reading import parse_answer_file
from audit.web.reports import XLSX
from tests.making import DONT_KNOW, NOT_APPLICABLE, rated
from tests.reports.reading import extremes, mixed, same_for_all
from tests.web.client import Page, PageClient
from tests.web.conftest import enter

PAGES = ("results", "results/working", "plan")
TYPED = "Two teams meet weekly. <b>Not</b> bold & “quoted”."


class Place:
    """An audit with answers, and the lead's browser."""

    def __init__(self, client: PageClient, workplace: Workplace, lead: Person, audit: Audit) -> None:
        self.client, self.workplace, self.lead, self.audit = client, workplace, lead, audit
        self.base = f"/authorities/testshire/audits/{audit.id}"

    def get(self, path: str) -> Page:
        return self.client.get(f"{self.base}/{path}")

    def file(self, path: str) -> TestResponse:
        response = self.client.browser.get(f"{self.base}/{path}")
        assert response.status_code == 200
        return response

    def scored(self, folder: Path) -> Any:
        """What ``plumbline score`` makes of the exported answers."""
        answers = folder / "answers.csv"
        answers.write_bytes(self.file("answers.csv").data)
        details = self.audit.details
        options = ["--bank", details.bank_id, "--weighting", details.weighting, "--format", "json"]
        return json.loads(CliRunner().invoke(score, [str(answers), *options]).stdout)


def opened(
    client: PageClient,
    workplace: Workplace,
    lead: Person,
    responses: Mapping[str, Response],
    **details: Any,
) -> Place:
    chosen = AuditDetails(**{"bank_id": "recommendations", "period": "Autumn 2026", **details})
    audit = open_audit(workplace, lead, "testshire", chosen)
    import_answers(workplace, lead, "testshire", audit.id, Answers(responses))
    return Place(client, workplace, lead, audit)


BANK = load_bank("recommendations")
CHECKLIST = load_bank("key-ingredients")
KINDS: dict[str, tuple[str, Mapping[str, Response]]] = {
    "empty": ("recommendations", {}),
    "empty checklist": ("key-ingredients", {}),
    "one answer": ("recommendations", {"R8": rated(1)}),
    "mixed": ("recommendations", mixed(BANK)),
    "mixed checklist": ("key-ingredients", mixed(CHECKLIST)),
    "all at the top": ("recommendations", same_for_all(BANK, rated(4))),
    "all at the bottom": ("key-ingredients", same_for_all(CHECKLIST, rated(0))),
    "nothing applicable": ("recommendations", same_for_all(BANK, NOT_APPLICABLE)),
    "nothing known": ("key-ingredients", same_for_all(CHECKLIST, DONT_KNOW)),
}

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, client: PageClient, workplace: Workplace, lead: Person) -> Place:
    bank_id, responses = KINDS[request.param]
    return opened(client, workplace, lead, responses, bank_id=bank_id)


@pytest.fixture
def full(client: PageClient, workplace: Workplace, lead: Person) -> Place:
    """A mixed audit in which something was typed, with a contradiction."""
    said = Response(RatingState.RATED, 1, "", None, TYPED, "All teams.", "By May.")
    return opened(client, workplace, lead, {**mixed(BANK), "R1": said, "R3": rated(0), "R4": rated(2)})


def test_every_page_is_in_house_style(place: Place) -> None:
    for path in PAGES:
        place.get(path)


def test_the_score_is_never_shown_without_saying_whose_the_levels_are(place: Place) -> None:
    for path in ("results", "results/working"):
        assert "Plumbline’s own" in place.get(path).text


def test_pages_show_the_digits_of_the_exported_answers(place: Place, tmp_path: Path) -> None:
    scored = place.scored(tmp_path)
    overall, text, working = scored["overall"], place.get("results").text, place.get("results/working").text
    if overall["percent"] is None:
        assert "Not yet scored" in text
        assert "Not yet scored" in working
        assert "0.0% Not in place" not in text
        return
    assert f"{overall['percent']}% {overall['band']}" in text
    assert f"The overall score is {overall['percent']}%, {overall['band']}." in working
    assert f"= {overall['exact']} = {overall['percent']}%" in working
    if overall["unknown"]:
        assert f"{overall['low']}% to {overall['high']}%" in text
        assert f"The range: {overall['low']}% to {overall['high']}%" in working
    if len(scored["sections"]) > 1:
        for section in scored["sections"]:
            assert f"{section['percent']}%" in text
    for item in scored["items"]:
        if item["gap"] not in (None, "0"):
            assert f"{item['share_of_gap']} = " in working


def test_what_the_audit_aims_at_goes_into_the_file(
    client: PageClient, workplace: Workplace, lead: Person, tmp_path: Path
) -> None:
    place = opened(client, workplace, lead, {"R1": rated(1), "R2": rated(2, target=4)}, target=2)
    targets = {item["id"]: item["target"] for item in place.scored(tmp_path)["items"]}
    assert (targets["R1"], targets["R2"]) == (2, 4)


def test_the_weighting_of_the_audit_is_used(
    client: PageClient, workplace: Workplace, lead: Person, tmp_path: Path
) -> None:
    place = opened(client, workplace, lead, mixed(BANK), weighting="evidence")
    assert f"{place.scored(tmp_path)['overall']['percent']}%" in place.get("results").text
    assert "Weights by evidence (this audit’s)" in place.get("results").text


def test_weightings_stand_side_by_side_with_what_they_change(full: Place, tmp_path: Path) -> None:
    text = full.get("results").text
    sheet = own_sheet(full.workplace, full.lead, "testshire", full.audit.id)
    for weighting in sheet.bank.weightings:
        assert weighting.title in text
        assert sheet.scorecard(weighting.name).overall.score is not None
    assert re.search(r"The first three gaps stay the same|among the first three gaps, in place of", text)


def test_contradictions_lead_to_both_answers(full: Place) -> None:
    page = full.get("results")
    assert "Check two ratings together: R4 is rated at level 2" in page.text
    assert page.link(f"R3 {BANK.items['R3'].title}").endswith("/items/R3")
    assert page.link(f"R4 {BANK.items['R4'].title}").endswith("/items/R4")


def test_much_left_out_is_warned_about(client: PageClient, workplace: Workplace, lead: Person) -> None:
    left_out = dict.fromkeys(("R7", "R8", "R9"), NOT_APPLICABLE)
    place = opened(client, workplace, lead, {**same_for_all(BANK, rated(2)), **left_out})
    assert "read the score with great care" in place.get("results").text
    working = place.get("results/working").text
    assert "R7 " in working
    assert "Not applicable: We have none." in working
    assert "Working with what is not applicable at the lowest level: 37.5%" in working


def test_the_plan_holds_the_three_columns_and_leads_to_each_item(full: Place) -> None:
    page = full.get("plan")
    for words in ("What happens now", "What needs to happen", "How you will progress this", "All teams.", "By May."):
        assert words in page.text
    assert "<b>Not</b> bold & “quoted”" in page.text
    for item in BANK.items.values():
        assert page.link(typographic(f"{item.id} {item.title}")) == f"{full.base}/items/{item.id}"


def test_results_lead_to_everything_else(full: Place) -> None:
    page = full.get("results")
    for words, path in (
        ("Show the working", "results/working"),
        ("Plan", "plan"),
        ("Read the gap report", "report"),
        ("Download the gap report (PDF)", "report.pdf"),
        ("Download the gap report (Word)", "report.docx"),
        ("Download the report as a workbook (XLSX)", "report.xlsx"),
        ("Download the answers (CSV)", "answers.csv"),
    ):
        assert page.link(words) == f"{full.base}/{path}"
        full.file(path)
    assert "Each PDF carries the answers it was made from" in page.text
    assert page.link("its numbers can be checked") == "/verify"


def policy(response: TestResponse) -> dict[str, str]:
    directives = response.headers["Content-Security-Policy"].split("; ")
    return dict(directive.split(" ", 1) for directive in directives)


def test_the_report_page_may_use_its_own_style_and_nothing_else(place: Place) -> None:
    response = place.file("report")
    styles = re.findall(r"<style>(.*?)</style>", response.text, re.DOTALL)
    assert len(styles) == 1
    digest = base64.b64encode(hashlib.sha256(styles[0].encode()).digest()).decode()
    assert policy(response) == {
        "default-src": "'none'",
        "style-src": f"'sha256-{digest}'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    assert not re.search(
        r"<(script|img|link|iframe|form|object)\b|https?://|url\(|@import| style=| on\w+=", response.text
    )


def test_the_report_page_leads_back_and_the_file_leads_nowhere(full: Place) -> None:
    html = full.file("report").text
    assert f'<a href="{full.base}/results">Back to results</a>' in html
    assert f'<a href="{full.base}/report.pdf?length=full">' in html
    assert f'<a href="{full.base}/report.docx?length=full">' in html
    assert "/authorities/" not in render_html(extremes()["a mixture"])


def test_the_report_says_whose_it_is_which_round_and_when(full: Place) -> None:
    html = full.file("report").text
    assert "<h1>Gap report: Testshire</h1>" in html
    assert "Autumn 2026, whole service" in html
    assert "made on 21 November 2026" in html


def text_of(response: TestResponse) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(BytesIO(response.data)).pages))


def test_the_pdf_holds_what_was_typed(full: Place) -> None:
    response = full.file("report.pdf")
    assert response.mimetype == "application/pdf"
    text = text_of(response)
    for words in (TYPED, "All teams.", "By May.", "Testshire", "Gap report", "Autumn 2026, whole service"):
        assert words in text


def words_of(response: TestResponse) -> str:
    return "\n".join(str(text) for text in Document(BytesIO(response.data)).element.body.itertext())


def test_the_word_document_holds_what_was_typed(full: Place) -> None:
    text = words_of(full.file("report.docx"))
    for words in (TYPED, "All teams.", "By May.", "Testshire", "Gap report", "Autumn 2026, whole service"):
        assert words in text


def test_the_word_document_has_the_length_that_was_asked_for(full: Place) -> None:
    lead, appendix = "Method and limits", "Appendix: all answers"
    found = {length: words_of(full.file(f"report.docx?length={length}")) for length in ("brief", "full", "appendix")}
    assert [appendix in text for text in found.values()] == [False, False, True]
    assert [lead in text for text in found.values()] == [False, True, True]


def test_the_pdf_shows_the_digits_of_the_page(place: Place, tmp_path: Path) -> None:
    percent = place.scored(tmp_path)["overall"]["percent"]
    assert ("Not yet scored" if percent is None else f"{percent}%") in text_of(place.file("report.pdf"))


@pytest.mark.parametrize(
    ("path", "kind"),
    [("report.pdf", "application/pdf"), ("report.docx", WORD), ("report.xlsx", XLSX), ("answers.csv", "text/csv")],
)
def test_files_have_a_name_that_says_what_they_are(full: Place, path: str, kind: str) -> None:
    response = full.file(path)
    suffix = path.rsplit(".", 1)[1]
    assert response.mimetype == kind
    assert response.headers["Cache-Control"] == "no-store"
    assert (
        response.headers["Content-Disposition"]
        == f'attachment; filename="Testshire - Self-audit of 12 conditions - Autumn 2026.{suffix}"'
    )


def test_a_name_in_any_script_is_safe_in_the_header(client: PageClient, workplace: Workplace, lead: Person) -> None:
    place = opened(client, workplace, lead, {}, period='Mân/Ŵyl: "2026"\u202e')
    disposition = place.file("report.pdf").headers["Content-Disposition"]
    assert 'filename="Testshire - Self-audit of 12 conditions - Man Wyl 2026.pdf"' in disposition
    assert (
        "filename*=UTF-8''Testshire%20-%20Self-audit%20of%2012%20conditions%20-%20M%C3%A2n%20%C5%B4yl%202026.pdf"
        in (disposition)
    )


def test_the_answers_file_is_marked_as_utf8_for_spreadsheets(full: Place) -> None:
    assert full.file("answers.csv").data.startswith(b"\xef\xbb\xbfitem,rating,")


def test_the_accent_colours_the_band_of_page_and_pdf(full: Place, testshire: Authority) -> None:
    accent = "#6b1f4d"
    authorities.change_authority(
        full.workplace, full.lead, testshire.slug, name="Testshire", ons_code="", accent=accent
    )
    assert f".masthead {{ background: {accent};" in full.file("report").text
    first = PdfReader(BytesIO(full.file("report.pdf").data)).pages[0].get_contents()
    assert first is not None
    assert b".419608 .121569 .301961 rg" in first.get_data()


@pytest.mark.parametrize(
    ("scope", "name", "words"),
    [
        (ScopeKind.WHOLE, "", "Autumn 2026, whole service"),
        (ScopeKind.LOCALITY, "North", "Autumn 2026, locality: North"),
        (ScopeKind.TEAM, "Duty", "Autumn 2026, team: Duty"),
    ],
)
def test_pages_and_report_name_the_scope(
    client: PageClient, workplace: Workplace, lead: Person, scope: ScopeKind, name: str, words: str
) -> None:
    place = opened(client, workplace, lead, {}, scope=scope, scope_name=name)
    assert words in place.get("results").text
    assert words in place.file("report").text


@pytest.mark.parametrize("demonstration", load_demonstrations(), ids=lambda each: each.name)
def test_a_demonstration_is_marked_on_every_page_and_file(
    client: PageClient, workplace: Workplace, lead: Person, demonstration: Any
) -> None:
    answers = demonstration.answers(load_bank(demonstration.bank_id)).items
    details = {"bank_id": demonstration.bank_id, "illustrative": demonstration.about}
    place = opened(client, workplace, lead, answers, **details)
    for path in PAGES:
        assert NOTICE in place.get(path).text
    assert NOTICE in place.file("report").text
    assert NOTICE in text_of(place.file("report.pdf"))
    assert NOTICE in words_of(place.file("report.docx"))


ALL = (*PAGES, "report", "report.pdf", "report.docx", "answers.csv")


@pytest.mark.parametrize("path", ALL)
def test_strangers_are_asked_to_sign_in(full: Place, stranger: PageClient, path: str) -> None:
    assert stranger.browser.get(f"{full.base}/{path}").location == "/sign-in"


@pytest.mark.parametrize("path", ALL)
def test_members_of_other_authorities_see_nothing(full: Place, app: Flask, path: str) -> None:
    other = enter(app, full.workplace, "other@elsewhere.gov.uk")
    other.get(f"{full.base}/{path}", 404)


@pytest.mark.parametrize("path", ALL)
def test_an_audit_that_is_not_there_is_not_found(client: PageClient, path: str) -> None:
    client.get(f"/authorities/testshire/audits/99/{path}", 404)


def test_the_workbook_gives_the_answers_back(full: Place) -> None:
    from_workbook, from_csv = (
        parse_answer_file(full.file(path).data, path, BANK) for path in ("report.xlsx", "answers.csv")
    )
    assert from_workbook == from_csv
