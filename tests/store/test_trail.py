"""The trail shows when a row was changed, put in or taken out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit.core.audits import TrailEntry
from audit.core.trail import faults
from audit.store import authority_file, trail
from audit.store.connection import File, opened, write

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
CHANGED = "Row {} was changed, or the row before it was."


@pytest.fixture
def file(tmp_path: Path) -> Iterator[File]:
    """An authority's file with a trail of five rows."""
    with opened(tmp_path / "testshire.db", authority_file.migrations, create=True) as database:
        with write(database):
            for number in range(1, 6):
                trail.add(database, TrailEntry(AT, 1, "Łucja £'Neill", "answered", 1, "R1", f"revision {number}"))
        yield database


def test_an_untouched_trail_has_no_fault(file: File) -> None:
    assert list(faults(trail.whole(file))) == []


def test_the_entries_come_back_as_they_went_in(file: File) -> None:
    assert [entry.detail for entry in trail.whole(file).rows] == [f"revision {number}" for number in range(1, 6)]
    assert trail.whole(file).rows[0].person_name == "Łucja £'Neill"


@pytest.mark.parametrize(
    ("deed", "fault"),
    [
        ("UPDATE trail SET detail = 'nothing' WHERE id = 3", [CHANGED.format(3)]),
        (
            "UPDATE trail SET at = '2026-11-20T09:30:00+00:00' WHERE id = 1",
            ["Row 1 was changed, or the row before it was."],
        ),
        ("DELETE FROM trail WHERE id = 2", ["Row 2 is missing."]),
        ("DELETE FROM trail WHERE id IN (2, 3)", ["Rows 2 to 3 are missing."]),
        ("DELETE FROM trail WHERE id = 5", ["Row 5 is missing."]),
        ("DELETE FROM trail", ["Rows 1 to 5 are missing."]),
    ],
)
def test_a_row_that_was_changed_or_removed_is_named(file: File, deed: str, fault: list[str]) -> None:
    file.execute(deed)
    assert list(faults(trail.whole(file))) == fault


def test_a_row_with_a_hash_of_its_own_making_does_not_fit_what_follows(file: File) -> None:
    with write(file):
        row = next(iter(file.query("SELECT * FROM trail WHERE id = 3")))
        file.execute("UPDATE trail SET person_name = 'Somebody else', sha256 = ? WHERE id = 3", [row["sha256"][::-1]])
    assert list(faults(trail.whole(file))) == [CHANGED.format(3), CHANGED.format(4)]


def test_an_older_trail_is_chained_when_its_file_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "testshire.db"
    with opened(path, authority_file.migrations, create=True) as database, write(database):
        database.execute("DROP TABLE trail")
        database.execute(
            """
            CREATE TABLE trail (id INTEGER PRIMARY KEY, at TEXT, person_id INTEGER, person_name TEXT, did TEXT,
            audit_id INTEGER, item_id TEXT, detail TEXT)
            """
        )
        database.execute("INSERT INTO trail VALUES (1, ?, 1, 'Lee', 'opened an audit', 1, NULL, '')", [AT.isoformat()])
        database.execute("DELETE FROM _sqlite_migrations WHERE name = 'm003_chained_trail'")
    with opened(path, authority_file.migrations) as database:
        assert [entry.did for entry in trail.whole(database).rows] == ["opened an audit"]
        assert list(faults(trail.whole(database))) == []
