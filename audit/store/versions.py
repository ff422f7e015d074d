"""Signed versions in an authority's file: the report as it was signed, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from audit.core.versions import Version

# All but the files themselves, which are large.
_VERSIONS = """
    SELECT audit_id, number, statement, signed_by_id, signed_by, signed_at, page_sha256, pdf_sha256, trail_sha256,
           reopened_by, reopened_at, reopened_because FROM versions
"""


def add(file: Database, audit_id: int, version: Version, page: bytes, pdf: bytes) -> None:
    """Keep a version with its files. Raises sqlite3.IntegrityError if its number is taken."""
    file.execute(
        """
        INSERT INTO versions
            (audit_id, number, statement, signed_by_id, signed_by, signed_at, page, pdf, page_sha256, pdf_sha256,
             trail_sha256)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
            audit_id,
            version.number,
            version.statement,
            version.signed_by_id,
            version.signed_by,
            version.signed_at.isoformat(),
            page,
            pdf,
            version.page_sha256,
            version.pdf_sha256,
            version.trail_sha256,
        ],
    )


def all_versions(file: Database, audit_id: int) -> tuple[Version, ...]:
    """The versions of an audit, newest first."""
    rows = file.query(f"{_VERSIONS} WHERE audit_id = ? ORDER BY number DESC", [audit_id])
    return tuple(_version(row) for row in rows)


def newest_of_all(file: Database) -> dict[int, Version]:
    """The newest version of every audit that has one, by audit id."""
    rows = file.query(f"{_VERSIONS} ORDER BY number")
    return {row["audit_id"]: _version(row) for row in rows}


def files(file: Database, audit_id: int, number: int) -> tuple[bytes, bytes] | None:
    """The page and the PDF of a version as they are stored, or None."""
    rows = file.query("SELECT page, pdf FROM versions WHERE audit_id = ? AND number = ?", [audit_id, number])
    return next(((row["page"], row["pdf"]) for row in rows), None)


def note_reopening(file: Database, audit_id: int, number: int, by: str, at: datetime, because: str) -> None:
    """Note who opened the audit again after this version, when and why."""
    file.execute(
        """
        UPDATE versions SET reopened_by = ?, reopened_at = ?, reopened_because = ?
        WHERE audit_id = ? AND number = ?
        """,
        [by, at.isoformat(), because, audit_id, number],
    )


def _version(row: Mapping[str, Any]) -> Version:
    reopened_at = row["reopened_at"]
    return Version(
        number=row["number"],
        statement=row["statement"],
        signed_by_id=row["signed_by_id"],
        signed_by=row["signed_by"],
        signed_at=datetime.fromisoformat(row["signed_at"]),
        page_sha256=row["page_sha256"],
        pdf_sha256=row["pdf_sha256"],
        trail_sha256=row["trail_sha256"],
        reopened_by=row["reopened_by"],
        reopened_at=datetime.fromisoformat(reopened_at) if reopened_at else None,
        reopened_because=row["reopened_because"],
    )
