"""The commands that work on an instance: demo --into-store, sign-in-link, import, export, serve."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
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


@pytest.mark.parametrize("suffix", [".csv", ".json", ".xlsx"])
def test_every_format_that_is_exported_gives_the_same_answers_back(
    run: Run, demonstrations: Path, tmp_path: Path, suffix: str
) -> None:
    here, out = ("--authority", CAMBRIDGESHIRE, "--audit", "1"), str(tmp_path / f"out{suffix}")
    said = {
        "item": "R2",
        "rating": 3,
        "reason": "=1+1",
        "confidence": "low",
        "target": 3,
        "how_to_progress": "By\nMay, or later",
    }
    typed = [said, {"item": "S1", "rating": "", "what_happens_now": "@home"}]
    (tmp_path / "typed.json").write_text(json.dumps(typed), encoding="utf-8")
    run("import", str(tmp_path / "typed.json"), *here)
    assert run("export", *here, "-o", out).code == 0
    run("import", str(changed_everywhere(tmp_path)), *here)
    assert "no answers changed" not in run("import", out, *here).out
    again = str(tmp_path / "again.json")
    run("export", *here, "-o", again)
    found = {row["item"]: row for row in json.loads(Path(again).read_text(encoding="utf-8"))}
    assert {key: found["R2"][key] for key in said} == said
    assert found["S1"]["what_happens_now"] == "@home"


def changed_everywhere(folder: Path) -> Path:
    rows = ["item,rating,what_happens_now", *(f"R{n},0,gone" for n in range(1, 13)), "S1,,gone"]
    (folder / "changed.csv").write_text("\n".join(rows), encoding="utf-8")
    return folder / "changed.csv"


def test_an_export_in_another_format_is_refused(run: Run, demonstrations: Path, tmp_path: Path) -> None:
    done = run("export", "--authority", CAMBRIDGESHIRE, "-o", str(tmp_path / "out.ods"))
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith("out.ods must end in .csv, .json or .xlsx.\n")


def test_a_faulty_workbook_imports_nothing(run: Run, demonstrations: Path, tmp_path: Path) -> None:
    here, out = ("--authority", CAMBRIDGESHIRE, "--audit", "1"), tmp_path / "out.xlsx"
    run("export", *here, "-o", str(out))
    before = out.read_bytes()
    out.write_bytes(before[:-100])
    done = run("import", str(out), *here)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "this workbook is damaged" in done.err
    run("export", *here, "-o", str(out))
    assert out.read_bytes() == before


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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_ctrl_c_ends_the_server_without_a_word(instance: Path) -> None:
    command = [sys.executable, "-c", "from audit.cli.main import main; main()", "serve", "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as server:
        assert server.stdout is not None
        (address,) = re.findall(r"http://\S+", server.stdout.readline())
        # A browser that stays connected does not keep it.
        connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
        connection.request("GET", "/health")
        assert connection.getresponse().read() == b"ok"
        server.send_signal(signal.SIGINT)
        _, errors = server.communicate(timeout=20)
        connection.close()
    assert (server.returncode, errors) == (0, "")


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
