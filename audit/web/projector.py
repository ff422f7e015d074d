"""The projector's screen of a workshop: read only, for whoever has its key."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from audit.operations.live import screen_at
from audit.web.access import workplace
from audit.web.live import document, on_screen
from audit.web.security import keep_address_secret

bp = Blueprint("projector", __name__)


@bp.get("/screen/<key>")
def show(key: str) -> Response:
    """The screen for the wall. It follows the room by itself; ``?dark=1`` and ``?light=1`` choose its colours."""
    room, live_key = screen_at(workplace(), key)
    look = next((each for each in ("dark", "light") if each in request.args), "")
    page = render_template(
        "screen/page.html",
        **on_screen(room),
        key=key,
        live_key=live_key,
        look=look,
        shown=document(room)["screen"],
    )
    return keep_address_secret(make_response(page))
