"""The walls: every page refuses everybody whom the table does not name, and every form needs its token."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from werkzeug.test import TestResponse

from audit.operations import sign_in
from audit.operations.workplace import Workplace
from audit.web.app import create_app
from audit.web.limits import limiter
from audit.web.settings import Settings
from tests import town as towns
from tests.operations.walls import with_workshops
from tests.town import MEMBERS, STRANGERS, Town
from tests.web.client import PageClient
from tests.web.walls import NOBODY, ROWS, USUAL, Row

EVERYBODY = (*MEMBERS, *STRANGERS, NOBODY)
UNASKED = {"HEAD", "OPTIONS"}
# It draws the secret that it shows.
WRITE_WHEN_OPENED = {"account.factor"}


class Visitors:
    """The town's app, and its people, who have all signed in."""

    def __init__(self, town: Town, compiled: FileSystemBytecodeCache) -> None:
        self.town = town
        self.app = made_app(town.workplace, compiled)
        kept = {name: self._enter(person.email) for name, person in town.people.items()}
        self.kept = {**kept, NOBODY: self._enter("")}
        town.keep()
        self.untouched = town.written()

    def _enter(self, email: str) -> tuple[str, str]:
        """The cookie of somebody who has signed in, or of nobody, and a token for forms."""
        visitor = PageClient(self.app)
        page = visitor.get("/sign-in")
        if email:
            link = f"/sign-in/{sign_in.issue_link(self.town.workplace, email)}"
            visitor.get(link)
            page = visitor.submit(link)
        cookie = visitor.browser.get_cookie("plumbline")
        assert cookie is not None
        return cookie.value, page.token

    def browser(self, name: str) -> FlaskClient:
        """The browser of one of them, or of somebody who is signed out."""
        browser = self.app.test_client()
        browser.set_cookie("plumbline", self.kept[name][0])
        return browser

    def address(self, row: Row) -> str:
        """The address of a row in this town."""
        rule = next(each for each in self.app.url_map.iter_rules(row.endpoint) if row.method in (each.methods or ()))
        values = {name: self._meant(row.values.get(name, USUAL.get(name, ""))) for name in rule.arguments}
        return str(self.app.url_map.bind("localhost").build(row.endpoint, values, method=row.method))

    def _meant(self, value: str | int) -> str | int:
        if value in self.town.people:
            return self.town.people[str(value)].id
        return self.town.tokens.get(str(value), value)

    def ask(self, row: Row, name: str, *, token: bool = True, site: str = "same-origin") -> TestResponse:
        """What this visitor gets. A form goes with its token, from the page of a site."""
        limiter.reset()
        browser, address, headers = self.browser(name), self.address(row), {"Sec-Fetch-Site": site}
        if row.method == "GET":
            return browser.get(address, headers=headers, buffered=True)
        form = {**row.form, **({"csrf_token": self.kept[name][1]} if token else {})}
        return browser.post(address, data=form, headers=headers, buffered=True)


def made_app(workplace: Workplace, compiled: FileSystemBytecodeCache) -> Flask:
    app = create_app(workplace, Settings(workplace.folder, "a key for tests, drawn by no one at all"))
    app.testing = True
    app.jinja_env.bytecode_cache = app.jinja_env.components.bytecode_cache = compiled  # type: ignore[attr-defined]
    return app


@pytest.fixture(scope="module")
def visitors(tmp_path_factory: pytest.TempPathFactory, compiled: FileSystemBytecodeCache) -> Visitors:
    town = towns.build(tmp_path_factory.mktemp("town"))
    with_workshops(town)
    return Visitors(town, compiled)


def outcome(row: Row, answer: TestResponse) -> str:
    """``let in``, ``refused``, ``not found``, ``asked to sign in``, or the status of anything else."""
    if (
        answer.status_code == 302
        and urlsplit(answer.location).path == "/sign-in"
        and not row.endpoint.startswith("sign_in.")
    ):
        return "asked to sign in"
    if answer.status_code == 400 and "You were signed out while the form was open" in answer.text:
        return "asked to sign in"
    if answer.status_code == (row.status or 200) or (not row.status and answer.status_code in (204, 302)):
        return "let in"
    return {403: "refused", 404: "not found"}.get(answer.status_code, str(answer.status_code))


def expected(row: Row, name: str) -> str:
    """What the table says of a visitor."""
    if name in row.who.split():
        return "let in"
    if name == NOBODY:
        return "asked to sign in"
    # A stranger cannot tell the authority from none.
    return "refused" if name in MEMBERS else "not found"


def test_every_route_has_a_row(visitors: Visitors) -> None:
    routes = {
        (method, rule.endpoint)
        for rule in visitors.app.url_map.iter_rules()
        for method in (rule.methods or set()) - UNASKED
    }
    assert len(routes) > 40
    assert routes == {(row.method, row.endpoint) for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_visitor_gets_what_the_table_says(visitors: Visitors, row: Row) -> None:
    got = {}
    for name in EVERYBODY:
        visitors.town.put_back()
        got[name] = outcome(row, visitors.ask(row, name))
        if got[name] != "let in" or (row.method == "GET" and row.endpoint not in WRITE_WHEN_OPENED):
            assert visitors.town.written() == visitors.untouched, name
    assert got == {name: expected(row, name) for name in EVERYBODY}


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "POST"], ids=lambda row: row.name)
@pytest.mark.parametrize("name", ["lead", NOBODY])
def test_a_form_without_its_token_does_nothing(visitors: Visitors, row: Row, name: str) -> None:
    visitors.town.put_back()
    answer = visitors.ask(row, name, token=False)
    assert answer.status_code == 400
    assert "This form has expired" in answer.text
    assert visitors.town.written() == visitors.untouched


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "POST"], ids=lambda row: row.name)
def test_a_form_from_another_site_does_nothing(visitors: Visitors, row: Row) -> None:
    visitors.town.put_back()
    answer = visitors.ask(row, "lead", site="cross-site")
    assert answer.status_code == 403
    assert visitors.town.written() == visitors.untouched
