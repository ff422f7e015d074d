"""Whole numbers that people type."""

from __future__ import annotations


def whole(text: str, lowest: int, highest: int) -> int | None:
    """The number that a text of plain digits says, if it lies within these bounds; else None."""
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(highest)):
        return None
    return int(text) if lowest <= int(text) <= highest else None
