"""An authority's own database file: everything that it writes lies here and nowhere else."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from audit.store import trail, workshop_tables

migrations = Migrations("authority")


@migrations()
def m001_audits(database: Database) -> None:
    """Whose file this is, audits, revisions of answers, drafts and the trail.

    The number of an audit that was removed is never given again: the trail still speaks of it.
    """
    for statement in (
        "CREATE TABLE owner (slug TEXT PRIMARY KEY) STRICT",
        """
        CREATE TABLE audits (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
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


@migrations()
def m002_team(database: Database) -> None:
    """Respondents and their groups, assigned items, signed versions and the authority's own rules."""
    for statement in (
        """
        CREATE TABLE groups (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE
        ) STRICT
        """,
        """
        CREATE TABLE group_members (
            person_id INTEGER PRIMARY KEY,
            group_id INTEGER NOT NULL REFERENCES groups (id)
        ) STRICT
        """,
        # Whether a respondent lets others see the name beside the texts; a row is there from the first choice on.
        # The group is kept from the moment that answering closes, empty for none.
        """
        CREATE TABLE respondents (
            audit_id INTEGER NOT NULL REFERENCES audits (id),
            person_id INTEGER NOT NULL,
            name TEXT NOT NULL,
            named INTEGER NOT NULL,
            group_name TEXT,
            PRIMARY KEY (audit_id, person_id)
        ) STRICT
        """,
        """
        CREATE TABLE assignments (
            audit_id INTEGER NOT NULL REFERENCES audits (id),
            item_id TEXT NOT NULL,
            person_id INTEGER NOT NULL,
            assigned_by TEXT NOT NULL,
            assigned_at TEXT NOT NULL,
            PRIMARY KEY (audit_id, item_id, person_id)
        ) STRICT
        """,
        """
        CREATE TABLE versions (
            audit_id INTEGER NOT NULL REFERENCES audits (id),
            number INTEGER NOT NULL,
            statement TEXT NOT NULL,
            signed_by_id INTEGER NOT NULL,
            signed_by TEXT NOT NULL,
            signed_at TEXT NOT NULL,
            page BLOB NOT NULL,
            pdf BLOB NOT NULL,
            page_sha256 TEXT NOT NULL,
            pdf_sha256 TEXT NOT NULL,
            trail_sha256 TEXT NOT NULL,
            reopened_by TEXT,
            reopened_at TEXT,
            reopened_because TEXT,
            PRIMARY KEY (audit_id, number)
        ) STRICT
        """,
        """
        CREATE TABLE rules (
            name TEXT PRIMARY KEY,
            value INTEGER NOT NULL
        ) STRICT
        """,
    ):
        database.execute(statement)


@migrations()
def m003_chained_trail(database: Database) -> None:
    """A trail whose rows each hold the hash of the row before. AUTOINCREMENT remembers the number of a row cut off."""
    database.execute("ALTER TABLE trail RENAME TO loose_trail")
    database.execute(
        """
        CREATE TABLE trail (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            person_id INTEGER NOT NULL,
            person_name TEXT NOT NULL,
            did TEXT NOT NULL,
            audit_id INTEGER,
            item_id TEXT,
            detail TEXT NOT NULL,
            sha256 TEXT NOT NULL
        ) STRICT
        """
    )
    for entry in trail.loose_entries(database):
        trail.add(database, entry)
    database.execute("DROP TABLE loose_trail")


@migrations()
def m004_workshops(database: Database) -> None:
    """Workshops with their agendas, seats, steps, votes and results."""
    for statement in workshop_tables.STATEMENTS:
        database.execute(statement)


def belong_to(file: Database, slug: str) -> None:
    """Note whose file it is."""
    file.execute("INSERT INTO owner (slug) VALUES (?) ON CONFLICT (slug) DO NOTHING", [slug])


def owner(file: Database) -> str | None:
    """The slug of the authority whose file it is; None where it is nobody's, or more than one's."""
    slugs = [row["slug"] for row in file.query("SELECT slug FROM owner")]
    return slugs[0] if len(slugs) == 1 else None
