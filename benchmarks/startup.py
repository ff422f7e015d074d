"""Starting ``plumbline score`` against starting Python."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.timing import Ratio, compare


def run() -> Ratio:
    """A whole run of the command on 12 answers, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers.csv"
        answers.write_text("item,rating\n" + "".join(f"R{n},{n % 5}\n" for n in range(1, 13)), encoding="utf-8")
        command = [str(Path(sys.executable).with_name("plumbline")), "score", str(answers), "--bank", "recommendations"]

        def score() -> None:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

        def python() -> None:
            subprocess.run([sys.executable, "-c", "pass"], check=True)

        return compare("plumbline score, from start to end", score, "python -c pass", python, rounds=15)
