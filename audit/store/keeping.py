"""What goes from an authority's file when an audit is no longer kept."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

# All that belongs to an audit. The trail is not here: it keeps what was done.
TABLES = ("revisions", "drafts", "respondents", "assignments", "versions", "workshops")
# All that belongs to a workshop, before what it points to.
OF_WORKSHOP = (
    "feedback",
    "votes",
    "piles",
    "round_results",
    "talks",
    "steps",
    "seats",
    "workshop_groups",
    "agenda_items",
)
_TOUCHED = """
    SELECT id AS audit_id, opened_at AS at FROM audits
    UNION ALL SELECT audit_id, at FROM trail WHERE audit_id IS NOT NULL
    UNION ALL SELECT audit_id, saved_at FROM revisions
    UNION ALL SELECT audit_id, kept_at FROM drafts
    UNION ALL SELECT audit_id, signed_at FROM versions
    UNION ALL SELECT w.audit_id, t.kept_at FROM talks t JOIN workshops w ON w.id = t.workshop_id
"""


def last_touched(file: Database) -> dict[int, datetime]:
    """When something was last done in each audit, by audit id. A draft counts."""
    found: dict[int, datetime] = {}
    ids = {row["id"] for row in file.query("SELECT id FROM audits")}
    for row in file.query(_TOUCHED):
        who, at = row["audit_id"], datetime.fromisoformat(row["at"])
        if who in ids:
            found[who] = max(at, found.get(who, at))
    return found


def remove_audit(file: Database, audit_id: int) -> None:
    """Remove an audit with its answers, drafts, workshops and signed versions."""
    workshops = "SELECT id FROM workshops WHERE audit_id = ?"
    for table in OF_WORKSHOP:
        file.execute(f"DELETE FROM {table} WHERE workshop_id IN ({workshops})", [audit_id])  # noqa: S608 - texts of ours
    for table in TABLES:
        file.execute(f"DELETE FROM {table} WHERE audit_id = ?", [audit_id])  # noqa: S608 - a name of ours
    file.execute("DELETE FROM audits WHERE id = ?", [audit_id])


def overwrite_what_goes(database: Database) -> None:
    """From now on, what is deleted over this connection is overwritten with zeros."""
    database.execute("PRAGMA secure_delete = ON").fetchall()


def empty_log(database: Database) -> None:
    """Bring what was written into the file itself, as far as nobody is reading, so that no log holds the old pages."""
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
