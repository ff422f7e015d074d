"""Invitations in the registry. Only hashes of their tokens are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from audit.core.members import Invitation
from audit.core.people import Person, Role

_INVITATIONS = """
    SELECT i.id, i.slug, i.email, i.name, i.role, i.invited_at, i.expires_at, i.accepted_at, i.withdrawn_at,
        i.mailed_at, p.id AS by_id, p.email AS by_email, p.name AS by_name
    FROM invitations i JOIN people p ON p.id = i.invited_by
"""
_WAITING = "i.accepted_at IS NULL AND i.withdrawn_at IS NULL"


def add(
    registry: Database, token_hash: str, slug: str, invited: tuple[str, str, Role], by: Person, at: str, expires_at: str
) -> None:
    """A new invitation of ``invited``: an address, a name that may be empty, and a role."""
    email, name, role = invited
    registry.execute(
        """
        INSERT INTO invitations (token_hash, slug, email, name, role, invited_by, invited_at, expires_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [token_hash, slug, email, name, role.value, by.id, at, expires_at],
    )


def find(registry: Database, token_hash: str) -> Invitation | None:
    """The invitation with this hash, in whatever state, or None."""
    return _first(registry.query(f"{_INVITATIONS} WHERE i.token_hash = ?", [token_hash]))


def find_waiting(registry: Database, slug: str, invitation_id: int) -> Invitation | None:
    """The authority's invitation of this number, if it was neither accepted nor withdrawn; it may have expired."""
    return _first(registry.query(f"{_INVITATIONS} WHERE i.slug = ? AND i.id = ? AND {_WAITING}", [slug, invitation_id]))


def waiting_for(registry: Database, slug: str, email: str) -> Invitation | None:
    """The authority's invitation of this address that was neither accepted nor withdrawn; it may have expired."""
    query = f"{_INVITATIONS} WHERE i.slug = ? AND i.email = ? AND {_WAITING}"
    return _first(registry.query(query, [slug, email.casefold()]))


def waiting(registry: Database, slug: str) -> list[Invitation]:
    """The authority's invitations that were neither accepted nor withdrawn, oldest first; some may have expired."""
    rows = registry.query(f"{_INVITATIONS} WHERE i.slug = ? AND {_WAITING} ORDER BY i.id", [slug])
    return [_invitation(row) for row in rows]


def note_mailed(registry: Database, token_hash: str, at: str) -> None:
    """Mark the invitation as sent by e-mail."""
    registry.execute("UPDATE invitations SET mailed_at = ? WHERE token_hash = ?", [at, token_hash])


def accept(registry: Database, invitation_id: int, at: str) -> None:
    """Mark the invitation as accepted."""
    registry.execute("UPDATE invitations SET accepted_at = ? WHERE id = ?", [at, invitation_id])


def withdraw(registry: Database, invitation_id: int, at: str) -> None:
    """Mark the invitation as withdrawn."""
    registry.execute("UPDATE invitations SET withdrawn_at = ? WHERE id = ?", [at, invitation_id])


def _first(rows: Iterable[Mapping[str, Any]]) -> Invitation | None:
    return next(map(_invitation, rows), None)


def _invitation(row: Mapping[str, Any]) -> Invitation:
    return Invitation(
        id=row["id"],
        slug=row["slug"],
        email=row["email"],
        name=row["name"],
        role=Role(row["role"]),
        invited_by=Person(row["by_id"], row["by_email"], row["by_name"]),
        invited_at=datetime.fromisoformat(row["invited_at"]),
        expires_at=datetime.fromisoformat(row["expires_at"]),
        accepted=row["accepted_at"] is not None,
        withdrawn=row["withdrawn_at"] is not None,
        mailed=row["mailed_at"] is not None,
    )
