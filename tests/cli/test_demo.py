"""``plumbline demo`` and what it leaves behind."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from audit.core.demonstrations import NOTICE, load_demonstrations
from tests.cli.running import Done, Run


def test_it_makes_a_folder_of_answers_and_reports(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    done = run("demo", str(folder))
    _says_where(done, folder)
    _says_illustrative(folder)
    answers = folder / "hackney-key-ingredients.csv"
    assert "Overall: 58.3%" in run("score", str(answers), "--bank", "key-ingredients").out


def _says_where(done: Done, folder: Path) -> None:
    """It says where each file is."""
    assert done.code == 0
    names = [demonstration.name for demonstration in load_demonstrations()]
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        name + suffix for name in names for suffix in (".csv", ".html", ".pdf")
    )
    for name in names:
        assert str(folder / f"{name}.pdf") in done.out


def _says_illustrative(folder: Path) -> None:
    """Every page of every report says that it is illustrative."""
    for path in folder.glob("*.pdf"):
        for page in PdfReader(BytesIO(path.read_bytes())).pages:
            assert NOTICE in page.extract_text()
    for path in folder.glob("*.html"):
        assert f'class="ribbon">{NOTICE}' in path.read_text(encoding="utf-8")


def test_a_file_in_place_of_the_folder_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    done = run("demo", str(tmp_path / "taken"))
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "cannot be made" in done.err
