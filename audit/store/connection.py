"""Connections to the instance's databases, and the one way to write to them.

Every write runs under ``BEGIN IMMEDIATE``. A deferred transaction that reads first and then writes fails at once with
"database is locked" when another writes in between; no busy timeout helps it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import finalize

from sqlite_utils import Database, Migrations

from audit.core.errors import NotKept

BUSY_SECONDS = 20.0
# A full disk says FULL; a quota, or a bound on the size of files, says that a write failed.
_NO_ROOM = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY}
_PRIMARY = 0xFF


class Line:
    """Where the writers of this process wait for a file. SQLite itself would let them sleep and try again, ever longer.

    ``writes`` counts what they have written: while it stays the same, only other processes can have.
    """

    def __init__(self) -> None:
        self.lock = Lock()
        self.writes = 0


_lines: dict[Path, Line] = {}


def line_of(path: Path) -> Line:
    """The line of a file, the same as long as the process runs."""
    return _lines.setdefault(path, Line())


class File(Database):
    """An open database file. ``owner`` is the authority whose file it is, once somebody has looked."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        super().__init__(connection, execute_plugins=False)
        self.path = path
        self.line = line_of(path)
        self.owner: str | None = None
        self._identity = _identity(path)

    def query(
        self, sql: str, params: Sequence[Any] | dict[str, Any] | None = None
    ) -> Generator[dict[str, Any], None, None]:
        """The rows that a SELECT finds. The library's own way reads each statement first, which takes longer than most.

        ``params`` stand for the marks in the statement.
        """
        cursor = self.conn.execute(sql, params or ())
        names = [column[0] for column in cursor.description]
        return (dict(zip(names, row, strict=True)) for row in cursor)

    @property
    def stands(self) -> bool:
        """Whether the file is still the one at its path, and no transaction is open."""
        return self._identity == _identity(self.path) and not self.conn.in_transaction


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return (found.st_dev, found.st_ino)


class Pool:
    """Connections that stay open between pieces of work, at most ``most`` of them. Threads can share it."""

    def __init__(self, most: int = 128) -> None:
        self._most = most
        self._idle: list[File] = []
        self._lock = Lock()
        finalize(self, _close_all, self._idle)

    def take(self, path: Path) -> File | None:
        """A connection to the file that nobody uses, or None. It is the taker's until it is given back."""
        with self._lock:
            database = next((each for each in reversed(self._idle) if each.path == path), None)
            if database is None:
                return None
            self._idle.remove(database)
        if database.stands:
            return database
        database.conn.close()
        return None

    def give(self, database: File) -> None:
        """Take a connection back. The one that was idle longest is closed where there are too many."""
        if not database.stands:
            database.conn.close()
            return
        with self._lock:
            self._idle.append(database)
            oldest = self._idle.pop(0) if len(self._idle) > self._most else None
        if oldest:
            oldest.conn.close()

    def close(self) -> None:
        """Close all that is idle."""
        with self._lock:
            _close_all(self._idle)


def _close_all(databases: list[File]) -> None:
    while databases:
        databases.pop().conn.close()


@dataclass
class _Visit:
    pool: Pool
    databases: dict[Path, File] = field(default_factory=dict)


# The connections that a piece of work has in use; None outside of :func:`shared`.
_visit: ContextVar[_Visit | None] = ContextVar("connections of a visit", default=None)


@contextmanager
def shared(pool: Pool) -> Iterator[None]:
    """Within it, each file is opened once, from the pool where it has it: one connection per request and file."""
    visit = _Visit(pool)
    token = _visit.set(visit)
    try:
        yield
    finally:
        _visit.reset(token)
        for database in visit.databases.values():
            pool.give(database)


@contextmanager
def opened(path: Path, migrations: Migrations, *, create: bool = False) -> Iterator[File]:
    """A connection to the database file, brought up to date, closed at the end.

    Within :func:`shared` it is the one that is open already, and stays open. Raises FileNotFoundError if there is no
    such file, unless ``create`` is set.
    """
    visit = _visit.get()
    if visit is not None:
        if path not in visit.databases:
            visit.databases[path] = visit.pool.take(path) or _connect(path, migrations, create)
        yield visit.databases[path]
        return
    database = _connect(path, migrations, create)
    try:
        yield database
    finally:
        database.conn.close()


def _connect(path: Path, migrations: Migrations, create: bool) -> File:
    if not create and not path.is_file():
        raise FileNotFoundError(path)
    # Transactions begin where we say so and nowhere else. A pool hands a connection on, one thread at a time.
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        database = File(connection, path)
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
    """A transaction that holds the write lock from its start: all of it is kept, or none.

    Raises NotKept where the disk has no room for it.
    """
    with database.line.lock, _room_is_wanted():
        database.conn.execute("BEGIN IMMEDIATE")
        try:
            yield
            database.conn.commit()
        except BaseException:
            # A commit that fails leaves the transaction open, and its rows to be read as if they were kept.
            database.conn.rollback()
            raise
        database.line.writes += 1


@contextmanager
def _room_is_wanted() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as fault:
        if getattr(fault, "sqlite_errorcode", 0) & _PRIMARY in _NO_ROOM:
            raise NotKept from fault
        raise
