"""The trail in an authority's file: who did what and when. Rows are added and never changed."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from audit.core.audits import TrailEntry


def add(file: Database, entry: TrailEntry) -> None:
    """Add an entry."""
    file.execute(
        "INSERT INTO trail (at, person_id, person_name, did, audit_id, item_id, detail) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            entry.at.isoformat(),
            entry.person_id,
            entry.person_name,
            entry.did,
            entry.audit_id,
            entry.item_id,
            entry.detail,
        ],
    )


def entries(file: Database) -> list[TrailEntry]:
    """All entries, oldest first."""
    return [
        TrailEntry(
            datetime.fromisoformat(row["at"]),
            row["person_id"],
            row["person_name"],
            row["did"],
            row["audit_id"],
            row["item_id"],
            row["detail"],
        )
        for row in file.query("SELECT * FROM trail ORDER BY id")
    ]
