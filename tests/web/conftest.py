"""An instance in a temporary folder, its clock, its app and people who visit it."""

from __future__ import annotations

from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Map, Rule, RuleFactory

from audit.core.people import Authority, Person
from audit.operations import accounts, authorities, sign_in
from audit.operations.workplace import Workplace
from audit.web.app import create_app
from audit.web.settings import Settings
from audit.web.templating import PageEnvironment
from tests.clock import Clock
from tests.sessions import begin_session
from tests.web.client import PageClient


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workplace(tmp_path: Path, clock: Clock) -> Workplace:
    return Workplace(tmp_path / "instance", clock)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates are compiled once in a run, and not for each test's own app."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("compiled")))


class Routes(Map):
    """The routes of our app. They are the same for each test's own app, and to compile them takes longer than a test.

    ``known`` holds the rules and endpoints of the first app; to add one of them again does nothing.
    """

    known: frozenset[tuple[str, str, frozenset[str]]] = frozenset()

    def add(self, rulefactory: RuleFactory) -> None:
        """Add a rule of the first app. Raises AssertionError for any other, once that app is complete."""
        assert isinstance(rulefactory, Rule)
        key = (rulefactory.rule, str(rulefactory.endpoint), frozenset(rulefactory.methods or ()))
        if not self.known:
            super().add(rulefactory)
        else:
            assert key in self.known, f"{rulefactory.rule}: a test that adds a route needs own_app"

    def complete(self) -> None:
        """Say that all rules are there."""
        self.known = frozenset(
            (each.rule, str(each.endpoint), frozenset(each.methods or ())) for each in self.iter_rules()
        )


@pytest.fixture(scope="session")
def routes() -> Routes:
    return Routes()


@pytest.fixture
def app(
    workplace: Workplace, compiled: FileSystemBytecodeCache, routes: Routes, monkeypatch: pytest.MonkeyPatch
) -> Flask:
    with monkeypatch.context() as patch:
        patch.setattr(Flask, "url_map_class", staticmethod(lambda **options: routes))
        made = _made(workplace, compiled)
    routes.complete()
    return made


@pytest.fixture
def own_app(workplace: Workplace, compiled: FileSystemBytecodeCache) -> Flask:
    """An app for a test that adds a route."""
    return _made(workplace, compiled)


def _made(workplace: Workplace, compiled: FileSystemBytecodeCache) -> Flask:
    made = create_app(workplace, Settings(workplace.folder, "a key for tests, drawn by no one at all"))
    made.testing = True
    assert isinstance(made.jinja_env, PageEnvironment)
    made.jinja_env.bytecode_cache = made.jinja_env.components.bytecode_cache = compiled
    return made


@pytest.fixture
def lead(workplace: Workplace) -> Person:
    return sign_in.person_of_link(workplace, sign_in.issue_link(workplace, "lead@testshire.gov.uk", "Lee O'Neill"))


@pytest.fixture
def testshire(workplace: Workplace, lead: Person) -> Authority:
    """Its slug is ``testshire``."""
    return authorities.create_authority(workplace, lead, "Testshire")


@pytest.fixture
def stranger(app: Flask) -> PageClient:
    """Somebody who is signed out."""
    return PageClient(app)


@pytest.fixture
def client(app: Flask, workplace: Workplace, lead: Person, testshire: Authority) -> PageClient:
    """A lead with one authority, ``testshire``, signed in."""
    return enter(app, workplace, lead.email)


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed in no time; what is held is which of them sign in."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    nobodys = quick.hash("the password of nobody")
    monkeypatch.setattr(accounts, "_hasher", quick)
    monkeypatch.setattr(accounts, "_nobodys_hash", lambda: nobodys)


def enter(app: Flask, workplace: Workplace, email: str) -> PageClient:
    """The browser of a person who has signed in, without the pages of signing in: each test would read them again."""
    person = sign_in.person_of_link(workplace, sign_in.issue_link(workplace, email))
    visitor = PageClient(app)
    with visitor.browser.session_transaction() as session:
        session["token"] = begin_session(workplace, person.id, "link")
    return visitor
