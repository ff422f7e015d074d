"""The registry: people, authorities, memberships, sign-in links and sessions of an instance."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("registry")


@migrations()
def m001_people_and_authorities(database: Database) -> None:
    """People, the authorities they belong to, and how they sign in. Tokens are kept as hashes only."""
    for statement in (
        """
        CREATE TABLE people (
            id INTEGER PRIMARY KEY,
            email TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            created_at TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE authorities (
            slug TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            ons_code TEXT NOT NULL,
            accent TEXT NOT NULL,
            created_at TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE memberships (
            person_id INTEGER NOT NULL REFERENCES people (id),
            slug TEXT NOT NULL REFERENCES authorities (slug),
            role TEXT NOT NULL,
            PRIMARY KEY (person_id, slug)
        ) STRICT
        """,
        """
        CREATE TABLE sign_in_links (
            token_hash TEXT PRIMARY KEY,
            person_id INTEGER NOT NULL REFERENCES people (id),
            expires_at TEXT NOT NULL,
            used_at TEXT
        ) STRICT
        """,
        """
        CREATE TABLE sessions (
            token_hash TEXT PRIMARY KEY,
            person_id INTEGER NOT NULL REFERENCES people (id),
            created_at TEXT NOT NULL,
            seen_at TEXT NOT NULL
        ) STRICT
        """,
    ):
        database.execute(statement)
