"""An authority's own database file: everything that it writes lies here and nowhere else."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("authority")


@migrations()
def m001_audits(database: Database) -> None:
    """Whose file this is, audits, revisions of answers, drafts and the trail."""
    for statement in (
        "CREATE TABLE owner (slug TEXT PRIMARY KEY) STRICT",
        """
        CREATE TABLE audits (
            id INTEGER PRIMARY KEY,
            bank_id TEXT NOT NULL,
            bank_version TEXT NOT NULL,
            period TEXT NOT NULL,
            scope TEXT NOT NULL,
            scope_name TEXT NOT NULL,
            weighting TEXT NOT NULL,
            target INTEGER,
            illustrative TEXT NOT NULL,
            state TEXT NOT NULL,
            opened_by TEXT NOT NULL,
            opened_at TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE revisions (
            audit_id INTEGER NOT NULL REFERENCES audits (id),
            respondent_id INTEGER NOT NULL,
            item_id TEXT NOT NULL,
            number INTEGER NOT NULL,
            state TEXT NOT NULL,
            level INTEGER,
            reason TEXT NOT NULL,
            confidence TEXT,
            what_happens_now TEXT NOT NULL,
            what_needs_to_happen TEXT NOT NULL,
            how_to_progress TEXT NOT NULL,
            target INTEGER,
            links TEXT NOT NULL,
            saved_by TEXT NOT NULL,
            saved_at TEXT NOT NULL,
            PRIMARY KEY (audit_id, respondent_id, item_id, number)
        ) STRICT
        """,
        """
        CREATE TABLE drafts (
            audit_id INTEGER NOT NULL REFERENCES audits (id),
            respondent_id INTEGER NOT NULL,
            item_id TEXT NOT NULL,
            fields TEXT NOT NULL,
            seen INTEGER NOT NULL,
            kept_at TEXT NOT NULL,
            PRIMARY KEY (audit_id, respondent_id, item_id)
        ) STRICT
        """,
        """
        CREATE TABLE trail (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            person_id INTEGER NOT NULL,
            person_name TEXT NOT NULL,
            did TEXT NOT NULL,
            audit_id INTEGER,
            item_id TEXT,
            detail TEXT NOT NULL
        ) STRICT
        """,
    ):
        database.execute(statement)


def belong_to(file: Database, slug: str) -> None:
    """Note whose file it is."""
    file.execute("INSERT INTO owner (slug) VALUES (?) ON CONFLICT (slug) DO NOTHING", [slug])


def owner(file: Database) -> str | None:
    """The slug of the authority whose file it is; None where it is nobody's, or more than one's."""
    slugs = [row["slug"] for row in file.query("SELECT slug FROM owner")]
    return slugs[0] if len(slugs) == 1 else None
