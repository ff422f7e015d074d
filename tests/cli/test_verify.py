"""``plumbline verify``: what it prints, and the code that it leaves behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit.core.bank_loader import load_bank
from audit.reports.form import build_form
from audit.reports.pdf.form import render_form
from audit.reports.proof.apart import SIZE_LIMIT
from audit.reports.proof.check import check_pdf
from tests.cli.running import Run, run_fresh
from tests.reports.proofs import attached, on_pages, proven
from tests.reports.reading import COVER


def test_a_true_report_agrees(run: Run, folder: Path) -> None:
    (folder / "report.pdf").write_bytes(proven())
    done = run("verify", "report.pdf")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"report.pdf: {check_pdf(proven()).numbers} numbers agree.\n  Authority: Testshire")
    assert "This is a check, not a signature." in done.out


def test_a_changed_number_is_named_on_a_line_of_its_own(run: Run, folder: Path) -> None:
    (folder / "report.pdf").write_bytes(on_pages(proven(), b"(43.8%)", b"(83.1%)"))
    done = run("verify", "report.pdf")
    assert (done.code, done.err) == (1, "")
    first, second, *_ = done.out.splitlines()
    assert first == "report.pdf: One thing does not agree."
    assert second == "  Overall score: the page says 83.1%, the answers give 43.8%."


@pytest.mark.parametrize("kind", ["form", "damaged", "large"])
def test_a_pdf_that_cannot_be_checked_gets_a_verdict_against_it(run: Run, folder: Path, kind: str) -> None:
    says = {"form": "carries no answers", "damaged": "is damaged", "large": "larger than 3 MB"}
    data = {
        "form": render_form(build_form(load_bank("recommendations"), COVER)),
        "damaged": proven()[:9_000],
        "large": proven() + b"x" * SIZE_LIMIT,
    }
    (folder / "other.pdf").write_bytes(data[kind])
    done = run("verify", "other.pdf")
    assert (done.code, done.err) == (1, "")
    assert says[kind] in done.out


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("nowhere.pdf", "plumbline: nowhere.pdf cannot be read: No such file or directory.\n"),
        (".", "plumbline: . cannot be read: Is a directory.\n"),
        ("tiny.csv", "plumbline: tiny.csv: this is no PDF. Choose the PDF of a gap report.\n"),
    ],
)
def test_what_is_no_pdf_is_refused_in_one_line(run: Run, name: str, says: str) -> None:
    done = run("verify", name)
    assert (done.code, done.out, done.err) == (2, "", says)


def test_a_report_from_the_command_agrees_in_a_fresh_process(folder: Path) -> None:
    (folder / "answers.csv").write_text("item,rating\nR1,2\nR4,1\nR8,dk\n", encoding="utf-8")
    options = ["--bank", "recommendations", "--weighting", "evidence", "--authority", "Testshire", "--length", "brief"]
    assert run_fresh(folder, "report", "answers.csv", *options, "-o", "r.pdf").code == 0
    done = run_fresh(folder, "verify", "r.pdf")
    assert (done.code, "Weights by evidence" in done.out) == (0, True)


def test_a_report_on_a_bank_of_ones_own_says_that_the_bank_is_not_here(run: Run) -> None:
    run("report", "tiny.csv", "--bank-file", "tiny.yaml", "--authority", "T", "-o", "r.pdf")
    done = run("verify", "r.pdf")
    assert done.code == 1
    assert "which this Plumbline does not have" in done.out


def test_the_answers_can_be_taken_out_and_used_again(run: Run, folder: Path) -> None:
    (folder / "answers.json").write_text(json.dumps(attached(proven())), encoding="utf-8")
    done = run("score", "answers.json", "--bank", "recommendations")
    assert (done.code, "Overall: 43.8%" in done.out) == (0, True)
