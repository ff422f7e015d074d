"""The pages that are the same for everyone, and those for what goes wrong."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.exceptions import TooManyRequests

from audit.core.places import AUTHORITY_NAMES
from audit.reports import colours
from audit.web.app import STATIC
from tests.web.client import PageClient

PAGES = ("/help", "/accessibility", "/cookies", "/privacy")


@pytest.mark.parametrize("path", ["/", "/sign-in", *PAGES])
def test_strangers_read_them(stranger: PageClient, path: str) -> None:
    stranger.get(path)


@pytest.mark.parametrize("path", PAGES)
def test_people_who_are_signed_in_read_them(client: PageClient, path: str) -> None:
    assert client.get(path).link("Your authorities") == "/authorities"


def test_the_start_page_names_both_banks_and_lets_people_who_are_signed_in_pass(
    stranger: PageClient, client: PageClient
) -> None:
    text = stranger.get("/").text
    assert "Self-audit of 12 conditions" in text
    assert "ingredients" in text
    assert client.send("/sign-out").status_code == 302
    assert client.get("/").heading.startswith("See where")


def test_the_start_page_sends_people_who_are_signed_in_to_their_authorities(client: PageClient) -> None:
    assert client.browser.get("/").location == "/authorities"


def test_reading_sets_no_cookie(stranger: PageClient) -> None:
    for path in ("/", *PAGES):
        assert "Set-Cookie" not in stranger.get(path).response.headers


def test_the_accessibility_statement_has_its_parts_and_dates(stranger: PageClient) -> None:
    text = stranger.get("/accessibility").text
    for part in ("Feedback and contact", "Enforcement procedure", "Compliance status", "partially compliant", "2.2"):
        assert part in text
    assert "People with disabilities have not tested" in text
    assert len(re.findall(r"(prepared|reviewed|test was) on \d{1,2} \w+ 20\d\d", text)) == 3


def test_the_cookies_page_says_when_one_is_signed_out(stranger: PageClient) -> None:
    assert "after 12 hours without use, and after 7 days" in stranger.get("/cookies").text


def test_health_is_a_word(stranger: PageClient) -> None:
    answer = stranger.browser.get("/health")
    assert (answer.text, answer.mimetype) == ("ok", "text/plain")


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/sign-out", 405)])
def test_addresses_that_lead_nowhere_say_so(stranger: PageClient, path: str, status: int) -> None:
    assert stranger.get(path, status).link("Go to the start page") == "/"


@pytest.mark.parametrize("number", ["0", "99", "99999999999999999999"])
def test_a_number_that_no_audit_has_leads_nowhere(client: PageClient, number: str) -> None:
    client.get(f"/authorities/testshire/audits/{number}", 404)


def test_too_many_tries_have_a_page(own_app: Flask) -> None:
    @own_app.get("/often")
    def often() -> str:
        raise TooManyRequests

    assert "Wait a minute" in PageClient(own_app).get("/often", 429).text


def test_a_fault_of_ours_has_a_page_that_needs_no_store_and_keeps_what_was_typed(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise sqlite3.DatabaseError("file is not a database")

    client.get("/authorities/new")
    app.testing = False
    monkeypatch.setattr("audit.operations.sign_in.person_of_session", broken)
    page = client.refuse("/authorities/new", {"name": "Testshire's <b>own</b>"}, 500)
    assert "not a database" not in page.html
    assert page.by_id("typed-1").text == "Testshire's <b>own</b>"


def test_the_colours_of_pages_are_those_of_the_reports() -> None:
    style = (STATIC / "app.css").read_text(encoding="utf-8")
    named = {value for name, value in vars(colours).items() if name.isupper()}
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", style)) <= named


def test_our_own_files_ask_no_other_host() -> None:
    for path in (path for path in STATIC.glob("*.*") if path.suffix in (".css", ".js")):
        assert not re.search(r"https?:|url\(", Path(path).read_text(encoding="utf-8")), path


def test_the_authorities_are_all_there_once_and_in_order() -> None:
    assert len(AUTHORITY_NAMES) == 153
    assert list(AUTHORITY_NAMES) == sorted(set(AUTHORITY_NAMES))
