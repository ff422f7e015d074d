"""Servers to measure: ``python -m benchmarks.servers plumbline|bare FOLDER`` prints its port and serves on."""

from __future__ import annotations

import logging
import sqlite3
import sys
from pathlib import Path

from flask import Flask, request
from waitress.server import create_server

from audit.cli.serve import CONNECTIONS
from audit.operations.workplace import Workplace
from audit.web.app import create_app, warm

THREADS = 8


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
    app = create_app(Workplace(folder)) if kind == "plumbline" else bare(folder)
    if kind == "plumbline":
        warm()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    options = {"threads": THREADS, "connection_limit": CONNECTIONS, "asyncore_use_poll": True}
    server = create_server(app, host="127.0.0.1", port=0, **options)
    print(server.effective_port, flush=True)
    server.run()


main()
