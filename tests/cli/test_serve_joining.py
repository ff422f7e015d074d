"""``plumbline serve`` for a room: what it prints, and what it refuses in one line."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.cli.running import run_fresh

ROOM = "0.0.0.0"  # noqa: S104  (what the option is for)


def first_lines(folder: Path, *arguments: str) -> list[str]:
    """The first two lines that a server prints, which is up by the second; it is stopped then."""
    command = [sys.executable, "-c", "from audit.cli.main import main; main()", "serve", "--port", "0", *arguments]
    settings = {**os.environ, "PLUMBLINE_INSTANCE": str(folder / "instance"), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=settings) as server:
        try:
            assert server.stdout is not None
            lines = [server.stdout.readline().strip() for _ in range(2)]
            with urllib.request.urlopen(f"{lines[0].split()[3]}/health", timeout=10) as answer:  # noqa: S310 (our own)
                assert answer.read() == b"ok"
        finally:
            server.terminate()
    return lines


def test_a_server_for_the_room_prints_an_address_of_its_own_and_the_one_for_phones(tmp_path: Path) -> None:
    own, phones = first_lines(tmp_path, "--host", ROOM, "--join-address", "http://192.168.137.1:8000/join")
    assert own.startswith("Plumbline is at http://127.0.0.1:")
    assert phones == "Phones join a workshop at http://192.168.137.1:8000/join"


def test_a_host_of_several_addresses_is_served(tmp_path: Path) -> None:
    own, phones = first_lines(tmp_path, "--host", "localhost")
    assert own.startswith("Plumbline is at http://localhost:")
    assert phones.startswith("Phones cannot reach this server.")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--join-address", "192.168.137.1"), '--join-address is "192.168.137.1". Give an address such as "http'),
        (("--host", "no host at all"), '--host is "no host at all". Give an address of this machine'),
    ],
)
def test_a_wrong_address_is_told_in_one_line(arguments: tuple[str, str], says: str, tmp_path: Path) -> None:
    done = run_fresh(tmp_path, "serve", *arguments)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert says in done.err
