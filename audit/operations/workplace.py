"""Where an instance keeps its data, and what time it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from audit.operations.errors import NotFound
from audit.store import authority_file, registry
from audit.store.connection import File, Pool, line_of, opened, shared, write

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Workplace:
    """An instance: its folder, its clock (which tests replace), and the connections that visits leave open."""

    folder: Path
    now: Callable[[], datetime] = utc_now
    pool: Pool = field(default_factory=Pool, compare=False, repr=False)

    @contextmanager
    def registry(self) -> Iterator[File]:
        """The registry, made if it is not there."""
        if not self.folder.is_dir():
            self.folder.mkdir(parents=True, exist_ok=True)
        with opened(self._registry, registry.migrations, create=True) as database:
            yield database

    @contextmanager
    def authority(self, slug: str) -> Iterator[File]:
        """The file of one authority. Raises NotFound if there is none, or if the file is another authority's."""
        try:
            with opened(self._path(slug), authority_file.migrations) as database:
                if database.owner is None:
                    database.owner = authority_file.owner(database)
                if database.owner != slug:
                    raise NotFound("This file belongs to another authority.")
                yield database
        except FileNotFoundError:
            raise NotFound("There is no such authority.") from None

    @contextmanager
    def one_visit(self) -> Iterator[None]:
        """Within it, each database is opened once: for a request that calls several operations."""
        with shared(self.pool):
            yield

    def writes(self, slug: str) -> Callable[[], tuple[int, int]]:
        """Tells how often this process has written to the registry, and to the file of an authority."""
        one, other = line_of(self._registry), line_of(self._path(slug))
        return lambda: (one.writes, other.writes)

    def make_authority_file(self, slug: str) -> None:
        """Make the file of a new authority and note in it whose it is."""
        path = self._path(slug)
        path.parent.mkdir(parents=True, exist_ok=True)
        with opened(path, authority_file.migrations, create=True) as database, write(database):
            authority_file.belong_to(database, slug)

    def files_of(self, slug: str) -> tuple[Path, ...]:
        """Where the file of an authority lies, and what SQLite may put beside it. Raises NotFound for no slug."""
        path = self._path(slug)
        return (path, *(path.with_name(f"{path.name}{suffix}") for suffix in ("-wal", "-shm", "-journal")))

    @property
    def _registry(self) -> Path:
        return self.folder / "registry.db"

    def _path(self, slug: str) -> Path:
        if not _SLUG.fullmatch(slug):
            raise NotFound("There is no such authority.")
        return self.folder / "authorities" / f"{slug}.db"
