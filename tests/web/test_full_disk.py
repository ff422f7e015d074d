"""A disk that fills up at any moment of any form: all of what the form does is kept, or none of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from jinja2 import FileSystemBytecodeCache

from tests import town as towns
from tests.operations.walls import with_workshops
from tests.web.client import Page
from tests.web.test_walls import Visitors
from tests.web.walls import ROWS, Row

# Members stand in the registry, and the trail of what became of them in the authority's file. Two files cannot be
# written as one: the trail comes first, so that it may name a deed that failed, and never misses one that was done.
NOTED_FIRST = ("members.", "invitations.")
# The most transactions that a form of ours needs.
MOST = 6
# What is done for good after so many transactions, and what is left of the form then.
DONE_BEFORE_THE_REST = {
    # Who has accepted is a member. Without room for signing them in, they sign in later as members do.
    "invitations.accept": 2,
    # The room is open, or closed. The desk offers to make the join code; a closed room lets nobody in, code or not.
    "desk.open_room": 1,
    "desk.close": 1,
    # The new code lets people in. Screens show it with the next thing that happens.
    "desk.new_code": 1,
    # The seat is taken away. Its screen reads on until somebody else is sent out, and shows nothing of its own.
    "desk.send_out": 1,
    # What was typed is kept, so that it is there when the item is settled after all.
    "desk.settle": 1,
}


class Disk:
    """How many transactions the disk has room for."""

    room = 1_000_000
    refused = 0


class Narrow(sqlite3.Connection):
    """A connection whose commit fails where the disk is full, as SQLite's does: the transaction stays open."""

    def commit(self) -> None:
        if self.in_transaction:
            if Disk.room <= 0:
                Disk.refused += 1
                fault = sqlite3.OperationalError("database or disk is full")
                fault.sqlite_errorcode = sqlite3.SQLITE_FULL
                raise fault
            Disk.room -= 1
        super().commit()


@pytest.fixture(scope="module")
def visitors(tmp_path_factory: pytest.TempPathFactory, compiled: FileSystemBytecodeCache) -> Iterator[Visitors]:
    connect = sqlite3.connect

    def narrow(*arguments: Any, **options: Any) -> sqlite3.Connection:
        return connect(*arguments, **options, factory=Narrow)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", narrow)
        town = towns.build(tmp_path_factory.mktemp("town"))
        with_workshops(town)
        yield Visitors(town, compiled)


@pytest.fixture(autouse=True)
def room_again() -> Iterator[None]:
    yield
    Disk.room = 1_000_000


def sent(visitors: Visitors, row: Row, room: int) -> tuple[int, Page, bool]:
    """The status and page of the row's form with room for so many transactions, and whether the disk was full."""
    visitors.town.put_back()
    Disk.room, Disk.refused = room, 0
    answer = visitors.ask(row, "lead")
    Disk.room = 1_000_000
    return answer.status_code, Page(visitors.address(row), answer, visitors.app), bool(Disk.refused)


def kept(written: str, noted_first: bool) -> list[str]:
    """All that is written, or all but the trail."""
    trail = ('INSERT INTO "trail"', "INSERT INTO \"sqlite_sequence\" VALUES('trail'")
    return [line for line in written.splitlines() if not (noted_first and line.startswith(trail))]


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "POST"], ids=lambda row: row.name)
def test_a_full_disk_leaves_no_form_half_done(visitors: Visitors, row: Row) -> None:
    for room in range(MOST):
        status, page, full = sent(visitors, row, room)
        if not full:
            break
        assert status == 507, (room, status)
        page.check()
        assert "no room to save anything" in page.heading
        for name, text in row.form.items():
            if name in ("what_happens_now", "reason", "because", "name", "people", "statement"):
                assert text in page.html, (room, name)
        if room >= DONE_BEFORE_THE_REST.get(row.endpoint, MOST):
            continue
        noted_first = row.endpoint.startswith(NOTED_FIRST)
        assert kept(visitors.town.written(), noted_first) == kept(visitors.untouched, noted_first), room
    else:
        pytest.fail("It needs more transactions than a form should.")


def test_pages_can_be_read_while_the_disk_is_full(visitors: Visitors) -> None:
    visitors.town.put_back()
    visitors.town.workplace.now.move(hours=1)  # type: ignore[attr-defined]
    Disk.room = 0
    for row in ROWS:
        if row.method == "GET" and "lead" in row.who.split() and row.endpoint != "account.factor":
            assert visitors.ask(row, "lead").status_code in {row.status or 200, 302}, row.name
