"""The trail in an authority's file: who did what and when.

Rows are added and never changed. Each holds the hash of what it says and of the row before, so that a row that was
changed, put in or taken out shows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from audit.core.audits import TrailEntry

# What the first row follows.
START = "0" * 64


def add(file: Database, entry: TrailEntry) -> None:
    """Add an entry, inside a transaction for writing."""
    values = _values(entry)
    file.execute(
        """
        INSERT INTO trail (at, person_id, person_name, did, audit_id, item_id, detail, sha256)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [*values, _hash(head(file), values)],
    )


def head(file: Database) -> str:
    """The hash of the newest row, which stands for the whole trail up to it."""
    rows = file.query("SELECT sha256 FROM trail ORDER BY id DESC LIMIT 1")
    return next((str(row["sha256"]) for row in rows), START)


def entries(file: Database) -> list[TrailEntry]:
    """All entries, oldest first."""
    return [_entry(row) for row in file.query("SELECT * FROM trail ORDER BY id")]


def loose_entries(file: Database) -> list[TrailEntry]:
    """The entries of a trail from before its rows were chained."""
    return [_entry(row) for row in file.query("SELECT * FROM loose_trail ORDER BY id")]


def faults(file: Database) -> Iterator[str]:
    """What is wrong with the trail, in words: rows that are missing, and rows that do not follow the one before."""
    expected, before = 1, START
    for row in file.query("SELECT * FROM trail ORDER BY id"):
        if row["id"] > expected:
            yield _missing(expected, row["id"] - 1)
        elif _hash(before, _values(_entry(row))) != row["sha256"]:
            yield f"Row {row['id']} was changed, or the row before it was."
        expected, before = row["id"] + 1, row["sha256"]
    last = next((row["seq"] for row in file.query("SELECT seq FROM sqlite_sequence WHERE name = 'trail'")), 0)
    if last >= expected:
        yield _missing(expected, last)


def _missing(first: int, last: int) -> str:
    return f"Row {first} is missing." if first == last else f"Rows {first} to {last} are missing."


def _values(entry: TrailEntry) -> list[Any]:
    """The row of an entry, as it is kept and as it is hashed."""
    return [
        entry.at.isoformat(),
        entry.person_id,
        entry.person_name,
        entry.did,
        entry.audit_id,
        entry.item_id,
        entry.detail,
    ]


def _hash(before: str, values: list[Any]) -> str:
    return hashlib.sha256(json.dumps([before, *values], ensure_ascii=False).encode()).hexdigest()


def _entry(row: Mapping[str, Any]) -> TrailEntry:
    return TrailEntry(
        datetime.fromisoformat(row["at"]),
        row["person_id"],
        row["person_name"],
        row["did"],
        row["audit_id"],
        row["item_id"],
        row["detail"],
    )
