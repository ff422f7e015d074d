"""The chain of a trail: each row holds the hash of what it says and of the row before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# What the first row follows.
START = "0" * 64


@dataclass(frozen=True)
class TrailRow:
    """A row of a trail as it is kept. Rows count from 1; ``at`` is an ISO moment."""

    number: int
    at: str
    person_id: int
    person_name: str
    did: str
    audit_id: int | None
    item_id: str | None
    detail: str
    sha256: str

    @property
    def says(self) -> tuple[object, ...]:
        """What the hash is made of, besides the hash of the row before."""
        return self.at, self.person_id, self.person_name, self.did, self.audit_id, self.item_id, self.detail


@dataclass(frozen=True)
class SignedHead:
    """A signed version of an audit, and the hash of the newest row when it was signed."""

    audit_id: int
    number: int
    trail_sha256: str


@dataclass(frozen=True)
class Trail:
    """A whole trail, oldest row first. ``last`` is the highest number ever given, 0 for none."""

    rows: tuple[TrailRow, ...]
    last: int
    signed: tuple[SignedHead, ...] = ()


@dataclass(frozen=True)
class WantedRows:
    """Which rows of a trail are asked for; None means any. ``did`` is what was done, in the words of the trail."""

    person_id: int | None = None
    audit_id: int | None = None
    did: str | None = None


def chained(before: str, says: Sequence[object]) -> str:
    """The hash of a row that follows the one with the hash ``before``, in 64 hexadecimal digits."""
    text = json.dumps([before, *says], ensure_ascii=False)
    # A text that is no Unicode cannot have been hashed: the row will not fit, and nothing else goes wrong.
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def faults(trail: Trail) -> Iterator[str]:
    """What is wrong, in words: rows missing, changed or out of place, and signed versions that do not fit."""
    expected, before = 1, START
    for row in trail.rows:
        if row.number < expected:
            yield f"Row {row.number} is out of place."
            continue
        if row.number > expected:
            yield _missing(expected, row.number - 1)
        elif chained(before, row.says) != row.sha256:
            yield f"Row {row.number} was changed, or the row before it was."
        expected, before = row.number + 1, row.sha256
    if trail.last >= expected:
        yield _missing(expected, trail.last)
    hashes = {START, *(row.sha256 for row in trail.rows)}
    for head in trail.signed:
        if head.trail_sha256 not in hashes:
            yield f"Audit {head.audit_id}, version {head.number}, was signed over another trail than this one."


def _missing(first: int, last: int) -> str:
    return f"Row {first} is missing." if first == last else f"Rows {first} to {last} are missing."
