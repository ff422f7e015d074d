"""Every fault ends with code 2 and one line on standard error, and leaves no half-written file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from audit.core.bank_loader import bank_ids
from tests.cli.running import Run, run_fresh
from tests.core.tiny_bank import TINY, changed

TINY_BANK = "--bank-file tiny.yaml"
REPORT = f"report tiny.csv {TINY_BANK} --authority X"
KNOWN = ", ".join(bank_ids())
ONE_BANK = "Name a bank, either with --bank ID or with --bank-file FILE."
LEVELS = "0 (Low), 1 (Middle), 2 (High)"
OFF = f'bad.csv, row 3, column rating: "3" is not on the scale. Use {LEVELS}, na, dk, or leave it empty.'
NO_FILE = "cannot be read: No such file or directory."

# fmt: off
REFUSALS = [
    ("score tiny.csv", ONE_BANK),
    (f"score tiny.csv --bank recommendations {TINY_BANK}", ONE_BANK),
    ("template -o new.csv", ONE_BANK),
    ("score tiny.csv --bank recomendations", f'There is no bank "recomendations". Known: {KNOWN}.'),
    ("bank show x", f'There is no bank "x". Known: {KNOWN}.'),
    ("bank check absent.yaml", f"absent.yaml {NO_FILE}"),
    ("score tiny.csv --bank-file absent.yaml", f"absent.yaml {NO_FILE}"),
    ("bank check .", ". cannot be read: Is a directory."),
    ("bank check tiny.csv", "tiny.csv, line 1: a list or text stands where keys are expected. Write key: value lines."),
    (f"score tiny.csv {TINY_BANK} --weighting evidence", 'tiny has no weighting "evidence". Known: equal.'),
    ("score none.csv --bank recommendations --weighting evidense",
     'recommendations has no weighting "evidense". Did you mean "evidence"?'),
    (f"score tiny.csv {TINY_BANK} --format xml",
     "Invalid value for '--format': 'xml' is not one of 'table', 'json'."),
    ("xyz", "No such command 'xyz'."),
    ("bank xyz", "No such command 'xyz'."),
    ("score", "Missing argument 'ANSWERS'."),
    (f"score absent.csv {TINY_BANK}", f"absent.csv {NO_FILE}"),
    (f"score . {TINY_BANK}", ". cannot be read: Is a directory."),
    (f"score bad.csv {TINY_BANK}", OFF),
    ("score tiny.csv --bank recommendations", 'tiny.csv, row 2, column item: "A" is no item of recommendations 1.0.0. '
     "Known: R1, R2, R3, R4, R5, R6, R7, R8, R9, R10, R11, R12."),
    (f"report bad.csv {TINY_BANK} --authority X -o new.json", OFF),
    (f"report tiny.csv {TINY_BANK} -o new.pdf", "Missing option '--authority'."),
    (REPORT, "Missing option '-o' / '--output'."),
    (f"{REPORT} -o new.doc", "new.doc must end in .pdf, .docx, .xlsx, .html or .json."),
    (f"{REPORT} -o new", "new must end in .pdf, .docx, .xlsx, .html or .json."),
    (f"{REPORT} -o absent/new.json", "absent/new.json cannot be written: No such file or directory."),
    (f"{REPORT} -o tiny.csv/new.json", "tiny.csv/new.json cannot be written: Not a directory."),
    (f"{REPORT} --title= -o new.json", "--title is blank. Give a name."),
    (f"report tiny.csv {TINY_BANK} --authority= -o new.json", "--authority is blank. Give a name."),
    (f"report tiny.csv {TINY_BANK} --authority=\t -o new.json", "--authority is blank. Give a name."),
    (f"report tiny.csv {TINY_BANK} --authority={'x' * 121} -o new.json",
     "--authority must be at most 120 characters, without control characters."),
    (f"report tiny.csv {TINY_BANK} --authority=a\x07b -o new.json",
     "--authority must be at most 120 characters, without control characters."),
    (f"template {TINY_BANK} -o new.xls", "new.xls must end in .csv or .xlsx."),
    (f"template {TINY_BANK} -o absent/new.csv", "absent/new.csv cannot be written: No such file or directory."),
]
# fmt: on


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize(("line", "message"), REFUSALS)
def test_a_fault_is_one_line_and_leaves_no_file(run: Run, folder: Path, line: str, message: str) -> None:
    before = files(folder)
    done = run(*line.split(" "))
    assert (done.code, done.out, done.err) == (2, "", f"plumbline: {message}\n")
    assert files(folder) == before


@pytest.mark.parametrize(
    ("line", "message"),
    [case for case in REFUSALS if case[0].startswith(("xyz", "score bad", "report bad", f"{REPORT} -o absent"))],
)
def test_a_fault_shows_no_traceback_in_a_process_of_its_own(folder: Path, line: str, message: str) -> None:
    before = files(folder)
    done = run_fresh(folder, *line.split(" "))
    assert (done.code, done.out, done.err) == (2, "", f"plumbline: {message}\n")
    assert files(folder) == before


@pytest.mark.parametrize("name", ["old.pdf", "old.docx", "old.html", "old.json"])
def test_faulty_answers_leave_an_existing_report_as_it_was(run: Run, folder: Path, name: str) -> None:
    (folder / name).write_text("kept", encoding="utf-8")
    before = files(folder)
    arguments = ["report", "bad.csv", *TINY_BANK.split(), "--authority", "X", "-o", name]
    assert run(*arguments).err == f"plumbline: {OFF}\n"
    assert files(folder) == before


def test_a_folder_in_the_place_of_the_report_is_left_alone(run: Run, folder: Path) -> None:
    (folder / "new.json").mkdir()
    before = files(folder)
    assert run(*REPORT.split(), "-o", "new.json").err == "plumbline: new.json cannot be written: Is a directory.\n"
    assert files(folder) == before


@pytest.mark.parametrize(
    ("step", "reason"),
    [("tempfile.mkstemp", "Permission denied"), ("pathlib.Path.replace", "No space left on device")],
)
def test_what_cannot_be_written_leaves_the_old_file_and_nothing_else(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str, reason: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(1, reason)

    (folder / "old.json").write_text("kept", encoding="utf-8")
    before = files(folder)
    monkeypatch.setattr(step, refuse)
    done = run(*REPORT.split(), "-o", "old.json")
    assert (done.code, done.out, done.err) == (2, "", f"plumbline: old.json cannot be written: {reason}.\n")
    assert files(folder) == before


def test_a_report_never_overwrites_the_answers_it_reads(run: Run, folder: Path) -> None:
    (folder / "a.json").write_text('[{"item": "A", "rating": 2}]', encoding="utf-8")
    before = files(folder)
    assert run("report", "a.json", *TINY_BANK.split(), "--authority", "X", "-o", "a.json").code == 2
    assert files(folder) == before


def test_a_template_never_overwrites_answers(run: Run, folder: Path) -> None:
    before = files(folder)
    assert run("template", *TINY_BANK.split(), "-o", "tiny.csv").code == 2
    assert files(folder) == before


def test_a_faulty_bank_is_refused_by_every_command(run: Run, folder: Path) -> None:
    (folder / "faulty.yaml").write_text(changed("weight: 3", "weight: heavy"), encoding="utf-8")
    message = 'plumbline: faulty.yaml, line 34: "heavy" is not a number. Write it as 3, 0.25 or 1/4.\n'
    bank = "--bank-file faulty.yaml"
    for line in ("bank check faulty.yaml", f"score tiny.csv {bank}", f"template {bank} -o new.csv"):
        done = run(*line.split())
        assert (done.code, done.out, done.err) == (2, "", message)


def test_no_argument_shows_the_help(run: Run) -> None:
    assert run().code == 2


def test_a_terminal_that_lacks_a_letter_gets_no_traceback(folder: Path) -> None:
    (folder / "tiny.yaml").write_text(TINY.replace("Tiny bank", "Bŵth bank"), encoding="utf-8")
    command = [sys.executable, "-c", "from audit.cli.main import main; main()", "score", "tiny.csv", *TINY_BANK.split()]
    surroundings = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, cwd=folder, capture_output=True, env=surroundings, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Overall: 25.0%" in done.stdout
