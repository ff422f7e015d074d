"""Passwords, second factors and recovery codes in the registry. Passwords and recovery codes are there as hashes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlite_utils import Database


@dataclass(frozen=True)
class Password:
    """The hash of a password, and since when it is this one."""

    hash: str = field(repr=False)
    changed_at: datetime


@dataclass(frozen=True)
class SecondFactor:
    """What an authenticator app shares with us. ``last_step`` is that of the newest code that was used."""

    secret: str = field(repr=False)
    confirmed: bool
    last_step: int


def password_of(registry: Database, person_id: int) -> Password | None:
    """The person's password, or None."""
    for row in registry.query("SELECT hash, changed_at FROM passwords WHERE person_id = ?", [person_id]):
        return Password(row["hash"], datetime.fromisoformat(row["changed_at"]))
    return None


def keep_password(registry: Database, person_id: int, hash: str, at: str) -> None:
    """Give the person a password, in place of the one there was."""
    registry.execute(
        """
        INSERT INTO passwords (person_id, hash, changed_at) VALUES (?, ?, ?)
        ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at
        """,
        [person_id, hash, at],
    )


def rehash_password(registry: Database, person_id: int, old: str, new: str) -> None:
    """Another hash of the same password; not if it was changed in between."""
    registry.execute("UPDATE passwords SET hash = ? WHERE person_id = ? AND hash = ?", [new, person_id, old])


def drop_password(registry: Database, person_id: int) -> None:
    """Take the person's password away."""
    registry.execute("DELETE FROM passwords WHERE person_id = ?", [person_id])


def second_factor_of(registry: Database, person_id: int) -> SecondFactor | None:
    """The person's second factor, confirmed or not yet, or None."""
    query = "SELECT secret, confirmed_at, last_step FROM second_factors WHERE person_id = ?"
    for row in registry.query(query, [person_id]):
        return SecondFactor(row["secret"], row["confirmed_at"] is not None, row["last_step"])
    return None


def begin_second_factor(registry: Database, person_id: int, secret: str) -> None:
    """A second factor that is still to be confirmed."""
    registry.execute(
        "INSERT INTO second_factors (person_id, secret, last_step) VALUES (?, ?, 0)",
        [person_id, secret],
    )


def confirm_second_factor(registry: Database, person_id: int, at: str) -> None:
    """From now on it is asked for."""
    registry.execute("UPDATE second_factors SET confirmed_at = ? WHERE person_id = ?", [at, person_id])


def note_step(registry: Database, person_id: int, step: int) -> None:
    """The code of this step has been used."""
    registry.execute("UPDATE second_factors SET last_step = ? WHERE person_id = ?", [step, person_id])


def drop_second_factor(registry: Database, person_id: int) -> None:
    """Take the person's second factor and recovery codes away."""
    registry.execute("DELETE FROM second_factors WHERE person_id = ?", [person_id])
    registry.execute("DELETE FROM recovery_codes WHERE person_id = ?", [person_id])


def keep_recovery_codes(registry: Database, person_id: int, hashes: Iterable[str]) -> None:
    """Give the person these recovery codes, in place of those there were."""
    registry.execute("DELETE FROM recovery_codes WHERE person_id = ?", [person_id])
    for code_hash in hashes:
        registry.execute("INSERT INTO recovery_codes (person_id, code_hash) VALUES (?, ?)", [person_id, code_hash])


def use_recovery_code(registry: Database, person_id: int, code_hash: str) -> bool:
    """Whether the person had this recovery code; it is gone after."""
    cursor = registry.execute(
        "DELETE FROM recovery_codes WHERE person_id = ? AND code_hash = ? RETURNING code_hash", [person_id, code_hash]
    )
    return cursor.fetchone() is not None


def recovery_codes_left(registry: Database, person_id: int) -> int:
    """How many recovery codes the person has not used."""
    query = "SELECT count(*) AS codes FROM recovery_codes WHERE person_id = ?"
    return int(next(registry.query(query, [person_id]))["codes"])
