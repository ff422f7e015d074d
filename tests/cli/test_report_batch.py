"""``plumbline report --all-audits``: a folder of answers becomes a folder of reports, whatever lies in it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from audit.cli.batch_files import authority_name
from audit.core.bank_loader import load_bank
from audit.core.responses import Answers
from audit.reports.xlsx.fill_in import render_fill_in
from tests.cli.running import Done, Run
from tests.making import rated

RECOMMENDATIONS = "item,rating\nR1,2\nR8,1\n"
INGREDIENTS = '[{"item": "T1", "rating": 3}]'


@pytest.fixture
def audits(folder: Path) -> Path:
    """A consultant's folder: six answers files, in all formats, of five authorities."""
    place = folder / "audits"
    (place / "Testshire").mkdir(parents=True)
    (place / "st-helens-answers.csv").write_text(RECOMMENDATIONS, encoding="utf-8")
    (place / "Stockton-on-Tees.json").write_text(INGREDIENTS, encoding="utf-8")
    (place / "brighton_and_hove.CSV").write_text(RECOMMENDATIONS, encoding="utf-8")
    (place / "Ynys Môn key-ingredients.csv").write_text("item,rating\nC1,2\n", encoding="utf-8")
    (place / "Testshire" / "spring.csv").write_text(RECOMMENDATIONS, encoding="utf-8")
    workbook = render_fill_in(load_bank("recommendations"), Answers({"R3": rated(4)}))
    (place / "Testshire" / "autumn.xlsx").write_bytes(workbook)
    return place


def report_all(run: Run, *options: str) -> Done:
    return run("report", "--all-audits", "audits", "--format", "json", "--length", "brief", *options)


def reports(place: Path) -> dict[str, Any]:
    """The reports in a folder, by name."""
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in place.iterdir()}


def names(place: Path) -> list[str]:
    return sorted(str(path.relative_to(place)) for path in place.rglob("*"))


def test_each_file_becomes_a_report_with_its_authority_and_bank(run: Run, audits: Path) -> None:
    done = report_all(run, "--title", "Our report")
    assert (done.code, done.err) == (0, "")
    made = reports(audits / "reports")
    assert {name: (each["authority"], each["bank"]["id"]) for name, each in made.items()} == {
        "st-helens-answers.json": ("St Helens", "recommendations"),
        "Stockton-on-Tees.json": ("Stockton-on-Tees", "key-ingredients"),
        "brighton_and_hove.json": ("Brighton and Hove", "recommendations"),
        "Ynys Môn key-ingredients.json": ("Ynys Môn", "key-ingredients"),
        "Testshire - spring.json": ("Testshire", "recommendations"),
        "Testshire - autumn.json": ("Testshire", "recommendations"),
    }
    assert {(each["title"], each["length"]) for each in made.values()} == {("Our report", "brief")}
    rated_items = [row["item_id"] for row in made["Testshire - autumn.json"]["answers"] if row["rating"][0].isdigit()]
    assert rated_items == ["R3"]


def test_a_line_for_each_report_in_the_order_of_names_and_one_for_all(run: Run, audits: Path) -> None:
    assert report_all(run).out.splitlines() == [
        "audits/reports/brighton_and_hove.json: Brighton and Hove, recommendations.",
        "audits/reports/st-helens-answers.json: St Helens, recommendations.",
        "audits/reports/Stockton-on-Tees.json: Stockton-on-Tees, key-ingredients.",
        "audits/reports/Testshire - autumn.json: Testshire, recommendations.",
        "audits/reports/Testshire - spring.json: Testshire, recommendations.",
        "audits/reports/Ynys Môn key-ingredients.json: Ynys Môn, key-ingredients.",
        "6 reports written to audits/reports.",
    ]


def test_no_line_sets_one_council_against_another(run: Run, audits: Path) -> None:
    assert "%" not in report_all(run).out
    assert len(list((audits / "reports").iterdir())) == 6


