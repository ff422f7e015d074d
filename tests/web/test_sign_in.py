"""Signing in by a one-time link, and out."""

from __future__ import annotations

import re
from datetime import timedelta
from queue import Queue
from urllib.parse import urlsplit

import pytest
from flask import Flask

from audit.operations import sign_in
from audit.operations.workplace import Workplace
from audit.web.sign_in import own_page
from tests.clock import Clock
from tests.web.client import Page, PageClient
from tests.web.conftest import enter

pytestmark = pytest.mark.usefixtures("quick_hashes")


@pytest.fixture
def link(workplace: Workplace) -> str:
    return f"/sign-in/{sign_in.issue_link(workplace, 'jo@testshire.gov.uk', 'Jo <b>Bloggs</b>')}"


def test_looking_at_a_link_uses_it_not_up(stranger: PageClient, link: str) -> None:
    for _ in range(3):
        assert stranger.get(link).heading == "Sign in as Jo <b>Bloggs</b>"
    assert stranger.browser.get("/authorities").location == "/sign-in"
    stranger.get(link)
    page = stranger.submit(link)
    assert page.heading == "Your authorities"
    assert "You do not belong to an authority yet" in page.text


def test_a_link_works_once(app: Flask, stranger: PageClient, link: str) -> None:
    stranger.get(link)
    stranger.submit(link)
    assert stranger.get(link, 410).link("Go to your authorities") == "/authorities"
    second = PageClient(app)
    page = second.get(link, 410)
    assert "has been used" in page.text
    assert page.link("Find out how to get a sign-in link") == "/sign-in"
    second.get("/sign-in/made-up", 410)


def test_a_link_that_was_used_in_between_is_refused(app: Flask, workplace: Workplace, link: str) -> None:
    slow, quick = PageClient(app), PageClient(app)
    slow.get(link)
    quick.get(link)
    quick.submit(link)
    assert "has been used" in slow.refuse(link, status=410).text


def test_a_link_expires(stranger: PageClient, clock: Clock, link: str) -> None:
    clock.forward(timedelta(hours=25))
    assert "has expired" in stranger.get(link, 410).text


def test_no_page_of_a_link_tells_it_to_another(stranger: PageClient, link: str) -> None:
    assert stranger.get(link).response.headers["Referrer-Policy"] == "no-referrer"
    assert stranger.get("/sign-in/made-up", 410).response.headers["Referrer-Policy"] == "no-referrer"


def test_one_comes_back_to_the_page_that_one_asked_for(stranger: PageClient, link: str) -> None:
    asked = stranger.browser.get("/authorities/new?from=mail")
    assert "You will come back to it" in stranger.follow(asked).text
    stranger.get(link)
    assert stranger.submit(link).address == "/authorities/new?from=mail"


def test_the_next_person_comes_to_their_own_page(
    app: Flask, workplace: Workplace, client: PageClient, link: str
) -> None:
    page = client.get(link)
    assert "You are now signed in as Lee O’Neill" in page.text
    assert client.submit(link).heading == "Your authorities"
    assert "You do not belong" in (client.last.text if client.last else "")


def test_signing_out_ends_the_session_on_the_server_too(client: PageClient) -> None:
    kept = client.browser.get_cookie("plumbline")
    assert kept is not None
    assert client.submit("/sign-out").address == "/"
    assert client.browser.get("/authorities").location == "/sign-in"
    client.browser.set_cookie("plumbline", kept.value)
    assert client.browser.get("/authorities").location == "/sign-in"


@pytest.mark.parametrize(
    "path", ["/authorities", "/authorities/new", "/authorities/testshire", "/authorities/testshire/settings"]
)
def test_strangers_are_asked_to_sign_in(stranger: PageClient, client: PageClient, path: str) -> None:
    assert stranger.follow(stranger.browser.get(path)).heading == "Sign in"


def test_an_idle_session_ends(app: Flask, workplace: Workplace, client: PageClient, clock: Clock) -> None:
    clock.forward(timedelta(hours=11))
    client.get("/authorities")
    clock.forward(timedelta(hours=11))
    client.get("/authorities")
    clock.forward(timedelta(hours=13))
    assert client.browser.get("/authorities").location == "/sign-in"
    enter(app, workplace, "lead@testshire.gov.uk").get("/authorities/testshire")


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> Queue[tuple[str, str, str]]:
    """What is sent by e-mail."""
    sent: Queue[tuple[str, str, str]] = Queue()
    monkeypatch.setattr("audit.web.mail.is_set_up", lambda: True)

    def send(to: str, subject: str, text: str) -> bool:
        sent.put((to, subject, text))
        return True

    monkeypatch.setattr("audit.web.mail.send", send)
    return sent


def test_without_a_mail_server_the_page_says_who_gives_links(stranger: PageClient) -> None:
    page = stranger.get("/sign-in")
    assert "Ask the person who runs Plumbline for you for a sign-in link" in page.text
    assert "Send me a link instead" not in page.text
    assert stranger.submit("/sign-in/send", {"email": "lead@testshire.gov.uk"}).heading == "Sign in"


