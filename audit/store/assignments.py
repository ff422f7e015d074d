"""Who is asked to answer which item of an audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database


@dataclass(frozen=True)
class Alone:
    """The one person to whom an item is assigned, and since when to nobody else."""

    person_id: int
    since: datetime


def by_item(file: Database, audit_id: int) -> dict[str, tuple[int, ...]]:
    """The ids of the people that each assigned item is assigned to, in the order of assigning, by item id."""
    found: dict[str, tuple[int, ...]] = {}
    query = "SELECT item_id, person_id FROM assignments WHERE audit_id = ? ORDER BY assigned_at, person_id"
    for row in file.query(query, [audit_id]):
        found[row["item_id"]] = (*found.get(row["item_id"], ()), row["person_id"])
    return found


def alone(file: Database, audit_id: int) -> dict[str, Alone]:
    """Who has an item alone, by the ids of the items that one person has."""
    query = """
        SELECT item_id, person_id, assigned_at FROM assignments WHERE audit_id = ?
        GROUP BY item_id HAVING count(*) = 1
    """
    return {
        row["item_id"]: Alone(row["person_id"], datetime.fromisoformat(row["assigned_at"]))
        for row in file.query(query, [audit_id])
    }


def add(file: Database, audit_id: int, item_id: str, person_id: int, by: str, at: datetime) -> None:
    """Assign an item to somebody who does not have it."""
    file.execute(
        "INSERT INTO assignments (audit_id, item_id, person_id, assigned_by, assigned_at) VALUES (?, ?, ?, ?, ?)",
        [audit_id, item_id, person_id, by, at.isoformat()],
    )


def note_who_is_left(file: Database, audit_id: int, item_id: str, at: datetime) -> None:
    """Where an item was taken back from all but one: note that this one has it since then, and not since before."""
    if item_id in alone(file, audit_id):
        file.execute(
            "UPDATE assignments SET assigned_at = ? WHERE audit_id = ? AND item_id = ?",
            [at.isoformat(), audit_id, item_id],
        )


def remove(file: Database, audit_id: int, item_id: str, person_id: int) -> None:
    """Take an item back."""
    file.execute(
        "DELETE FROM assignments WHERE audit_id = ? AND item_id = ? AND person_id = ?", [audit_id, item_id, person_id]
    )
