"""Servers to measure: ``python -m benchmarks.servers plumbline|bare FOLDER`` prints its port and serves on."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, request

from audit.operations.workplace import Workplace
from audit.web.app import create_app, warm
from audit.web.front import Front, threaded
from audit.web.server import listen, make_server, port_of

if TYPE_CHECKING:
    from a2wsgi.asgi_typing import ASGIApp


def bare(folder: Path) -> Flask:
    """One view that does one insert in WAL mode, and nothing else."""
    app = Flask(__name__)
    path = folder / "bare.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE saves (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
    connection.close()

    @app.post("/save")
    def save() -> str:
        connection = sqlite3.connect(path, timeout=20)
        try:
            with connection:
                connection.execute("INSERT INTO saves (text) VALUES (?)", [request.form["what_happens_now"]])
        finally:
            connection.close()
        return "saved"

    return app


def main() -> None:
    """Serve one of the two under the same server with the same threads."""
    kind, folder = sys.argv[1], Path(sys.argv[2])
    if kind == "plumbline":
        app = create_app(Workplace(folder))
        warm(app)
        pages: ASGIApp = Front(app)
    else:
        pages = threaded(bare(folder))
    sockets = listen("127.0.0.1", 0)
    print(port_of(sockets), flush=True)
    make_server(pages).run(sockets)


main()
