"""The commands that work on an instance: demo --into-store, sign-in-link, import, export, serve."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from audit.operations.sign_in import person_of_link
from audit.operations.workplace import Workplace
from tests.cli.running import Run, run_fresh

CAMBRIDGESHIRE = "cambridgeshire-as-the-research-found-it"


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLUMBLINE_INSTANCE", str(tmp_path / "instance"))
    return tmp_path / "instance"


@pytest.fixture
def demonstrations(run: Run, instance: Path) -> Path:
    assert run("demo", "--into-store").code == 0
    return instance


def test_the_demonstrations_come_in_once(run: Run, demonstrations: Path) -> None:
    assert run("demo", "--into-store").code == 0
    assert len(list((demonstrations / "authorities").glob("*.db"))) == 2


def test_demo_wants_a_folder_or_the_store(run: Run, instance: Path) -> None:
    for arguments in (["demo"], ["demo", "x", "--into-store"]):
        assert run(*arguments).err == "plumbline: Name a folder, or give --into-store.\n"


def test_a_link_signs_in_the_person_it_was_made_for(run: Run, instance: Path) -> None:
    done = run("sign-in-link", "Ann@Testshire.gov.uk", "--name", "Ann  Other", "--address", "https://audit.example/")
    address, _, token = done.out.strip().rpartition("/")
    assert address == "https://audit.example/sign-in"
    person = person_of_link(Workplace(instance), token)
    assert (person.email, person.name) == ("ann@testshire.gov.uk", "Ann Other")


@pytest.mark.parametrize("email", ["nobody", "a@b@c", "a b@c", "@", "x" * 300 + "@y"])
def test_what_is_no_address_gets_no_link(run: Run, instance: Path, email: str) -> None:
    done = run("sign-in-link", email)
    assert (done.code, done.out) == (2, "")
    assert "is no e-mail address." in done.err


def test_what_is_exported_imports_without_a_change(run: Run, demonstrations: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "out.csv")
    assert run("export", "--authority", CAMBRIDGESHIRE, "--audit", "1", "-o", out).code == 0
    done = run("import", out, "--authority", CAMBRIDGESHIRE, "--audit", "1")
    assert done.out == "Cambridgeshire as the research found it, audit 1: no answers changed.\n"
    assert "Overall: 47.7%" in run("score", out, "--bank", "recommendations").out


def test_an_import_changes_what_differs(run: Run, demonstrations: Path, tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text("item,rating\nR1,4\n", encoding="utf-8")
    done = run("import", str(tmp_path / "new.csv"), "--authority", CAMBRIDGESHIRE, "--audit", "1")
    assert "audit 1: one answer changed." in done.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--authority", "nowhere"], 'has no authority "nowhere". Known: cambridgeshire'),
        (["--authority", CAMBRIDGESHIRE, "--audit", "9"], "has no audit 9. Known: 1, 2."),
        (["--authority", CAMBRIDGESHIRE, "--as", "who@example.org"], "Nobody here has the address who@example.org."),
    ],
)
def test_a_wrong_name_is_told_with_what_there_is(
    run: Run, demonstrations: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    done = run("export", *arguments, "-o", str(tmp_path / "x.csv"))
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert message in done.err
    assert not (tmp_path / "x.csv").exists()


def test_a_faulty_file_imports_nothing(run: Run, demonstrations: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("item,rating\nR1,4\nR2,9\n", encoding="utf-8")
    assert run("import", str(tmp_path / "bad.csv"), "--authority", CAMBRIDGESHIRE, "--audit", "1").code == 2
    out = str(tmp_path / "out.csv")
    run("export", "--authority", CAMBRIDGESHIRE, "--audit", "1", "-o", out)
    assert "\nR1,2," in Path(out).read_text(encoding="utf-8-sig")


def test_serve_prints_its_address_and_a_link_that_works(instance: Path) -> None:
    command = [sys.executable, "-c", "from audit.cli.main import main; main()"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    arguments = ["serve", "--port", "0", "--sign-in", "lead@example.org"]
    with subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, text=True, env=environment) as server:
        try:
            assert server.stdout is not None
            lines = server.stdout.readline() + server.stdout.readline()
            address, link = re.findall(r"http://\S+", lines)
            assert page(f"{address}/health") == "ok"
            assert "lead@example.org" in page(link)
        finally:
            server.terminate()


def page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310  (an address of our own server)
        return str(answer.read().decode())


def test_a_port_in_use_is_told_in_one_line(instance: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run_fresh(tmp_path, "serve", "--port", port)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert f"127.0.0.1, port {port}, cannot be served" in done.err
