"""Connections to the instance's databases, and the one way to write to them.

Every write runs under ``BEGIN IMMEDIATE``. A deferred transaction that reads first and then writes fails at once with
"database is locked" when another writes in between; no busy timeout helps it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database, Migrations

BUSY_SECONDS = 20.0


@contextmanager
def opened(path: Path, migrations: Migrations, *, create: bool = False) -> Iterator[Database]:
    """A connection to the database file, brought up to date, closed at the end.

    Raises FileNotFoundError if there is no such file, unless ``create`` is set.
    """
    if not create and not path.is_file():
        raise FileNotFoundError(path)
    # Transactions begin where we say so and nowhere else.
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        database = Database(connection, execute_plugins=False)
        if migrations.pending(database):
            # Two processes may open a new file at once: whoever has the lock looks again.
            with write(database):
                migrations.apply(database)
        yield database
    finally:
        connection.close()


@contextmanager
def write(database: Database) -> Iterator[None]:
    """A transaction that holds the write lock from its start: all of it is kept, or none."""
    database.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.conn.rollback()
        raise
    database.conn.commit()
