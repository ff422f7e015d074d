"""House checks: headers of every response, ways on that stay here, and hostile texts in every field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from copy import copy
from urllib.parse import urlsplit

import pytest
from jinja2 import FileSystemBytecodeCache
from werkzeug.test import TestResponse

from audit.operations import sign_in
from audit.web.app import create_app
from audit.web.limits import limiter
from audit.web.settings import Settings
from tests import town as towns
from tests.web.client import Page, PageClient
from tests.web.hostile import LINE, READERS, SEEN, TEXT, Form, check_page, forms_of, shows
from tests.web.test_walls import Visitors
from tests.web.walls import NOBODY, ROWS, Row

ASKED = [row for row in ROWS if row.method == "GET"]
# The report that the town has signed is a sham. The one that is signed with hostile texts is real.
READ_AFTER = [
    *(row for row in ASKED if row.endpoint != "signing.pdf"),
    *(Row("GET", name, "", {"audit_id": towns.MODERATED}) for name in ("signing.page", "signing.pdf")),
]
# Files that hold nothing that anybody wrote.
OPEN_FILES = {"static", "pages.health", "authorities.colours"}
# Documents of their own, which carry their style.
REPORTS = {"reports.page", "signing.page"}
# Their address is all that somebody needs to get in.
WITH_A_TOKEN = {"sign_in.link", "invitations.show"}
ERRORS = ("/nowhere", "/authorities/nowhere", "/sign-in/made-up", "/sign-out", "/static/nowhere.css")
POLICY = ("default-src 'none'", "form-action '", "base-uri 'none'", "frame-ancestors 'none'")


@pytest.fixture(scope="module")
def visitors(tmp_path_factory: pytest.TempPathFactory, compiled: FileSystemBytecodeCache) -> Visitors:
    return Visitors(towns.build(tmp_path_factory.mktemp("town")), compiled)


@pytest.fixture(scope="module")
def secure(visitors: Visitors) -> Visitors:
    """The same visitors where people come by HTTPS."""
    workplace, secure = visitors.town.workplace, copy(visitors)
    secure.app = create_app(workplace, Settings(workplace.folder, visitors.app.secret_key, https=True))  # type: ignore[arg-type]
    secure.app.testing = True
    return secure


def check_headers(answer: TestResponse, *, private: bool) -> None:
    """Raise AssertionError where a header is missing."""
    given, where = answer.headers, answer.request.path
    policy = given["Content-Security-Policy"]
    assert all(part in policy for part in POLICY), where
    assert "unsafe" not in policy, where
    assert given["X-Content-Type-Options"] == "nosniff", where
    assert given["Referrer-Policy"] in ("same-origin", "no-referrer"), where
    assert given["Cross-Origin-Opener-Policy"] == "same-origin", where
    assert given["Strict-Transport-Security"] == "max-age=31536000", where
    assert "Access-Control-Allow-Origin" not in given, where
    if private:
        assert given["Cache-Control"] == "no-store", where
    for cookie in given.getlist("Set-Cookie"):
        parts = cookie.split("; ")
        assert parts[0].startswith("plumbline="), where
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(parts), where


@pytest.mark.parametrize("name", ["lead", "viewer", NOBODY])
def test_every_response_carries_what_a_browser_must_know(secure: Visitors, name: str) -> None:
    secure.town.put_back()
    for row in ASKED:
        answer = secure.ask(row, name)
        here = answer.status_code == 200 and row.endpoint not in OPEN_FILES
        check_headers(answer, private=here and (name != NOBODY or row.endpoint in WITH_A_TOKEN))
        if answer.status_code == 200 and answer.mimetype != "text/html" and row.endpoint not in OPEN_FILES:
            assert answer.headers["Content-Disposition"].startswith("attachment"), row.name
    for path in ERRORS:
        answer = secure.browser(name).get(path, buffered=True)
        assert answer.status_code >= 300
        check_headers(answer, private=False)


AWAY = (
    "//evil.example",
    "///evil.example/authorities",
    "/\\evil.example",
    "/%5Cevil.example",
    "/%2F/evil.example",
    "/authorities/%0d%0aLocation:%20https://evil.example",
    "/authorities/%5C%5Cevil.example",
    "/authorities//evil.example",
    "/authorities/https:evil.example",
    "/authorities/\N{FULLWIDTH SOLIDUS}\N{FULLWIDTH SOLIDUS}evil.example",
    "/authorities?next=https://evil.example",
    "/authorities/testshire?next=//evil.example&then=https://evil.example",
)


@pytest.mark.parametrize("address", AWAY)
def test_whatever_was_asked_for_before_signing_in_leads_nowhere_else(visitors: Visitors, address: str) -> None:
    visitors.town.put_back()
    visitor = PageClient(visitors.app)
    visitor.browser.get(address)
    for more in ("", "?next=//evil.example"):
        link = f"/sign-in/{sign_in.issue_link(visitors.town.workplace, 'lead@testshire.gov.uk')}{more}"
        visitor.get(link)
        answer = visitor.send(link, {"next": "https://evil.example", "then": "//evil.example"})
        assert answer.status_code == 302
        check_stays(answer)


def check_stays(answer: TestResponse) -> None:
    """Raise AssertionError where a redirect leads out of this server."""
    if answer.location:
        parts = urlsplit(answer.location)
        assert (parts.scheme, parts.netloc) == ("", ""), answer.location
        assert answer.location.startswith("/"), answer.location
        assert "\\" not in answer.location
        assert not answer.location.startswith("//"), answer.location


def test_forms_lead_on_within_the_server_whatever_they_and_the_request_say(visitors: Visitors) -> None:
    browser, cookie = visitors.app.test_client(), visitors.kept["lead"][0]
    bad = {"next": "https://evil.example", "then": "https://evil.example", "return_to": "//evil.example"}
    followed = 0
    for row in [row for row in ROWS if row.method == "POST"]:
        visitors.town.put_back()
        browser.set_cookie("plumbline", cookie, domain="evil.example")
        form = {**bad, **row.form, "csrf_token": visitors.kept["lead"][1]}
        limiter.reset()
        answer = browser.post(visitors.address(row), data=form, base_url="http://evil.example", buffered=True)
        followed += bool(answer.location)
        check_stays(answer)
    assert followed > 20


# Fields with a form of their own, which refuse anything else: what they are given so that the rest is looked at.
FORMED = {
    "ons_code": "",
    "accent": "",
    "smallest": "5",
    "links-0-url": "https://example.gov.uk",
    "links-0-dated": "",
    "rating": "2",
    "na_reason": "",
    "target": "",
    "then": "later",
}
# What anybody can write, and where it is taken.
TAKEN = {
    "authorities.new",
    "authorities.settings",
    "groups.show",
    "invitations.show",
    "items.edit",
    "moderation.one",
    "prompts.edit",
    "signing.reopen",
    "signing.sign",
}


class Writer:
    """Somebody who opens the pages of the town, and types into their forms."""

    def __init__(self, visitors: Visitors, name: str = "lead") -> None:
        self.visitors, self.name = visitors, name

    def open(self, row: Row) -> Page | None:
        """The page of a row that this person may open, or None."""
        answer = self.visitors.ask(row, self.name)
        is_page = answer.status_code == 200 and answer.mimetype == "text/html"
        return Page(self.visitors.address(row), answer, self.visitors.app) if is_page else None

    def send(self, form: Form, fields: dict[str, str]) -> TestResponse:
        """Send a form."""
        browser = self.visitors.browser(self.name)
        if form.method == "get":
            return browser.get(form.action, query_string=fields)
        return browser.post(form.action, data={**fields, "csrf_token": self.visitors.kept[self.name][1]})

    def refused(self, form: Form, answer: TestResponse) -> Page:
        """The page that a form gets that is not accepted."""
        return Page(form.action, answer, self.visitors.app)


def test_hostile_texts_are_text_in_every_page_and_file(visitors: Visitors) -> None:
    visitors.town.put_back()
    taken = _write_everywhere(visitors)
    assert taken >= TAKEN, "the other forms refuse them"
    seen: Counter[str] = Counter()
    for name in ("lead", "facilitator", "contributor", "viewer"):
        for row in READ_AFTER:
            answer = visitors.ask(row, name)
            if answer.status_code == 200 and row.endpoint not in OPEN_FILES:
                seen[str(answer.mimetype)] += shows(_text_of(visitors, row, answer))
    assert len(seen) > 5
    assert all(seen.values()), seen
    assert seen["text/html"] > 60
    visitors.town.put_back()


def _text_of(visitors: Visitors, row: Row, answer: TestResponse) -> str:
    """What a page or file says. Raises AssertionError where it holds what was typed as more than text."""
    if answer.mimetype != "text/html":
        return READERS[str(answer.mimetype)](answer.data)
    page = Page(visitors.address(row), answer, visitors.app)
    check_page(page, own_style=row.endpoint in REPORTS)
    return "".join(page.tree.itertext())


def _write_everywhere(visitors: Visitors) -> set[str]:
    """Type hostile texts into every form. Gives the pages whose forms took them."""
    with visitors.town.workplace.registry() as registry:
        registry.execute("UPDATE people SET name = ?", [LINE])
    # Whoever accepts the invitation is signed in as somebody else from then on.
    ways = ((NOBODY, [row for row in ASKED if row.endpoint in WITH_A_TOKEN]), ("lead", ASKED))
    return {
        row.endpoint
        for name, rows in ways
        for row in rows
        for form in _forms(visitors, name, row)
        if _takes(Writer(visitors, name), form)
    }


def _forms(visitors: Visitors, name: str, row: Row) -> Iterator[Form]:
    page = Writer(visitors, name).open(row)
    return forms_of(page) if page else iter(())


def _takes(writer: Writer, form: Form) -> bool:
    """Whether a form takes a hostile text, or at least a line; where it does not, its page is looked at."""
    formed = {name: value for name, value in FORMED.items() if name in {*form.texts, *form.untouched}}
    for text, but in ((TEXT, {}), (TEXT, formed), (LINE, formed)):
        answer = writer.send(form, form.filled(text, but))
        check_stays(answer)
        if answer.status_code == 302:
            return True
        check_page(writer.refused(form, answer))
    return False


@pytest.mark.parametrize("text", ["be\x00fore", "x" * 100_000], ids=["NUL", "100,000 characters"])
def test_every_field_for_text_refuses_what_it_cannot_hold(visitors: Visitors, text: str) -> None:
    tried = set()
    for name in ("lead", NOBODY):
        writer = Writer(visitors, name)
        visitors.town.put_back()
        for row in ASKED:
            for form in _forms(visitors, name, row):
                key = (row.endpoint, form.texts)
                if key in tried:
                    continue
                tried.add(key)
                answer = writer.send(form, form.filled(text, {}))
                assert answer.status_code in (200, 400), (row.name, answer.status_code)
                check_page(writer.refused(form, answer))
    assert len(tried) >= len(TAKEN)
    assert SEEN not in visitors.town.written()
