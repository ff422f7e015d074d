"""An answer to the screens of a room before the app is troubled, where what they ask for is made already.

A room full of phones asks many times a second: nearly always there is nothing new, and when there is, it is the same
for all of them. The app takes half a millisecond to say so; this takes a fraction of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Flask

from audit.operations.errors import NotFound
from audit.operations.workplace import Workplace
from audit.web.kept import Kept
from audit.web.newest import Version, known_version, newest_version

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
_PATH = re.compile(r"/live/([A-Za-z0-9_-]+)(?:/(phone))?", re.ASCII)
_SEEN = re.compile(r"seen=([0-9]{1,18})", re.ASCII)
kept = Kept()


@dataclass(frozen=True)
class Asked:
    """What a screen asks for: a room by its key, what of it, the version that it has seen, and what it has, by tag.

    A piece of page is asked for because of a state that was seen: it must never be older than that. The state itself
    can be as old as a look-up.
    """

    live_key: str
    what: str
    seen: int | None
    has: str

    def served_by(self, version: Version) -> bool:
        """Whether a version that was looked up a moment ago is new enough."""
        return self.what == "state" or (self.seen is not None and version.number >= self.seen)


@dataclass(frozen=True)
class Answer:
    """A response that is ready to be sent."""

    status: HTTPStatus
    headers: list[tuple[str, str]]
    body: bytes


def asked_for(method: str, path: str, query: str, has: str) -> Asked | None:
    """What a request asks for, if that can be answered here. ``has`` is its If-None-Match header."""
    found = _PATH.fullmatch(path) if method == "GET" else None
    if found is None:
        return None
    seen = _SEEN.fullmatch(query)
    return Asked(found[1], found[2] or "state", int(seen[1]) if seen else None, has)


def tag_of(version: Version, what: str) -> str:
    """What a text is called, without the quotation marks of an ETag."""
    return f"{version.workshop_id}-{version.number}-{what}"


def from_memory(workplace: Workplace, asked: Asked) -> Answer | None:
    """The answer that needs no look at the disk, if there is one."""
    version = known_version(workplace, asked.live_key)
    return _answer(version, asked) if version and asked.served_by(version) else None


def answer_quickly(app: Flask, workplace: Workplace) -> None:
    """Answer who asks for what is kept, or has it already. All else is left to the app."""
    answer = app.wsgi_app

    def first(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        asked = asked_for(environ["REQUEST_METHOD"], path, query, environ.get("HTTP_IF_NONE_MATCH", ""))
        quick = (from_memory(workplace, asked) or _looked_up(workplace, asked)) if asked else None
        if quick is None:
            return answer(environ, start_response)
        start_response(f"{quick.status.value} {quick.status.phrase}", quick.headers)
        return [quick.body]

    app.wsgi_app = first  # type: ignore[method-assign]  # as Flask tells to wrap it


def _looked_up(workplace: Workplace, asked: Asked) -> Answer | None:
    try:
        with workplace.one_visit():
            version = newest_version(workplace, asked.live_key)
    except NotFound:
        return None
    return _answer(version, asked)


def _answer(version: Version, asked: Asked) -> Answer | None:
    tag = f'"{tag_of(version, asked.what)}"'
    headers = [("ETag", tag), *HEADERS.items()]
    # A proxy marks a tag as weak, and a browser may name several. No tag is part of another: they stand in quotes.
    if tag in asked.has:
        return Answer(HTTPStatus.NOT_MODIFIED, headers, b"")
    text = kept.find((version, asked.what))
    if text is None:
        return None
    headers = [("Content-Type", KINDS[asked.what]), ("Content-Length", str(len(text))), *headers]
    return Answer(HTTPStatus.OK, headers, text)
