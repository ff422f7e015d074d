"""Text that somebody else wrote, made safe to quote in a message."""

from __future__ import annotations

QUOTE_LIMIT = 60


def quotable(text: str) -> str:
    """The text on one line, without control characters, and cut with dots where it is long."""
    safe = "".join(character if character.isprintable() else "?" for character in text)
    return safe if len(safe) <= QUOTE_LIMIT else f"{safe[: QUOTE_LIMIT - 3]}..."
