"""What the check of dependencies says, whatever the package index answers."""

from __future__ import annotations

import json
import runpy
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[1] / ".ci" / "audit_dependencies.py"
SOUND = {"name": "flask", "version": "3.1", "vulns": []}
FAULTY = {"name": "old", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}
OURS = {"name": "plumbline-audit", "skip_reason": "distribution marked as editable"}
UNKNOWN = {"name": "rare", "skip_reason": "Dependency not found on PyPI and could not be audited: rare (1)"}


def answers(text: str, fault: str = "") -> Callable[..., Any]:
    return lambda *command, **options: subprocess.CompletedProcess(command, 0, text, fault)


@pytest.mark.parametrize(
    ("packages", "code", "said"),
    [
        ([SOUND, OURS], 0, "1 packages were checked for known vulnerabilities; 0 have some."),
        ([SOUND, FAULTY], 1, "old 1.0: PYSEC-1, mended in 1.1"),
        ([SOUND, UNKNOWN], 0, "NOT CHECKED, because the package index does not know them: rare"),
        ([UNKNOWN, OURS], 0, "DEPENDENCIES WERE NOT CHECKED"),
    ],
    ids=["sound", "faulty", "one unknown", "none known"],
)
def test_what_the_index_answers_is_said(
    packages: list[Any], code: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(subprocess, "run", answers(json.dumps({"dependencies": packages})))
    assert runpy.run_path(str(SCRIPT))["main"]() == code
    said_in_all = capsys.readouterr().err
    assert said in said_in_all
    assert "plumbline" not in said_in_all


def test_an_index_that_cannot_be_reached_is_said_loudly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(subprocess, "run", answers("", "Traceback\nConnectionError: Failed to resolve\n"))
    assert runpy.run_path(str(SCRIPT))["main"]() == 0
    said = capsys.readouterr().err
    assert "DEPENDENCIES WERE NOT CHECKED" in said
    assert "ConnectionError: Failed to resolve" in said
