"""What goes from the registry: an authority, people, and what has expired."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from audit.core.people import Authority, Person

# What belongs to an authority, and what to a person; before the row that it belongs to.
OF_AUTHORITY = ("memberships", "invitations", "directories", "identities", "workshop_codes", "live_rooms")
OF_PERSON = {
    "passwords": "person_id",
    "second_factors": "person_id",
    "recovery_codes": "person_id",
    "sessions": "person_id",
    "started_sign_ins": "person_id",
    "sign_in_links": "person_id",
    "memberships": "person_id",
    "identities": "person_id",
    "invitations": "invited_by",
}
_OF_SAME_WORKSHOP = "SELECT 1 FROM workshop_codes c WHERE c.slug = {0}.slug AND c.workshop_id = {0}.workshop_id"


@dataclass(frozen=True)
class Before:
    """What counts as expired: all moments before these."""

    session_begun: datetime
    session_seen: datetime
    sign_in_started: datetime
    joined: datetime
    ended: datetime


def all_authorities(registry: Database) -> list[Authority]:
    """The authorities of the instance, by slug."""
    rows = registry.query("SELECT slug, name, ons_code, accent FROM authorities ORDER BY slug")
    return [Authority(**row) for row in rows]


def only_here(registry: Database, slug: str) -> list[Person]:
    """The members of the authority who belong to no other."""
    query = """
        SELECT p.id, p.email, p.name FROM people p JOIN memberships m ON m.person_id = p.id
        WHERE m.slug = ? AND NOT EXISTS (SELECT 1 FROM memberships o WHERE o.person_id = p.id AND o.slug <> ?)
        ORDER BY p.id
    """
    return [Person(**row) for row in registry.query(query, [slug, slug])]


def remove_authority(registry: Database, slug: str) -> None:
    """Remove an authority with its memberships, invitations and sign-in by directory; one that is not there, too."""
    for table in OF_AUTHORITY:
        registry.execute(f"DELETE FROM {table} WHERE slug = ?", [slug])  # noqa: S608 - a name of ours
    registry.execute("DELETE FROM authorities WHERE slug = ?", [slug])


def remove_people(registry: Database, people: Iterable[Person]) -> None:
    """Remove people with all that the registry holds on them. Invitations of their address stay with who invited."""
    for person in people:
        for table, column in OF_PERSON.items():
            registry.execute(f"DELETE FROM {table} WHERE {column} = ?", [person.id])  # noqa: S608 - names of ours
        registry.execute("DELETE FROM people WHERE id = ?", [person.id])


def mark_those_without(registry: Database, now: datetime) -> None:
    """Note since when people have belonged to no authority; those who belong to one again are noted no longer."""
    belongs = "EXISTS (SELECT 1 FROM memberships m WHERE m.person_id = people.id)"
    registry.execute(f"UPDATE people SET alone_since = NULL WHERE {belongs}")  # noqa: S608 - a text of ours
    registry.execute(
        f"UPDATE people SET alone_since = ? WHERE alone_since IS NULL AND NOT {belongs}",  # noqa: S608 - a text of ours
        [now.isoformat()],
    )


def without_since(registry: Database, before: datetime) -> list[Person]:
    """The people who were noted before this moment, belong to no authority now and are not signed in."""
    query = """
        SELECT id, email, name FROM people p
        WHERE alone_since < ? AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.person_id = p.id)
        AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.person_id = p.id) ORDER BY id
    """
    return [Person(**row) for row in registry.query(query, [before.isoformat()])]


def drop_expired(registry: Database, before: Before) -> dict[str, int]:
    """Remove sessions, sign-ins, links, invitations and join codes that are over. How many of each, by table.

    A code stays while its workshop has a newer one: phones that came in with it still use it. The keys of the screens
    go with the last code.
    """
    ended = before.ended.isoformat()
    return {
        "sessions": _drop(
            registry,
            "sessions WHERE created_at < ? OR seen_at < ?",
            before.session_begun.isoformat(),
            before.session_seen.isoformat(),
        ),
        "started_sign_ins": _drop(
            registry, "started_sign_ins WHERE started_at < ?", before.sign_in_started.isoformat()
        ),
        "sign_in_links": _drop(registry, "sign_in_links WHERE expires_at < ?", ended),
        "invitations": _drop(
            registry, "invitations WHERE expires_at < ? OR accepted_at < ? OR withdrawn_at < ?", ended, ended, ended
        ),
        "workshop_codes": _drop(
            registry,
            f"workshop_codes WHERE NOT EXISTS ({_OF_SAME_WORKSHOP.format('workshop_codes')} AND c.expires_at >= ?)",
            before.joined.isoformat(),
        ),
        "live_rooms": _drop(registry, f"live_rooms WHERE NOT EXISTS ({_OF_SAME_WORKSHOP.format('live_rooms')})"),
    }


def _drop(registry: Database, rows: str, *values: str) -> int:
    return registry.execute(f"DELETE FROM {rows}", values).rowcount  # noqa: S608 - texts of this module
