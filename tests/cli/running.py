"""Running the command line in a test: in this process, or in a fresh one as a user would."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


def run_fresh(folder: Path, *arguments: str) -> Done:
    """Run the command in a process of its own, in ``folder``."""
    command = [sys.executable, "-c", "from audit.cli.main import main; main()", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return Done(done.returncode, done.stdout, done.stderr)
