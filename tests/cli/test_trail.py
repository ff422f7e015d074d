"""``plumbline trail``: the operator checks the trail and takes it out, and reads no answers."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from audit.core.audits import AuditDetails
from audit.operations.answering import save_response
from audit.operations.audits import open_audit
from audit.operations.authorities import create_authority
from audit.operations.people import known_person
from audit.operations.workplace import Workplace
from tests.cli.running import Run
from tests.clock import Clock
from tests.making import rated


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of Testshire, whose trail has three rows."""
    monkeypatch.setenv("PLUMBLINE_INSTANCE", str(tmp_path / "instance"))
    place = Workplace(tmp_path / "instance", Clock())
    lead = known_person(place, "lead@testshire.example", "Lee O'Neill")
    slug = create_authority(place, lead, "Testshire").slug
    audit = open_audit(place, lead, slug, AuditDetails("recommendations", "Autumn 2026"))
    save_response(place, lead, slug, audit.id, "R1", rated(1))
    save_response(place, lead, slug, audit.id, "R1", rated(2), (), 1)
    return tmp_path / "instance" / "authorities" / "testshire.db"


def past_plumbline(file: Path, *statements: str, given: tuple[str, ...] = ()) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        for statement in statements:
            database.execute(statement, given)


def sign(file: Path, sha256: str) -> None:
    past_plumbline(
        file,
        "INSERT INTO versions (audit_id, number, statement, signed_by_id, signed_by, signed_at, page, pdf, page_sha256,"
        " pdf_sha256, trail_sha256) VALUES (1, 1, '', 1, 'Lee', '', x'', x'', '', '', ?)",
        given=(sha256,),
    )


def test_a_whole_trail_is_found_whole(run: Run, file: Path) -> None:
    done = run("trail", "check", "testshire")
    assert (done.code, done.out, done.err) == (0, "testshire: 3 rows, none changed or missing.\n", "")


def test_what_is_wrong_is_named(run: Run, file: Path) -> None:
    past_plumbline(file, "UPDATE trail SET did = 'looked at' WHERE id = 2", "DELETE FROM trail WHERE id = 3")
    done = run("trail", "check", "testshire")
    assert (done.code, done.err) == (1, "")
    assert done.out.splitlines() == [
        "testshire: 2 rows, 2 faults.",
        "  Row 2 was changed, or the row before it was.",
        "  Row 3 is missing.",
    ]


def test_signed_versions_must_fit(run: Run, file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        (head,) = database.execute("SELECT sha256 FROM trail WHERE id = 2").fetchone()
    sign(file, head)
    assert run("trail", "check", "testshire").out.endswith("none changed or missing. 1 signed version fits them.\n")
    past_plumbline(file, "UPDATE versions SET trail_sha256 = ?", given=("f" * 64,))
    done = run("trail", "check", "testshire")
    assert done.code == 1
    assert "Audit 1, version 1, was signed over another trail than this one." in done.out


def test_the_file_that_is_taken_out_is_checked_on_its_own(run: Run, file: Path, folder: Path) -> None:
    assert run("trail", "export", "testshire", "-o", "out.json").out == "out.json: 3 rows.\n"
    assert run("trail", "check", "out.json").out == "out.json: 3 rows, none changed or missing.\n"
    document = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    assert (document["authority"], document["rows"][1]["person_name"]) == ("testshire", "Lee O'Neill")
    del document["rows"][1]
    (folder / "out.json").write_text(json.dumps(document), encoding="utf-8")
    done = run("trail", "check", "out.json")
    assert (done.code, done.out) == (1, "out.json: 2 rows, 1 fault.\n  Row 2 is missing.\n")
    assert run("trail", "export", "testshire", "-o", "out.csv").code == 0
    assert (folder / "out.csv").read_bytes().count(b"\r\n") == 4


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "elsewhere"], 'plumbline: "elsewhere": There is no such authority.\n'),
        (["check", "../registry"], 'plumbline: "../registry": There is no such authority.\n'),
        (["export", "elsewhere", "-o", "x.json"], 'plumbline: "elsewhere": There is no such authority.\n'),
        (["export", "testshire", "-o", "x.txt"], "plumbline: x.txt should end in .json or .csv.\n"),
        (
            ["export", "testshire", "-o", "no/x.csv"],
            "plumbline: no/x.csv cannot be written: No such file or directory.\n",
        ),
        (["check", "none.json"], "plumbline: none.json cannot be read: No such file or directory.\n"),
        (["check", "tiny.json"], "plumbline: tiny.json is not valid JSON.\n"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    run: Run, file: Path, folder: Path, arguments: list[str], says: str
) -> None:
    (folder / "tiny.json").write_text("item,rating", encoding="utf-8")
    done = run("trail", *arguments)
    assert (done.code, done.out, done.err) == (2, "", says)


def _no_database(file: Path) -> None:
    file.write_bytes(b"no database at all" * 1000)


def _no_table(file: Path) -> None:
    past_plumbline(file, "DROP TABLE trail")


def _torn(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:6000])


def _no_text(file: Path) -> None:
    past_plumbline(file, "UPDATE trail SET detail = CAST(x'ff' AS TEXT) WHERE id = 1")


def _of_another(file: Path) -> None:
    past_plumbline(file, "UPDATE owner SET slug = 'othershire'")


@pytest.mark.parametrize("damage", [_no_database, _no_table, _torn, _no_text, _of_another])
def test_a_damaged_file_is_named_in_one_line(run: Run, file: Path, damage: object) -> None:
    for path in file.parent.glob("testshire.db-*"):
        path.unlink()
    damage(file)  # type: ignore[operator]
    done = run("trail", "check", "testshire")
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert "testshire" in done.err
    assert "Traceback" not in done.err
