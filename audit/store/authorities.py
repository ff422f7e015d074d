"""Authorities in the registry."""

from __future__ import annotations

from sqlite_utils import Database

from audit.core.people import Authority


def slugs_beginning(registry: Database, stem: str) -> set[str]:
    """The slugs in use that begin with ``stem``."""
    rows = registry.query("SELECT slug FROM authorities WHERE slug LIKE ?", [f"{stem}%"])
    return {row["slug"] for row in rows}


def add(registry: Database, authority: Authority, at: str) -> None:
    """A new authority."""
    registry.execute(
        "INSERT INTO authorities (slug, name, ons_code, accent, created_at) VALUES (?, ?, ?, ?, ?)",
        [authority.slug, authority.name, authority.ons_code, authority.accent, at],
    )


def change(registry: Database, authority: Authority) -> None:
    """Give the authority its new name, code and colour."""
    registry.execute(
        "UPDATE authorities SET name = ?, ons_code = ?, accent = ? WHERE slug = ?",
        [authority.name, authority.ons_code, authority.accent, authority.slug],
    )


def find(registry: Database, slug: str) -> Authority | None:
    """The authority with this slug, or None."""
    for row in registry.query("SELECT slug, name, ons_code, accent FROM authorities WHERE slug = ?", [slug]):
        return Authority(row["slug"], row["name"], row["ons_code"], row["accent"])
    return None
