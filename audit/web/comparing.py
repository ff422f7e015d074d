"""Two texts side by side, in pieces that say what only one of them has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from audit.web.differences import LABELS

# A word with the space before it, so that words that changed in a row are one piece.
_WORDS = re.compile(r"\s*\S+|\s+")
# Beyond this, finding which words moved takes longer than a reader waits.
_MOST_WORDS = 2500


@dataclass(frozen=True)
class Piece:
    """A piece of a text, and whether the other text lacks it."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Compared:
    """A field in two versions. ``same`` is whether they agree; then there is nothing to mark."""

    label: str
    first: tuple[Piece, ...]
    second: tuple[Piece, ...]

    @property
    def same(self) -> bool:
        """Whether both versions say the same."""
        return not any(piece.changed for piece in (*self.first, *self.second))


def compared(first: Mapping[str, str], second: Mapping[str, str]) -> list[Compared]:
    """Two answers in words, field by field, without the fields that are empty in both."""
    return [
        Compared(label, *marked(first[name], second[name]))
        for name, label in LABELS.items()
        if first[name] or second[name]
    ]


def marked(first: str, second: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces, word by word. The pieces of each come to the whole text."""
    ours, theirs = _WORDS.findall(first), _WORDS.findall(second)
    if max(len(ours), len(theirs)) > _MOST_WORDS:
        return _whole(first, first != second), _whole(second, first != second)
    mine: list[Piece] = []
    other: list[Piece] = []
    for kind, start, end, begin, stop in SequenceMatcher(None, ours, theirs).get_opcodes():
        mine += _whole("".join(ours[start:end]), kind != "equal")
        other += _whole("".join(theirs[begin:stop]), kind != "equal")
    return tuple(mine), tuple(other)


def _whole(text: str, changed: bool) -> tuple[Piece, ...]:
    return (Piece(text, changed),) if text else ()
