"""Tokens: what a link carries, and what is kept of it."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """A token for a link, drawn at random."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is kept of a token. Any text has a hash."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
