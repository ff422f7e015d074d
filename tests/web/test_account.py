"""A person's own account: password, second factor, and where they are signed in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from pyotp import TOTP

from audit.core.people import Person
from audit.operations.sessions import BY_LINK
from audit.operations.sign_in import issue_link
from audit.operations.workplace import Workplace
from tests.clock import Clock
from tests.sessions import begin_session
from tests.web.client import Page, PageClient, words
from tests.web.conftest import enter

pytestmark = pytest.mark.usefixtures("quick_hashes")
GOOD, BETTER = "tulip gravel window", "seven quiet lamps rust"
PASSWORD, FACTOR = "/account/password", "/account/second-factor"
CODES = "/second-factor/recovery-codes"


def with_password(visitor: PageClient, password: str = GOOD) -> Page:
    visitor.get(PASSWORD)
    return visitor.submit(PASSWORD, {"new": password})


def app_of(page: Page, clock: Clock) -> TOTP:
    """The authenticator app of somebody who types the secret in."""
    secret = next(words(each) for each in page.all("code"))
    return TOTP(secret.replace(" ", ""))


def with_second_factor(visitor: PageClient, clock: Clock) -> tuple[TOTP, list[str]]:
    """The app, whose next code is fresh, and the recovery codes."""
    app = app_of(visitor.get(FACTOR), clock)
    page = visitor.refuse(FACTOR, {"code": app.at(clock.at)})
    assert page.heading == "Keep your recovery codes"
    clock.move(minutes=2)
    return app, [words(each) for each in page.all("code")]


def shown(visitor: PageClient) -> Page:
    """The page that a visitor sees."""
    assert visitor.last
    return visitor.last


def signing_in(app: Flask, password: str = GOOD, email: str = "lead@testshire.gov.uk") -> PageClient:
    visitor = PageClient(app)
    visitor.get("/sign-in")
    visitor.last = visitor.follow(visitor.send("/sign-in", {"email": email, "password": password}))
    return visitor


def test_the_account_says_who_one_is_and_how_one_signs_in(client: PageClient) -> None:
    page = client.get("/account")
    assert page.heading == "Your account"
    for words_of_page in ("Lee O’Neill", "lead@testshire.gov.uk", "None. You sign in with links", "Off", "In 1 place"):
        assert words_of_page in page.text
    assert client.get("/authorities").link("Your account") == "/account"


@pytest.mark.parametrize(
    "path",
    ["", "/password", "/password/remove", "/second-factor", "/second-factor/remove", CODES, "/sessions"],
)
def test_strangers_are_asked_to_sign_in(stranger: PageClient, path: str) -> None:
    assert stranger.follow(stranger.browser.get(f"/account{path}")).heading == "Sign in"


def test_a_password_is_set_changed_and_removed(app: Flask, client: PageClient, clock: Clock) -> None:
    assert "Your password is set" in with_password(client).text
    assert "Set on 21 November 2026" in client.get("/account").text
    visitor = signing_in(app)
    assert shown(visitor).heading == "Your authorities"
    visitor.get(PASSWORD)
    page = visitor.refuse(PASSWORD, {"old": "wrong", "new": BETTER})
    assert page.errors == ["The password that you have now is not right."]
    assert BETTER not in page.html
    visitor.submit(PASSWORD, {"old": GOOD, "new": BETTER})
    assert client.browser.get("/account").location == "/sign-in"
    visitor.get("/account/password/remove")
    assert "is removed" in visitor.submit("/account/password/remove", {"old": BETTER}).text
    late = PageClient(app)
    late.get("/sign-in")
    assert late.refuse("/sign-in", {"email": "lead@testshire.gov.uk", "password": BETTER}).errors


def test_a_poor_password_is_refused_with_the_reason_and_not_shown_again(client: PageClient) -> None:
    client.get(PASSWORD)
    for poor, reason in (("short", "12 characters or more"), ("Lee O'Neill 2026", "too easy to guess")):
        page = client.refuse(PASSWORD, {"new": poor})
        assert reason in page.errors[0]
        assert poor not in page.html


def test_a_form_that_comes_too_late_does_not_show_the_password(client: PageClient, clock: Clock) -> None:
    client.get(PASSWORD)
    clock.forward(timedelta(days=8))
    page = client.refuse(PASSWORD, {"old": GOOD, "new": BETTER}, 400)
    assert page.heading == "This form has expired"
    assert GOOD not in page.html
    assert BETTER not in page.html


def test_a_second_factor_is_set_up_by_picture_or_secret(client: PageClient, clock: Clock) -> None:
    page = client.get(FACTOR)
    (drawing,) = [each for each in page.first("main").iter() if each.get("role") == "img"]
    assert [each.tag.rpartition("}")[2] for each in drawing.iter()] == ["div", "svg", "g", "path", "path"]
    assert re.fullmatch(r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}", words(page.all("code")[0]))
    assert client.refuse(FACTOR, {"code": "000000"}).errors == [
        "The code is not right. Check the time on your phone, then try the next code."
    ]
    assert words(shown(client).all("code")[0]) == words(page.all("code")[0])
    assert "Off" in client.get("/account").text
    _, codes = with_second_factor(client, clock)
    assert len(codes) == 10
    assert "10 recovery codes left" in client.get("/account").text
    assert client.browser.get(FACTOR).location == "/account"


def test_a_password_then_asks_for_the_code_which_works_once(app: Flask, client: PageClient, clock: Clock) -> None:
    with_password(client)
    phone, _ = with_second_factor(client, clock)
    visitor = signing_in(app)
    assert shown(visitor).heading == "Enter your code"
    assert visitor.browser.get("/authorities").location == "/sign-in"
    visitor.get("/sign-in/code")
    assert "not right, or it has been used" in visitor.refuse("/sign-in/code", {"code": "123456"}).errors[0]
    code = phone.at(clock.at)
    assert visitor.submit("/sign-in/code", {"code": code}).heading == "Your authorities"
    again = signing_in(app)
    page = again.refuse("/sign-in/code", {"code": code})
    assert "not right, or it has been used" in page.errors[0]
    assert code not in page.html


def test_a_link_asks_for_the_code_too_and_one_comes_back_to_the_page_asked_for(
    app: Flask, workplace: Workplace, client: PageClient, clock: Clock
) -> None:
    phone, _ = with_second_factor(client, clock)
    visitor = PageClient(app)
    visitor.browser.get("/authorities/new?from=mail")
    link = f"/sign-in/{issue_link(workplace, 'lead@testshire.gov.uk')}"
    visitor.get(link)
    assert visitor.submit(link).heading == "Enter your code"
    assert visitor.submit("/sign-in/code", {"code": phone.at(clock.at)}).address == "/authorities/new?from=mail"


def test_a_code_that_comes_too_late_begins_again(app: Flask, client: PageClient, clock: Clock) -> None:
    with_password(client)
    phone, _ = with_second_factor(client, clock)
    visitor = signing_in(app)
    clock.move(minutes=11)
    assert visitor.submit("/sign-in/code", {"code": phone.at(clock.at)}).heading == "Sign in"
    assert visitor.browser.get("/sign-in/code").location == "/sign-in"


def test_a_recovery_code_signs_in_once(app: Flask, client: PageClient, clock: Clock) -> None:
    with_password(client)
    _, codes = with_second_factor(client, clock)
    assert signing_in(app).submit("/sign-in/code", {"code": codes[3]}).heading == "Your authorities"
    assert signing_in(app).refuse("/sign-in/code", {"code": codes[3]}).errors
    assert "9 recovery codes left" in client.get("/account").text


def test_recovery_codes_are_shown_once_and_made_anew_for_a_code(client: PageClient, clock: Clock) -> None:
    phone, codes = with_second_factor(client, clock)
    renew = f"/account{CODES}"
    assert not [code for code in codes if code in client.get("/account").html + client.get(renew).html]
    assert client.refuse(renew, {"code": "000000"}).errors
    page = client.refuse(renew, {"code": phone.at(clock.at)})
    fresh = [words(each) for each in page.all("code")]
    assert len(fresh) == 10
    assert not set(fresh) & set(codes)
    assert page.response.headers["Cache-Control"] == "no-store"


def test_switching_it_off_asks_for_a_code(app: Flask, client: PageClient, clock: Clock) -> None:
    with_password(client)
    phone, _ = with_second_factor(client, clock)
    client.get(f"{FACTOR}/remove")
    assert client.refuse(f"{FACTOR}/remove", {"code": "000000"}).errors
    assert "Your second factor is off" in client.submit(f"{FACTOR}/remove", {"code": phone.at(clock.at)}).text
    visitor = signing_in(app)
    assert shown(visitor).heading == "Your authorities"


def test_who_came_by_a_directory_cannot_change_how_they_sign_in(
    app: Flask, workplace: Workplace, client: PageClient, lead: Person
) -> None:
    with_password(client)
    visitor = PageClient(app)
    with visitor.browser.session_transaction() as cookie:
        cookie["token"] = begin_session(workplace, lead.id, "directory:testshire")
    page = visitor.get("/account")
    assert "sign in with a link or with your password" in page.text
    assert not [each for each in page.all("a") if (each.get("href") or "").startswith((PASSWORD, FACTOR))]
    for path in (PASSWORD, f"{PASSWORD}/remove", FACTOR):
        visitor.get(path, 403)
        visitor.refuse(path, {"new": GOOD, "code": "1"}, 403)


def test_sessions_are_listed_with_device_and_times(
    app: Flask, workplace: Workplace, client: PageClient, lead: Person, clock: Clock
) -> None:
    begin_session(workplace, lead.id, BY_LINK, "Firefox on Windows")
    clock.move(hours=1)
    page = client.get("/account/sessions")
    assert [words(each) for each in page.all("h2")][:2] == ["Another browser", "Firefox on Windows"]
    assert page.text.count("This browser") == 1
    assert "21 November 2026, 2.05pm, with a link" in page.text
    assert "21 November 2026, 3.05pm" in page.text


def test_signing_in_notes_the_device(app: Flask, client: PageClient) -> None:
    with_password(client)
    visitor = PageClient(app)
    visitor.browser.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"
    visitor.get("/sign-in")
    visitor.submit("/sign-in", {"email": "lead@testshire.gov.uk", "password": GOOD})
    assert "Firefox on Linux" in visitor.get("/account/sessions").text
    assert "with your password" in visitor.get("/account/sessions").text


def test_one_other_session_is_ended(app: Flask, workplace: Workplace, client: PageClient) -> None:
    other = enter(app, workplace, "lead@testshire.gov.uk")
    page = client.get("/account/sessions")
    (end,) = [form.get("action") or "" for form in page.first("main").iter("form") if "end-all" not in str(form.attrib)]
    assert "Where you are signed in" in client.submit(end).heading
    assert other.browser.get("/account").location == "/sign-in"
    client.get("/account")
    client.get("/account/sessions")
    client.submit("/account/sessions/999/end")


def test_signing_out_everywhere_ends_every_browser_at_once_and_loses_no_text(
    app: Flask, workplace: Workplace, client: PageClient
) -> None:
    other = enter(app, workplace, "lead@testshire.gov.uk")
    other.get("/authorities/new")
    client.get("/account/sessions")
    assert client.submit("/account/sessions/end-all").address == "/"
    assert client.browser.get("/account").location == "/sign-in"
    page = other.refuse("/authorities/new", {"name": "Half a name"}, 400)
    assert page.by_id("typed-1").text == "Half a name"
    assert other.browser.get("/account").location == "/sign-in"