def test_reports_are_pdf_unless_another_format_is_named(run: Run, folder: Path) -> None:
    (folder / "one").mkdir()
    (folder / "one" / "testshire.csv").write_text(RECOMMENDATIONS, encoding="utf-8")
    assert run("report", "--all-audits", "one", "--length", "brief").code == 0
    assert (folder / "one" / "reports" / "testshire.pdf").read_bytes().startswith(b"%PDF-")
    for form in ("docx", "xlsx", "html"):
        assert run("report", "--all-audits", "one", "--format", form, "--length", "brief").code == 0
        assert (folder / "one" / "reports" / f"testshire.{form}").is_file()


def test_reports_go_to_another_folder_which_is_made(run: Run, audits: Path) -> None:
    done = report_all(run, "-o", "sent/to all")
    assert done.out.splitlines()[-1] == "6 reports written to sent/to all."
    assert len(reports(audits.parent / "sent" / "to all")) == 6
    assert not (audits / "reports").exists()


# Faults.


def test_a_faulty_file_does_not_stop_the_others(run: Run, audits: Path) -> None:
    (audits / "Angleton.csv").write_text("item,rating\nR1,2\nR2,9\n", encoding="utf-8")
    (audits / "Testshire" / "zoo.json").write_text("{", encoding="utf-8")
    done = report_all(run)
    assert done.code == 2
    assert len(done.out.splitlines()) == 6
    first, second, last = done.err.splitlines()
    assert first.startswith('plumbline: audits/Angleton.csv, row 3, column rating: "9" is not on the scale. Use 0 (')
    assert second.startswith("plumbline: audits/Testshire/zoo.json: this is not valid JSON")
    assert last == "plumbline: 6 reports written to audits/reports, 2 files refused."
    assert len(reports(audits / "reports")) == 6


def test_a_fault_in_a_workbook_names_its_sheet_and_row(run: Run, audits: Path) -> None:
    bank = load_bank("key-ingredients")
    (audits / "Angleton.xlsx").write_bytes(render_fill_in(bank, Answers({"T1": rated(2)})))
    fault = report_all(run, "--bank", "recommendations").err.splitlines()[0]
    assert fault.startswith('plumbline: audits/Angleton.xlsx, sheet Answers, row 2, column item: "Q1" is no item of')


REFUSED_FILES = {
    "its items are of no bank": ("Angleton.csv", "item,rating\nX1,2\n", "Name the bank with --bank."),
    "its items are of two banks": ("Angleton.csv", "item,rating\nR1,2\nT1,2\n", "Name the bank with --bank."),
    "it has no rows": ("Angleton.csv", "item,rating\n", "Name the bank with --bank."),
    "it is empty": ("Angleton.csv", "", "the file is empty. Its first row must name the columns item, rating,"),
    "it is another table": ("Angleton.csv", "name,phone\nA,1\n", "the header is missing."),
    "it is a report": ("Angleton.json", '{"format": "plumbline-gap-report/1"}', "a list of answers is expected"),
    "it names nobody": ("answers.csv", RECOMMENDATIONS, "does not say whose answers it holds. Name it after"),
    "it names its bank only": ("Key_Ingredients.csv", "item,rating\nT1,2\n", "does not say whose answers it holds."),
    "its name is too long": (f"{'x' * 121}.csv", RECOMMENDATIONS, "longer than 120 characters"),
    "its name is not printable": ("a\x07b.csv", RECOMMENDATIONS, "or not printable."),
    "it is another sort of spreadsheet": ("Angleton.ods", "PK", "does not read. Save it as XLSX."),
    "it is no workbook": (
        "Angleton.xlsx",
        "item,rating\n",
        "this is not an XLSX workbook. Save it as XLSX",
    ),
}


@pytest.mark.parametrize(("name", "text", "says"), REFUSED_FILES.values(), ids=REFUSED_FILES.keys())
def test_a_file_is_refused_in_one_line_because(run: Run, audits: Path, name: str, text: str, says: str) -> None:
    (audits / name).write_text(text, encoding="utf-8")
    done = report_all(run)
    fault, last = done.err.splitlines()
    assert done.code == 2
    assert fault.startswith(f"plumbline: audits/{name}")
    assert says in fault
    assert last == "plumbline: 6 reports written to audits/reports, 1 file refused."


