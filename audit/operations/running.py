"""Whether a workshop is running over an audit."""

from __future__ import annotations

from sqlite_utils import Database

from audit.core.rooms import Phase, room_after
from audit.store import workshops

_NOT_RUNNING = {Phase.PLANNED, Phase.CLOSED}


def running_over(file: Database, audit_id: int) -> bool:
    """Whether the room of a workshop over the audit is open."""
    found = workshops.all_of(file, audit_id)
    return any(room_after(workshops.steps(file, each.id)).phase not in _NOT_RUNNING for each in found)
