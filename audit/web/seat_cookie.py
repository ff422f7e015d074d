"""Which seats in workshops a device holds: in the one cookie, so that reloads, sleep and lost Wi-Fi change nothing.

Where nobody is signed in, the cookie outlasts the browser. A sign-in never does: see ``sign_in``.
"""

from __future__ import annotations

from typing import cast

from flask import session

from audit.operations.seats import Holder
from audit.web.access import person_or_none

_NAME = "seats"
_MOST = 5
# What the cookie holds while somebody is signed in, or about to be.
_OF_SIGN_IN = ("token", "started")
Seats = list[list[str]]


def holder() -> Holder:
    """Who asks: the person who is signed in, if any, and the tokens of the device's seats."""
    return Holder(tuple(token for _, token in held() if token), person_or_none())


def held() -> Seats:
    """The join code and the token of each seat, newest last. The token of a person's own seat is empty."""
    return cast(Seats, session.get(_NAME, []))


def has_joined(code: str) -> bool:
    """Whether this device took a seat with this code."""
    return any(each == code for each, _ in held())


def keep(code: str, token: str) -> None:
    """Remember a seat that was just taken."""
    hold([*held(), [code, token]])
    session.permanent = not any(name in session for name in _OF_SIGN_IN)


def hold(seats: Seats) -> None:
    """Hold these seats, or the newest of them where they are many."""
    if seats:
        session[_NAME] = seats[-_MOST:]
