"""Where people are signed in: which sessions there are, how they came about, how long they live, and ending them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from audit.core.errors import NotKept
from audit.core.people import Person
from audit.operations.errors import NotAllowed
from audit.operations.tokens import hash_of
from audit.operations.workplace import Workplace
from audit.store import sign_in as store
from audit.store.connection import write

# How a session came about.
BY_LINK = "link"
BY_PASSWORD = "password"  # noqa: S105 - no secret
BY_INVITATION = "invitation"
# The short name of the authority follows whose directory vouched.
BY_DIRECTORY = "directory:"
IDLE_LIFE = timedelta(hours=12)
SESSION_LIFE = timedelta(days=7)
# A session is noted as seen at most this often, so that reading pages seldom writes.
SEEN_EVERY = timedelta(minutes=5)


def session_of(workplace: Workplace, token: str) -> store.Session | None:
    """The session with this token, or None if it is unknown or has expired. It is noted as seen.

    Where the directory of an authority opened it, or an invitation alone vouches, its person reaches that one alone.
    """
    now, token_hash = workplace.now(), hash_of(token)
    with workplace.registry() as registry:
        found = store.find_session(registry, token_hash)
        if found is None or not _lives(found, now):
            return None
        if now - found.seen_at > SEEN_EVERY:
            # A full disk keeps nobody from reading.
            with suppress(NotKept), write(registry):
                store.touch_session(registry, token_hash, now.isoformat())
    return _within_reach(found)


def person_of_lapsed(workplace: Workplace, token: str) -> Person | None:
    """Whose session has expired since it was seen last, so that a form from it can wait for them; else None.

    A session that was ended, by signing out or by somebody else, is unknown.
    """
    with workplace.registry() as registry:
        found = store.find_session(registry, hash_of(token))
    return _within_reach(found).person if found and not _lives(found, workplace.now()) else None


def own_session(workplace: Workplace, token: str) -> store.Session:
    """The session with this token, if it may change how its person signs in.

    Raises NotAllowed where it has ended, or where the directory of an authority opened it: that authority vouches for
    the person towards itself, and must not get a way into another one by a password of its choice.
    """
    found = session_of(workplace, token)
    if found is None or found.by.startswith(BY_DIRECTORY):
        raise NotAllowed("To change how you sign in, sign in with a link or with your password.")
    return found


def sessions_of(workplace: Workplace, person: Person) -> list[store.Session]:
    """The person's sessions that have not expired, that seen last first."""
    now = workplace.now()
    with workplace.registry() as registry:
        return [session for session in store.sessions_of(registry, person.id) if _lives(session, now)]


def sign_out(workplace: Workplace, token: str) -> None:
    """End a session; one that is unknown has ended already."""
    with workplace.registry() as registry, write(registry):
        store.end_session(registry, hash_of(token))


def end_session(workplace: Workplace, person: Person, session_id: int) -> None:
    """End one of the person's sessions; nobody else's, and one that is unknown has ended already."""
    with workplace.registry() as registry, write(registry):
        store.end_session_of(registry, person.id, session_id)


def sign_out_everywhere(workplace: Workplace, person: Person) -> None:
    """End all of the person's sessions, and the sign-ins that still owe a code."""
    with workplace.registry() as registry, write(registry):
        store.end_sessions_of(registry, person.id)


def _lives(session: store.Session, now: datetime) -> bool:
    return now - session.seen_at <= IDLE_LIFE and now - session.created_at <= SESSION_LIFE


def _within_reach(found: store.Session) -> store.Session:
    if not found.by.startswith(BY_DIRECTORY):
        return found
    return replace(found, person=replace(found.person, reach=found.by.removeprefix(BY_DIRECTORY)))
