"""The trail of an authority: reading it, checking it and taking it out. It holds no answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from audit.core.audits import Audit
from audit.core.errors import UsageError
from audit.core.people import Membership, Person
from audit.core.permissions import Deed
from audit.core.trail import Trail, TrailRow, WantedRows
from audit.operations.access import require
from audit.operations.errors import NotFound
from audit.operations.workplace import Workplace
from audit.store import audits, trail

PAGE_SIZE = 50


@dataclass(frozen=True)
class Excerpt:
    """One page of the rows asked for, newest first, with what can be asked for.

    ``at`` counts pages from 1. ``people`` holds names by id, ``deeds`` what was done in the words of the trail.
    """

    membership: Membership
    rows: tuple[TrailRow, ...]
    count: int
    at: int
    people: Mapping[int, str]
    deeds: tuple[str, ...]
    audits: Mapping[int, Audit]

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return pages_of(self.count)


def pages_of(count: int) -> int:
    """How many pages so many rows take, at least one."""
    return max(1, ceil(count / PAGE_SIZE))


def excerpt_of(workplace: Workplace, person: Person, slug: str, wanted: WantedRows, at: int = 1) -> Excerpt:
    """A page of the trail; the nearest one where there is no page ``at``. Raises NotFound and NotAllowed."""
    membership = require(workplace, person, slug, Deed.READ_TRAIL)
    with workplace.authority(slug) as file:
        count = trail.count(file, wanted)
        at = min(max(at, 1), pages_of(count))
        return Excerpt(
            membership=membership,
            rows=tuple(trail.newest(file, wanted, PAGE_SIZE, (at - 1) * PAGE_SIZE)),
            count=count,
            at=at,
            people=trail.people(file),
            deeds=tuple(trail.deeds(file)),
            audits={audit.id: audit for audit in audits.all_audits(file)},
        )


def whole_trail(workplace: Workplace, person: Person, slug: str) -> Trail:
    """The authority's trail with its hashes. Raises NotFound and NotAllowed."""
    require(workplace, person, slug, Deed.READ_TRAIL)
    with workplace.authority(slug) as file:
        return trail.whole(file)


def trail_for_operator(workplace: Workplace, slug: str) -> Trail:
    """The same for whoever runs the server and reads no answers. Raises UsageError where it cannot be read."""
    try:
        with workplace.authority(slug) as file:
            return trail.whole(file)
    except NotFound as fault:
        raise UsageError(f'"{slug}": {fault}') from None
    except (sqlite3.Error, OSError) as fault:
        raise UsageError(f"The file of {slug} cannot be read: {fault}.") from None
