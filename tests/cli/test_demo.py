"""``plumbline demo`` and what it leaves behind."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from audit.core.demonstrations import NOTICE, load_demonstrations
from tests.cli.running import Done, Run


@pytest.fixture
def done(run: Run, tmp_path: Path) -> Done:
    return run("demo", str(tmp_path / "new" / "folder"))


def test_it_writes_answers_and_reports_and_says_where(done: Done, tmp_path: Path) -> None:
    assert done.code == 0
    folder = tmp_path / "new" / "folder"
    names = [demonstration.name for demonstration in load_demonstrations()]
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        name + suffix for name in names for suffix in (".csv", ".html", ".pdf")
    )
    for name in names:
        assert str(folder / f"{name}.pdf") in done.out


def test_every_page_of_every_report_says_illustrative(done: Done, tmp_path: Path) -> None:
    for path in (tmp_path / "new" / "folder").glob("*.pdf"):
        for page in PdfReader(BytesIO(path.read_bytes())).pages:
            assert NOTICE in page.extract_text()
    for path in (tmp_path / "new" / "folder").glob("*.html"):
        assert f'class="ribbon">{NOTICE}' in path.read_text(encoding="utf-8")


def test_its_answers_score_as_the_report_says(done: Done, run: Run, tmp_path: Path) -> None:
    answers = tmp_path / "new" / "folder" / "hackney-key-ingredients.csv"
    assert "Overall: 58.3%" in run("score", str(answers), "--bank", "key-ingredients").out


def test_a_file_in_place_of_the_folder_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    done = run("demo", str(tmp_path / "taken"))
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "cannot be made" in done.err
