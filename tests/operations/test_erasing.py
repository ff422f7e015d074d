"""Erasing an authority: what goes, what stays, and that a second try finishes the first."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.core.audits import AuditDetails
from audit.core.errors import UsageError
from audit.core.people import Role
from audit.core.workshops import AgendaItem, Plan
from audit.operations import erasing, seats
from audit.operations.audits import audits_of, open_audit
from audit.operations.authorities import create_authority, memberships_of
from audit.operations.errors import NotFound
from audit.operations.people import person_with_email
from audit.operations.sessions import session_of
from audit.store import leaving, people
from audit.store.connection import write
from tests.rooms import Room
from tests.sessions import begin_session
from tests.town import MEMBERS, MODERATED, SLUG, Town, build


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """The facilitator works for the other authority, too."""
    made = build(tmp_path)
    with made.workplace.registry() as registry, write(registry):
        people.add_membership(registry, made.people["facilitator"].id, "othershire", Role.FACILITATOR)
    return made


def authorities_named(town: Town) -> set[str]:
    """The tables of the registry that still name Testshire."""
    with town.workplace.registry() as registry:
        return {
            table.name
            for table in registry.tables
            if "slug" in table.columns_dict and list(table.rows_where("slug = ?", [SLUG]))
        }


def test_file_rows_and_accounts_go(town: Town) -> None:
    before = erasing.holding_of(town.workplace, SLUG)
    assert (before.members, before.audits) == (4, 3)
    assert {each.email.partition("@")[0] for each in before.leavers} == {"lead", "contributor", "viewer"}
    room = Room(town.workplace, town.people["lead"], SLUG, MODERATED, Plan("The day", (AgendaItem("R1", 5),)))
    room.open(["Ann"])
    assert authorities_named(town) == {"authorities", "memberships", "invitations", "workshop_codes", "live_rooms"}
    erasing.erase_authority(town.workplace, SLUG)
    assert not any(path.exists() for path in town.workplace.files_of(SLUG))
    assert authorities_named(town) == set()
    with pytest.raises(NotFound):
        seats.door_of(town.workplace, room.code)
    for name in set(MEMBERS) - {"facilitator"}:
        assert person_with_email(town.workplace, town.people[name].email) is None


def test_other_authorities_and_their_people_stay(town: Town) -> None:
    erasing.erase_authority(town.workplace, SLUG)
    assert [each.authority.slug for each in memberships_of(town.workplace, town.people["facilitator"])] == [
        "othershire"
    ]
    assert len(audits_of(town.workplace, town.people["other"], "othershire")) == 1
    assert [each.slug for each in erasing.holdings(town.workplace)] == ["othershire"]


def test_nothing_of_it_is_left_in_the_folder(town: Town) -> None:
    def held() -> bytes:
        return b"".join(path.read_bytes() for path in town.workplace.folder.rglob("*") if path.is_file())

    assert b"contributor@testshire.gov.uk" in held()
    assert b"We agree." in held()
    erasing.erase_authority(town.workplace, SLUG)
    assert b"contributor@testshire.gov.uk" not in held()
    assert b"We agree." not in held()


@pytest.mark.parametrize("slug", ["nowhere", "../registry", "", "TESTSHIRE"])
def test_an_unknown_one_is_refused(town: Town, slug: str) -> None:
    before = town.written()
    with pytest.raises(UsageError, match="There is no authority"):
        erasing.erase_authority(town.workplace, slug)
    assert town.written() == before


def test_every_table_of_an_authority_is_cleared(town: Town) -> None:
    with town.workplace.registry() as registry:
        tables = {table.name for table in registry.tables if "slug" in table.columns_dict}
    assert tables == {*leaving.OF_AUTHORITY, "authorities"}


def test_a_second_try_finishes_what_stopped_between_the_files(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.unlink

    def refusing(path: Path, missing_ok: bool = False) -> None:
        if path.name == f"{SLUG}.db-wal":
            raise PermissionError(13, "Permission denied")
        real(path, missing_ok=missing_ok)

    wal = town.workplace.files_of(SLUG)[1]
    with town.workplace.authority(SLUG):
        pass
    wal.write_bytes(b"what was written last")
    monkeypatch.setattr(Path, "unlink", refusing)
    with pytest.raises(UsageError, match="cannot be removed"):
        erasing.erase_authority(town.workplace, SLUG)
    assert not town.workplace.files_of(SLUG)[0].exists()
    monkeypatch.setattr(Path, "unlink", real)
    assert erasing.holding_of(town.workplace, SLUG).audits is None
    erasing.erase_authority(town.workplace, SLUG)
    assert not wal.exists()
    assert authorities_named(town) == set()


def test_a_file_without_rows_is_removed(town: Town) -> None:
    with town.workplace.registry() as registry, write(registry):
        leaving.remove_authority(registry, SLUG)
    assert erasing.holding_of(town.workplace, SLUG).authority is None
    erasing.erase_authority(town.workplace, SLUG)
    assert not any(path.exists() for path in town.workplace.files_of(SLUG))
    with pytest.raises(UsageError):
        erasing.holding_of(town.workplace, SLUG)


def test_a_new_authority_of_the_same_name_begins_empty_beside_an_old_connection(town: Town) -> None:
    """A server that still has the old file open must not read it, nor take the new file's log away."""
    facilitator, other = town.people["facilitator"], town.people["other"]
    with town.workplace.one_visit():
        assert len(audits_of(town.workplace, facilitator, SLUG)) == 3
    erasing.erase_authority(town.workplace, SLUG)
    outside = type(town.workplace)(town.workplace.folder, town.workplace.now)
    assert create_authority(outside, other, "Testshire").slug == SLUG
    with outside.authority(SLUG):
        # Kept open, so that the new file has a log.
        open_audit(outside, other, SLUG, AuditDetails("recommendations", "Spring 2027"))
        with town.workplace.one_visit():
            assert [each.details.period for each in audits_of(town.workplace, other, SLUG)] == ["Spring 2027"]
    assert [each.details.period for each in audits_of(outside, other, SLUG)] == ["Spring 2027"]
    with pytest.raises(Exception, match="no such authority"):
        audits_of(town.workplace, facilitator, SLUG)


def test_a_session_that_its_directory_opened_ends_and_others_go_on(town: Town) -> None:
    facilitator = town.people["facilitator"]
    opened, own = (begin_session(town.workplace, facilitator.id, by) for by in (f"directory:{SLUG}", "link"))
    erasing.erase_authority(town.workplace, SLUG)
    assert session_of(town.workplace, opened) is None
    assert session_of(town.workplace, own) is not None
