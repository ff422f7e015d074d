"""Signing in by a one-time link, and out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from audit.operations import sign_in
from audit.operations.workplace import Workplace
from tests.clock import Clock
from tests.web.client import PageClient
from tests.web.conftest import enter


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
