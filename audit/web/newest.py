"""Which version of a room is the newest. Looking it up lets other threads in between, so one look-up serves many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from audit.operations.errors import NotFound
from audit.operations.live import version_at
from audit.operations.workplace import Workplace

# For so many seconds a look-up holds where another process may have written. What this one writes is seen at once.
FRESH = 0.5
_MOST_ROOMS = 1000
_NONE = (-1, -1)


@dataclass(frozen=True)
class Version:
    """A version of the room that a key opens, in one instance."""

    instance: str
    live_key: str
    workshop_id: int
    number: int


@dataclass(frozen=True)
class _LookedUp:
    version: Version
    at: float
    tell_writes: Callable[[], tuple[int, int]]
    writes: tuple[int, int]


_looked_up: dict[tuple[str, str], _LookedUp] = {}


def known_version(workplace: Workplace, live_key: str) -> Version | None:
    """The newest version, as far as it can be told without looking at the disk; else None."""
    found = _looked_up.get((str(workplace.folder), live_key))
    if found is None or monotonic() - found.at >= FRESH or found.tell_writes() != found.writes:
        return None
    return found.version


def newest_version(workplace: Workplace, live_key: str) -> Version:
    """The newest version, looked up now. Raises NotFound for a key that opens no room."""
    asked = (str(workplace.folder), live_key)
    before = _looked_up.get(asked)
    # Taken before the look-up: what is written in between makes it out of date, and never goes unseen. Whose room it is
    # turns out at the first look-up, so the second one is the first that can be relied on.
    at, writes = monotonic(), before.tell_writes() if before else _NONE
    try:
        (slug, workshop_id), number = version_at(workplace, live_key)
    except NotFound:
        _looked_up.pop(asked, None)
        raise
    version = Version(*asked, workshop_id, number)
    if len(_looked_up) >= _MOST_ROOMS:
        _looked_up.clear()
    _looked_up[asked] = _LookedUp(version, at, before.tell_writes if before else workplace.writes(slug), writes)
    return version
