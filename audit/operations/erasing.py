"""Erasing an authority: its file, and all rows of the registry that are there for it alone. For the operator."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from audit.core.errors import UsageError
from audit.core.people import Authority, Person
from audit.operations.errors import NotFound
from audit.operations.sessions import BY_DIRECTORY
from audit.operations.workplace import Workplace
from audit.store import audits, authorities, keeping, leaving, people, sign_in
from audit.store.connection import write


@dataclass(frozen=True)
class Holding:
    """An authority of the instance: how many members it has and audits, and the bytes of its file.

    ``audits`` is None where the file cannot be read, ``authority`` where an erasing stopped half way. ``leavers`` are
    the members who belong to no other authority.
    """

    slug: str
    authority: Authority | None
    members: int
    leavers: tuple[Person, ...]
    audits: int | None
    size: int


def holdings(workplace: Workplace) -> list[Holding]:
    """The authorities of the instance, by slug."""
    with workplace.registry() as registry:
        slugs = [each.slug for each in leaving.all_authorities(registry)]
    return [holding_of(workplace, slug) for slug in slugs]


def holding_of(workplace: Workplace, slug: str) -> Holding:
    """What would go with an authority. Raises UsageError where nothing of it is here."""
    with workplace.registry() as registry:
        authority = authorities.find(registry, slug)
        members, leavers = people.members(registry, slug), leaving.only_here(registry, slug)
    try:
        size = sum(path.stat().st_size for path in workplace.files_of(slug) if path.exists())
    except NotFound:
        size = 0
    if authority is None and not size:
        raise UsageError(f'There is no authority "{slug}" here. "plumbline authority list" names them.')
    return Holding(slug, authority, len(members), tuple(leavers), _audits(workplace, slug), size)


def erase_authority(workplace: Workplace, slug: str) -> None:
    """Remove the authority's file and its rows of the registry, and people who belong to no other authority.

    What stopped half way is finished by the next try. Raises UsageError where nothing of it is here, or where a file
    cannot be removed.
    """
    holding_of(workplace, slug)
    with workplace.registry() as registry:
        keeping.overwrite_what_goes(registry)
        with write(registry):
            # Together with the rows, so that nobody can begin a new authority of this name in between.
            leavers = leaving.only_here(registry, slug)
            leaving.remove_authority(registry, slug)
            sign_in.end_sessions_by(registry, f"{BY_DIRECTORY}{slug}")
            leaving.remove_people(registry, leavers)
            _remove_files(workplace, slug)
        keeping.empty_log(registry)


def _remove_files(workplace: Workplace, slug: str) -> None:
    for path in workplace.files_of(slug):
        try:
            path.unlink(missing_ok=True)
        except OSError as fault:
            raise UsageError(f"{path} cannot be removed: {fault.strerror}. Run the command again after.") from None


def _audits(workplace: Workplace, slug: str) -> int | None:
    try:
        with workplace.authority(slug) as file:
            return len(audits.all_audits(file))
    except (NotFound, sqlite3.Error):
        return None
