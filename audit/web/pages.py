"""Pages that are the same for everyone."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from audit.core.bank_loader import bank_ids, load_bank
from audit.operations.sessions import IDLE_LIFE, SESSION_LIFE
from audit.reports.workshop_words import PRIVACY
from audit.web.access import person_or_none
from audit.web.security import COOKIE, SEAT_LIFE

bp = Blueprint("pages", __name__)


@bp.get("/")
def start() -> str | Response:
    """What Plumbline is, and how to get in. Who is signed in goes on to their authorities."""
    if person_or_none():
        return redirect(url_for("authorities.index"))
    return render_template("pages/start.html", banks=[load_bank(bank_id) for bank_id in bank_ids()])


@bp.get("/help")
def help() -> str:
    """How to run an audit with a team."""
    return render_template("pages/help.html")


@bp.get("/accessibility")
def accessibility() -> str:
    """The accessibility statement."""
    return render_template("pages/accessibility.html")


@bp.get("/cookies")
def cookies() -> str:
    """The one cookie."""
    idle_hours, session_days = IDLE_LIFE.total_seconds() / 3600, SESSION_LIFE.days
    return render_template(
        "pages/cookies.html",
        cookie=COOKIE,
        idle_hours=f"{idle_hours:g}",
        session_days=session_days,
        seat_days=SEAT_LIFE.days,
    )


@bp.get("/privacy")
def privacy() -> str:
    """What is kept, where, and who sees it."""
    return render_template("pages/privacy.html", vote_privacy=PRIVACY)


@bp.get("/health")
def health() -> Response:
    """A word for machines that watch whether the server is up."""
    return Response("ok", mimetype="text/plain")
