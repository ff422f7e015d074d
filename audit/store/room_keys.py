"""Join codes and the keys of screens, in the registry: which workshop they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database


@dataclass(frozen=True)
class JoinCode:
    """A code, the workshop that it belongs to, and until when people can join with it."""

    code: str
    slug: str
    workshop_id: int
    expires_at: datetime


@dataclass(frozen=True)
class ScreenKeys:
    """The keys of a workshop's screens: of what everybody reads, and of the projector."""

    live: str
    screen: str


def add_code(registry: Database, code: JoinCode) -> None:
    """A new code. Raises sqlite3.IntegrityError where it is taken."""
    registry.execute(
        "INSERT INTO workshop_codes (code, slug, workshop_id, expires_at) VALUES (?, ?, ?, ?)",
        [code.code, code.slug, code.workshop_id, code.expires_at.isoformat()],
    )


def find_code(registry: Database, code: str) -> JoinCode | None:
    """The code, expired or not, or None."""
    rows = registry.query("SELECT * FROM workshop_codes WHERE code = ?", [code])
    return next((_code(row) for row in rows), None)


def newest_code(registry: Database, slug: str, workshop_id: int) -> JoinCode | None:
    """The code of a workshop that expires last, or None."""
    rows = registry.query(
        "SELECT * FROM workshop_codes WHERE slug = ? AND workshop_id = ? ORDER BY expires_at DESC, code",
        [slug, workshop_id],
    )
    return next((_code(row) for row in rows), None)


def expire_codes(registry: Database, slug: str, workshop_id: int, at: datetime) -> None:
    """From this moment on nobody joins with a code of the workshop. Seats that are taken stay."""
    registry.execute(
        "UPDATE workshop_codes SET expires_at = ? WHERE slug = ? AND workshop_id = ? AND expires_at > ?",
        [at.isoformat(), slug, workshop_id, at.isoformat()],
    )


def put_keys(registry: Database, slug: str, workshop_id: int, keys: ScreenKeys) -> None:
    """Give the screens of a workshop these keys, in place of any before."""
    registry.execute(
        """
        INSERT INTO live_rooms (slug, workshop_id, live_key, screen_key) VALUES (?, ?, ?, ?)
        ON CONFLICT (slug, workshop_id) DO UPDATE SET live_key = excluded.live_key, screen_key = excluded.screen_key
        """,
        [slug, workshop_id, keys.live, keys.screen],
    )


def keys_of(registry: Database, slug: str, workshop_id: int) -> ScreenKeys | None:
    """The keys of a workshop's screens, or None before its room is opened."""
    rows = registry.query("SELECT * FROM live_rooms WHERE slug = ? AND workshop_id = ?", [slug, workshop_id])
    return next((ScreenKeys(row["live_key"], row["screen_key"]) for row in rows), None)


def of_live_key(registry: Database, key: str) -> tuple[str, int] | None:
    """The authority's slug and the number of the workshop whose state this key opens, or None."""
    rows = registry.query("SELECT slug, workshop_id FROM live_rooms WHERE live_key = ?", [key])
    return next(((row["slug"], row["workshop_id"]) for row in rows), None)


def of_screen_key(registry: Database, key: str) -> tuple[str, int] | None:
    """The authority's slug and the number of the workshop whose projector this key opens, or None."""
    rows = registry.query("SELECT slug, workshop_id FROM live_rooms WHERE screen_key = ?", [key])
    return next(((row["slug"], row["workshop_id"]) for row in rows), None)


def _code(row: dict[str, object]) -> JoinCode:
    return JoinCode(
        code=str(row["code"]),
        slug=str(row["slug"]),
        workshop_id=int(str(row["workshop_id"])),
        expires_at=datetime.fromisoformat(str(row["expires_at"])),
    )
