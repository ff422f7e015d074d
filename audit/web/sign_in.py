"""Signing in by a one-time link, and signing out."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, session, url_for
from werkzeug.wrappers import Response as Redirect

from audit.operations import sign_in
from audit.web import security
from audit.web.access import workplace

bp = Blueprint("sign_in", __name__)


@bp.get("/sign-in")
def ask() -> str:
    """How to get a sign-in link."""
    hours = f"{sign_in.LINK_LIFE.total_seconds() / 3600:g}"
    return render_template("sign_in/ask.html", wanted=session.get("next"), link_hours=hours)


@bp.get("/sign-in/<token>")
def link(token: str) -> str:
    """Who is about to sign in. Only the button uses the link, so a mail scanner that opens it does no harm."""
    return render_template("sign_in/link.html", whom=sign_in.person_of_link(workplace(), token), token=token)


@bp.post("/sign-in/<token>")
def use(token: str) -> Redirect:
    """Use the link."""
    opened = sign_in.sign_in(workplace(), token)
    wanted = session.get("next")
    _leave()
    session["token"] = opened
    return redirect(wanted or url_for("authorities.index"))


@bp.post("/sign-out")
def out() -> Redirect:
    """End the session, here and on the server."""
    _leave()
    return redirect(url_for("pages.start"))


def _leave() -> None:
    token = session.get("token")
    if token:
        sign_in.sign_out(workplace(), token)
    # All of it, so that no form from before is valid after.
    session.clear()


@bp.after_request
def _secret(response: Response) -> Response:
    return security.keep_address_secret(response)
