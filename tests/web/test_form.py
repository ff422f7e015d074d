"""The form to print: blank and filled, linked where people look for it, and shown to nobody else."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader
from werkzeug.test import TestResponse

from audit.core.demonstrations import NOTICE
from audit.core.people import Person
from audit.core.responses import RatingState, Response
from audit.operations.workplace import Workplace
from tests.making import rated
from tests.web.client import PageClient
from tests.web.conftest import enter
from tests.web.test_results import TYPED, Place, opened

NAME = "Testshire - Self-audit of 12 conditions - Autumn 2026"


@pytest.fixture
def place(client: PageClient, workplace: Workplace, lead: Person) -> Place:
    said = Response(RatingState.RATED, 1, "", None, TYPED, "All teams.", "By May.")
    return opened(client, workplace, lead, {"R1": said, "R9": rated(2)}, target=4)


def pages_of(response: TestResponse) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(BytesIO(response.data)).pages]


def test_the_filled_form_holds_what_was_typed_and_the_targets_of_the_audit(place: Place) -> None:
    first, second = pages_of(place.file("form.pdf"))
    for words in (TYPED, "All teams.", "By May.", "1, early steps; target 4, embedded"):
        assert words in first
    assert "2, partly in place; target 4, embedded" in second
    for page in (first, second):
        assert "Testshire, Autumn 2026, whole service" in page
        assert "21 November 2026" in page
        assert "Plumbline’s own" in page


def test_the_blank_form_holds_no_answer(place: Place) -> None:
    pages = pages_of(place.file("form.pdf?blank=1"))
    assert len(pages) == 2
    for page in pages:
        assert "Testshire, Autumn 2026, whole service" in page
        for words in ("Two teams", "All teams.", "By May.", "target", "early steps"):
            assert words not in page


@pytest.mark.parametrize(("path", "what"), [("form.pdf", "form"), ("form.pdf?blank=1", "blank form")])
def test_the_file_has_a_name_that_says_what_it_is(place: Place, path: str, what: str) -> None:
    response = place.file(path)
    assert response.mimetype == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{NAME} - {what}.pdf"'


@pytest.mark.parametrize("path", ["", "/plan"])
def test_the_task_list_and_the_plan_lead_to_both(place: Place, path: str) -> None:
    page = place.client.get(f"{place.base}{path}")
    assert page.link("blank form (PDF)") == f"{place.base}/form.pdf?blank=1"
    assert page.link("form with your answers (PDF)") == f"{place.base}/form.pdf"


def test_an_illustrative_reading_is_marked_on_every_page(
    client: PageClient, workplace: Workplace, lead: Person
) -> None:
    place = opened(client, workplace, lead, {"T1": rated(2)}, bank_id="key-ingredients", illustrative="A reading.")
    for path in ("form.pdf", "form.pdf?blank=1"):
        assert all(NOTICE in page for page in pages_of(place.file(path)))


def test_strangers_and_other_authorities_see_nothing(place: Place, app: Flask, stranger: PageClient) -> None:
    assert stranger.browser.get(f"{place.base}/form.pdf").location == "/sign-in"
    enter(app, place.workplace, "other@elsewhere.gov.uk").get(f"{place.base}/form.pdf", 404)
    place.client.get("/authorities/testshire/audits/99/form.pdf", 404)
