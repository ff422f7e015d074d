"""Checking a report in the browser: what is asked for, what is said, and that nothing is kept."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import TooManyRequests
from werkzeug.test import TestResponse, encode_multipart

from audit.core.people import Person
from audit.operations.workplace import Workplace
from audit.reports.proof.apart import SIZE_LIMIT
from audit.reports.proof.check import check_pdf
from audit.reports.proof.payload import NAME
from audit.web import verify
from audit.web.pace import Pace
from audit.web.security import LARGEST_FORM
from tests.clock import Clock
from tests.making import rated
from tests.reports.proofs import on_pages, proven
from tests.web.client import Page, PageClient
from tests.web.filling import opened

PATH = "/verify"


def posted(visitor: PageClient, data: bytes | None, name: str = "report.pdf", form: str = "") -> TestResponse:
    """The answer to the form with its token, or with ``form`` in its place."""
    fields: dict[str, object] = {"csrf_token": form or visitor.get(PATH).token}
    if data is not None:
        fields["file"] = FileStorage(BytesIO(data), name)
    boundary, body = encode_multipart(fields)
    return visitor.browser.post(PATH, data=body, content_type=f'multipart/form-data; boundary="{boundary}"')


def sent(visitor: PageClient, data: bytes | None, name: str = "report.pdf", status: int = 200) -> Page:
    response = posted(visitor, data, name)
    assert response.status_code == status
    page = Page(PATH, response, visitor.app)
    page.check()
    return page


def test_anyone_finds_the_form_and_reads_that_it_is_no_signature(stranger: PageClient) -> None:
    page = stranger.get(stranger.get("/help").link("Check a report"))
    assert page.heading == "Check a report"
    assert "You need no account." in page.text
    assert "a check, not a signature" in page.text


def test_a_true_report_agrees_and_says_whose_it_is(stranger: PageClient) -> None:
    page = sent(stranger, proven(), "C:/Users/me/Our report <1>.pdf")
    assert page.heading == "The numbers agree"
    assert f"{check_pdf(proven()).numbers} numbers agree." in page.text
    assert "File Our report <1>.pdf" in page.text
    assert "Authority Testshire Council" in page.text
    assert "What people typed" in page.text
    assert page.response.headers["Cache-Control"] == "no-store"


def test_a_changed_number_is_named(client: PageClient) -> None:
    page = sent(client, on_pages(proven(), b"(43.8%)", b"(83.1%)"))
    assert page.heading == "The report does not agree"
    assert "Overall score: the page says 83.1%, the answers give 43.8%." in page.text


def test_a_damaged_file_gets_a_verdict(stranger: PageClient) -> None:
    page = sent(stranger, proven()[:5_000])
    assert page.heading == "This file could not be checked"
    assert "This PDF is damaged" in page.text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (None, "Select the PDF of a gap report."),
        (b"", "The selected file must be a PDF. Choose the PDF of a gap report."),
        (b"item,rating\nR1,2\n", "The selected file must be a PDF. Choose the PDF of a gap report."),
        (b"%PDF-1.7" + b"x" * SIZE_LIMIT, "The selected file must be smaller than 3 MB."),
    ],
)
def test_what_is_no_report_is_refused_at_the_field(stranger: PageClient, data: bytes | None, says: str) -> None:
    page = sent(stranger, data, "report.pdf")
    assert page.heading == "Check a report"
    assert len(page.errors) == 1
    assert page.errors[0].startswith(says)


def test_a_form_that_is_far_too_large_leads_back_to_the_form_which_says_so(stranger: PageClient) -> None:
    page = stranger.follow(posted(stranger, b"x" * LARGEST_FORM))
    assert page.errors[0].startswith("The selected file must be smaller than 3 MB.")


def test_other_sites_and_forms_without_a_token_are_refused(stranger: PageClient) -> None:
    assert posted(stranger, proven(), form="made up").status_code == 400
    token = stranger.get(PATH).token
    answer = stranger.browser.post(PATH, data={"csrf_token": token}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_nothing_is_kept(client: PageClient, tmp_path: Path) -> None:
    def files() -> dict[Path, int]:
        return {path: path.stat().st_size for path in tmp_path.rglob("*") if path.is_file() and "-" not in path.suffix}

    client.get(PATH)
    before = files()
    assert before
    sent(client, proven())
    assert files() == before


def test_one_address_waits_after_some_checks(
    stranger: PageClient, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "check_apart", check_pdf)
    for _ in range(verify.A_MINUTE):
        sent(stranger, proven()[:3_000])
    assert sent(stranger, proven()[:3_000], status=429).heading == "You have tried too often"
    clock.move(seconds=61)
    sent(stranger, proven()[:3_000])


def test_so_many_at_once_and_no_more() -> None:
    pace = Pace(at_once=1, a_minute=2)
    with pace.visit("a", 0.0), pytest.raises(TooManyRequests), pace.visit("b", 1.0):
        pytest.fail("two at once")
    with pace.visit("b", 2.0):
        pass
    with pytest.raises(TooManyRequests), pace.visit("b", 3.0):
        pytest.fail("three in a minute")
    with pace.visit("b", 62.5):
        pass


def test_a_report_downloaded_from_an_audit_agrees(
    app: Flask, client: PageClient, workplace: Workplace, lead: Person
) -> None:
    from audit.operations import answering

    audit = opened(workplace, lead)
    number = int(audit.rpartition("/")[2])
    for name, level in (("R1", 1), ("R8", 4), ("R4", 3)):
        answering.save_response(workplace, lead, "testshire", number, name, rated(level))
    for length in ("brief", "full"):
        data = client.browser.get(f"{audit}/report.pdf?length={length}").data
        assert NAME in PdfReader(BytesIO(data)).attachments
        assert check_pdf(data).faults == ()
