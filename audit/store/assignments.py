"""Who is asked to answer which item of an audit."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database


def by_item(file: Database, audit_id: int) -> dict[str, tuple[int, ...]]:
    """The ids of the people that each assigned item is assigned to, in the order of assigning, by item id."""
    found: dict[str, tuple[int, ...]] = {}
    query = "SELECT item_id, person_id FROM assignments WHERE audit_id = ? ORDER BY assigned_at, person_id"
    for row in file.query(query, [audit_id]):
        found[row["item_id"]] = (*found.get(row["item_id"], ()), row["person_id"])
    return found


def add(file: Database, audit_id: int, item_id: str, person_id: int, by: str, at: datetime) -> None:
    """Assign an item to somebody who does not have it."""
    file.execute(
        "INSERT INTO assignments (audit_id, item_id, person_id, assigned_by, assigned_at) VALUES (?, ?, ?, ?, ?)",
        [audit_id, item_id, person_id, by, at.isoformat()],
    )


def remove(file: Database, audit_id: int, item_id: str, person_id: int) -> None:
    """Take an item back."""
    file.execute(
        "DELETE FROM assignments WHERE audit_id = ? AND item_id = ? AND person_id = ?", [audit_id, item_id, person_id]
    )
