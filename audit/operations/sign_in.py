"""Signing in by one-time link, and the sessions that follow."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from audit.core.people import Person
from audit.operations.errors import LinkRefused
from audit.operations.people import known_person
from audit.operations.workplace import Workplace
from audit.store import people
from audit.store import sign_in as store
from audit.store.connection import write

LINK_LIFE = timedelta(hours=24)
IDLE_LIFE = timedelta(hours=12)
SESSION_LIFE = timedelta(days=7)
# A session is noted as seen at most this often, so that reading pages seldom writes.
SEEN_EVERY = timedelta(minutes=5)


def issue_link(workplace: Workplace, email: str, name: str = "") -> str:
    """A one-time token for the person with this e-mail address, who is made if new. It lives for a day."""
    token = secrets.token_urlsafe(24)
    person = known_person(workplace, email, name)
    expires_at = (workplace.now() + LINK_LIFE).isoformat()
    with workplace.registry() as registry, write(registry):
        store.add_link(registry, _hash(token), person.id, expires_at)
    return token


def person_of_link(workplace: Workplace, token: str) -> Person:
    """Whom a link would sign in, without using it. Raises LinkRefused."""
    with workplace.registry() as registry:
        link = store.find_link(registry, _hash(token))
        person = people.find(registry, _usable(link, workplace.now()).person_id)
    if person is None:
        raise LinkRefused("This sign-in link belongs to nobody. Ask for a new one.")
    return person


def sign_in(workplace: Workplace, token: str) -> str:
    """Use a link and begin a session. Returns the session's token. Raises LinkRefused."""
    now, session = workplace.now(), secrets.token_urlsafe(32)
    with workplace.registry() as registry, write(registry):
        link = _usable(store.find_link(registry, _hash(token)), now)
        store.use_link(registry, _hash(token), now.isoformat())
        store.add_session(registry, _hash(session), link.person_id, "link", "", now.isoformat())
    return session


def person_of_session(workplace: Workplace, session: str) -> Person | None:
    """Whose session this is, or None if it is unknown or has expired."""
    now, token_hash = workplace.now(), _hash(session)
    with workplace.registry() as registry:
        found = store.find_session(registry, token_hash)
        if found is None:
            return None
        seen = datetime.fromisoformat(found.seen_at)
        if now - seen > IDLE_LIFE or now - datetime.fromisoformat(found.created_at) > SESSION_LIFE:
            return None
        if now - seen > SEEN_EVERY:
            with write(registry):
                store.touch_session(registry, token_hash, now.isoformat())
        return found.person


def sign_out(workplace: Workplace, session: str) -> None:
    """End a session; one that is unknown has ended already."""
    with workplace.registry() as registry, write(registry):
        store.end_session(registry, _hash(session))


def _usable(link: store.Link | None, now: datetime) -> store.Link:
    if link is None:
        raise LinkRefused("This sign-in link is not known. Check that you copied all of it, or ask for a new one.")
    if link.used_at is not None:
        raise LinkRefused("This sign-in link has been used. A link works once: ask for a new one.")
    if now > datetime.fromisoformat(link.expires_at):
        raise LinkRefused("This sign-in link has expired. Ask for a new one.")
    return link


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
