"""Whose answers results are of: one person's own or the team's, and to whom they are offered."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from pypdf import PdfReader

from audit.core.people import Authority, Person, Role
from audit.operations import closing
from audit.operations.workplace import Workplace
from audit.reports.proof.check import check_pdf
from tests.teams import SLUG, contributors, member, rate
from tests.web.client import Page, PageClient
from tests.web.conftest import enter
from tests.web.filling import opened, sign_off

ALONE = "This is what you answered alone."
MARK = "one person's own answers"
FILES = ("report.pdf", "report.docx", "report.xlsx", "form.pdf", "answers.csv", "answers.xlsx")


@pytest.fixture
def ann(workplace: Workplace, testshire: Authority) -> Person:
    return contributors(workplace, 1)[0]


@pytest.fixture
def audit(workplace: Workplace, lead: Person, ann: Person) -> str:
    address = opened(workplace, lead)
    rate(workplace, 1, "R1", [lead, ann], [0, 2])
    return address


@pytest.fixture
def hers(app: Flask, workplace: Workplace, ann: Person) -> PageClient:
    return enter(app, workplace, ann.email)


def names_of(client: PageClient, audit: str) -> list[str]:
    return [client.browser.get(f"{audit}/{name}").headers["Content-Disposition"] for name in FILES]


def after(page: Page) -> list[str]:
    """Where the task list leads besides items."""
    links = [each.get("href") or "" for each in page.all("a")]
    return [each.rpartition("/")[2] for each in links if each.endswith(("/check", "/results", "/report", "/plan"))]


@pytest.mark.parametrize("path", ["results", "results/working", "plan"])
def test_results_of_one_among_several_say_so(client: PageClient, hers: PageClient, audit: str, path: str) -> None:
    assert f"{ALONE} It is not the team’s result" in client.get(f"{audit}/{path}").text
    assert "Once the audit is signed off, this page shows the team’s" in hers.get(f"{audit}/{path}").text


def test_files_of_one_among_several_say_so_on_the_cover_and_in_their_name(hers: PageClient, audit: str) -> None:
    assert all("own answers" in name for name in names_of(hers, audit))
    assert MARK in hers.browser.get(f"{audit}/report").text.replace("’", "'")
    made = hers.browser.get(f"{audit}/report.pdf").data
    assert MARK in PdfReader(io.BytesIO(made)).pages[0].extract_text().replace("’", "'")
    assert check_pdf(made).faults == ()


def test_a_blank_form_is_nobodys(hers: PageClient, audit: str) -> None:
    made = hers.browser.get(f"{audit}/form.pdf?blank=1")
    assert "own answers" not in made.headers["Content-Disposition"]
    assert MARK not in PdfReader(io.BytesIO(made.data)).pages[0].extract_text().replace("’", "'")


def test_the_only_one_who_answers_reads_no_such_words(client: PageClient, workplace: Workplace, lead: Person) -> None:
    audit = opened(workplace, lead)
    assert ALONE not in client.get(f"{audit}/results").text
    assert not any("own answers" in name for name in names_of(client, audit))


def test_results_of_the_team_read_no_such_words(
    client: PageClient, hers: PageClient, workplace: Workplace, lead: Person, audit: str
) -> None:
    closing.close_answering(workplace, lead, SLUG, 1)
    assert ALONE not in client.get(f"{audit}/results").text
    assert not any("own answers" in name for name in names_of(client, audit))
    assert ALONE in hers.get(f"{audit}/results").text
    sign_off(workplace, audit)
    assert ALONE not in hers.get(f"{audit}/results").text
    assert "the results hold the team’s" in hers.get(audit).text


def test_a_facilitator_finds_no_results_before_there_are_any(
    app: Flask, workplace: Workplace, lead: Person, audit: str
) -> None:
    facilitator = enter(app, workplace, member(workplace, "Fay", Role.FACILITATOR).email)
    page = facilitator.get(audit)
    assert "Your role does not give answers" in page.text
    for words in ("Not started", "Work offline", "your answers", "0 of 12"):
        assert words not in page.text
    assert after(page) == []
    assert "Not answered" not in facilitator.get(f"{audit}/items/R1").text
    closing.close_answering(workplace, lead, SLUG, 1)
    page = facilitator.get(audit)
    assert after(page) == ["results", "report", "plan"]
    for path in after(page):
        assert facilitator.browser.get(f"{audit}/{path}").status_code == 200


def test_results_lead_to_where_an_answer_can_be_changed(
    client: PageClient, workplace: Workplace, lead: Person, audit: str
) -> None:
    assert client.get(f"{audit}/results").link("R1 The agencies’ systems fit together") == f"{audit}/items/R1"
    closing.close_answering(workplace, lead, SLUG, 1)
    for path in ("results", "plan"):
        page = client.get(f"{audit}/{path}")
        assert page.link("R1 The agencies’ systems fit together") == f"{audit}/moderation/items/R1"


def test_a_closed_task_list_asks_for_nothing_more(
    hers: PageClient, workplace: Workplace, lead: Person, audit: str
) -> None:
    assert "Not started" in hers.get(audit).text
    closing.close_answering(workplace, lead, SLUG, 1)
    page = hers.get(audit)
    assert "Not started" not in page.text
    assert "Work offline" not in page.text
    assert "Not answered" in page.text
