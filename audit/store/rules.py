"""The rules that an authority sets for itself, in its file."""

from __future__ import annotations

from sqlite_utils import Database

THRESHOLD = "threshold"
# For how many months after its last change an audit is kept.
KEEP_MONTHS = "keep_months"


def find(file: Database, name: str) -> int | None:
    """What a rule is set to, or None where it is not set."""
    for row in file.query("SELECT value FROM rules WHERE name = ?", [name]):
        return int(row["value"])
    return None


def keep(file: Database, name: str, value: int | None) -> None:
    """Set a rule, or with None take its setting away."""
    if value is None:
        file.execute("DELETE FROM rules WHERE name = ?", [name])
    else:
        file.execute(
            "INSERT INTO rules (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [name, value],
        )
