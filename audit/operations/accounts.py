"""Passwords: an alternative to sign-in links, for those who want one."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlite_utils import Database

from audit.core.passwords import password_problem, plain
from audit.core.people import Person
from audit.operations.errors import PasswordRefused
from audit.operations.sessions import BY_LINK, own_session
from audit.operations.tokens import hash_of
from audit.operations.workplace import Workplace
from audit.store import accounts as store
from audit.store import people
from audit.store import sign_in as sign_ins
from audit.store.connection import write

# Who came by a link so shortly ago has shown to be the person, and need not know the old password.
FRESH = timedelta(minutes=30)
_hasher = PasswordHasher()
# Each hash takes 64 MiB of memory while it is worked out.
_at_once = BoundedSemaphore(2)


def password_since(workplace: Workplace, person: Person) -> datetime | None:
    """Since when the person has the present password, or None where there is none."""
    with workplace.registry() as registry:
        found = store.password_of(registry, person.id)
    return found.changed_at if found else None


def person_with_password(workplace: Workplace, email: str, password: str) -> Person | None:
    """The person with this e-mail address and password, or None. Either way it takes the same time."""
    with workplace.registry() as registry:
        person = people.find_by_email(registry, email)
        kept = store.password_of(registry, person.id) if person else None
    right = _verified(kept.hash if kept else _nobodys_hash(), password)
    if person is None or kept is None or not right:
        return None
    if _hasher.check_needs_rehash(kept.hash):
        with workplace.registry() as registry, write(registry):
            store.rehash_password(registry, person.id, kept.hash, _hashed(password))
    return person


def needs_old_password(workplace: Workplace, session: str) -> bool:
    """Whether who has this session must give the old password to change it. Raises NotAllowed: see ``own_session``."""
    found = own_session(workplace, session)
    if found.by == BY_LINK and workplace.now() - found.created_at <= FRESH:
        return False
    return password_since(workplace, found.person) is not None


def set_password(workplace: Workplace, session: str, old: str, new: str) -> None:
    """Give the person of this session a password. All their other sessions end.

    Raises PasswordRefused, which names the ``old`` or the ``new`` one, and NotAllowed: see ``own_session``.
    """
    person = _allowed(workplace, session, old)
    with workplace.registry() as registry:
        problem = password_problem(new, _known_of(registry, person))
    if problem:
        raise PasswordRefused("new", problem)
    kept, now = _hashed(new), workplace.now().isoformat()
    with workplace.registry() as registry, write(registry):
        store.keep_password(registry, person.id, kept, now)
        sign_ins.end_sessions_of(registry, person.id, but=hash_of(session))


def remove_password(workplace: Workplace, session: str, old: str) -> None:
    """Take the password of this session's person away: links alone sign in then. Raises as ``set_password`` does."""
    person = _allowed(workplace, session, old)
    with workplace.registry() as registry, write(registry):
        store.drop_password(registry, person.id)
        sign_ins.end_sessions_of(registry, person.id, but=hash_of(session))


def _allowed(workplace: Workplace, session: str, old: str) -> Person:
    person = own_session(workplace, session).person
    if needs_old_password(workplace, session) and person_with_password(workplace, person.email, old) is None:
        raise PasswordRefused("old", "The password that you have now is not right.")
    return person


def _known_of(registry: Database, person: Person) -> list[str]:
    authorities = [membership.authority.name for membership in people.memberships(registry, person.id)]
    return [person.name, person.email, *authorities]


def _hashed(password: str) -> str:
    with _at_once:
        return _hasher.hash(_bytes(password))


def _verified(kept: str, password: str) -> bool:
    try:
        with _at_once:
            return _hasher.verify(kept, _bytes(password))
    except VerifyMismatchError:
        return False


def _bytes(password: str) -> bytes:
    return plain(password).encode("utf-8", "surrogatepass")


@cache
def _nobodys_hash() -> str:
    return _hashed("the password of nobody")
