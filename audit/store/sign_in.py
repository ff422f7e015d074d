"""Sign-in links and sessions in the registry. Only hashes of tokens are kept."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from audit.core.people import Person


@dataclass(frozen=True)
class Link:
    """A sign-in link. ``used_at`` is None until it is used."""

    person_id: int
    expires_at: str
    used_at: str | None


@dataclass(frozen=True)
class Session:
    """A session: whose it is, when it began and when it was last seen."""

    person: Person
    created_at: str
    seen_at: str


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


def add_session(registry: Database, token_hash: str, person_id: int, by: str, device: str, at: str) -> None:
    """A new session: ``by`` says how the person signed in, ``device`` on what, in a few words."""
    registry.execute(
        """
        INSERT INTO sessions (token_hash, person_id, signed_in_by, device, created_at, seen_at)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        [token_hash, person_id, by, device, at, at],
    )


def find_session(registry: Database, token_hash: str) -> Session | None:
    """The session with this hash, or None."""
    rows = registry.query(
        """
        SELECT p.id, p.email, p.name, s.created_at, s.seen_at
        FROM sessions s JOIN people p ON p.id = s.person_id WHERE s.token_hash = ?
        """,
        [token_hash],
    )
    for row in rows:
        return Session(Person(row["id"], row["email"], row["name"]), row["created_at"], row["seen_at"])
    return None


def touch_session(registry: Database, token_hash: str, at: str) -> None:
    """Note that the session was seen."""
    registry.execute("UPDATE sessions SET seen_at = ? WHERE token_hash = ?", [at, token_hash])


def end_session(registry: Database, token_hash: str) -> None:
    """Remove the session."""
    registry.execute("DELETE FROM sessions WHERE token_hash = ?", [token_hash])
