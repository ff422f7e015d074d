"""Cookies, headers, forms and settings."""

from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from audit.core.errors import UsageError
from audit.operations.workplace import Workplace
from audit.web.app import create_app
from audit.web.security import LARGEST_FORM
from audit.web.settings import Settings, kept_key
from tests.clock import Clock
from tests.web.client import PageClient
from tests.web.conftest import enter

KEY = "k" * 40
NEW = "/authorities/new"


def test_every_response_carries_the_headers(client: PageClient) -> None:
    for path in ("/help", "/authorities", "/nowhere", "/static/app.css", "/health"):
        with client.browser.get(path) as answer:
            given = answer.headers
        assert given["X-Content-Type-Options"] == "nosniff"
        assert given["Referrer-Policy"] == "same-origin"
        assert given["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in given["Content-Security-Policy"]
        assert "Strict-Transport-Security" not in given


def test_the_nonce_is_new_each_time(stranger: PageClient) -> None:
    policies = {stranger.get("/help").response.headers["Content-Security-Policy"] for _ in range(3)}
    assert len(policies) == 3


def test_pages_of_people_who_are_signed_in_stay_nowhere(client: PageClient, stranger: PageClient) -> None:
    assert client.get("/authorities").response.headers["Cache-Control"] == "no-store"
    assert client.get("/help").response.headers["Cache-Control"] == "no-store"
    assert stranger.get("/help").response.headers["Cache-Control"] == "no-cache"


def test_there_is_one_cookie_and_scripts_cannot_read_it(app: Flask, workplace: Workplace, client: PageClient) -> None:
    cookies = client.browser._cookies or {}
    assert [cookie.key for cookie in cookies.values()] == ["plumbline"]
    answer = client.send("/sign-out")
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "SameSite=Lax" in answer.headers["Set-Cookie"]
    assert "Secure" not in answer.headers["Set-Cookie"]


def test_with_https_the_cookie_is_secure_and_browsers_stay(workplace: Workplace) -> None:
    made = create_app(workplace, Settings(workplace.folder, KEY, https=True))
    made.testing = True
    answer = made.test_client().get("/authorities", base_url="https://plumbline.example")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_proxy_is_believed_only_if_it_is_expected(workplace: Workplace) -> None:
    for proxies, scheme in ((0, "http"), (1, "https")):
        made = create_app(workplace, Settings(workplace.folder, KEY, trusted_proxies=proxies))
        made.add_url_rule("/scheme", view_func=lambda: __import__("flask").request.scheme)
        assert made.test_client().get("/scheme", headers={"X-Forwarded-Proto": "https"}).text == scheme


@pytest.mark.parametrize("token", ["", "made up"])
def test_a_form_without_its_token_is_refused_and_shows_what_was_typed(client: PageClient, token: str) -> None:
    client.get(NEW)
    text = 'It\'s "ours"\r\n<script>alert(1)</script>'
    page = client.refuse(NEW, {"csrf_token": token, "name": text, "seen": "4", "accent": " "}, 400)
    assert page.heading == "This form has expired"
    assert page.by_id("typed-1").text == text.replace("\r\n", "\n")
    assert "made up" not in page.html
    assert [each.get("id") for each in page.all("textarea")] == ["typed-1"]
    assert page.link("Open the form again") == NEW


def test_a_session_that_ended_loses_no_text(client: PageClient, clock: Clock) -> None:
    client.get(NEW)
    clock.forward(timedelta(days=8))
    page = client.refuse(NEW, {"name": "Testshire's other half"}, 400)
    assert page.by_id("typed-1").text == "Testshire's other half"
    assert page.link("sign in again") == "/sign-in"
    assert client.browser.get("/authorities").location == "/sign-in"


def test_a_text_of_hostile_characters_is_shown_all_the_same(client: PageClient) -> None:
    client.get(NEW)
    page = client.refuse(NEW, {"csrf_token": "", "name": "a\x00b\x07c\x1b\u202e</textarea><b>"}, 400)
    assert (page.by_id("typed-1").text or "").endswith("</textarea><b>")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_from_another_site_is_refused_without_a_word_of_it(client: PageClient, site: str) -> None:
    client.get(NEW)
    fields = {"csrf_token": client.last.token if client.last else "", "name": "Planted"}
    answer = client.browser.post(NEW, data=fields, headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403
    assert "Planted" not in answer.text


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_form_of_our_own_is_taken(client: PageClient, site: str) -> None:
    client.get(NEW)
    fields = {"csrf_token": client.last.token if client.last else "", "name": "Otherton"}
    assert client.browser.post(NEW, data=fields, headers={"Sec-Fetch-Site": site}).location == "/authorities/otherton"


def test_a_form_made_before_signing_out_is_not_valid_after(
    app: Flask, workplace: Workplace, client: PageClient
) -> None:
    client.get(NEW)
    old = client.last.token if client.last else ""
    client.send("/sign-out")
    again = enter(app, workplace, "lead@testshire.gov.uk")
    again.refuse(NEW, {"csrf_token": old, "name": "Otherton"}, 400)


def test_three_texts_of_100_000_characters_fit_and_more_has_a_page(client: PageClient) -> None:
    client.get(NEW)
    # The longest way of writing a character in a form is four bytes of three signs each.
    page = client.refuse(NEW, {"csrf_token": "", **dict.fromkeys("abc", "\U0001f600" * 100_000)}, 400)
    assert len(page.by_id("typed-3").text or "") == 100_000
    page = client.refuse(NEW, {"name": "x" * LARGEST_FORM}, 413)
    assert "Nothing has been saved" in page.text


def test_settings_have_defaults(tmp_path: Path) -> None:
    made = Settings.from_environment({"PLUMBLINE_INSTANCE": str(tmp_path / "new" / "place")})
    assert (made.host, made.port, made.https, made.trusted_proxies) == ("127.0.0.1", 8000, False, 0)
    assert made.secret_key == kept_key(tmp_path / "new" / "place")
    assert stat.S_IMODE((tmp_path / "new" / "place" / "secret.key").stat().st_mode) == 0o600


def test_settings_are_read(tmp_path: Path) -> None:
    names = {"HOST": "0.0.0.0", "PORT": "80", "HTTPS": "on", "TRUSTED_PROXIES": "1", "SECRET_KEY": KEY}  # noqa: S104
    made = Settings.from_environment(
        {"PLUMBLINE_INSTANCE": str(tmp_path), **{f"PLUMBLINE_{name}": value for name, value in names.items()}}
    )
    assert made == Settings(tmp_path, KEY, "0.0.0.0", 80, https=True, trusted_proxies=1)  # noqa: S104
    assert not (tmp_path / "secret.key").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "²"),
        ("HTTPS", "yes"),
        ("TRUSTED_PROXIES", "-1"),
        ("SECRET_KEY", "short"),
    ],
)
def test_a_wrong_setting_is_named_at_the_start(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(UsageError, match=f"PLUMBLINE_{name}"):
        Settings.from_environment({"PLUMBLINE_INSTANCE": str(tmp_path), f"PLUMBLINE_{name}": value})


def test_an_instance_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="PLUMBLINE_INSTANCE"):
        Settings.from_environment({"PLUMBLINE_INSTANCE": str(tmp_path / "file" / "inside")})
    (tmp_path / "secret.key").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match=r"secret\.key is too short"):
        Settings.from_environment({"PLUMBLINE_INSTANCE": str(tmp_path)})


def test_a_host_that_cannot_be_one_is_refused(app: Flask) -> None:
    answer = app.test_client().get("/help", headers={"Host": "a" * 300})
    assert (answer.status_code, answer.get_data(as_text=True)) == (
        400,
        "The name of the host in this request cannot be one.",
    )
