"""Checking a PDF in a process of its own, so that no file can hang, crash or fill up the one that asks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import audit
from audit.reports.proof.verdict import Outcome, Verdict, check_kind

SIZE_LIMIT = 3_000_000
SECONDS = 15.0
_CHILD = "audit.reports.proof.child"
TOO_LARGE = f"This PDF is larger than {SIZE_LIMIT // 1_000_000} MB. No report by Plumbline is so large."
_TOO_MUCH = "This PDF takes more time or memory to read than any report by Plumbline. It was not checked."


def check_apart(data: bytes, seconds: float = SECONDS) -> Verdict:
    """The verdict on the bytes of a PDF, within so many seconds. Raises NoPdf where they are no PDF. Writes no file."""
    check_kind(data)
    if len(data) > SIZE_LIMIT:
        return Verdict(Outcome.UNCHECKED, TOO_LARGE)
    # No part of the command comes from the file: that goes in by standard input.
    command = [sys.executable, "-P", "-m", _CHILD]
    try:
        done = subprocess.run(  # noqa: S603  (see above)
            command, input=data, capture_output=True, env=_environment(), timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return Verdict(Outcome.UNCHECKED, _TOO_MUCH)
    if done.returncode != 0:
        # It was stopped for its memory or time, or fell over the file.
        return Verdict(Outcome.UNCHECKED, _TOO_MUCH)
    return _verdict(done.stdout)


def _verdict(written: bytes) -> Verdict:
    found = json.loads(written)
    return Verdict(
        outcome=Outcome(found["outcome"]),
        says=found["says"],
        faults=tuple(found["faults"]),
        facts=tuple((name, value) for name, value in found["facts"]),
        notes=tuple(found["notes"]),
        numbers=found["numbers"],
    )


def _environment() -> dict[str, str]:
    """The environment of this process, in which Plumbline is found wherever it was started."""
    folder = str(Path(audit.__file__).resolve().parents[1])
    paths = [folder, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
