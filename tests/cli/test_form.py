"""``plumbline form``: blank and filled, and every fault in one line."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from audit.core.bank_loader import bank_ids, load_bank
from tests.cli.running import Run

TINY_BANK = ("--bank-file", "tiny.yaml")


def text_of(path: Path) -> str:
    pages = PdfReader(BytesIO(path.read_bytes())).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


@pytest.mark.parametrize("bank_id", bank_ids())
def test_a_blank_form_of_every_bank(run: Run, folder: Path, bank_id: str) -> None:
    done = run("form", "--bank", bank_id, "-o", "form.pdf")
    bank = load_bank(bank_id)
    assert (done.code, done.err) == (0, "")
    assert done.out == f"form.pdf: blank, {len(bank.items)} {bank.item_noun}s.\n"
    text = text_of(folder / "form.pdf")
    assert "Authority: ____" in text
    assert "The wording is Plumbline’s own" in text
    assert f"{bank.source.place}." in text


def test_a_filled_form_of_a_bank_of_ones_own(run: Run, folder: Path) -> None:
    (folder / "said.csv").write_text("item,rating,what_happens_now\nA,2,All teams.\n", encoding="utf-8")
    done = run("form", "said.csv", *TINY_BANK, "--authority", "  Ynys \n Môn ", "-o", "form.PDF")
    assert (done.code, done.out, done.err) == (0, "form.PDF: filled, two conditions.\n", "")
    text = text_of(folder / "form.PDF")
    for words in ("Ynys Môn", "All teams.", "2, high; target 1, middle", "Rows and wording: Tiny bank"):
        assert words in text
    assert "Plumbline’s own" not in text


def test_a_blank_form_with_a_name_on_it(run: Run, folder: Path) -> None:
    assert run("form", *TINY_BANK, "--authority", "Testshire", "-o", "form.pdf").code == 0
    text = text_of(folder / "form.pdf")
    assert "Testshire" in text
    assert "____" not in text


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("form -o new.pdf", "Name a bank, either with --bank ID or with --bank-file FILE."),
        ("form --bank-file tiny.yaml", "Missing option '-o' / '--output'."),
        ("form --bank-file tiny.yaml -o new.csv", "new.csv must end in .pdf."),
        ("form --bank-file tiny.yaml -o new", "new must end in .pdf."),
        ("form --bank x -o new.pdf", 'There is no bank "x". Known: key-ingredients, recommendations.'),
        ("form absent.csv --bank-file tiny.yaml -o new.pdf", "absent.csv cannot be read: No such file or directory."),
        (
            "form bad.csv --bank-file tiny.yaml -o new.pdf",
            'bad.csv, row 3, column rating: "3" is not on the scale. '
            "Use 0 (Low), 1 (Middle), 2 (High), na, dk, or leave it empty.",
        ),
        ("form --bank-file tiny.yaml --authority= -o new.pdf", "--authority is blank. Give a name."),
        (
            f"form --bank-file tiny.yaml --authority={'x' * 121} -o new.pdf",
            "--authority must be at most 120 characters, without control characters.",
        ),
        (
            "form --bank-file tiny.yaml -o absent/new.pdf",
            "absent/new.pdf cannot be written: No such file or directory.",
        ),
        ("form a.pdf --bank-file tiny.yaml -o a.pdf", "a.pdf holds the answers. Choose another name for the form."),
    ],
)
def test_a_fault_is_one_line_and_leaves_no_file(run: Run, folder: Path, line: str, message: str) -> None:
    (folder / "a.pdf").write_text("item,rating\nA,2\n", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = run(*line.split(" "))
    assert (done.code, done.out, done.err) == (2, "", f"plumbline: {message}\n")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
