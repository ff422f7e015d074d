"""The room of a workshop on a phone: voting blind, seeing what everybody sees, and saying how it was."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, jsonify, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import generate_csrf

from audit.core.feedback import QUESTIONS
from audit.operations import feedback as feedbacks
from audit.operations import seats
from audit.operations.errors import AuditLocked, JoinRefused, NotFound, VoteRefused
from audit.operations.seats import Holder
from audit.reports.workshop_words import PRIVACY
from audit.web import join, live, seat_cookie, security
from audit.web.access import workplace
from audit.web.code_limits import votes_cast, wrong_codes
from audit.web.join import Page
from audit.web.room_forms import NOT_OFFERED, round_of, vote_of

bp = Blueprint("room", __name__, url_prefix="/room")
bp.after_request(security.keep_address_secret)
_IN = "Your vote is in. You can change it until the reveal."


@bp.get("/<code>")
@wrong_codes
def show(code: str) -> Page:
    """What goes on in the room now."""
    return _show(code)


@bp.post("/<code>/vote")
@wrong_codes
@votes_cast
def vote(code: str) -> Page:
    """Vote, in place of what the seat chose before."""
    try:
        chosen = vote_of(request.form)
    except ValueError as fault:
        return _no(code, 400, str(fault))
    return _done(code, _IN, lambda holder: seats.cast_vote(workplace(), code, holder, round_of(request.form), chosen))


@bp.post("/<code>/feedback")
@wrong_codes
def feedback(code: str) -> Page:
    """Take what the seat answers to one of the questions at the end."""
    question = next((name for name in QUESTIONS if name in request.form), "")
    answer = request.form.get(question, "")
    return _done(code, "Thank you.", lambda holder: feedbacks.say(workplace(), code, holder, question, answer))


def _done(code: str, said: str, work: Callable[[Holder], None]) -> Page:
    """Do what a form asks for and go on, or say why it was not done."""
    try:
        work(seat_cookie.holder())
    except (VoteRefused, AuditLocked) as fault:
        return _no(code, 409, str(fault))
    except JoinRefused as fault:
        return _no(code, 403, str(fault))
    except NotFound as fault:
        return _no(code, 404, str(fault))
    except ValueError:
        return _no(code, 400, NOT_OFFERED)
    return jsonify(said=said) if _asks_for_json() else redirect(url_for("room.show", code=code))


def _no(code: str, status: int, said: str) -> Page:
    return make_response(jsonify(said=said), status) if _asks_for_json() else _show(code, status, said)


def _asks_for_json() -> bool:
    """Whether a script sent the form, and not the browser by itself."""
    return request.accept_mimetypes.best == "application/json"


def _show(code: str, status: int = 200, said: str = "") -> Page:
    """The room, with what was wrong with the form that was sent, if any: 400 is a fault in the form itself."""
    holder = seat_cookie.holder()
    try:
        here = seats.seat_here(workplace(), code, holder)
        if here is None:
            out = seats.was_sent_out(workplace(), code, holder)
            return join.sent_out() if out else redirect(url_for("join.enter", code=code))
    except NotFound as fault:
        return join.opens_nothing(code, str(fault))
    own = {"code": code, "vote": here.vote, "said": here.said, "token": generate_csrf()}
    shows = live.shared(here.state) | own | {"here": here, "at": live.at(here.state), "privacy": PRIVACY}
    problem = said if status == 400 and here.state.voting else ""
    page = render_template("room/show.html", **shows, problem=problem, refused="" if problem else said)
    return make_response(page, status)
