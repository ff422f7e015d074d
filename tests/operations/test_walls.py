"""The walls: every operation refuses everybody whom the table does not name, and leaves nothing behind."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import audit.operations
import audit.web
from audit.operations.errors import NotAllowed, NotFound
from tests import town as towns
from tests.operations.walls import BEFORE_SIGN_IN, BY_OPERATIONS, BY_OPERATOR, ROWS, Row, with_workshops
from tests.town import MEMBERS, SLUG, STRANGERS, Town

IDS = [f"{row.name}-{row.who.replace(' ', '+') or 'nobody'}" for row in ROWS]
PAGES = Path(audit.web.__file__).parent
Operation = Callable[..., Any]


def operations() -> Iterator[tuple[str, Operation]]:
    """Every public operation on an authority, by module and name."""
    for module in pkgutil.iter_modules(audit.operations.__path__):
        found = importlib.import_module(f"audit.operations.{module.name}")
        for name, operation in inspect.getmembers(found, inspect.isfunction):
            own = operation.__module__ == found.__name__ and not name.startswith("_")
            if own and "slug" in inspect.signature(operation).parameters:
                yield f"{module.name}.{name}", operation


def in_somebodys_name(operation: Operation) -> bool:
    return list(inspect.signature(operation).parameters)[:3] == ["workplace", "person", "slug"]


OPERATIONS = dict(operations())


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Town:
    town = towns.build(tmp_path_factory.mktemp("town"))
    with_workshops(town)
    return town


@pytest.fixture
def town(kept: Town) -> Town:
    kept.put_back()
    return kept


def test_every_operation_has_a_row() -> None:
    named = {name for name, operation in OPERATIONS.items() if in_somebodys_name(operation)}
    assert len(named) > 20
    assert named == {row.name for row in ROWS}


def test_what_asks_for_no_person_is_for_the_operator_and_on_no_page() -> None:
    in_nobodys = {name for name, operation in OPERATIONS.items() if not in_somebodys_name(operation)}
    assert in_nobodys == BY_OPERATOR | BY_OPERATIONS | BEFORE_SIGN_IN
    pages = "".join(path.read_text(encoding="utf-8") for path in PAGES.glob("**/*.py"))
    assert "save_response" in pages
    assert {name for name in BY_OPERATOR | BY_OPERATIONS if name.partition(".")[2] in pages} == set()


def call(town: Town, row: Row, name: str, slug: str = SLUG) -> None:
    arguments = row.arguments(town)
    found = OPERATIONS[row.name](town.workplace, town.people[name], slug, **arguments)
    if hasattr(found, "close"):
        found.close()


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_those_whom_the_row_names_may(town: Town, row: Row) -> None:
    for name in row.who.split():
        town.put_back()
        call(town, row, name)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_members_with_another_role_are_refused(town: Town, row: Row) -> None:
    before = town.written()
    for name in set(MEMBERS) - set(row.who.split()):
        with pytest.raises(NotAllowed):
            call(town, row, name)
    assert town.written() == before


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_strangers_cannot_tell_the_authority_from_none(town: Town, row: Row) -> None:
    before = town.written()
    for name in STRANGERS:
        told = set()
        for slug in (SLUG, "nowhere", "../registry"):
            with pytest.raises(NotFound) as fault:
                call(town, row, name, slug)
            told.add(str(fault.value))
        assert len(told) == 1
    assert town.written() == before
