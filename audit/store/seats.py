"""The seats of workshops in an authority's file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from audit.core.people import Person
from audit.core.workshops import Seat


def add(
    file: Database, workshop_id: int, name: str, group: str, at: datetime, *, token_hash: str = "", person_id: int = 0
) -> Seat:
    """A new seat: of whoever holds the token with this hash, or of a member. Raises sqlite3.IntegrityError if taken."""
    cursor = file.execute(
        """
        INSERT INTO seats (workshop_id, token_hash, person_id, name, group_name, joined_at) VALUES (?, ?, ?, ?, ?, ?)
        """,
        [workshop_id, token_hash or None, person_id or None, name, group, at.isoformat()],
    )
    return Seat(int(cursor.lastrowid or 0), workshop_id, name, group, person_id or None, at)


def all_of(file: Database, workshop_id: int) -> list[Seat]:
    """The seats in the order in which people joined, those that were taken away among them."""
    return [_seat(row) for row in file.query("SELECT * FROM seats WHERE workshop_id = ? ORDER BY id", [workshop_id])]


def of_tokens(file: Database, workshop_id: int, hashes: Sequence[str]) -> Seat | None:
    """The newest seat of whoever holds a token with one of these hashes, or None."""
    marks = ", ".join("?" * len(hashes))
    rows = file.query(
        f"SELECT * FROM seats WHERE workshop_id = ? AND token_hash IN ({marks}) ORDER BY id DESC",  # noqa: S608 - marks
        [workshop_id, *hashes],
    )
    return next((_seat(row) for row in rows), None)


def of_person(file: Database, workshop_id: int, person: Person) -> Seat | None:
    """The seat of a member, or None."""
    query = "SELECT * FROM seats WHERE workshop_id = ? AND person_id = ?"
    return next((_seat(row) for row in file.query(query, [workshop_id, person.id])), None)


def count(file: Database, workshop_id: int) -> int:
    """How many seats there are that nobody took away."""
    query = "SELECT COUNT(*) AS number FROM seats WHERE workshop_id = ? AND removed_at IS NULL"
    return int(next(iter(file.query(query, [workshop_id])))["number"])


def remove(file: Database, workshop_id: int, seat_id: int, at: datetime) -> bool:
    """Take a seat away; whether it was there."""
    cursor = file.execute(
        "UPDATE seats SET removed_at = ? WHERE id = ? AND workshop_id = ? AND removed_at IS NULL",
        [at.isoformat(), seat_id, workshop_id],
    )
    return bool(cursor.rowcount)


def put_back(file: Database, workshop_id: int, seat_id: int) -> bool:
    """Give a seat back that was taken away; whether there was such a one."""
    cursor = file.execute(
        "UPDATE seats SET removed_at = NULL WHERE id = ? AND workshop_id = ? AND removed_at IS NOT NULL",
        [seat_id, workshop_id],
    )
    return bool(cursor.rowcount)


def _seat(row: Mapping[str, Any]) -> Seat:
    removed_at = row["removed_at"]
    return Seat(
        id=row["id"],
        workshop_id=row["workshop_id"],
        name=row["name"],
        group=row["group_name"],
        person_id=row["person_id"],
        joined_at=datetime.fromisoformat(row["joined_at"]),
        removed_at=datetime.fromisoformat(removed_at) if removed_at else None,
    )
