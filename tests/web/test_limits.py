"""How often somebody may try."""

from __future__ import annotations

import pytest
from flask import Flask

from audit.operations.workplace import Workplace
from tests.clock import Clock
from tests.web.client import PageClient
from tests.web.test_account import GOOD, with_password, with_second_factor

pytestmark = pytest.mark.usefixtures("quick_hashes")
LEAD = "lead@testshire.gov.uk"


def tried(visitor: PageClient, times: int, email: str, password: str = "wrong") -> None:  # noqa: S107 - no secret
    visitor.get("/sign-in")
    for _ in range(times):
        visitor.refuse("/sign-in", {"email": email, "password": password})


@pytest.mark.parametrize("email", [LEAD, "nobody@testshire.gov.uk"])
def test_ten_wrong_passwords_close_an_account_for_a_while_known_or_not(
    app: Flask, client: PageClient, email: str
) -> None:
    with_password(client)
    visitor = PageClient(app)
    tried(visitor, 10, email)
    page = visitor.refuse("/sign-in", {"email": f" {email.upper()}", "password": GOOD}, 429)
    assert page.heading == "You have tried too often"
    assert "Wait 15 minutes, then try again." in page.text
    assert 0 < int(page.response.headers["Retry-After"]) <= 901
    # From another address, too; but others are not held up.
    elsewhere = PageClient(app)
    elsewhere.browser.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    elsewhere.get("/sign-in")
    elsewhere.refuse("/sign-in", {"email": email, "password": GOOD}, 429)
    tried(visitor, 1, "other@testshire.gov.uk")


def test_an_address_tries_many_accounts_up_to_a_bound(
    app: Flask, stranger: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.operations.accounts._verified", lambda kept, password: False)
    stranger.get("/sign-in")
    statuses = [
        stranger.send("/sign-in", {"email": f"{number}@b.example", "password": "x"}).status_code
        for number in range(201)
    ]
    assert statuses == [200] * 200 + [429]


def test_codes_are_bound_by_person_however_often_one_starts_again(app: Flask, client: PageClient, clock: Clock) -> None:
    with_password(client)
    phone, _ = with_second_factor(client, clock)
    # Setting it up took one of the five.
    for number in range(5):
        visitor = PageClient(app)
        visitor.get("/sign-in")
        visitor.submit("/sign-in", {"email": LEAD, "password": GOOD})
        visitor.refuse("/sign-in/code", {"code": "000000"}, 200 if number < 4 else 429)
    visitor.get("/sign-in/code")
    visitor.refuse("/sign-in/code", {"code": phone.at(clock.at)}, 429)


def test_the_old_password_cannot_be_guessed_from_an_open_session(app: Flask, client: PageClient, clock: Clock) -> None:
    with_password(client)
    clock.move(hours=1)
    client.get("/account/password")
    # Setting it took one of the ten.
    for _ in range(9):
        client.refuse("/account/password", {"old": "wrong", "new": GOOD})
    client.refuse("/account/password", {"old": GOOD, "new": "seven quiet lamps rust"}, 429)
    client.get("/account/password")


def test_each_app_counts_from_none(app: Flask, workplace: Workplace, stranger: PageClient) -> None:
    tried(stranger, 10, LEAD)
    stranger.refuse("/sign-in", {"email": LEAD, "password": "wrong"}, 429)
