"""Who may do what for an authority."""

from __future__ import annotations

from audit.core.people import Membership, Person, Role
from audit.operations.errors import NotAllowed, NotFound
from audit.operations.workplace import Workplace
from audit.store import people

# Opening audits, weighting and targets; giving one's own responses; reading results before sign-off.
MANAGE = frozenset({Role.LEAD, Role.FACILITATOR})
ANSWER = frozenset({Role.LEAD, Role.CONTRIBUTOR})
READ = frozenset({Role.LEAD, Role.CONTRIBUTOR, Role.FACILITATOR, Role.VIEWER})


def require(workplace: Workplace, person: Person, slug: str, roles: frozenset[Role]) -> Membership:
    """The person's membership of the authority.

    Raises NotFound where the person is no member, so that a stranger cannot tell which authorities there are, and
    NotAllowed where the person's role is not among ``roles``.
    """
    with workplace.registry() as registry:
        membership = people.membership(registry, person.id, slug)
    if membership is None:
        raise NotFound("There is no such authority, or you are not a member of it.")
    if membership.role not in roles:
        raise NotAllowed(f"Your role, {membership.role.value}, does not allow this.")
    return membership
