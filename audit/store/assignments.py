"""Who is asked to answer which item of an audit."""

from __future__ import annotations

from sqlite_utils import Database


def by_item(file: Database, audit_id: int) -> dict[str, tuple[int, ...]]:
    """The ids of the people that each assigned item is assigned to, in the order of assigning, by item id."""
    found: dict[str, tuple[int, ...]] = {}
    query = "SELECT item_id, person_id FROM assignments WHERE audit_id = ? ORDER BY assigned_at, person_id"
    for row in file.query(query, [audit_id]):
        found[row["item_id"]] = (*found.get(row["item_id"], ()), row["person_id"])
    return found
