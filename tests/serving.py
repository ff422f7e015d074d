"""The real app behind the real server, on this machine alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask

from audit.web.front import Front
from audit.web.server import listen, make_server, port_of

_PATIENCE = 10


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an app in a thread. Gives its address."""
    sockets = listen("127.0.0.1", 0)
    server = make_server(Front(app))
    thread = Thread(target=server.run, args=(sockets,), name="server", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port_of(sockets)}"
    finally:
        server.should_exit = True
        thread.join(_PATIENCE)
