"""The members of an authority: who they are, their roles, and removing them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from audit.core.members import Invitation, Member
from audit.core.people import Membership, Person, Role
from audit.core.permissions import MAY_INVITE, Deed, may
from audit.operations.access import require
from audit.operations.audits import note
from audit.operations.errors import LastLead, NotFound
from audit.operations.workplace import Workplace
from audit.store import invitations, people, trail
from audit.store.connection import File, write

_NOBODY: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class Roster:
    """The members of an authority and its open invitations, as far as ``membership`` may see them.

    An address that the reader may not see is empty. ``last_active`` says by the id of a person when the person last
    changed something for this authority.
    """

    membership: Membership
    members: tuple[Member, ...]
    last_active: Mapping[int, datetime]
    invitations: tuple[Invitation, ...]


def roster(workplace: Workplace, person: Person, slug: str) -> Roster:
    """The members. Who may invite sees addresses and invitations; a lead sees who was active when."""
    membership = require(workplace, person, slug, Deed.BELONG)
    invites = may(membership.role, Deed.INVITE)
    with workplace.registry() as registry:
        members = people.members(registry, slug)
        waiting = invitations.waiting(registry, slug) if invites else []
    active = {}
    if may(membership.role, Deed.MANAGE_MEMBERS):
        with workplace.authority(slug) as file:
            active = trail.last_by_person(file)
    shown = members if invites else [_without_address(member) for member in members]
    return Roster(membership, tuple(shown), active, tuple(waiting))


def member_to_manage(workplace: Workplace, person: Person, slug: str, member_id: int) -> Member:
    """A member whose role the person may change. Raises NotFound."""
    require(workplace, person, slug, Deed.MANAGE_MEMBERS)
    with workplace.registry() as registry:
        return _member(registry, slug, member_id)


def change_role(workplace: Workplace, person: Person, slug: str, member_id: int, role: Role) -> Member:
    """Give a member another role. Raises NotFound, and LastLead where no lead would be left.

    Invitations that the member sent and may send no longer are withdrawn.
    """
    with workplace.registry() as registry, write(registry):
        require(workplace, person, slug, Deed.MANAGE_MEMBERS)
        member = _member(registry, slug, member_id)
        if member.role is role:
            return member
        _keep_a_lead(registry, slug, member)
        people.add_membership(registry, member_id, slug, role)
        withdrawn = _withdraw_sent(workplace, registry, slug, member, MAY_INVITE[role])
        change = f"{member.person.name}: {member.role.value} to {role.value}{withdrawn}"
        _note(workplace, person, slug, "changed a role", change)
    return replace(member, role=role)


def remove_member(workplace: Workplace, person: Person, slug: str, member_id: int) -> Member:
    """End a membership at once. Answers and the trail stay. Raises NotFound, and LastLead where no lead would be left.

    Invitations that the member sent are withdrawn.
    """
    with workplace.registry() as registry, write(registry):
        require(workplace, person, slug, Deed.MANAGE_MEMBERS)
        member = _member(registry, slug, member_id)
        _keep_a_lead(registry, slug, member)
        people.remove_membership(registry, member_id, slug)
        withdrawn = _withdraw_sent(workplace, registry, slug, member, _NOBODY)
        _note(workplace, person, slug, "removed a member", f"{member.person.name}, {member.role.value}{withdrawn}")
    return member


def _without_address(member: Member) -> Member:
    # Everybody may know how to reach a lead.
    return member if member.role is Role.LEAD else replace(member, person=replace(member.person, email=""))


def _member(registry: File, slug: str, member_id: int) -> Member:
    for member in people.members(registry, slug):
        if member.person.id == member_id:
            return member
    raise NotFound("There is no such member.")


def _keep_a_lead(registry: File, slug: str, member: Member) -> None:
    leads = [each for each in people.members(registry, slug) if each.role is Role.LEAD]
    if [each.person.id for each in leads] == [member.person.id]:
        raise LastLead(f"{member.person.name} is the only lead. Make somebody else a lead first.")


def _withdraw_sent(
    workplace: Workplace, registry: File, slug: str, sender: Member, still_allowed: frozenset[Role]
) -> str:
    sent = [each for each in invitations.waiting(registry, slug) if each.invited_by.id == sender.person.id]
    gone = [each for each in sent if each.role not in still_allowed]
    for invitation in gone:
        invitations.withdraw(registry, invitation.id, workplace.now().isoformat())
    return f"; withdrawn: invitation of {', '.join(each.email for each in gone)}" if gone else ""


def _note(workplace: Workplace, person: Person, slug: str, did: str, detail: str) -> None:
    # Inside the registry's transaction: no change of members without its row in the trail.
    with workplace.authority(slug) as file, write(file):
        note(workplace, file, person, did, detail=detail)
