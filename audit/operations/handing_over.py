"""Taking out all that an authority wrote: by its lead, and as a whole copy by whoever runs the server.

A lead does not read on any page what others answered alone, so the lead's copy leaves it out.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

from audit.core.errors import UsageError
from audit.core.people import Membership, Person
from audit.core.permissions import Deed
from audit.operations.access import require
from audit.operations.audits import note
from audit.operations.errors import NotFound
from audit.operations.feedback import said_in
from audit.operations.sheets import team_sheet
from audit.operations.together import TEAM
from audit.operations.workplace import Workplace
from audit.store import audits, copying, people, workshops
from audit.store.connection import File, write

KIND = "plumbline-authority"
LEFT_OUT = (
    "What other people answered alone, and their drafts. The table team_answers has what counts for the team in each "
    "audit whose answering is closed. What people chose in the votes of a workshop: round_results has what each reveal "
    "showed, and workshop_feedback how often each answer was given, where three or more answered. Passwords and "
    "sign-ins are not in the file of an authority."
)
_ABOUT = ("name", "value")
_MEMBERS = ("person_id", "name", "email", "role", "joined_at")
_FEEDBACK = ("workshop_id", "question", "answer", "number")
_TEAM_ANSWERS = (
    "audit_id",
    "item_id",
    "state",
    "level",
    "reason",
    "confidence",
    "what_happens_now",
    "what_needs_to_happen",
    "how_to_progress",
    "target",
    "links",
)


class Form(Enum):
    """What a lead takes out: a database file for SQLite, or the same tables as JSON."""

    DATABASE = "db"
    JSON = "json"


def take_out(workplace: Workplace, person: Person, slug: str, form: Form) -> IO[bytes]:
    """All that the authority wrote, without what others answered alone: an open file that is gone once it is closed.

    Raises NotFound and NotAllowed.
    """
    membership = require(workplace, person, slug, Deed.TAKE_OUT)
    with workplace.authority(slug) as file, _folder() as folder:
        with write(file):
            note(workplace, file, person, "took out the data of the authority", detail=f"as {form.name.lower()}")
        path = folder / "copy.db"
        copying.copy(file, path)
        copying.keep_answers_of(path, [TEAM, person.id])
        _add_tables(workplace, membership, file, path)
        if form is Form.DATABASE:
            return _kept(path)
        return _as_json(path)


def copy_for_operator(workplace: Workplace, slug: str, path: Path) -> None:
    """Write a whole copy of the authority's file to ``path``, with what everybody answered; all of it or nothing.

    Raises UsageError where the file cannot be read or the copy not written.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.unlink(missing_ok=True)
        # SQLite takes an empty file; this one nobody else can read.
        beside.touch(mode=0o600)
        with workplace.authority(slug) as file:
            copying.copy(file, beside)
        beside.replace(path)
    except NotFound as fault:
        raise UsageError(f'"{slug}": {fault}') from None
    except (sqlite3.Error, OSError) as fault:
        raise UsageError(f"{path} cannot be written from the file of {slug}: {fault}.") from None
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that only this user reads, removed at the end."""
    with TemporaryDirectory(prefix="plumbline-") as name:
        yield Path(name)


def _add_tables(workplace: Workplace, membership: Membership, file: File, path: Path) -> None:
    authority = membership.authority
    about = {
        "kind": KIND,
        "version": "1",
        "taken_out_at": workplace.now().isoformat(),
        "authority": authority.name,
        "short_name": authority.slug,
        "ons_code": authority.ons_code,
        "left_out": LEFT_OUT,
    }
    copying.add_table(path, "about", [dict(zip(_ABOUT, pair, strict=True)) for pair in about.items()], _ABOUT)
    copying.add_table(path, "members", _members(workplace, authority.slug), _MEMBERS)
    copying.add_table(path, "team_answers", list(_team_answers(membership, file)), _TEAM_ANSWERS)
    copying.add_table(path, "workshop_feedback", list(_feedback(file)), _FEEDBACK)


def _members(workplace: Workplace, slug: str) -> list[dict[str, Any]]:
    with workplace.registry() as registry:
        return [
            {
                "person_id": each.person.id,
                "name": each.person.name,
                "email": each.person.email,
                "role": each.role.value,
                "joined_at": each.since.isoformat() if each.since else None,
            }
            for each in people.members(registry, slug)
        ]


def _team_answers(membership: Membership, file: File) -> Iterator[dict[str, Any]]:
    """What counts for the team, as its lead reads it, of each audit whose answering is closed."""
    for audit in audits.all_audits(file):
        if audit.state.takes_answers:
            continue
        sheet = team_sheet(membership, file, audit)
        for name, response in sheet.responses.items():
            links = [asdict(link) for link in sheet.links.get(name, ())]
            yield {
                **vars(response),
                "audit_id": audit.id,
                "item_id": name,
                "state": response.state.value,
                "confidence": response.confidence.value if response.confidence else None,
                "links": json.dumps(links),
            }


def _feedback(file: File) -> Iterator[dict[str, Any]]:
    """What people said of the workshops, as their facilitator reads it."""
    for workshop in workshops.all_of(file):
        for question, numbers in said_in(file, workshop.id).items():
            for answer, number in numbers.items():
                yield dict(zip(_FEEDBACK, (workshop.id, question, answer, number), strict=True))


def _kept(path: Path) -> IO[bytes]:
    """The file, open at its beginning, and without a name that it could be found by."""
    out = TemporaryFile()  # noqa: SIM115 - whoever reads it closes it
    with path.open("rb") as file:
        shutil.copyfileobj(file, out)
    out.seek(0)
    return out


def _as_json(path: Path) -> IO[bytes]:
    out = TemporaryFile()  # noqa: SIM115 - whoever reads it closes it
    out.writelines(piece.encode() for piece in copying.pieces(path))
    out.write(b"\n")
    out.seek(0)
    return out
