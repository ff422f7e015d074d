"""Directories of authorities, and the accounts in them, in the registry."""

from __future__ import annotations

from sqlite_utils import Database

from audit.core.directories import Directory, Vouched


def find(registry: Database, slug: str) -> Directory | None:
    """The authority's directory, or None."""
    query = "SELECT slug, issuer, tenant, client_id, client_secret FROM directories WHERE slug = ?"
    for row in registry.query(query, [slug]):
        return Directory(row["slug"], row["issuer"], row["tenant"], row["client_id"], row["client_secret"])
    return None


def keep(registry: Database, directory: Directory) -> None:
    """Set the authority's directory, in place of the one before."""
    registry.execute(
        """
        INSERT INTO directories (slug, issuer, tenant, client_id, client_secret) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (slug) DO UPDATE SET issuer = excluded.issuer, tenant = excluded.tenant,
            client_id = excluded.client_id, client_secret = excluded.client_secret
        """,
        [directory.slug, directory.issuer, directory.tenant, directory.client_id, directory.client_secret],
    )


def drop(registry: Database, slug: str) -> None:
    """The authority has no directory any more."""
    registry.execute("DELETE FROM directories WHERE slug = ?", [slug])


def person_of(registry: Database, slug: str, vouched: Vouched) -> int | None:
    """The id of the person to whom the account is linked for this authority, or None. Addresses play no part."""
    query = "SELECT person_id FROM identities WHERE slug = ? AND tenant = ? AND object_id = ?"
    for row in registry.query(query, [slug, vouched.realm, vouched.object_id]):
        return int(row["person_id"])
    return None


def has_account(registry: Database, slug: str, person_id: int) -> bool:
    """Whether the person is linked to an account for this authority."""
    query = "SELECT 1 AS found FROM identities WHERE slug = ? AND person_id = ?"
    return any(True for _ in registry.query(query, [slug, person_id]))


def link(registry: Database, slug: str, vouched: Vouched, person_id: int) -> None:
    """Link the account to the person."""
    registry.execute(
        "INSERT INTO identities (slug, tenant, object_id, person_id) VALUES (?, ?, ?, ?)",
        [slug, vouched.realm, vouched.object_id, person_id],
    )


def unlink(registry: Database, slug: str, person_id: int) -> None:
    """Forget the person's account."""
    registry.execute("DELETE FROM identities WHERE slug = ? AND person_id = ?", [slug, person_id])


def unlink_all(registry: Database, slug: str) -> None:
    """Forget all accounts of the authority's directory."""
    registry.execute("DELETE FROM identities WHERE slug = ?", [slug])
