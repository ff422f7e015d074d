"""Sign-in links, sign-ins that still owe a code, and sessions in the registry. Only hashes of tokens are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from audit.core.people import Person


@dataclass(frozen=True)
class Link:
    """A sign-in link. ``used_at`` is None until it is used."""

    person_id: int
    expires_at: str
    used_at: str | None


@dataclass(frozen=True)
class Started:
    """A sign-in that still owes the code of the second factor."""

    person_id: int
    by: str
    device: str
    started_at: datetime


@dataclass(frozen=True)
class Session:
    """A session: whose it is, how and on what device it was begun, when, and when it was last seen."""

    id: int
    person: Person
    by: str
    device: str
    created_at: datetime
    seen_at: datetime


def add_link(registry: Database, token_hash: str, person_id: int, expires_at: str) -> None:
    """A new link."""
    registry.execute(
        "INSERT INTO sign_in_links (token_hash, person_id, expires_at) VALUES (?, ?, ?)",
        [token_hash, person_id, expires_at],
    )


def find_link(registry: Database, token_hash: str) -> Link | None:
    """The link with this hash, or None."""
    query = "SELECT person_id, expires_at, used_at FROM sign_in_links WHERE token_hash = ?"
    for row in registry.query(query, [token_hash]):
        return Link(row["person_id"], row["expires_at"], row["used_at"])
    return None


def use_link(registry: Database, token_hash: str, at: str) -> None:
    """Mark the link as used."""
    registry.execute("UPDATE sign_in_links SET used_at = ? WHERE token_hash = ?", [at, token_hash])


def add_started(registry: Database, token_hash: str, person_id: int, by: str, device: str, at: str) -> None:
    """A sign-in that still owes a code."""
    registry.execute(
        """
        INSERT INTO started_sign_ins (token_hash, person_id, signed_in_by, device, started_at) VALUES (?, ?, ?, ?, ?)
        """,
        [token_hash, person_id, by, device, at],
    )


def find_started(registry: Database, token_hash: str) -> Started | None:
    """The started sign-in with this hash, or None."""
    query = "SELECT person_id, signed_in_by, device, started_at FROM started_sign_ins WHERE token_hash = ?"
    for row in registry.query(query, [token_hash]):
        started_at = datetime.fromisoformat(row["started_at"])
        return Started(row["person_id"], row["signed_in_by"], row["device"], started_at)
    return None


def drop_started(registry: Database, token_hash: str) -> None:
    """Remove the started sign-in."""
    registry.execute("DELETE FROM started_sign_ins WHERE token_hash = ?", [token_hash])


def add_session(registry: Database, token_hash: str, person_id: int, by: str, device: str, at: str) -> None:
    """A new session: ``by`` says how the person signed in, ``device`` on what, in a few words."""
    registry.execute(
        """
        INSERT INTO sessions (token_hash, person_id, signed_in_by, device, created_at, seen_at)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        [token_hash, person_id, by, device, at, at],
    )


_SESSIONS = """
    SELECT s.id, s.person_id, p.email, p.name, p.vouched_by, s.signed_in_by, s.device, s.created_at, s.seen_at
    FROM sessions s JOIN people p ON p.id = s.person_id
"""


def _session(row: dict[str, str | int]) -> Session:
    person = Person(int(row["person_id"]), str(row["email"]), str(row["name"]), str(row["vouched_by"] or ""))
    created_at, seen_at = (datetime.fromisoformat(str(row[name])) for name in ("created_at", "seen_at"))
    return Session(int(row["id"]), person, str(row["signed_in_by"]), str(row["device"]), created_at, seen_at)


def find_session(registry: Database, token_hash: str) -> Session | None:
    """The session with this hash, or None."""
    for row in registry.query(f"{_SESSIONS} WHERE s.token_hash = ?", [token_hash]):
        return _session(row)
    return None


def sessions_of(registry: Database, person_id: int) -> list[Session]:
    """The person's sessions, that seen last first, with those that have expired."""
    rows = registry.query(f"{_SESSIONS} WHERE s.person_id = ? ORDER BY s.seen_at DESC, s.id DESC", [person_id])
    return [_session(row) for row in rows]


def touch_session(registry: Database, token_hash: str, at: str) -> None:
    """Note that the session was seen."""
    registry.execute("UPDATE sessions SET seen_at = ? WHERE token_hash = ?", [at, token_hash])


def end_session(registry: Database, token_hash: str) -> None:
    """Remove the session."""
    registry.execute("DELETE FROM sessions WHERE token_hash = ?", [token_hash])


def end_session_of(registry: Database, person_id: int, session_id: int) -> None:
    """Remove one of the person's sessions."""
    registry.execute("DELETE FROM sessions WHERE person_id = ? AND id = ?", [person_id, session_id])


def end_sessions_of(registry: Database, person_id: int, but: str = "") -> None:
    """Remove all sessions and started sign-ins of the person, but the session with this hash."""
    registry.execute("DELETE FROM sessions WHERE person_id = ? AND token_hash <> ?", [person_id, but])
    registry.execute("DELETE FROM started_sign_ins WHERE person_id = ?", [person_id])


def end_sessions_by(registry: Database, by: str, person_id: int | None = None) -> None:
    """Remove the sessions that came about in this way: those of one person, or everybody's."""
    registry.execute(
        "DELETE FROM sessions WHERE signed_in_by = ? AND (? IS NULL OR person_id = ?)", [by, person_id, person_id]
    )


def drop_expired(registry: Database, person_id: int, created_before: str, seen_before: str) -> None:
    """Remove the person's sessions that began or were last seen before these moments."""
    registry.execute(
        "DELETE FROM sessions WHERE person_id = ? AND (created_at < ? OR seen_at < ?)",
        [person_id, created_before, seen_before],
    )
