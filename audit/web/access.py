"""Who asks: the person of this request, and the pages that need one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from functools import wraps
from threading import Lock
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

from flask import Flask, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from audit.core.people import Authority, Membership, Person
from audit.operations import authorities, sign_in
from audit.operations.errors import NotFound
from audit.operations.workplace import Workplace

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

P = ParamSpec("P")
R = TypeVar("R")
_KEY = "plumbline.workplace"


class SignedOut(Exception):
    """Somebody sent a form whose session has ended."""


def place_in(app: Flask, workplace: Workplace) -> None:
    """Say which instance an app serves. A request opens each of its databases once, and saves wait for each other."""
    app.extensions[_KEY] = workplace
    answer = app.wsgi_app
    line = Lock()

    def in_one_visit(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with line if _is_save(environ) else nullcontext(), workplace.one_visit():
            return answer(environ, start_response)

    app.wsgi_app = in_one_visit  # type: ignore[method-assign]  # as Flask tells to wrap it


def _is_save(environ: WSGIEnvironment) -> bool:
    """Whether an answer, draft or vote is sent: each takes a few milliseconds, and many at once longer than in turn."""
    return environ["REQUEST_METHOD"] == "POST" and any(
        part in environ["PATH_INFO"] for part in ("/items/", "/prompts/", "/vote")
    )


def workplace_of(app: Flask) -> Workplace:
    """The instance that an app serves."""
    return cast(Workplace, app.extensions[_KEY])


def workplace() -> Workplace:
    """The instance that this app serves."""
    return workplace_of(current_app)


def person_or_none() -> Person | None:
    """Who is signed in, or None. Looked up once per request."""
    if "person" not in g:
        token = session.get("token")
        g.person = sign_in.person_of_session(workplace(), token) if token else None
    return cast("Person | None", g.person)


def current_person() -> Person:
    """Who is signed in, on pages that ``signed_in`` guards."""
    person = person_or_none()
    if person is None:
        raise SignedOut
    return person


def membership_here() -> Membership | None:
    """The person's membership of the authority in the address of this page, or None. Looked up once per request."""
    if "membership" not in g:
        slug = (request.view_args or {}).get("slug")
        g.membership = _membership(slug) if slug else None
    return cast("Membership | None", g.membership)


def authority_here() -> Authority | None:
    """The authority in the address of this page, if the person is a member of it."""
    membership = membership_here()
    return membership.authority if membership else None


def _membership(slug: str) -> Membership | None:
    person = person_or_none()
    try:
        return authorities.membership_for(workplace(), person, slug) if person else None
    except NotFound:
        return None


def signed_in(view: Callable[P, R]) -> Callable[P, R | Response]:
    """Guard a view. A signed-out reader is asked to sign in and comes back; a form sent too late loses nothing."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
        if person_or_none() is not None:
            return view(*args, **kwargs)
        if request.method == "POST":
            raise SignedOut
        # Only a page is worth coming back to, not a style sheet or what a script asked for.
        if request.headers.get("Sec-Fetch-Dest", "document") == "document":
            session["next"] = request.full_path.rstrip("?")
        return redirect(url_for("sign_in.ask"))

    return guarded
