"""Signing in: by one-time link, or by whatever else has shown who a person is; with a code where one is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from audit.core.people import Person
from audit.operations import second_factor
from audit.operations.errors import CodeRefused, LinkRefused
from audit.operations.people import known_person, person_with_email
from audit.operations.sessions import (
    BY_DIRECTORY,
    BY_LINK,
    IDLE_LIFE,
    SESSION_LIFE,
    session_of,
)
from audit.operations.tokens import hash_of, new_token
from audit.operations.workplace import Workplace
from audit.store import accounts, people
from audit.store import sign_in as store
from audit.store.connection import write

LINK_LIFE = timedelta(hours=24)
# How long the page waits for the code of the second factor.
CODE_LIFE = timedelta(minutes=10)


@dataclass(frozen=True)
class Entry:
    """What comes of showing who one is: the token of a session, or of a sign-in that owes a code (not ``complete``)."""

    token: str
    complete: bool


def issue_link(workplace: Workplace, email: str, name: str = "") -> str:
    """A one-time token for the person with this e-mail address, who is made if new. It lives for a day."""
    token = new_token()
    person = known_person(workplace, email, name)
    expires_at = (workplace.now() + LINK_LIFE).isoformat()
    with workplace.registry() as registry, write(registry):
        store.add_link(registry, hash_of(token), person.id, expires_at)
    return token


def issue_link_to_known(workplace: Workplace, email: str) -> str | None:
    """A one-time token, or None where nobody has this e-mail address. Nobody is made."""
    known = person_with_email(workplace, email)
    return issue_link(workplace, known.email) if known else None


def person_of_link(workplace: Workplace, token: str) -> Person:
    """Whom a link would sign in, without using it. Raises LinkRefused."""
    with workplace.registry() as registry:
        link = store.find_link(registry, hash_of(token))
        person = people.find(registry, _usable(link, workplace.now()).person_id)
    if person is None:
        raise LinkRefused("This sign-in link belongs to nobody. Ask for a new one.")
    return person


def sign_in(workplace: Workplace, token: str, device: str = "") -> Entry:
    """Use a link. Raises LinkRefused."""
    now = workplace.now()
    with workplace.registry() as registry, write(registry):
        link = _usable(store.find_link(registry, hash_of(token)), now)
        store.use_link(registry, hash_of(token), now.isoformat())
        return _enter(registry, link.person_id, BY_LINK, device, now)


def enter(workplace: Workplace, person_id: int, by: str, device: str = "") -> Entry:
    """Let somebody in who has shown who they are. ``by`` says how, ``device`` on what.

    Who has a second factor owes its code first, unless the directory of an authority vouches: it asks for its own.
    """
    with workplace.registry() as registry, write(registry):
        return _enter(registry, person_id, by, device, workplace.now())


def owes_code(workplace: Workplace, token: str) -> int | None:
    """The id of the person whose sign-in waits for a code, or None where it is unknown or too old."""
    with workplace.registry() as registry:
        started = store.find_started(registry, hash_of(token))
    return started.person_id if started and workplace.now() - started.started_at <= CODE_LIFE else None


def finish(workplace: Workplace, token: str, code: str) -> str:
    """Give the code that a sign-in owes, and get the token of a session. Raises CodeRefused."""
    now = workplace.now()
    with workplace.registry() as registry, write(registry):
        started = store.find_started(registry, hash_of(token))
        if started is None or now - started.started_at > CODE_LIFE:
            raise CodeRefused("You took too long. Sign in again from the start.")
        if not second_factor.accepted(registry, started.person_id, code, now):
            raise CodeRefused(second_factor.WRONG)
        store.drop_started(registry, hash_of(token))
        if started.by == BY_LINK:
            people.vouch(registry, started.person_id, None)
        return _begin(registry, started.person_id, started.by, started.device, now)


def person_of_session(workplace: Workplace, session: str) -> Person | None:
    """Whose session this is, or None if it is unknown or has expired."""
    found = session_of(workplace, session)
    return found.person if found else None


def _enter(registry: Database, person_id: int, by: str, device: str, now: datetime) -> Entry:
    if by.startswith(BY_DIRECTORY) or not second_factor.wanted(registry, person_id):
        if by == BY_LINK:
            _own_up(registry, person_id)
        return Entry(_begin(registry, person_id, by, device, now), complete=True)
    token = new_token()
    store.add_started(registry, hash_of(token), person_id, by, device, now.isoformat())
    return Entry(token, complete=False)


def _own_up(registry: Database, person_id: int) -> None:
    """Somebody has come by a link to the address, and so reaches all authorities of its person from now on.

    Where an invitation alone had vouched before, whoever held its link may have been somebody else, such as the one who
    invited: the password and the sessions from then end.
    """
    if people.vouched_by(registry, person_id) is not None:
        accounts.drop_password(registry, person_id)
        accounts.drop_second_factor(registry, person_id)
        store.end_sessions_of(registry, person_id)
        people.vouch(registry, person_id, None)


def _begin(registry: Database, person_id: int, by: str, device: str, now: datetime) -> str:
    token = new_token()
    store.drop_expired(registry, person_id, (now - SESSION_LIFE).isoformat(), (now - IDLE_LIFE).isoformat())
    store.add_session(registry, hash_of(token), person_id, by, device, now.isoformat())
    return token


def _usable(link: store.Link | None, now: datetime) -> store.Link:
    if link is None:
        raise LinkRefused("This sign-in link is not known. Check that you copied all of it, or ask for a new one.")
    if link.used_at is not None:
        raise LinkRefused("This sign-in link has been used. A link works once: ask for a new one.")
    if now > datetime.fromisoformat(link.expires_at):
        raise LinkRefused("This sign-in link has expired. Ask for a new one.")
    return link
