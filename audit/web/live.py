"""What the screens of a room ask for again and again: one small document for each workshop, and what to show.

All screens of a room read the same, so each version is made once and kept. A screen says which version it has; while
that is the newest one, the answer is 304 and costs two look-ups.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta

from flask import Blueprint, Response, render_template, request

from audit.core.rooms import Phase
from audit.operations.live import code_of_room, state_at
from audit.operations.rooms import RoomState
from audit.web.access import workplace
from audit.web.join_address import join_address
from audit.web.newest import newest_version
from audit.web.quick import HEADERS, KINDS, kept, tag_of
from audit.web.room_page import TAKEN_BACK, RoomNow
from audit.web.wall import Wall

bp = Blueprint("live", __name__, url_prefix="/live")
# How long a screen waits before it asks again, in milliseconds. While people vote, the count must follow them; at the
# end there is nothing more to come.
WAITS = {
    Phase.PLANNED: 3000,
    Phase.BETWEEN: 1500,
    Phase.VOTING: 600,
    Phase.REVEALED: 1500,
    Phase.CLOSED: 15000,
}


@bp.get("/<key>")
def state(key: str) -> Response:
    """Where the room stands: counts, and what changes with what there is to show."""
    return _answer(key, "state", lambda: json.dumps(document(state_at(workplace(), key))), KINDS["state"])


@bp.get("/<key>/phone")
def phone(key: str) -> Response:
    """What phones show now, without anything of one seat."""
    return _answer(key, "phone", lambda: render_template("room/now.html", **shared(state_at(workplace(), key))))


@bp.get("/<key>/screen")
def screen(key: str) -> Response:
    """What the projector shows now."""
    # It says where to join, which can depend on how it was asked: nobody may put another address on the wall.
    what = f"screen-{hashlib.sha256(join_address().encode()).hexdigest()[:16]}"
    return _answer(key, what, lambda: render_template("screen/now.html", **on_screen(state_at(workplace(), key))))


def document(room: RoomState) -> dict[str, object]:
    """The state document of a room.

    ``at`` names what phones show, ``screen`` what the projector shows; they change when that does, and ``says`` is read
    out then. ``ends`` is when the minutes of the item are over, in seconds since 1970, or None. ``wait`` is how long to
    wait before asking again, in milliseconds.
    """
    return {
        "version": room.workshop.version,
        "at": at(room),
        "screen": at(room, room.workshop.locked, code_of_room(workplace(), room)),
        "phase": room.room.phase.value,
        "item": room.room.item_id,
        "round": room.voting.id if room.voting else 0,
        "seats": room.seats,
        "voted": room.voted,
        "ends": ends_at(room),
        "says": _says(room),
        "wait": WAITS[room.room.phase],
    }


def at(room: RoomState, *more: object) -> str:
    """The name of what a room shows now: the same as long as that does not change, whatever the counts do."""
    shows = (room.workshop.id, room.seen, room.audit.state.locked, *more)
    return hashlib.sha256(repr(shows).encode()).hexdigest()[:16]


def ends_at(room: RoomState) -> float | None:
    """When the minutes of the item that is open are over, in seconds since 1970, or None."""
    opened, item_id = room.room.opened_at, room.room.item_id
    if opened is None or item_id not in room.workshop.plan.item_ids:
        return None
    return (opened + timedelta(minutes=room.workshop.plan.minutes_of(item_id))).timestamp()


def shared(room: RoomState) -> dict[str, object]:
    """What the fragment of a phone is made from, for everybody in the room alike."""
    return {"room": room, "now": RoomNow(room), "code": "", "vote": None, "said": {}, "token": ""}


def on_screen(room: RoomState) -> dict[str, object]:
    """What the fragment of the projector is made from."""
    return {"room": room, "wall": Wall(room, code_of_room(workplace(), room))}


def _says(room: RoomState) -> str:
    """One sentence or two on what is new, for those who hear the screen."""
    item = room.item
    now = RoomNow(room)
    if room.result:
        return now.spoken
    if item and room.voting:
        again = f" Round {room.voting.number}." if room.voting.number > 1 else ""
        back = f"{TAKEN_BACK} " if now.taken_back else ""
        return f"{back}Vote now on {item.id}, {item.title}.{again}"
    return "The workshop is over." if room.room.phase is Phase.CLOSED else "Wait for the next vote."


def _answer(live_key: str, what: str, make: Callable[[], str], kind: str = KINDS["phone"]) -> Response:
    """The newest text, or 304 to somebody who has it."""
    version = newest_version(workplace(), live_key)
    tag = tag_of(version, what)
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        response = Response(kept.text((version, what), make), content_type=kind)
    response.set_etag(tag)
    response.headers.update(HEADERS)
    return response
