"""Those who belong to an authority, and those who are invited to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from audit.core.people import Person, Role


@dataclass(frozen=True)
class Member:
    """Somebody who belongs to an authority, and since when, where that was noted."""

    person: Person
    role: Role
    since: datetime | None


@dataclass(frozen=True)
class Invitation:
    """An invitation of an address to an authority; ``name`` may be empty.

    ``mailed`` tells whether its link went to the address by e-mail, and whoever invited did not see it.
    """

    id: int
    slug: str
    email: str
    name: str
    role: Role
    invited_by: Person
    invited_at: datetime
    expires_at: datetime
    accepted: bool = False
    withdrawn: bool = False
    mailed: bool = False

    @property
    def mailbox(self) -> str:
        """Whom it is for: ``Name <address>``, or the address alone."""
        return f"{self.name} <{self.email}>" if self.name else self.email
