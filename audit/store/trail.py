"""The trail in an authority's file: who did what and when.

Rows are added and never changed. Each holds the hash of what it says and of the row before, so that a row that was
changed, put in or taken out shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from audit.core.audits import TrailEntry
from audit.core.trail import START, SignedHead, Trail, TrailRow, WantedRows, chained


def add(file: Database, entry: TrailEntry) -> None:
    """Add an entry, inside a transaction for writing."""
    values = [
        entry.at.isoformat(),
        entry.person_id,
        entry.person_name,
        entry.did,
        entry.audit_id,
        entry.item_id,
        entry.detail,
    ]
    file.execute(
        """
        INSERT INTO trail (at, person_id, person_name, did, audit_id, item_id, detail, sha256)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [*values, chained(head(file), values)],
    )


def head(file: Database) -> str:
    """The hash of the newest row, which stands for the whole trail up to it."""
    rows = file.query("SELECT sha256 FROM trail ORDER BY id DESC LIMIT 1")
    return next((str(row["sha256"]) for row in rows), START)


def last_by_person(file: Database) -> dict[int, datetime]:
    """When each person last did something, by the person's id."""
    rows = file.query("SELECT person_id, MAX(at) AS at FROM trail GROUP BY person_id")
    return {row["person_id"]: datetime.fromisoformat(row["at"]) for row in rows}


def loose_entries(file: Database) -> list[TrailEntry]:
    """The entries of a trail from before its rows were chained."""
    return [_entry(row) for row in file.query("SELECT * FROM loose_trail ORDER BY id")]


def whole(file: Database) -> Trail:
    """The trail as it lies in the file, with the highest number ever given and the heads that versions hold."""
    rows = tuple(_row(row) for row in file.query("SELECT * FROM trail ORDER BY id"))
    last = next((row["seq"] for row in file.query("SELECT seq FROM sqlite_sequence WHERE name = 'trail'")), 0)
    heads = file.query("SELECT audit_id, number, trail_sha256 FROM versions ORDER BY audit_id, number")
    return Trail(rows, last, tuple(SignedHead(**row) for row in heads))


def count(file: Database, wanted: WantedRows) -> int:
    """How many rows there are of those asked for."""
    where, values = _where(wanted)
    found = next(iter(file.query(f"SELECT COUNT(*) AS number FROM trail{where}", values)))  # noqa: S608 - see _where
    return int(found["number"])


def newest(file: Database, wanted: WantedRows, most: int, after: int = 0) -> list[TrailRow]:
    """At most so many of the rows asked for, newest first, without the first ``after``."""
    where, values = _where(wanted)
    query = f"SELECT * FROM trail{where} ORDER BY id DESC LIMIT ? OFFSET ?"  # noqa: S608 - see _where
    return [_row(row) for row in file.query(query, [*values, most, after])]


def people(file: Database) -> dict[int, str]:
    """The people whom the trail names, by id, each under the newest name."""
    rows = file.query("SELECT person_id, person_name FROM trail ORDER BY id")
    return {row["person_id"]: row["person_name"] for row in rows}


def deeds(file: Database) -> list[str]:
    """What people did, in the words of the trail, in alphabetical order."""
    return [row["did"] for row in file.query("SELECT DISTINCT did FROM trail ORDER BY did")]


def _where(wanted: WantedRows) -> tuple[str, list[Any]]:
    """The condition of a query, from names of our own alone, and the values for its marks."""
    given = {name: value for name, value in vars(wanted).items() if value is not None}
    return (" WHERE " + " AND ".join(f"{name} = ?" for name in given) if given else ""), list(given.values())


def _row(row: Mapping[str, Any]) -> TrailRow:
    return TrailRow(row["id"], **{name: value for name, value in row.items() if name != "id"})


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
