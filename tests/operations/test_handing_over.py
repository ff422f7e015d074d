"""Taking out an authority: what is in the file, what is left out of it, and that nothing stays behind."""

from __future__ import annotations

import base64
import json
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from audit.core.errors import UsageError
from audit.core.responses import RatingState, Response
from audit.core.trail import faults
from audit.operations import answering, handing_over
from audit.operations.handing_over import Form
from audit.operations.trail import whole_trail
from tests.town import MODERATED, OPEN, SIGNED, SLUG, Town, build

# What a contributor wrote, early and late.
FIRST, SECOND, DRAFT = "Rosebud the first", "Rosebud the second", "Rosebud unsaved"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def town(tmp_path: Path) -> Town:
    made = build(tmp_path / "town")
    place = (made.workplace, made.people["contributor"], SLUG, OPEN)
    for seen, words in enumerate((FIRST, SECOND)):
        answering.save_response(*place, "R5", Response(RatingState.RATED, 1, words), (), seen)
    answering.keep_draft(*place, "R6", {"reason": DRAFT}, 0)
    answering.save_response(made.workplace, made.people["lead"], SLUG, OPEN, "R5", Response(reason="Lead's own"))
    return made


def taken(town: Town, form: Form) -> bytes:
    with handing_over.take_out(town.workplace, town.people["lead"], SLUG, form) as file:
        return file.read()


@contextmanager
def database(data: bytes, folder: Path) -> Iterator[sqlite3.Connection]:
    path = folder / "taken.db"
    path.write_bytes(data)
    with closing(sqlite3.connect(path)) as opened:
        opened.row_factory = sqlite3.Row
        yield opened


def rows(opened: sqlite3.Connection, query: str) -> list[dict[str, Any]]:
    return [dict(row) for row in opened.execute(query)]


def test_the_database_holds_what_the_lead_may_read(town: Town, tmp_path: Path) -> None:
    with database(taken(town, Form.DATABASE), tmp_path) as opened:
        assert rows(opened, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
        assert len(rows(opened, "SELECT * FROM audits")) == 3
        about = {row["name"]: row["value"] for row in rows(opened, "SELECT * FROM about")}
        assert (about["kind"], about["authority"], about["short_name"]) == ("plumbline-authority", "Testshire", SLUG)
        members = rows(opened, "SELECT * FROM members")
        assert {row["role"] for row in members} == {"lead", "contributor", "facilitator", "viewer"}
        (version,) = rows(opened, "SELECT * FROM versions")
        assert (version["audit_id"], version["pdf"]) == (SIGNED, b"%PDF-1.7 signed")
        counts = rows(opened, "SELECT audit_id, level FROM team_answers WHERE item_id = 'R1' ORDER BY audit_id")
        assert counts == [{"audit_id": MODERATED, "level": 2}, {"audit_id": SIGNED, "level": 2}]
        own = rows(opened, "SELECT reason FROM revisions WHERE item_id = 'R5'")
        assert own == [{"reason": "Lead's own"}]


def test_what_others_answered_alone_is_nowhere_in_it(town: Town, tmp_path: Path) -> None:
    for form in Form:
        data = taken(town, form)
        assert b"Lead's own" in data
        for words in (FIRST, SECOND, DRAFT):
            assert words.encode() not in data
    with database(taken(town, Form.DATABASE), tmp_path) as opened:
        lead = town.people["lead"].id
        assert {row["respondent_id"] for row in rows(opened, "SELECT respondent_id FROM revisions")} == {0, lead}
        assert rows(opened, "SELECT * FROM drafts") == []


def test_the_json_holds_the_same_tables(town: Town, tmp_path: Path) -> None:
    document = json.loads(taken(town, Form.JSON))
    with database(taken(town, Form.DATABASE), tmp_path) as opened:
        names = {row["name"] for row in rows(opened, "SELECT name FROM sqlite_schema WHERE type = 'table'")}
        kept = {name for name in names if not name.startswith(("sqlite_", "_sqlite_"))}
        assert document.keys() == kept
        for name in kept - {"trail", "about"}:
            assert len(document[name]) == Database(opened)[name].count, name
    assert base64.b64decode(document["versions"][0]["pdf"]) == b"%PDF-1.7 signed"
    assert document["revisions"][0]["links"] == []


def test_the_trail_says_so_and_still_fits(town: Town) -> None:
    taken(town, Form.JSON)
    last = whole_trail(town.workplace, town.people["lead"], SLUG).rows[-1]
    assert (last.person_name, last.did, last.detail) == (
        "Lead Person",
        "took out the data of the authority",
        "as json",
    )
    assert list(faults(whole_trail(town.workplace, town.people["lead"], SLUG))) == []


def test_nothing_stays_behind(town: Town, temporary: Path) -> None:
    for form in Form:
        with handing_over.take_out(town.workplace, town.people["lead"], SLUG, form) as file:
            assert list(temporary.iterdir()) == []
            assert len(file.read()) > 1000


def test_the_operators_copy_is_whole_and_for_nobody_else(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    handing_over.copy_for_operator(town.workplace, SLUG, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with closing(sqlite3.connect(path)) as opened, town.workplace.authority(SLUG) as file:
        assert list(opened.iterdump()) == list(file.conn.iterdump())
    assert sorted(each.name for each in tmp_path.iterdir()) == ["copy.db", "town"]


@pytest.mark.parametrize("slug", ["nowhere", "../registry"])
def test_a_copy_of_nothing_is_refused(town: Town, tmp_path: Path, slug: str) -> None:
    path = tmp_path / "copy.db"
    path.write_bytes(b"an earlier copy")
    with pytest.raises(UsageError, match="There is no such authority"):
        handing_over.copy_for_operator(town.workplace, slug, path)
    assert path.read_bytes() == b"an earlier copy"


def test_a_copy_that_cannot_be_written_leaves_nothing(town: Town, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        handing_over.copy_for_operator(town.workplace, SLUG, tmp_path / "no such folder" / "copy.db")
