"""``plumbline authority``, ``plumbline retention`` and ``plumbline own-data``: what the operator does with data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit.core.audits import AuditDetails
from audit.operations.answering import save_response
from audit.operations.audits import audits_of, open_audit
from audit.operations.authorities import create_authority
from audit.operations.people import known_person
from audit.operations.retention import set_months
from audit.operations.workplace import Workplace
from tests.cli.running import Run
from tests.clock import Clock
from tests.making import rated

SLUG = "testshire"
LEAD = "lead@testshire.example"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    """An instance with one authority, whose only audit was last changed in November 2020."""
    monkeypatch.setenv("PLUMBLINE_INSTANCE", str(tmp_path / "instance"))
    clock = Clock()
    clock.at = clock.at.replace(year=2020)
    made = Workplace(tmp_path / "instance", clock)
    lead = known_person(made, LEAD, "Lee O'Neill")
    create_authority(made, lead, "Testshire")
    audit = open_audit(made, lead, SLUG, AuditDetails("recommendations", "Autumn 2020"))
    save_response(made, lead, SLUG, audit.id, "R1", rated(1))
    return made


def is_there(place: Workplace) -> bool:
    return place.files_of(SLUG)[0].exists()


def typing(monkeypatch: pytest.MonkeyPatch, *lines: str) -> list[str]:
    """Type these lines when asked; what was asked is in the list."""
    asked: list[str] = []
    left = list(lines)

    def answer(words: str, **options: object) -> str:
        asked.append(words)
        return left.pop(0)

    monkeypatch.setattr("click.prompt", answer)
    return asked


def test_the_list_names_them_without_answers(run: Run, place: Workplace) -> None:
    done = run("authority", "list")
    assert (done.code, done.err) == (0, "")
    header, _, row = done.out.splitlines()
    assert header.split() == ["authority", "members", "audits", "size", "name"]
    slug, members, audits, size, unit, name = row.split()
    assert (slug, members, audits, unit, name) == (SLUG, "1", "1", "kB", "Testshire")
    assert int(size) > 10


def test_an_empty_instance_says_so(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUMBLINE_INSTANCE", str(tmp_path / "nothing"))
    assert run("authority", "list").out == "There is no authority here yet.\n"


def test_erasing_asks_twice_and_says_what_remains(run: Run, place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = typing(monkeypatch, SLUG, "erase")
    done = run("authority", "erase", SLUG)
    assert (done.code, done.err, len(asked)) == (0, "", 2)
    assert "Testshire: 1 audit with all answers" in done.out
    assert f"{SLUG} is erased, with 1 account of people who belonged to no other." in done.out
    assert "backups and copies of the instance folder" in done.out
    assert "logs" in done.out
    assert not is_there(place)
    assert run("authority", "list").out == "There is no authority here yet.\n"


@pytest.mark.parametrize("lines", [("no",), (SLUG, "yes"), (SLUG, ""), ("", ""), ("Testshire",)])
def test_another_word_erases_nothing(
    run: Run, place: Workplace, monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...]
) -> None:
    typing(monkeypatch, *lines)
    done = run("authority", "erase", SLUG)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "Nothing was erased." in done.err
    assert is_there(place)


def test_a_script_gives_the_name_twice(run: Run, place: Workplace) -> None:
    done = run("authority", "erase", SLUG, "--yes", "othershire")
    assert (done.code, done.out, is_there(place)) == (2, "", True)
    assert done.err == 'plumbline: --yes says "othershire" and the authority is "testshire". Nothing was erased.\n'
    assert run("authority", "erase", SLUG, "--yes", SLUG).code == 0
    assert not is_there(place)


@pytest.mark.parametrize("slug", ["elsewhere", "../registry"])
def test_an_unknown_authority_is_refused_in_one_line(run: Run, place: Workplace, slug: str) -> None:
    done = run("authority", "erase", slug, "--yes", slug)
    assert (done.code, done.out) == (2, "")
    assert done.err == f'plumbline: There is no authority "{slug}" here. "plumbline authority list" names them.\n'
    assert run("authority", "export", slug, "-o", "copy.db").code == 2
    assert not Path("copy.db").exists()


def test_a_copy_moves_an_authority_to_another_server(run: Run, place: Workplace, folder: Path) -> None:
    done = run("authority", "export", SLUG, "-o", "copy.db")
    assert (done.code, done.err) == (0, "")
    assert "It holds what each person answered alone." in done.out
    before = place.files_of(SLUG)[0]
    for path in place.files_of(SLUG):
        path.unlink(missing_ok=True)
    (folder / "copy.db").rename(before)
    assert len(audits_of(place, known_person(place, LEAD), SLUG)) == 1
    done = run("authority", "export", SLUG, "-o", "copy.json")
    assert (done.code, done.err.count("\n")) == (2, 1)


def test_retention_says_what_it_would_do_and_then_does_it(run: Run, place: Workplace) -> None:
    lead = known_person(place, LEAD)
    assert "audit" not in run("retention", "run").out
    set_months(place, lead, SLUG, 24)
    words = "(Self-audit of 12 conditions, Autumn 2020, last changed on 2020-11-21).\n"
    done = run("retention", "run", "--dry-run")
    assert (done.code, done.err, done.out) == (0, "", f"testshire: audit 1 would be removed {words}")
    assert len(audits_of(place, lead, SLUG)) == 1
    assert run("retention", "run").out == f"testshire: audit 1 removed {words}"
    assert audits_of(place, lead, SLUG) == []
    assert run("retention", "run").out == "Nothing removed.\n"


def test_retention_names_a_damaged_file(run: Run, place: Workplace) -> None:
    path, *beside = place.files_of(SLUG)
    for each in beside:
        each.unlink(missing_ok=True)
    path.write_bytes(b"no database at all" * 1000)
    done = run("retention", "run")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "plumbline: testshire: " in done.err
    assert "cannot be read" in run("authority", "list").out


def test_own_data_is_written_for_a_request(run: Run, place: Workplace, folder: Path) -> None:
    done = run("own-data", LEAD, "-o", "lee.json")
    assert (done.code, done.err) == (0, "")
    assert done.out == (f"lee.json: what is held on {LEAD}. Authorities: testshire. It is for this person alone.\n")
    held = json.loads((folder / "lee.json").read_text(encoding="utf-8"))
    assert len(held["authorities"][SLUG]["answers"]) == 1
    for arguments in ((LEAD, "-o", "lee.txt"), ("nobody@testshire.example", "-o", "x.json")):
        refused = run("own-data", *arguments)
        assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1)