def test_a_link_is_sent_to_who_is_known_and_signs_in(
    stranger: PageClient, client: PageClient, letters: Queue[tuple[str, str, str]]
) -> None:
    stranger.get("/sign-in")
    page = stranger.refuse("/sign-in/send", {"email": "Lead@Testshire.gov.uk"})
    assert page.heading == "Check your e-mail"
    to, subject, text = letters.get(timeout=10)
    assert (to, subject) == ("lead@testshire.gov.uk", "Your link to sign in to Plumbline")
    link = urlsplit(next(line for line in text.splitlines() if "://" in line)).path
    stranger.get(link)
    assert "testshire" in stranger.submit(link).html


def test_known_and_unknown_addresses_get_the_same_pages(
    app: Flask, client: PageClient, letters: Queue[tuple[str, str, str]]
) -> None:
    client.get("/account/password")
    client.submit("/account/password", {"new": "tulip gravel window"})
    pages: dict[str, list[str]] = {}
    for email in ("lead@testshire.gov.uk", "none@testshire.gov.uk"):
        visitor = PageClient(app)
        visitor.get("/sign-in")
        wrong = visitor.refuse("/sign-in", {"email": email, "password": "wrong"})
        assert wrong.errors
        sent = visitor.refuse("/sign-in/send", {"email": email})
        pages[email] = [same(page, email) for page in (wrong, sent)]
    known, unknown = pages.values()
    assert known == unknown
    assert letters.get(timeout=10)[0] == "lead@testshire.gov.uk"
    assert letters.empty()


def same(page: Page, email: str) -> str:
    """A page and its headers, without what is new each time and the address that was typed."""
    html = f"{sorted(page.response.headers.items())}{page.html}".replace(email, "?")
    return re.sub(r"nonce-[\w-]+|nonce=\"[\w-]+\"|value=\"[\w.-]{60,}\"|session=[^;]+|plumbline=[^;]+", "", html)


def test_a_person_without_a_password_and_one_with_get_the_same_page(
    app: Flask, client: PageClient, workplace: Workplace
) -> None:
    sign_in.issue_link(workplace, "none@testshire.gov.uk")
    pages = []
    for email in ("none@testshire.gov.uk", "lead@testshire.gov.uk"):
        visitor = PageClient(app)
        visitor.get("/sign-in")
        pages.append(same(visitor.refuse("/sign-in", {"email": email, "password": "wrong"}), email))
    assert pages[0] == pages[1]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({}, ["Enter your e-mail address, such as name@example.gov.uk.", "Enter your password."]),
        ({"email": "lead@testshire.gov.uk"}, ["Enter your password."]),
        ({"email": "lead", "password": "x"}, ["Enter your e-mail address, such as name@example.gov.uk."]),
    ],
)
def test_what_is_missing_is_named(stranger: PageClient, fields: dict[str, str], errors: list[str]) -> None:
    stranger.get("/sign-in")
    assert stranger.refuse("/sign-in", fields).errors == errors


def test_a_link_is_not_sent_to_what_is_no_address(stranger: PageClient, letters: Queue[tuple[str, str, str]]) -> None:
    stranger.get("/sign-in")
    page = stranger.refuse("/sign-in/send", {"email": "lead"})
    assert page.errors == ["Enter your e-mail address, such as name@example.gov.uk."]
    assert stranger.follow(stranger.browser.get("/sign-in/send")).heading == "Sign in"


def test_signing_in_changes_the_cookie_and_ends_the_session_before(client: PageClient, link: str) -> None:
    client.get("/help")
    with client.browser.session_transaction() as cookie:
        before = dict(cookie)
    client.get(link)
    client.submit(link)
    with client.browser.session_transaction() as cookie:
        after = dict(cookie)
    assert before["token"] != after["token"]
    assert before["csrf_token"] != after["csrf_token"]
    assert set(after) == {"token", "csrf_token"}
    with client.browser.session_transaction() as cookie:
        cookie.update(before)
    assert client.browser.get("/authorities").location == "/sign-in"


@pytest.mark.parametrize(
    "planted",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/a\nb",
        "",
        7,
        None,
    ],
)
def test_one_is_never_sent_to_another_site(stranger: PageClient, link: str, planted: object) -> None:
    stranger.get(link)
    with stranger.browser.session_transaction() as cookie:
        cookie["next"] = planted
    assert stranger.send(link).location == "/authorities"
    assert own_page(planted) is None


@pytest.mark.parametrize("path", ["//evil.example/authorities", "/authorities//evil.example", "//authorities"])
def test_no_address_on_this_server_leads_off_it(stranger: PageClient, link: str, path: str) -> None:
    stranger.browser.get(path)
    stranger.get(link)
    assert re.match(r"/(?!/)", stranger.send(link).location or "")
