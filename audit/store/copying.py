"""A copy of an authority's file: whole, or without what others than one person answered alone."""

from __future__ import annotations

import base64
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from audit.store.own_data import opened

_OURS = ("sqlite_", "_sqlite_")
# Who answers alone, and what is typed and not saved.
_ALONE = ("revisions", "drafts")
# What people choose in a vote and say of a workshop, each by seat or by pile of ballots.
_BY_SEAT = ("votes", "piles", "feedback")


def copy(file: Database, path: Path) -> None:
    """Write the file as it is at this moment to a new path, without what was deleted. Nobody has to wait for it."""
    file.execute("VACUUM INTO ?", [str(path)])


def keep_answers_of(path: Path, respondents: Sequence[int]) -> None:
    """Take the answers and drafts of all other respondents out of a copy, without a trace in its free pages.

    Votes, paper ballots and what seats said of a workshop go as well, and what a phone's seat is known by.
    """
    marks = ", ".join("?" * len(respondents))
    with _open(path) as database:
        for table in _ALONE:
            database.execute(f"DELETE FROM {table} WHERE respondent_id NOT IN ({marks})", respondents)  # noqa: S608
        for table in _BY_SEAT:
            database.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
        database.execute("UPDATE seats SET token_hash = NULL")
        database.execute("VACUUM")


def add_table(path: Path, name: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Add a table of texts and numbers to a copy. The names are ours."""
    with _open(path) as database:
        database.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
        marks = ", ".join("?" * len(columns))
        values = [[row[column] for column in columns] for row in rows]
        database.executemany(f"INSERT INTO {name} VALUES ({marks})", values)  # noqa: S608 - a name of ours


def pieces(path: Path) -> Iterator[str]:
    """The tables of a copy as a JSON object, piece by piece: a list of rows for each table.

    What is no text, as the PDF of a signed version, is in base64.
    """
    with _open(path) as database:
        database.row_factory = sqlite3.Row
        names = [row["name"] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        yield "{"
        for number, name in enumerate(sorted(each for each in names if not each.startswith(_OURS))):
            yield f"{',' if number else ''}\n  {json.dumps(name)}: ["
            for at, row in enumerate(database.execute(f"SELECT * FROM {name}")):  # noqa: S608 - a name of ours
                yield f"{',' if at else ''}\n    {json.dumps(_plain(dict(row)), ensure_ascii=False)}"
            yield "\n  ]"
        yield "\n}"


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        yield database


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    held = {name: base64.b64encode(each).decode() if isinstance(each, bytes) else each for name, each in row.items()}
    return opened(held)
