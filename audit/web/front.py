"""The pages as an ASGI application: what rooms ask for again and again is answered at once, all else by threads.

A thread has a request only while it makes the answer. What comes in over a slow network is waited for before it, and
what goes out is taken from it whole.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from a2wsgi import WSGIMiddleware
from flask import Flask

from audit.web.access import workplace_of
from audit.web.quick import Answer, Asked, asked_for, from_memory

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment
    from a2wsgi.asgi_typing import HTTPRequestEvent, HTTPScope, Receive, Scope, Send
    from a2wsgi.wsgi_typing import WSGIApp

# Most answers are work for the processor. Some wait: for a mail server, a council's sign-in, or a report to be checked.
THREADS = 16
# The parts of an answer that may wait for a slow network. Files come in parts of 8 KB.
_PARTS = 2000


class Front:
    """Answers requests over HTTP for an app."""

    def __init__(self, app: Flask) -> None:
        self._workplace = workplace_of(app)
        self._most = int(app.config["MAX_CONTENT_LENGTH"])
        self._pages = threaded(app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        asked = _asked(scope)
        quick = from_memory(self._workplace, asked) if asked else None
        if quick is not None:
            await _give(quick, send)
            return
        body = await self._whole(receive)
        # Half a form is none: whoever sent it is gone.
        if body is not None:
            await self._pages(_cleaned(scope, body), _received(body), send)

    async def _whole(self, receive: Receive) -> bytes | None:
        """The body of a request, or None where the connection is lost. Of one that is too long, more than is taken."""
        body = bytearray()
        while len(body) <= self._most:
            message = await receive()
            if message["type"] != "http.request":
                return None
            body += message.get("body", b"")
            if not message.get("more_body", False):
                break
        return bytes(body)


def _asked(scope: HTTPScope) -> Asked | None:
    has = b", ".join(value for name, value in scope["headers"] if name == b"if-none-match")
    return asked_for(scope["method"], scope["path"], scope["query_string"].decode("latin-1"), has.decode("latin-1"))


async def _give(answer: Answer, send: Send) -> None:
    headers = [(name.lower().encode(), value.encode()) for name, value in answer.headers]
    await send({"type": "http.response.start", "status": answer.status.value, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


def _received(body: bytes) -> Receive:
    async def receive() -> HTTPRequestEvent:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _cleaned(scope: HTTPScope, body: bytes) -> HTTPScope:
    """The request as an app of threads takes it: with the length of its body.

    WSGI cannot tell a header with underscores from one with hyphens, so that a browser could speak for a proxy.
    """
    headers = [(name, value) for name, value in scope["headers"] if b"_" not in name and name != b"transfer-encoding"]
    if body and b"content-length" not in dict(headers):
        headers.append((b"content-length", str(len(body)).encode()))
    return {**scope, "headers": headers}


def threaded(app: Flask) -> WSGIMiddleware:
    """The app as an ASGI application that works in threads. What it logs goes where logs belong."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["wsgi.errors"] = sys.stderr
        return app(environ, start_response)

    # Two libraries have words of their own for the types of one standard.
    return WSGIMiddleware(cast("WSGIApp", answer), workers=THREADS, send_queue_size=_PARTS)
