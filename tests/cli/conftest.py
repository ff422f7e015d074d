"""What the tests of the command line share: a folder with small files in it, and a way to run a command there."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.cli.main import main
from tests.cli.running import Done, Run
from tests.core.tiny_bank import TINY


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder of a test: a bank, ``tiny.yaml``, with answers rated, none rated and faulty."""
    (tmp_path / "tiny.yaml").write_text(TINY, encoding="utf-8")
    (tmp_path / "tiny.csv").write_text("item,rating\nA,2\nB,0\n", encoding="utf-8")
    (tmp_path / "bad.csv").write_text("item,rating\nA,2\nB,3\n", encoding="utf-8")
    (tmp_path / "none.csv").write_text("item,rating\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``plumbline`` with the given arguments in :func:`folder`."""

    def call(*arguments: str) -> Done:
        monkeypatch.setattr("sys.argv", ["plumbline", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capsys.readouterr()
        return Done(int(stop.value.code or 0), out, err)

    return call
