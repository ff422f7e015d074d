"""Text that somebody else wrote: how it is kept, what it may not hold, and how a message quotes it."""

from __future__ import annotations

from unicodedata import category

QUOTE_LIMIT = 60
_BREAKS = "\n\t"


def with_line_feeds(text: str) -> str:
    """The text with each line break as one line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def tidy(text: str) -> str:
    """The text as it is kept: each line break is one line feed, and its ends carry no white space."""
    return with_line_feeds(text).strip()


def forbidden(character: str) -> bool:
    """Whether it is a control character other than line feed and tab, or half a character: no text may hold it."""
    return category(character) in ("Cc", "Cs") and character not in _BREAKS


def first_forbidden(text: str) -> str | None:
    """The first character that a text may not hold, as ``U+0007``, or None."""
    return next((f"U+{ord(character):04X}" for character in text if forbidden(character)), None)


def quotable(text: str) -> str:
    """The text on one line, without control characters, and cut with dots where it is long."""
    safe = "".join(character if character.isprintable() else "?" for character in text)
    return safe if len(safe) <= QUOTE_LIMIT else f"{safe[: QUOTE_LIMIT - 3]}..."
