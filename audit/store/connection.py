"""Connections to the instance's databases, and the one way to write to them.

Every write runs under ``BEGIN IMMEDIATE``. A deferred transaction that reads first and then writes fails at once with
"database is locked" when another writes in between; no busy timeout helps it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from threading import Lock

from sqlite_utils import Database, Migrations

BUSY_SECONDS = 20.0


# Writers of this process wait here in line. SQLite itself would let them sleep and try again, ever longer.
_lines: dict[Path, Lock] = {}


class File(Database):
    """An open database file."""

    def __init__(self, connection: sqlite3.Connection, line: Lock) -> None:
        super().__init__(connection, execute_plugins=False)
        self.line = line


# The connections that a piece of work has open, by file; None outside of :func:`shared`.
_shared: ContextVar[dict[Path, File] | None] = ContextVar("shared connections", default=None)


@contextmanager
def shared() -> Iterator[None]:
    """Within it, each file is opened once and stays open to the end: one connection per request."""
    databases: dict[Path, File] = {}
    token = _shared.set(databases)
    try:
        yield
    finally:
        _shared.reset(token)
        for database in databases.values():
            database.conn.close()


@contextmanager
def opened(path: Path, migrations: Migrations, *, create: bool = False) -> Iterator[File]:
    """A connection to the database file, brought up to date, closed at the end.

    Within :func:`shared` it is the one that is open already, and stays open. Raises FileNotFoundError if there is no
    such file, unless ``create`` is set.
    """
    databases = _shared.get()
    if databases is not None and path in databases:
        yield databases[path]
        return
    if not create and not path.is_file():
        raise FileNotFoundError(path)
    database = _connect(path, migrations)
    if databases is not None:
        databases[path] = database
        yield database
        return
    try:
        yield database
    finally:
        database.conn.close()


def _connect(path: Path, migrations: Migrations) -> File:
    # Transactions begin where we say so and nowhere else.
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        database = File(connection, _lines.setdefault(path, Lock()))
        if migrations.pending(database):
            # Two processes may open a new file at once: whoever has the lock looks again.
            with write(database):
                migrations.apply(database)
    except BaseException:
        connection.close()
        raise
    return database


@contextmanager
def write(database: File) -> Iterator[None]:
    """A transaction that holds the write lock from its start: all of it is kept, or none."""
    with database.line:
        database.conn.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            database.conn.rollback()
            raise
        database.conn.commit()
