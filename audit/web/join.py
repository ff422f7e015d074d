"""Joining a workshop by its code: on a phone, with no account and no app."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from audit.core.join_codes import read_code, shown_code
from audit.core.people import Person
from audit.operations import authorities, seats
from audit.operations.errors import JoinRefused, NotFound
from audit.operations.rooms import RoomState
from audit.reports.workshop_words import PRIVACY
from audit.web import seat_cookie, security
from audit.web.access import person_or_none, workplace
from audit.web.code_limits import seats_taken, wrong_codes
from audit.web.room_forms import CodeForm, SeatForm, code_fault

bp = Blueprint("join", __name__, url_prefix="/join")
bp.after_request(security.keep_address_secret)
Page = str | tuple[str, int] | Response


@bp.get("")
def ask() -> str:
    """Ask for the code."""
    return _ask(CodeForm(formdata=None))


@bp.post("")
@wrong_codes
def find() -> Page:
    """Take the code that was typed."""
    form = CodeForm()
    if not form.validate():
        return _ask(form)
    try:
        seats.door_of(workplace(), form.read)
    except NotFound as fault:
        form.refuse(str(fault))
        return _ask(form), 404
    return redirect(url_for("join.enter", code=form.read))


@bp.get("/<code>")
@wrong_codes
def enter(code: str) -> Page:
    """Which workshop it is, and how to appear in it. A device that has a seat goes on to the room."""
    try:
        return _door(code, None)
    except NotFound as fault:
        return opens_nothing(code, str(fault))


@bp.post("/<code>")
@wrong_codes
@seats_taken
def take(code: str) -> Page:
    """Take a seat."""
    try:
        door = seats.door_of(workplace(), code)
    except NotFound as fault:
        return opens_nothing(code, str(fault))
    form = _form(door)
    if not form.validate():
        return _door(code, form)
    name, group = form.told
    holder = seat_cookie.holder()
    try:
        token = seats.join(workplace(), code, holder, name, group)
    except JoinRefused as fault:
        return sent_out() if seats.was_sent_out(workplace(), code, holder) else _refused(door, str(fault))
    if token or not seat_cookie.has_joined(code):
        seat_cookie.keep(code, token)
    return redirect(url_for("room.show", code=code))


def _door(code: str, form: SeatForm | None) -> Page:
    door, holder = seats.door_of(workplace(), code), seat_cookie.holder()
    if seats.seat_here(workplace(), code, holder) is not None:
        return redirect(url_for("room.show", code=code))
    if seats.was_sent_out(workplace(), code, holder):
        return sent_out()
    refusal = seats.refusal_to_join(workplace(), code)
    if refusal:
        return _refused(door, refusal)
    return render_template(
        "join/enter.html", door=door, code=code, form=form or _form(door), member=_member(door), privacy=PRIVACY
    )


def opens_nothing(code: str, problem: str) -> Page:
    """What follows on a code in an address that opens nothing as it stands there."""
    read = read_code(code)
    if read and read != code:
        return redirect(url_for("join.enter", code=read))
    form = CodeForm(formdata=None, data={"code": code})
    form.refuse(problem if read else code_fault(code))
    return _ask(form), 404


def sent_out() -> tuple[str, int]:
    """The page of somebody whose seat was taken away."""
    return render_template("join/out.html"), 403


def _member(door: RoomState) -> Person | None:
    """Who is signed in, if they belong to the authority whose workshop it is."""
    person = person_or_none()
    if person is None:
        return None
    try:
        authorities.membership_for(workplace(), person, door.authority.slug)
    except NotFound:
        return None
    return person


def _form(door: RoomState) -> SeatForm:
    return SeatForm(door.workshop.plan.groups, named=_member(door) is not None)


def _refused(door: RoomState, refusal: str) -> tuple[str, int]:
    """409 where it may change; 410 where this code never lets anybody in again."""
    full_or_locked = door.workshop.locked or door.seats >= seats.MOST_SEATS
    return render_template("join/refused.html", door=door, refusal=refusal), 409 if full_or_locked else 410


def _ask(form: CodeForm) -> str:
    return render_template("join/ask.html", form=form, example=shown_code("CDFGHJ"))
