"""Inviting people to an authority, and what becomes of an invitation.

A link alone makes somebody new a member. Who is known here signs in first: whoever invites may see the link, and a
link that signed people in would open all their authorities. For the same reason whoever came by such a link reaches
that authority alone, until a sign-in link shows that the address is theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from audit.core.errors import NotKept
from audit.core.mailboxes import Mailbox, check_person_name
from audit.core.members import Invitation
from audit.core.people import Authority, Membership, Person, Role
from audit.core.permissions import MAY_INVITE, Deed
from audit.operations.access import require
from audit.operations.audits import note
from audit.operations.errors import InvitationRefused, NotAllowed, NotFound
from audit.operations.tokens import hash_of, new_token
from audit.operations.workplace import Workplace
from audit.store import authorities, people
from audit.store import invitations as store
from audit.store.connection import File, write

LIFE = timedelta(days=14)


@dataclass(frozen=True)
class Invited:
    """What came of inviting an address: a token, or ``instead`` of one a sentence that says why not."""

    mailbox: Mailbox
    token: str = ""
    instead: str = ""


@dataclass(frozen=True)
class Offer:
    """An invitation that can be accepted. ``known`` is the person with its address, ``role`` hers there already."""

    invitation: Invitation
    authority: Authority
    known: Person | None
    role: Role | None


def invite(workplace: Workplace, person: Person, slug: str, mailboxes: Sequence[Mailbox], role: Role) -> list[Invited]:
    """Invite each address, all or none. An open invitation of the same address is replaced. Raises NotAllowed."""
    with workplace.registry() as registry, write(registry):
        membership = require(workplace, person, slug, Deed.INVITE)
        _check_role(membership, role)
        made = [_invite(workplace, registry, membership, person, mailbox, role) for mailbox in mailboxes]
        sent = [each.mailbox.address for each in made if each.token]
        _note(workplace, person, slug, "invited", [f"{address} as {role.value}" for address in sent])
    return made


def invite_again(workplace: Workplace, person: Person, slug: str, invitation_id: int) -> tuple[Invited, Role]:
    """A new link for an open or expired invitation, and its role; the old link is dead.

    Raises NotFound and NotAllowed.
    """
    with workplace.registry() as registry, write(registry):
        membership = require(workplace, person, slug, Deed.INVITE)
        old = _waiting(registry, slug, invitation_id)
        _check_role(membership, old.role)
        made = _invite(workplace, registry, membership, person, Mailbox(old.email, old.name), old.role)
        if made.token:
            _note(workplace, person, slug, "invited again", [f"{old.email} as {old.role.value}"])
    return made, old.role


def note_mailed(workplace: Workplace, tokens: Sequence[str]) -> None:
    """Note that the links with these tokens went out by e-mail: who has one can read letters to the address.

    Where the disk is full they count as copied by hand, which opens less.
    """
    with workplace.registry() as registry, suppress(NotKept), write(registry):
        for token in tokens:
            store.note_mailed(registry, hash_of(token), workplace.now().isoformat())


def withdraw_invitation(workplace: Workplace, person: Person, slug: str, invitation_id: int) -> Invitation:
    """Make the link of an invitation useless. Raises NotFound and NotAllowed."""
    with workplace.registry() as registry, write(registry):
        membership = require(workplace, person, slug, Deed.INVITE)
        invitation = _waiting(registry, slug, invitation_id)
        _check_role(membership, invitation.role)
        store.withdraw(registry, invitation.id, workplace.now().isoformat())
        _note(workplace, person, slug, "withdrew an invitation", [f"{invitation.email} as {invitation.role.value}"])
    return invitation


def offer_of(workplace: Workplace, token: str) -> Offer:
    """What an invitation offers, without accepting it. Raises InvitationRefused."""
    with workplace.registry() as registry:
        return _offer(workplace, registry, token)


def accept(workplace: Workplace, token: str, visitor: Person | None, name: str = "") -> Person:
    """Accept an invitation: the person who is now a member, made if new under this name.

    A person who is known must be the ``visitor``, who is signed in. A member already keeps the role. Raises
    InvitationRefused, and NotAllowed where somebody else is signed in or nobody is.
    """
    with workplace.registry() as registry, write(registry):
        offer = _offer(workplace, registry, token)
        if offer.known and offer.known != visitor:
            raise NotAllowed(f"Sign in as {offer.invitation.email} first, then accept the invitation.")
        person = offer.known or _new_person(workplace, registry, offer.invitation, name)
        join(workplace, registry, offer.invitation, person)
    return person


def join(workplace: Workplace, registry: File, invitation: Invitation, person: Person) -> None:
    """Make the person a member as the invitation says, inside a transaction. A member already keeps the role.

    For operations that have checked that the invitation is open, and that the person is the one it is for.
    """
    now = workplace.now().isoformat()
    store.accept(registry, invitation.id, now)
    if people.membership(registry, person.id, invitation.slug) is None:
        people.add_membership(registry, person.id, invitation.slug, invitation.role, now)
        detail = f"as {invitation.role.value}, invited by {invitation.invited_by.name}"
        _note(workplace, person, invitation.slug, "joined", [detail])


def _invite(
    workplace: Workplace, registry: File, membership: Membership, person: Person, mailbox: Mailbox, role: Role
) -> Invited:
    slug, now = membership.authority.slug, workplace.now()
    known = people.find_by_email(registry, mailbox.address)
    here = people.membership(registry, known.id, slug) if known else None
    if here:
        return Invited(mailbox, instead=f"is a member already, as {here.role.value}. Nothing has changed.")
    old = store.waiting_for(registry, slug, mailbox.address)
    if old and old.role not in MAY_INVITE[membership.role]:
        return Invited(mailbox, instead=f"is invited as {old.role.value} already. A lead can change that.")
    if old:
        store.withdraw(registry, old.id, now.isoformat())
    token, invited = new_token(), (mailbox.address, mailbox.name, role)
    store.add(registry, hash_of(token), slug, invited, person, now.isoformat(), (now + LIFE).isoformat())
    return Invited(mailbox, token)


def _check_role(membership: Membership, role: Role) -> None:
    if role not in MAY_INVITE[membership.role]:
        raise NotAllowed(f"Your role, {membership.role.value}, does not allow this: invite somebody as {role.value}.")


def _waiting(registry: File, slug: str, invitation_id: int) -> Invitation:
    invitation = store.find_waiting(registry, slug, invitation_id)
    if invitation is None:
        raise NotFound("There is no such invitation, or it was accepted or withdrawn in between.")
    return invitation


def _offer(workplace: Workplace, registry: File, token: str) -> Offer:
    invitation = _usable(workplace, store.find(registry, hash_of(token)))
    authority = authorities.find(registry, invitation.slug)
    if authority is None:
        raise InvitationRefused("The authority of this invitation is no longer here.")
    known = people.find_by_email(registry, invitation.email)
    membership = people.membership(registry, known.id, invitation.slug) if known else None
    return Offer(invitation, authority, known, membership.role if membership else None)


def _usable(workplace: Workplace, invitation: Invitation | None) -> Invitation:
    if invitation is None:
        raise InvitationRefused("This invitation is not known. Check that you copied all of the link.")
    if invitation.accepted:
        raise InvitationRefused("This invitation has been accepted. An invitation works once: sign in instead.")
    if invitation.withdrawn:
        raise InvitationRefused("This invitation was withdrawn, or a newer one was sent. Look for a newer link.")
    if workplace.now() > invitation.expires_at:
        raise InvitationRefused(f"This invitation has expired. Ask {invitation.invited_by.name} for a new one.")
    return invitation


def _new_person(workplace: Workplace, registry: File, invitation: Invitation, name: str) -> Person:
    problem = check_person_name(name)
    if problem:
        raise ValueError(problem)
    person = people.add(registry, invitation.email, " ".join(name.split()), workplace.now().isoformat())
    if not invitation.mailed:
        people.vouch(registry, person.id, invitation.slug)
    return person


def _note(workplace: Workplace, person: Person, slug: str, did: str, details: Sequence[str]) -> None:
    # Inside the registry's transaction: no change of members without its row in the trail.
    with workplace.authority(slug) as file, write(file):
        for detail in details:
            note(workplace, file, person, did, detail=detail)
