"""What ``plumbline serve`` says about joining, for each way of starting it and each kind of terminal."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import pytest
import segno

from audit.cli import join_lines
from audit.cli.join_lines import Reach, print_join_lines, qr_lines

ROOM = "0.0.0.0"  # noqa: S104  (nothing listens there)
ADDRESS = "http://192.168.137.1:8000/join"


class Terminal(io.TextIOWrapper):
    """A terminal that shows what an encoding holds."""

    def __init__(self, encoding: str) -> None:
        self.written = io.BytesIO()
        super().__init__(self.written, encoding=encoding)

    def isatty(self) -> bool:
        return True


Show = Callable[..., Terminal]


@pytest.fixture
def networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(join_lines, "addresses", lambda: ("192.168.137.1", "10.0.0.5"))


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Show:
    """Makes standard output a terminal of 80 columns, unless a test says otherwise, and gives it.

    A test has to ask within itself: a fixture comes before the run of tests puts its own output there.
    """

    def show(encoding: str = "utf-8", **others: str) -> Terminal:
        for name, text in {"COLUMNS": "80", "TERM": "xterm", **others}.items():
            monkeypatch.setenv(name, text)
        made = Terminal(encoding)
        monkeypatch.setattr(sys, "stdout", made)
        return made

    return show


def said(reach: Reach, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    print_join_lines(reach)
    return capsys.readouterr().out


@pytest.mark.usefixtures("networks")
def test_a_server_on_all_addresses_says_where_phones_join_the_best_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(Reach(ROOM, 8000), capsys) == (
        "Phones join a workshop at http://192.168.137.1:8000/join\n"
        "If phones cannot open that, try http://10.0.0.5:8000/join\n"
    )


@pytest.mark.usefixtures("networks")
def test_an_address_that_was_given_stands_alone(capsys: pytest.CaptureFixture[str]) -> None:
    for host in (ROOM, "127.0.0.1"):
        reach = Reach(host, 8000, given="http://laptop.local:8000")
        assert said(reach, capsys) == "Phones join a workshop at http://laptop.local:8000/join\n"
        assert reach.best() == "http://laptop.local:8000"


@pytest.mark.usefixtures("networks")
def test_a_server_at_one_address_is_joined_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(Reach("10.0.0.5", 80), capsys) == "Phones join a workshop at http://10.0.0.5:80/join\n"


@pytest.mark.usefixtures("networks")
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_a_server_for_this_machine_only_says_how_phones_could_reach_it(
    host: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = said(Reach(host, 8000), capsys)
    assert text == "Phones cannot reach this server. To run a workshop with phones, start it with --host 0.0.0.0.\n"
    assert Reach(host, 8000).best() == ""


def test_without_a_network_it_says_so_and_finds_one_that_comes_up_later(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reach = Reach(ROOM, 8000)
    monkeypatch.setattr(join_lines, "addresses", lambda: ())
    assert said(reach, capsys).startswith("No network was found")
    monkeypatch.setattr(join_lines, "addresses", lambda: ("10.42.0.1",))
    assert reach.best() == "http://10.42.0.1:8000"


@pytest.mark.usefixtures("networks")
def test_behind_a_proxy_it_guesses_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    for host in (ROOM, "127.0.0.1"):
        assert "give the address of this server with --join-address" in said(Reach(host, 8000, behind=True), capsys)
        assert Reach(host, 8000, behind=True).best() == ""


def test_a_terminal_shows_a_qr_code_that_holds_the_address(terminal: Show) -> None:
    terminal()
    modules = [[bool(each) for each in row] for row in segno.make(ADDRESS, micro=False).matrix_iter(border=4)]
    drawn = [row for line in qr_lines(ADDRESS) for row in _halves(line)]
    assert drawn[: len(modules)] == modules


def _halves(line: str) -> list[list[bool]]:
    """The two rows of modules in a line of half blocks; True is dark."""
    return [[letter in " \u2584" for letter in line], [letter in " \u2580" for letter in line]]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "iso-8859-1"])
def test_a_terminal_that_lacks_the_blocks_shows_no_qr_code(encoding: str, terminal: Show) -> None:
    terminal(encoding)
    assert list(qr_lines(ADDRESS)) == []


@pytest.mark.parametrize("others", [{"TERM": "dumb"}, {"COLUMNS": "30"}])
def test_a_terminal_that_is_too_plain_or_too_narrow_shows_no_qr_code(others: dict[str, str], terminal: Show) -> None:
    terminal()
    assert list(qr_lines(ADDRESS))
    terminal(**others)
    assert list(qr_lines(ADDRESS)) == []


@pytest.mark.usefixtures("networks")
def test_the_qr_code_is_dark_on_light_whatever_the_colours_of_the_window(terminal: Show) -> None:
    shown = terminal()
    print_join_lines(Reach(ROOM, 8000))
    shown.flush()
    # Bright white blocks on black.
    assert shown.written.getvalue().decode().count("\x1b[97m\x1b[40m") == len(list(qr_lines(ADDRESS)))
