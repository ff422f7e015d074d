"""What an operation refuses, in words for people.

* PlumblineError
  * NotAllowed: the person may not do this
  * NotFound: there is no such authority, audit or item
  * LinkRefused: a sign-in link that is unknown, used or expired
  * InvitationRefused: an invitation that is unknown, accepted, withdrawn or expired
  * NotInvited: somebody whom the authority's directory knows, and who is no member here
  * AccountTaken: the member with this address signs in with another account of the directory
  * LastLead: no lead would be left
  * PasswordRefused: a password that is wrong, or not good enough
  * CodeRefused: a code of the second factor that is wrong, used or too late
  * AuditLocked: a signed-off audit cannot be changed
  * NotYet: the audit has not come so far
  * StaleSave: somebody saved a newer revision in between
  * StaleImport: an answer that a file would change was saved in between
  * StaleSignOff: the audit was changed after its report was shown to whoever signs
  * JoinRefused: a workshop that nobody can join with this code, or not any more
  * VoteRefused: a vote that came too late, or for another item
  * RoomMoved: somebody else took a step in the workshop in between
  * StaleTalk: what is typed on an item was kept by somebody else in between
"""

from __future__ import annotations

from audit.core.audits import Revision
from audit.core.errors import PlumblineError
from audit.core.trail import TrailRow
from audit.store.talks import Talk


class NotAllowed(PlumblineError):
    """The person may not do this."""


class NotFound(PlumblineError):
    """There is no such thing, or none that this person may know of."""


class LinkRefused(PlumblineError):
    """The sign-in link is unknown, used or expired."""


class InvitationRefused(PlumblineError):
    """The invitation is unknown, accepted, withdrawn or expired."""


class NotInvited(PlumblineError):
    """The directory of the authority knows the person, but no member and no open invitation has the address."""


class AccountTaken(PlumblineError):
    """The address is that of a member who is linked to another account of the directory."""


class LastLead(PlumblineError):
    """The authority would be left without a lead."""


class PasswordRefused(PlumblineError):
    """A password is not taken; ``field`` says which: ``old`` or ``new``."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(problem)
        self.field = field


class CodeRefused(PlumblineError):
    """The code of the second factor is wrong, used or too late."""


class AuditLocked(PlumblineError):
    """The audit is signed off."""


class NotYet(PlumblineError):
    """The audit has not come so far that this can be done."""


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


class StaleSignOff(PlumblineError):
    """The report to be signed is not the one that was shown; ``rows`` are what the trail says since, oldest first."""

    def __init__(self, rows: tuple[TrailRow, ...]) -> None:
        super().__init__("The report has changed since you opened this page.")
        self.rows = rows


class JoinRefused(PlumblineError):
    """Nobody can join the workshop with this code, or not any more."""


class VoteRefused(PlumblineError):
    """A vote came too late, or for another item than the one that is open."""


class RoomMoved(PlumblineError):
    """A step was meant for a room that has moved on: somebody else took one in between, or it cannot come now."""


class StaleTalk(PlumblineError):
    """What is typed on an item was kept by another page in between; ``current`` is its newest version."""

    def __init__(self, current: Talk) -> None:
        super().__init__("Somebody else has typed on this item in between.")
        self.current = current
