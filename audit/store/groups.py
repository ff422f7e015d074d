"""The groups of people that an authority has named, in its file. A person is in one group or in none."""

from __future__ import annotations

from sqlite_utils import Database


def names(file: Database) -> dict[int, str]:
    """The groups by id, in the order of their names."""
    found = {row["id"]: row["name"] for row in file.query("SELECT id, name FROM groups")}
    return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))


def add(file: Database, name: str) -> None:
    """A new group. Raises sqlite3.IntegrityError where the name is taken."""
    file.execute("INSERT INTO groups (name) VALUES (?)", [name])


def rename(file: Database, group_id: int, name: str) -> None:
    """Give a group another name."""
    file.execute("UPDATE groups SET name = ? WHERE id = ?", [name, group_id])


def remove(file: Database, group_id: int) -> None:
    """Take a group away. Who was in it is in none."""
    file.execute("DELETE FROM group_members WHERE group_id = ?", [group_id])
    file.execute("DELETE FROM groups WHERE id = ?", [group_id])


def members(file: Database) -> dict[int, int]:
    """The group of each person who is in one, by person id."""
    return {row["person_id"]: row["group_id"] for row in file.query("SELECT person_id, group_id FROM group_members")}


def put(file: Database, person_id: int, group_id: int | None) -> None:
    """Put a person into a group, or with None into no group."""
    if group_id is None:
        file.execute("DELETE FROM group_members WHERE person_id = ?", [person_id])
    else:
        file.execute(
            """
            INSERT INTO group_members (person_id, group_id) VALUES (?, ?)
            ON CONFLICT (person_id) DO UPDATE SET group_id = excluded.group_id
            """,
            [person_id, group_id],
        )
