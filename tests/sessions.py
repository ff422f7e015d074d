"""Sessions for tests, without a page."""

from __future__ import annotations

from audit.operations.sign_in import enter
from audit.operations.workplace import Workplace


def begin_session(workplace: Workplace, person_id: int, by: str, device: str = "") -> str:
    """The token of a session of somebody who owes no code."""
    entry = enter(workplace, person_id, by, device)
    assert entry.complete
    return entry.token
