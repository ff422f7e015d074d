"""Who may do what for an authority."""

from __future__ import annotations

from audit.core.people import Membership, Person
from audit.core.permissions import Deed, may
from audit.operations.errors import NotAllowed, NotFound
from audit.operations.workplace import Workplace
from audit.store import people


def require(workplace: Workplace, person: Person, slug: str, deed: Deed) -> Membership:
    """The person's membership of the authority, whose role allows the deed.

    Raises NotFound where the person is no member, or came in by the directory of another authority, so that a stranger
    cannot tell which authorities there are, and NotAllowed where the person's role does not allow it.
    """
    with workplace.registry() as registry:
        membership = people.membership(registry, person.id, slug) if person.reaches(slug) else None
    if membership is None:
        raise NotFound("There is no such authority, or you are not a member of it.")
    if not may(membership.role, deed):
        raise NotAllowed(f"Your role, {membership.role.value}, does not allow this: {deed.value}.")
    return membership
