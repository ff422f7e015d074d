"""Text that somebody else wrote: how it is kept, what it may not hold, and how a message quotes it."""

from __future__ import annotations

import re

QUOTE_LIMIT = 60
# Control characters other than line feed and tab, halves of characters, and the two that no XML file may hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def with_line_feeds(text: str) -> str:
    """The text with each line break as one line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def tidy(text: str) -> str:
    """The text as it is kept: each line break is one line feed, and its ends carry no white space."""
    return with_line_feeds(text).strip()


def first_forbidden(text: str) -> str | None:
    """The first character that a text may not hold, as ``U+0007``, or None.

    No text may hold control characters other than line feed and tab, halves of characters, U+FFFE and U+FFFF.
    """
    found = _FORBIDDEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else None


def without_forbidden(text: str) -> str:
    """The text with the replacement character for each character that a text may not hold."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def quotable(text: str) -> str:
    """The text on one line, without control characters, and cut with dots where it is long."""
    safe = "".join(character if character.isprintable() else "?" for character in text)
    return safe if len(safe) <= QUOTE_LIMIT else f"{safe[: QUOTE_LIMIT - 3]}..."
