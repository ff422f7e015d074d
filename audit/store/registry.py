"""The registry: people, authorities, memberships, sign-in links and sessions of an instance."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("registry")


@migrations()
def m001_people_and_authorities(database: Database) -> None:
    """People, the authorities they belong to, and how they sign in. Tokens are kept as hashes only.

    The number of a person who was removed is never given again: answers would change hands.
    """
    for statement in (
        """
        CREATE TABLE people (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
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


@migrations()
def m002_accounts(database: Database) -> None:
    """Passwords, second factors, named sessions, invitations, and sign-in through an authority's own directory."""
    for statement in (
        """
        CREATE TABLE passwords (
            person_id INTEGER PRIMARY KEY REFERENCES people (id),
            hash TEXT NOT NULL,
            changed_at TEXT NOT NULL
        ) STRICT
        """,
        # A second factor counts once it was confirmed; last_step keeps a code from working twice.
        """
        CREATE TABLE second_factors (
            person_id INTEGER PRIMARY KEY REFERENCES people (id),
            secret TEXT NOT NULL,
            confirmed_at TEXT,
            last_step INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE recovery_codes (
            person_id INTEGER NOT NULL REFERENCES people (id),
            code_hash TEXT NOT NULL,
            PRIMARY KEY (person_id, code_hash)
        ) STRICT
        """,
        "DROP TABLE sessions",
        """
        CREATE TABLE sessions (
            id INTEGER PRIMARY KEY,
            token_hash TEXT NOT NULL UNIQUE,
            person_id INTEGER NOT NULL REFERENCES people (id),
            signed_in_by TEXT NOT NULL,
            device TEXT NOT NULL,
            created_at TEXT NOT NULL,
            seen_at TEXT NOT NULL
        ) STRICT
        """,
        # Somebody who has shown a password or a link, and still owes the code of the second factor.
        """
        CREATE TABLE started_sign_ins (
            token_hash TEXT PRIMARY KEY,
            person_id INTEGER NOT NULL REFERENCES people (id),
            signed_in_by TEXT NOT NULL,
            device TEXT NOT NULL,
            started_at TEXT NOT NULL
        ) STRICT
        """,
        """
        ALTER TABLE memberships ADD COLUMN joined_at TEXT
        """,
        # Since when a person was seen to belong to no authority.
        """
        ALTER TABLE people ADD COLUMN alone_since TEXT
        """,
        """
        CREATE TABLE invitations (
            id INTEGER PRIMARY KEY,
            token_hash TEXT NOT NULL UNIQUE,
            slug TEXT NOT NULL REFERENCES authorities (slug),
            email TEXT NOT NULL,
            name TEXT NOT NULL,
            role TEXT NOT NULL,
            invited_by INTEGER NOT NULL REFERENCES people (id),
            invited_at TEXT NOT NULL,
            expires_at TEXT NOT NULL,
            accepted_at TEXT,
            withdrawn_at TEXT
        ) STRICT
        """,
        """
        CREATE TABLE directories (
            slug TEXT PRIMARY KEY REFERENCES authorities (slug),
            issuer TEXT NOT NULL,
            tenant TEXT NOT NULL,
            client_id TEXT NOT NULL,
            client_secret TEXT NOT NULL
        ) STRICT
        """,
        # Whom a directory vouches for: by its tenant and the object's id, never by an address that can change hands.
        # Two authorities can share a tenant; each has links of its own. For a provider without tenants, the issuer
        # stands for the tenant, and the subject for the object's id.
        """
        CREATE TABLE identities (
            slug TEXT NOT NULL REFERENCES authorities (slug),
            tenant TEXT NOT NULL,
            object_id TEXT NOT NULL,
            person_id INTEGER NOT NULL REFERENCES people (id),
            PRIMARY KEY (slug, tenant, object_id),
            UNIQUE (slug, person_id)
        ) STRICT
        """,
    ):
        database.execute(statement)


@migrations()
def m003_vouching(database: Database) -> None:
    """For whom no more than an invitation vouches, and which invitations went to their address by e-mail.

    ``vouched_by`` is the slug of the one authority that such a person's sign-ins open.
    """
    database.execute("ALTER TABLE people ADD COLUMN vouched_by TEXT")
    database.execute("ALTER TABLE invitations ADD COLUMN mailed_at TEXT")


@migrations()
def m004_rooms(database: Database) -> None:
    """Which workshop a join code belongs to, until when people can join with it, and the keys of its screens."""
    for statement in (
        """
        CREATE TABLE workshop_codes (
            code TEXT PRIMARY KEY,
            slug TEXT NOT NULL REFERENCES authorities (slug),
            workshop_id INTEGER NOT NULL,
            expires_at TEXT NOT NULL
        ) STRICT
        """,
        # Whoever has the key reads what everybody in the room sees. It changes when somebody is sent out.
        """
        CREATE TABLE live_rooms (
            slug TEXT NOT NULL REFERENCES authorities (slug),
            workshop_id INTEGER NOT NULL,
            live_key TEXT NOT NULL UNIQUE,
            screen_key TEXT NOT NULL UNIQUE,
            PRIMARY KEY (slug, workshop_id)
        ) STRICT
        """,
    ):
        database.execute(statement)
