"""People and memberships in the registry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from audit.core.members import Member
from audit.core.people import Authority, Membership, Person, Role


def find_by_email(registry: Database, email: str) -> Person | None:
    """The person with this e-mail address, in any case, or None."""
    return _first(registry.query("SELECT id, email, name FROM people WHERE email = ?", [email.casefold()]))


def find(registry: Database, person_id: int) -> Person | None:
    """The person with this id, or None."""
    return _first(registry.query("SELECT id, email, name FROM people WHERE id = ?", [person_id]))


def _first(rows: Iterable[dict[str, Any]]) -> Person | None:
    for row in rows:
        return Person(row["id"], row["email"], row["name"])
    return None


def add(registry: Database, email: str, name: str, at: str) -> Person:
    """A new person. The address is kept in lower case."""
    cursor = registry.execute(
        "INSERT INTO people (email, name, created_at) VALUES (?, ?, ?) RETURNING id", [email.casefold(), name, at]
    )
    return Person(cursor.fetchone()[0], email.casefold(), name)


def vouched_by(registry: Database, person_id: int) -> str | None:
    """The one authority that the person's sign-ins open, or None where they open all that the person belongs to."""
    for row in registry.query("SELECT vouched_by FROM people WHERE id = ?", [person_id]):
        return None if row["vouched_by"] is None else str(row["vouched_by"])
    return None


def vouch(registry: Database, person_id: int, slug: str | None) -> None:
    """Note the one authority that the person's sign-ins open; with None they open all that the person belongs to."""
    registry.execute("UPDATE people SET vouched_by = ? WHERE id = ?", [slug, person_id])


def rename(registry: Database, person_id: int, name: str) -> None:
    """Give the person another name."""
    registry.execute("UPDATE people SET name = ? WHERE id = ?", [name, person_id])


_MEMBERSHIPS = """
    SELECT a.slug, a.name, a.ons_code, a.accent, m.role FROM memberships m JOIN authorities a ON a.slug = m.slug
"""


def _membership(row: Mapping[str, Any]) -> Membership:
    return Membership(Authority(row["slug"], row["name"], row["ons_code"], row["accent"]), Role(row["role"]))


def memberships(registry: Database, person_id: int) -> list[Membership]:
    """The person's memberships, by the authority's name."""
    rows = registry.query(f"{_MEMBERSHIPS} WHERE m.person_id = ? ORDER BY a.name, a.slug", [person_id])
    return [_membership(row) for row in rows]


def membership(registry: Database, person_id: int, slug: str) -> Membership | None:
    """The person's membership of this authority, or None."""
    rows = registry.query(f"{_MEMBERSHIPS} WHERE m.person_id = ? AND m.slug = ?", [person_id, slug])
    return next(map(_membership, rows), None)


def add_membership(registry: Database, person_id: int, slug: str, role: Role, at: str | None = None) -> None:
    """Make the person a member since ``at``, or change the role of a member."""
    registry.execute(
        """
        INSERT INTO memberships (person_id, slug, role, joined_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (person_id, slug) DO UPDATE SET role = excluded.role
        """,
        [person_id, slug, role.value, at],
    )


def remove_membership(registry: Database, person_id: int, slug: str) -> None:
    """Make the person a member no longer."""
    registry.execute("DELETE FROM memberships WHERE person_id = ? AND slug = ?", [person_id, slug])


def members(registry: Database, slug: str) -> list[Member]:
    """The members of an authority, by name."""
    rows = registry.query(
        """
        SELECT p.id, p.email, p.name, m.role, m.joined_at
        FROM memberships m JOIN people p ON p.id = m.person_id WHERE m.slug = ?
        """,
        [slug],
    )
    found = [
        Member(
            Person(row["id"], row["email"], row["name"]),
            Role(row["role"]),
            datetime.fromisoformat(row["joined_at"]) if row["joined_at"] else None,
        )
        for row in rows
    ]
    return sorted(found, key=lambda member: (member.person.name.casefold(), member.person.email))