def test_where_every_file_is_refused_nothing_is_made(run: Run, folder: Path) -> None:
    (folder / "audits").mkdir()
    (folder / "audits" / "Testshire.csv").write_text("item,rating\nR1,9\n", encoding="utf-8")
    done = report_all(run)
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[-1] == "plumbline: No report written, 1 file refused."
    assert names(folder / "audits") == ["Testshire.csv"]


def test_a_report_that_cannot_be_written_leaves_nothing_behind(
    run: Run, audits: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if target.name.startswith("St"):
            raise OSError(28, "No space left on device")
        return whole(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    done = report_all(run)
    assert done.err.splitlines() == [
        "plumbline: audits/reports/Stockton-on-Tees.json cannot be written: No space left on device.",
        "plumbline: 5 reports written to audits/reports, 1 file refused.",
    ]
    assert len(reports(audits / "reports")) == 5


def test_a_folder_that_cannot_be_read_is_named(run: Run, audits: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = os.scandir

    def refuse(path: str) -> Any:
        if str(path).endswith("Testshire"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    done = report_all(run)
    assert done.err.splitlines() == [
        "plumbline: audits/Testshire cannot be read: Permission denied.",
        "plumbline: 4 reports written to audits/reports, 1 file refused.",
    ]


# What is left alone.


def test_hidden_files_locks_other_files_and_reports_are_passed_over(run: Run, audits: Path) -> None:
    report_all(run, "-o", "audits/reports", "--format", "xlsx")
    (audits / ".git").mkdir()
    for name in ("~$Angleton.xlsx", ".~lock.Angleton.xlsx#", "._Angleton.csv", ".git/Angleton.csv", "notes.docx"):
        (audits / name).write_text("x", encoding="utf-8")
    (audits / "Angleton.csv").mkdir()
    os.mkfifo(audits / "Angleton.json")
    done = report_all(run, "-o", "elsewhere")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[-1] == "6 reports written to elsewhere."


def test_links_that_lead_round_are_walked_once(run: Run, audits: Path) -> None:
    (audits / "Testshire" / "up").symlink_to(audits, target_is_directory=True)
    (audits / "zz again").symlink_to(audits / "Testshire", target_is_directory=True)
    (audits / "self.csv").symlink_to(audits / "self.csv")
    (audits / "gone.csv").symlink_to(audits / "absent.csv")
    done = report_all(run)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[-1] == "6 reports written to audits/reports."


def test_a_folder_that_is_linked_into_the_batch_is_read(run: Run, folder: Path) -> None:
    (folder / "audits").mkdir()
    (folder / "far").mkdir()
    (folder / "far" / "spring.csv").write_text(RECOMMENDATIONS, encoding="utf-8")
    (folder / "audits" / "Testshire").symlink_to(folder / "far", target_is_directory=True)
    assert report_all(run).code == 0
    assert reports(folder / "audits" / "reports")["Testshire - spring.json"]["authority"] == "Testshire"


def test_folders_below_an_authority_are_its_own(run: Run, folder: Path) -> None:
    deep = folder / "audits" / "south-testshire" / "2026" / "north team"
    deep.mkdir(parents=True)
    (deep / "spring.csv").write_text(RECOMMENDATIONS, encoding="utf-8")
    assert report_all(run).code == 0
    made = reports(folder / "audits" / "reports")
    assert {name: each["authority"] for name, each in made.items()} == {
        "south-testshire - 2026 - north team - spring.json": "South Testshire"
    }


# Reports that are there already.


def test_a_report_that_is_there_stays_as_it_is_unless_overwriting_is_asked_for(run: Run, audits: Path) -> None:
    edited = audits / "reports" / "st-helens-answers.json"
    edited.parent.mkdir()
    edited.write_text("edited", encoding="utf-8")
    done = report_all(run)
    assert (done.code, done.err) == (0, "")
    assert f"{edited.relative_to(audits.parent)}: was there already and stays as it is." in done.out.splitlines()
    last = "5 reports written to audits/reports, 1 already there and left alone (--overwrite replaces)."
    assert done.out.splitlines()[-1] == last
    assert edited.read_text(encoding="utf-8") == "edited"
    done = report_all(run, "--overwrite")
    assert done.out.splitlines()[-1] == "6 reports written to audits/reports."
    assert json.loads(edited.read_text(encoding="utf-8"))["authority"] == "St Helens"


def test_answers_that_have_become_faulty_are_refused_even_where_their_report_is_there(run: Run, audits: Path) -> None:
    assert report_all(run).code == 0
    (audits / "st-helens-answers.csv").write_text("item,rating\nR1,9\n", encoding="utf-8")
    done = report_all(run)
    assert done.code == 2
    assert "st-helens-answers.csv, row 2, column rating" in done.err
    last = "No report written, 5 already there and left alone (--overwrite replaces), 1 file refused."
    assert done.err.splitlines()[-1] == f"plumbline: {last}"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Angleton.csv", "Angleton.json"), ("Angleton.csv", "ANGLETON.json"), ("Y\u0302.csv", "\u0176.csv")],
)
def test_two_files_that_would_make_one_report_are_refused_before_anything_is_written(
    run: Run, audits: Path, one: str, other: str
) -> None:
    for name in (one, other):
        (audits / name).write_text(INGREDIENTS if name.endswith("json") else RECOMMENDATIONS, encoding="utf-8")
    before = names(audits)
    done = report_all(run)
    assert (done.code, done.out) == (2, "")
    (line,) = done.err.splitlines()
    assert "would both make audits/reports/" in line
    assert line.endswith("Rename one, or take one out.")
    assert names(audits) == before


def test_a_report_never_replaces_answers(run: Run, audits: Path) -> None:
    linked = audits / "reports" / "Stockton-on-Tees.json"
    linked.parent.mkdir()
    (audits / "Stockton-on-Tees.json").rename(linked)
    (audits / "Stockton-on-Tees.json").symlink_to(linked)
    done = report_all(run, "--overwrite")
    assert (
        done.err == f"plumbline: {linked.relative_to(audits.parent)} holds answers. Choose another folder for the "
        "reports.\n"
    )
    assert linked.read_text(encoding="utf-8") == INGREDIENTS


# Options.


def test_a_named_bank_holds_for_all_files(run: Run, folder: Path) -> None:
    (folder / "audits").mkdir()
    (folder / "audits" / "Testshire.csv").write_text("item,rating\n", encoding="utf-8")
    (folder / "audits" / "Tiny.csv").write_text("item,rating\nA,2\n", encoding="utf-8")
    assert report_all(run, "--bank-file", "tiny.yaml").code == 0
    assert {each["bank"]["id"] for each in reports(folder / "audits" / "reports").values()} == {"tiny"}


def test_a_weighting_holds_for_all_files(run: Run, audits: Path) -> None:
    assert report_all(run, "--weighting", "evidence").code == 0
    made = reports(audits / "reports").values()
    assert {each["bank"]["weighting"] for each in made} == {load_bank("recommendations").weighting("evidence").title}


BATCH = "report --all-audits audits"
# fmt: off
REFUSALS = [
    ("report", "Name an answers file, or a folder of them with --all-audits DIR."),
    (f"{BATCH} tiny.csv", "ANSWERS does not go with --all-audits. Leave one of them out."),
    (f"{BATCH} --authority X", "--authority does not go with --all-audits. Leave one of them out."),
    ("report tiny.csv --bank-file tiny.yaml --authority X -o a.pdf --format pdf",
     "--format goes with --all-audits DIR only."),
    ("report tiny.csv --bank-file tiny.yaml --authority X -o a.pdf --overwrite",
     "--overwrite goes with --all-audits DIR only."),
    (f"{BATCH} --bank recommendations --bank-file tiny.yaml",
     "Name a bank, either with --bank ID or with --bank-file FILE."),
    (f"{BATCH} --bank x", 'There is no bank "x". Known: key-ingredients, recommendations.'),
    (f"{BATCH} --weighting evidense", 'key-ingredients has no weighting "evidense". Did you mean "evidence"?'),
    (f"{BATCH} --title=", "--title is blank. Give a name."),
    (f"{BATCH} -o all.pdf", "all.pdf is the name of a file. With --all-audits, -o names a folder."),
    (f"{BATCH} -o audits", "audits holds the answers. Choose another folder for the reports."),
    (f"{BATCH} -o audits/a/..", "audits/a/.. holds the answers. Choose another folder for the reports."),
    (f"{BATCH} -o tiny.csv", "tiny.csv is a file. Name a folder for the reports."),
    ("report --all-audits absent", "absent is no folder. Name the folder that holds the answers files."),
    ("report --all-audits tiny.csv", "tiny.csv is no folder. Name the folder that holds the answers files."),
    ("report --all-audits empty",
     "empty holds no answers files. Put CSV, JSON or XLSX files into it, or a folder for each authority."),
]
# fmt: on


@pytest.mark.parametrize(("line", "message"), REFUSALS)
def test_what_does_not_go_together_is_refused_in_one_line(run: Run, audits: Path, line: str, message: str) -> None:
    (audits.parent / "empty").mkdir()
    before = names(audits.parent)
    done = run(*line.split(" "))
    assert (done.code, done.out, done.err) == (2, "", f"plumbline: {message}\n")
    assert names(audits.parent) == before


NAMES = {
    "st-helens": "St Helens",
    "kingston_upon_hull": "Kingston upon Hull",
    "brighton-and-hove-recommendations": "Brighton and Hove",
    "testshire key ingredients answers": "Testshire",
    "Testshire_Key_Ingredients": "Testshire",
    "TESTSHIRE": "TESTSHIRE",
    "Stockton-on-Tees": "Stockton-on-Tees",
    "south of england": "South of England",
    "  Isle of  Wight ": "Isle of Wight",
    "isle-of-wight": "Isle of Wight",
    "king's lynn": "King's Lynn",
    "the-wirral": "The Wirral",
    "Mo\u0302n": "Môn",
    "preanswers": "Preanswers",
    "recommendations": "",
    "Answers": "",
    "_answers": "",
    "": "",
}


@pytest.mark.parametrize(("name", "authority"), NAMES.items())
def test_an_authority_is_called_as_its_file_or_folder(name: str, authority: str) -> None:
    assert authority_name(name) == authority


# In a terminal.


def in_terminal(audits: Path) -> tuple[str, str]:
    """What comes out on standard output, and on a terminal in place of standard error."""
    command = [sys.executable, "-c", "from audit.cli.main import main; main()", "report", "--all-audits", "audits"]
    shown, terminal = pty.openpty()
    done = subprocess.run(
        [*command, "--format", "json"], cwd=audits.parent, stdout=subprocess.PIPE, stderr=terminal, check=False
    )
    os.close(terminal)
    found = b""
    try:
        while part := os.read(shown, 65536):
            found += part
    except OSError:  # how Linux says that nobody writes any more
        pass
    os.close(shown)
    return done.stdout.decode(), found.decode()


def test_a_terminal_shows_a_bar_and_then_the_lines(audits: Path) -> None:
    (audits / "Angleton.csv").write_text("item,rating\nR1,9\n", encoding="utf-8")
    out, err = in_terminal(audits)
    assert "Gap reports" in err
    assert "7/7" in err
    assert err.rstrip().endswith("plumbline: 6 reports written to audits/reports, 1 file refused.")
    assert len(out.splitlines()) == 6
    assert "Gap reports" not in out


def test_without_a_terminal_there_is_no_bar(run: Run, audits: Path) -> None:
    done = report_all(run)
    assert "Gap reports" not in done.out + done.err
    assert len(reports(audits / "reports")) == 6
