"""The real app behind the real server, on this machine alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

_PATIENCE = 10


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an app by waitress in a thread. Gives its address."""
    sockets: dict[int, Any] = {}
    server = create_server(app, map=sockets, host="127.0.0.1", port=0, threads=8, ident=None)
    stop = Event()

    def run() -> None:
        while not stop.is_set():
            wasyncore.loop(timeout=0.05, map=sockets, count=1)

    thread = Thread(target=run, name="waitress", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        stop.set()
        thread.join(_PATIENCE)
        server.task_dispatcher.shutdown(timeout=_PATIENCE)
        wasyncore.close_all(sockets, ignore_all=True)
