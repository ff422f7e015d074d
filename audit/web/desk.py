"""The desk of a workshop: its facilitator opens the room and the items, reveals, settles, and closes.

Every form sends the number of the last step that its page showed. Where somebody else took one since, the desk says so
and nothing is done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as HttpResponse

from audit.core.join_codes import shown_code
from audit.core.workshops import StepKind
from audit.operations import room_doors, room_steps
from audit.operations.errors import NotFound, RoomMoved, StaleTalk
from audit.operations.rooms import run_room
from audit.web.access import current_person, signed_in, workplace
from audit.web.answer_flow import Page
from audit.web.desk_page import DeskPage, desk_page
from audit.web.desk_talk import Typed, both_shown, number_sent, sent_fields, together, typed_here
from audit.web.errors import typed_fields
from audit.web.item_form import ItemForm

bp = Blueprint("desk", __name__, url_prefix="/authorities/<slug>/workshops/<int:workshop_id>/desk")
bp.add_app_template_filter(shown_code, "join_code")
_STEPS = {
    kind.name.lower(): kind
    for kind in (StepKind.OPEN_ITEM, StepKind.REVEAL, StepKind.VOTE_AGAIN, StepKind.PARK, StepKind.SKIP)
}
_DONE = {
    "kept": "What you typed is kept.",
    "settled": "It is settled.",
    "out": "The seat is taken away.",
    "in": "The seat is given back. On that phone, load the page again or type the join code.",
    "code": "There is a new join code. The one before lets nobody in any more.",
    "locked": "The room is locked: nobody new can join.",
    "unlocked": "The room is unlocked: people can join again.",
}
Take = Callable[[], object]


@bp.get("")
@signed_in
def show(slug: str, workshop_id: int) -> str:
    """The desk as the room stands now."""
    return _shown(desk_page(slug, workshop_id))


@bp.get("/people")
@signed_in
def people(slug: str, workshop_id: int) -> str:
    """Who is in the room, and its doors."""
    return render_template("desk/people.html", page=desk_page(slug, workshop_id), done=_done())


@bp.post("/open")
@signed_in
def open_room(slug: str, workshop_id: int) -> Page:
    """Let people join."""

    def take() -> None:
        room_steps.open_room(workplace(), current_person(), slug, workshop_id, number_sent("seen"))
        room_doors.new_code(workplace(), current_person(), slug, workshop_id)

    return _taken(slug, workshop_id, StepKind.OPEN_ROOM, take)


@bp.post("/step")
@signed_in
def step(slug: str, workshop_id: int) -> Page:
    """Open an item for a blind vote, reveal, vote again, park or skip."""
    kind = _STEPS.get(request.form.get("kind", ""))
    if kind is None:
        raise NotFound("There is no such step.")
    place = (workplace(), current_person(), slug, workshop_id)

    def take() -> None:
        room_steps.take_step(*place, kind, request.form.get("item", ""), number_sent("seen"))

    if kind is StepKind.REVEAL and (asked := _asked_of_ballots(slug, workshop_id)):
        return asked
    return _kept_first(slug, workshop_id) or _taken(slug, workshop_id, kind, take)


@bp.post("/settle")
@signed_in
def settle(slug: str, workshop_id: int) -> Page:
    """Settle the item that is open."""
    refused = _kept_first(slug, workshop_id)
    if refused:
        return refused
    item_id, page = request.form.get("item", ""), desk_page(slug, workshop_id)
    form = page.form(sent_fields()) if page.room.item_id == item_id else None
    if form is None:
        return _moved(slug, workshop_id, RoomMoved("This item is not open to be settled now."))
    if not form.validate():
        return _shown(page, form)
    owner, seen, before = form["owner"].data or "", number_sent("seen"), number_sent("revision")
    place = (workplace(), current_person(), slug, workshop_id)
    try:
        room_steps.settle(*place, item_id, form.response(), owner, seen, before)
    except RoomMoved as moved:
        return _moved(slug, workshop_id, moved)
    return redirect(url_for(".show", slug=slug, workshop_id=workshop_id, done="settled"))


@bp.post("/keep")
@signed_in
def keep(slug: str, workshop_id: int) -> Page:
    """Keep what is typed. A script asks for JSON: the number of the version, or what is wrong."""
    run_room(workplace(), current_person(), slug, workshop_id)
    typed, then = typed_here(slug, workshop_id), request.form.get("then", "")
    if typed is None or then == "theirs":
        return redirect(url_for(".show", slug=slug, workshop_id=workshop_id))
    if request.accept_mimetypes.best == "application/json":
        return _kept_by_script(typed)
    refused = _kept(together(typed) if then == "both" else typed)
    return refused or redirect(url_for(".show", slug=slug, workshop_id=workshop_id, done="kept"))


@bp.post("/undo")
@signed_in
def undo(slug: str, workshop_id: int) -> Page:
    """Take back the last step."""

    def take() -> None:
        room_steps.undo(workplace(), current_person(), slug, workshop_id, number_sent("seen"))

    return _kept_first(slug, workshop_id) or _taken(slug, workshop_id, StepKind.UNDO, take)


@bp.post("/close")
@signed_in
def close(slug: str, workshop_id: int) -> Page:
    """Close the workshop and its doors."""

    def take() -> None:
        room_steps.close_room(workplace(), current_person(), slug, workshop_id, number_sent("seen"))

    return _taken(slug, workshop_id, StepKind.CLOSE, take)


@bp.post("/lock")
@signed_in
def lock(slug: str, workshop_id: int) -> Page:
    """Let nobody new in, or let people in again."""
    locked = request.form.get("locked") == "yes"
    room_doors.lock(workplace(), current_person(), slug, workshop_id, locked=locked)
    return _back_to_people(slug, workshop_id, "locked" if locked else "unlocked")


@bp.post("/code")
@signed_in
def new_code(slug: str, workshop_id: int) -> Page:
    """Make a join code in place of the one before."""
    try:
        room_doors.new_code(workplace(), current_person(), slug, workshop_id)
    except RoomMoved as moved:
        return _moved(slug, workshop_id, moved)
    return _back_to_people(slug, workshop_id, "code")


@bp.post("/people/<int:seat_id>/out")
@signed_in
def send_out(slug: str, workshop_id: int, seat_id: int) -> Page:
    """Take a seat away."""
    try:
        room_doors.send_out(workplace(), current_person(), slug, workshop_id, seat_id)
    except RoomMoved as moved:
        return _moved(slug, workshop_id, moved)
    return _back_to_people(slug, workshop_id, "out")


@bp.post("/people/<int:seat_id>/in")
@signed_in
def let_in(slug: str, workshop_id: int, seat_id: int) -> Page:
    """Give a seat back that was taken away."""
    try:
        room_doors.let_in(workplace(), current_person(), slug, workshop_id, seat_id)
    except RoomMoved as moved:
        return _moved(slug, workshop_id, moved)
    return _back_to_people(slug, workshop_id, "in")


def _back_to_people(slug: str, workshop_id: int, done: str) -> HttpResponse:
    return redirect(url_for(".people", slug=slug, workshop_id=workshop_id, done=done))


def _done() -> str:
    return _DONE.get(request.args.get("done", ""), "")


def _shown(page: DeskPage, form: ItemForm | None = None, notice: str = "") -> str:
    form = form or page.form(page.first_fields)
    return render_template("desk/show.html", page=page, form=form, notice=notice, done=_done())


def _taken(slug: str, workshop_id: int, kind: StepKind, take: Take) -> Page:
    """Take a step and show the desk after it. A button that was pressed twice takes one step, and says nothing."""
    try:
        take()
    except RoomMoved as moved:
        if not _taken_already(slug, workshop_id, kind):
            return _moved(slug, workshop_id, moved)
    return redirect(url_for(".show", slug=slug, workshop_id=workshop_id))


def _taken_already(slug: str, workshop_id: int, kind: StepKind) -> bool:
    """Whether the one step since the page was shown is this one, by the same person."""
    steps = run_room(workplace(), current_person(), slug, workshop_id).steps
    before = steps[-2].id if len(steps) > 1 else 0
    same = (kind, current_person().name, number_sent("seen"))
    if not steps or (steps[-1].kind, steps[-1].by, before) != same:
        return False
    return kind not in _STEPS.values() or steps[-1].item_id == request.form.get("item", "")


def _asked_of_ballots(slug: str, workshop_id: int) -> Page | None:
    """The page that asks whether to reveal without ballots that wait for their second count; None without a need.

    ``without`` in the form says for how many counts that was answered already.
    """
    page = desk_page(slug, workshop_id)
    here = (page.state.seen, page.room.item_id) == (number_sent("seen"), request.form.get("item", ""))
    if not here or page.locked or page.half_counted <= number_sent("without"):
        return None
    return render_template("desk/uncounted.html", page=page), 409


def _moved(slug: str, workshop_id: int, moved: RoomMoved) -> tuple[str, int]:
    """The desk as it stands, with the reason why nothing was done."""
    kept = f" What you typed on {request.form.get('item')} is kept." if "talk" in request.form else ""
    return _shown(desk_page(slug, workshop_id), notice=f"{moved}{kept}"), 409


def _kept_first(slug: str, workshop_id: int) -> Page | None:
    """Keep what the form brought, if it has anything to type into; else the page that says what is in the way."""
    typed = typed_here(slug, workshop_id)
    return _kept(typed) if typed else None


def _kept(typed: Typed) -> Page | None:
    if typed.problem:
        return _refused(typed)
    try:
        typed.keep()
    except StaleTalk as stale:
        return both_shown(typed, stale)
    return None


def _refused(typed: Typed) -> Page:
    """The desk with the form as it was sent, and with what is wrong in it."""
    page = desk_page(typed.slug, typed.workshop_id)
    form = page.form(sent_fields()) if page.room.item_id == typed.item_id else None
    if form is None:
        # The item is not on the desk any more: what was typed is shown as it was sent.
        fault, here = typed.problem, page.here
        return render_template("desk/unkept.html", fault=fault, here=here, typed=typed_fields()), 409
    form.validate()
    return _shown(page, form)


def _kept_by_script(typed: Typed) -> Page:
    if typed.problem:
        return _json({"problem": typed.problem}, 422)
    try:
        return _json({"number": typed.keep()}, 200)
    except StaleTalk as stale:
        return _json({"problem": f"{stale} Press “Keep what is typed” to see both."}, 409)


def _json(said: Mapping[str, object], status: int) -> HttpResponse:
    answer = jsonify(said)
    answer.status_code = status
    return answer
