"""An answer to the screens of a room before the app is troubled, where what they ask for is made already.

A room full of phones asks many times a second: nearly always there is nothing new, and when there is, it is the same
for all of them. The app takes half a millisecond to say so; this takes a fraction of it, with the same look-ups.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from time import monotonic
from typing import TYPE_CHECKING

from flask import Flask

from audit.operations.errors import NotFound
from audit.operations.live import version_at
from audit.operations.workplace import Workplace
from audit.web.kept import Kept

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

# What all in a room read alike, whatever address they came by, and its type.
KINDS = {"state": "application/json", "phone": "text/html; charset=utf-8"}
# On every answer, quick or not. It is no page: nothing in it may load or run anything.
HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_ASKED = re.compile(r"/live/([A-Za-z0-9_-]+)(?:/(phone))?", re.ASCII)
# For so long what was looked up for one screen of a room holds for all. Each look-up lets other threads in between, and
# thirty screens of a room ask within a second.
FRESH = 0.1
_MOST_ROOMS = 1000
kept = Kept()
Key = tuple[str, str, int, int, str]
_looked_up: dict[tuple[str, str], tuple[float, Key | None]] = {}


def key_of(workplace: Workplace, live_key: str, what: str) -> Key:
    """What the newest text of a room is kept under: instance, key, workshop, version, and what it is.

    The key stands for the authority: one that was erased can come again under the same name, with the same numbers.
    Raises NotFound for a key that opens no room.
    """
    (_, workshop_id), version = version_at(workplace, live_key)
    return (str(workplace.folder), live_key, workshop_id, version, what)


def tag_of(key: Key) -> str:
    """What a text is called, without the quotation marks of an ETag."""
    return "-".join(map(str, key[2:]))


def answer_quickly(app: Flask, workplace: Workplace) -> None:
    """Answer who asks for what is kept, or has it already. All else is left to the app."""
    answer = app.wsgi_app

    def first(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asked = _ASKED.fullmatch(environ.get("PATH_INFO", "")) if environ["REQUEST_METHOD"] == "GET" else None
        if asked:
            key = _newest(workplace, asked[1], asked[2] or "state")
            if key and (quick := _answer(key, environ.get("HTTP_IF_NONE_MATCH", ""), start_response)) is not None:
                return quick
        return answer(environ, start_response)

    app.wsgi_app = first  # type: ignore[method-assign]


def _newest(workplace: Workplace, live_key: str, what: str) -> Key | None:
    """What the newest text is kept under. For the state of a room it is looked up at most every ``FRESH`` seconds.

    A piece of page is asked for because of a state that was seen: it must never be older than that.
    """
    asked = (str(workplace.folder), live_key)
    at, place = _looked_up.get(asked, (0.0, None))
    if place is None or what != "state" or monotonic() - at >= FRESH:
        at = monotonic()
        try:
            with workplace.one_visit():
                place = key_of(workplace, live_key, "")
        except NotFound:
            _looked_up.pop(asked, None)
            return None
        if len(_looked_up) > _MOST_ROOMS:
            _looked_up.clear()
        _looked_up[asked] = (at, place)
    return (*place[:-1], what)


def _answer(key: Key, has: str, start_response: StartResponse) -> Iterable[bytes] | None:
    tag = f'"{tag_of(key)}"'
    headers = [("ETag", tag), *HEADERS.items()]
    # A proxy marks a tag as weak, and a browser may name several. No tag is part of another: they stand in quotes.
    if tag in has:
        start_response("304 NOT MODIFIED", headers)
        return [b""]
    text = kept.find(key)
    if text is None:
        return None
    start_response("200 OK", [("Content-Type", KINDS[key[-1]]), ("Content-Length", str(len(text))), *headers])
    return [text]
