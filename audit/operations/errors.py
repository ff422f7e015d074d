"""What an operation refuses, in words for people.

* PlumblineError
  * NotAllowed: the person may not do this
  * NotFound: there is no such authority, audit or item
  * LinkRefused: a sign-in link that is unknown, used or expired
  * AuditLocked: a signed-off audit cannot be changed
  * StaleSave: somebody saved a newer revision in between
  * StaleImport: an answer that a file would change was saved in between
"""

from __future__ import annotations

from audit.core.audits import Revision
from audit.core.errors import PlumblineError


class NotAllowed(PlumblineError):
    """The person may not do this."""


class NotFound(PlumblineError):
    """There is no such thing, or none that this person may know of."""


class LinkRefused(PlumblineError):
    """The sign-in link is unknown, used or expired."""


class AuditLocked(PlumblineError):
    """The audit is signed off."""


class StaleSave(PlumblineError):
    """The answer was saved by another page in between; ``current`` is its newest revision."""

    def __init__(self, current: Revision) -> None:
        super().__init__("This answer was changed while you were working on it.")
        self.current = current


class StaleImport(PlumblineError):
    """Answers that a file would change were saved after they were shown; ``names`` are their items and prompts."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__("Answers were changed after you chose the file.")
        self.names = names
