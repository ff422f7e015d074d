"""Signing in through an authority's own directory: setting it up, and finding whom an account belongs to.

A directory is trusted by one authority, for that authority alone. The first time, an account is matched to a member or
an open invitation by its address; from then on by the id that the directory gave it, whatever becomes of addresses.
"""

from __future__ import annotations

from audit.core.directories import Directory, Vouched, directory_problem
from audit.core.errors import UsageError
from audit.core.mailboxes import check_person_name
from audit.core.members import Invitation
from audit.core.people import OPERATOR, Person
from audit.operations.audits import note
from audit.operations.errors import AccountTaken, NotInvited
from audit.operations.invitations import join
from audit.operations.sessions import BY_DIRECTORY
from audit.operations.workplace import Workplace
from audit.store import authorities, invitations, people, sign_in
from audit.store import directories as store
from audit.store.connection import File, write

# Who runs the server stands in the trail under no person's number.
_FOUND_TWO = "Your account has the addresses of two people who are known here. Ask the person who runs Plumbline."


def set_directory(workplace: Workplace, directory: Directory) -> None:
    """Let people of an authority sign in through this directory, in place of any before. For the operator.

    With another issuer or tenant, no account is linked any more, and the sessions that came about by the old directory
    end. Raises UsageError.
    """
    problem = directory_problem(directory)
    if problem:
        raise UsageError(problem)
    slug = directory.slug
    with workplace.registry() as registry, write(registry):
        _check_authority(registry, slug)
        old = store.find(registry, slug)
        if old and (old.issuer, old.tenant) != (directory.issuer, directory.tenant):
            _forget(registry, slug)
        store.keep(registry, directory)
        _note(workplace, slug, OPERATOR, "set the directory for signing in", directory.issuer)


def directory_of(workplace: Workplace, slug: str) -> Directory | None:
    """The directory of an authority, or None where there is no such authority or it has none set."""
    with workplace.registry() as registry:
        return store.find(registry, slug)


def remove_directory(workplace: Workplace, slug: str) -> None:
    """Let nobody sign in through the directory, and end the sessions that came about by it. Raises UsageError."""
    with workplace.registry() as registry, write(registry):
        _check_authority(registry, slug)
        old = store.find(registry, slug)
        if old is None:
            raise UsageError(f"{slug} has no directory.")
        _forget(registry, slug)
        store.drop(registry, slug)
        _note(workplace, slug, OPERATOR, "removed the directory for signing in", old.issuer)


def unlink_account(workplace: Workplace, slug: str, person: Person) -> None:
    """Forget which account the person has, so that the next sign-in links one by its address. Raises UsageError."""
    with workplace.registry() as registry, write(registry):
        _check_authority(registry, slug)
        if not store.has_account(registry, slug, person.id):
            raise UsageError(f"{person.email} is linked to no account of {slug}.")
        store.unlink(registry, slug, person.id)
        sign_in.end_sessions_by(registry, f"{BY_DIRECTORY}{slug}", person.id)
        _note(workplace, slug, OPERATOR, "unlinked a directory account", person.name)


def person_of_account(workplace: Workplace, directory: Directory, vouched: Vouched) -> Person:
    """The member whose account this is. At the first sign-in it is linked; an open invitation is then accepted.

    Raises NotInvited and AccountTaken.
    """
    slug = directory.slug
    with workplace.registry() as registry, write(registry):
        if store.find(registry, slug) != directory:
            # Set anew while somebody was signing in by the old one.
            raise NotInvited("The directory was changed while you signed in. Start again.")
        linked = store.person_of(registry, slug, vouched)
        person = people.find(registry, linked) if linked is not None else None
        if person is None:
            person, invitation = _matched(workplace, registry, slug, vouched)
            store.link(registry, slug, vouched, person.id)
            _note(workplace, slug, person, "signed in with the authority's account", "for the first time")
        else:
            invitation = _open_invitation(workplace, registry, slug, person.email)
        if invitation:
            join(workplace, registry, invitation, person)
        if people.membership(registry, person.id, slug) is None:
            raise NotInvited("Nobody has invited this account.")
    return person


def _matched(workplace: Workplace, registry: File, slug: str, vouched: Vouched) -> tuple[Person, Invitation | None]:
    """The one person whom the account's addresses name, made if invited and new, with the invitation if there is one.

    Raises NotInvited and AccountTaken.
    """
    expected = [address for address in vouched.addresses if _is_expected(workplace, registry, slug, address)]
    if not expected:
        raise NotInvited("Nobody has invited this account.")
    if len(expected) > 1:
        raise AccountTaken(_FOUND_TWO)
    invitation = _open_invitation(workplace, registry, slug, expected[0])
    person = people.find_by_email(registry, expected[0])
    if person is None:
        name = _name(invitation, vouched, expected[0])
        person = people.add(registry, expected[0], name, workplace.now().isoformat())
    if store.has_account(registry, slug, person.id):
        raise AccountTaken(f"{person.email} is linked to another account. Ask the person who runs Plumbline.")
    return person, invitation


def _is_expected(workplace: Workplace, registry: File, slug: str, address: str) -> bool:
    person = people.find_by_email(registry, address)
    member = person is not None and people.membership(registry, person.id, slug) is not None
    return member or _open_invitation(workplace, registry, slug, address) is not None


def _open_invitation(workplace: Workplace, registry: File, slug: str, address: str) -> Invitation | None:
    found = invitations.waiting_for(registry, slug, address)
    return found if found and workplace.now() <= found.expires_at else None


def _name(invitation: Invitation | None, vouched: Vouched, address: str) -> str:
    names = [" ".join(name.split()) for name in (invitation.name if invitation else "", vouched.name)]
    return next((name for name in names if check_person_name(name) is None), address.partition("@")[0])


def _forget(registry: File, slug: str) -> None:
    store.unlink_all(registry, slug)
    sign_in.end_sessions_by(registry, f"{BY_DIRECTORY}{slug}")


def _check_authority(registry: File, slug: str) -> None:
    if authorities.find(registry, slug) is None:
        raise UsageError(f'There is no authority "{slug}". Its short name stands in the address of its pages.')


def _note(workplace: Workplace, slug: str, person: Person, did: str, detail: str) -> None:
    # Inside the registry's transaction: nothing about who gets in changes without its row in the trail.
    with workplace.authority(slug) as file, write(file):
        note(workplace, file, person, did, detail=detail)
