"""The commands of ``plumbline`` where all is well."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from audit import __version__
from audit.core.bank_loader import bank_ids, load_bank
from tests.cli.running import Run, run_fresh
from tests.core.tiny_bank import TINY

TINY_BANK = ("--bank-file", "tiny.yaml")
OVERALL = "exact percent low high answered not_applicable unknown items weight_excluded band".split()
SECTION = "id raw raw_max exact percent low high".split()
ITEM = "id state level exact weight target gap share_of_gap".split()


def score_json(run: Run, *arguments: str) -> Any:
    done = run("score", *arguments, "--format", "json")
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)


def test_bank_list_names_every_bank(run: Run) -> None:
    done = run("bank", "list")
    assert (done.code, done.err) == (0, "")
    for bank in map(load_bank, bank_ids()):
        row = next(line for line in done.out.splitlines() if line.startswith(bank.id))
        assert row.split(maxsplit=3) == [bank.id, bank.version, str(len(bank.items)), bank.title]


@pytest.mark.parametrize("bank_id", bank_ids())
def test_bank_show_says_all_that_a_rater_needs(run: Run, bank_id: str) -> None:
    done = run("bank", "show", bank_id)
    assert (done.code, done.err) == (0, "")
    shown = "".join(done.out.split())
    bank = load_bank(bank_id)
    texts = [bank.title, bank.caution, *(weighting.rule for weighting in bank.weightings), *bank.prompts]
    for item in bank.items.values():
        texts += [item.title, item.prompt, *item.descriptors.values(), "; ".join(item.look_for)]
    assert [text for text in texts if "".join(text.split()) not in shown] == []
    assert max(map(len, done.out.splitlines())) <= 120


def test_bank_check_says_what_it_found(run: Run) -> None:
    done = run("bank", "check", "tiny.yaml")
    assert (done.code, done.err) == (0, "")
    assert done.out == "tiny.yaml: no fault found. tiny 1.0.0 has 2 items, 1 section and 1 weighting.\n"


def test_score_as_a_table(run: Run) -> None:
    done = run("score", "tiny.csv", *TINY_BANK)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "Tiny bank (tiny 1.0.0), Equal weights",
        "Overall: 25.0% (1/4 exactly), poor",
        "Rated 2 of 2, not applicable 0 (0.0% of weight), don't know or unanswered 0",
        "Check: A against B. A speaks of B.",
        "The levels are ours.",
        "",
        "Item  Title   Rating  Target  Score %  Gap share %  Weight",
        "----  ------  ------  ------  -------  -----------  ------",
        "A     Item A  2 High       1    100.0          0.0       1",
        "B     Item B  0 Low        1      0.0        100.0       3",
    ]


def test_score_as_json_has_exactly_these_keys_and_exact_numbers(run: Run) -> None:
    scored = score_json(run, "tiny.csv", *TINY_BANK)
    assert list(scored) == ["bank", "weighting", "overall", "sections", "items"]
    assert scored["bank"] == {"id": "tiny", "version": "1.0.0", "sha256": sha256(TINY.encode()).hexdigest()}
    assert scored["weighting"] == "equal"
    values = ["1/4", "25.0", "25.0", "25.0", 2, 0, 0, 2, "0", "Poor"]
    assert list(scored["overall"].items()) == list(zip(OVERALL, values, strict=True))
    values = ["part", "1/2", "2", "1/4", "25.0", "25.0", "25.0"]
    assert [list(part.items()) for part in scored["sections"]] == [list(zip(SECTION, values, strict=True))]
    assert scored["items"] == [
        dict(zip(ITEM, ["A", "rated", 2, "1", "1", 1, "0", "0"], strict=True)),
        dict(zip(ITEM, ["B", "rated", 0, "0", "3", 1, "1/2", "1"], strict=True)),
    ]


@pytest.mark.parametrize("bank_id", bank_ids())
def test_score_under_the_weights_by_evidence(run: Run, folder: Path, bank_id: str) -> None:
    bank = load_bank(bank_id)
    rows = "".join(f"{item_id},{number % 5}\n" for number, item_id in enumerate(bank.items))
    (folder / "full.csv").write_text(f"item,rating\n{rows}", encoding="utf-8")
    scored = score_json(run, "full.csv", "--bank", bank_id, "--weighting", "evidence")
    assert scored["weighting"] == "evidence"
    weights = bank.weighting("evidence").weights
    assert {item["id"]: item["weight"] for item in scored["items"]} == {name: str(weights[name]) for name in bank.items}
    assert score_json(run, "full.csv", "--bank", bank_id)["weighting"] == "equal"


@pytest.mark.parametrize("which", [("--bank", "recommendations"), ("--bank", "key-ingredients"), TINY_BANK])
@pytest.mark.parametrize("prompts", [(), ("--prompts",)])
def test_an_empty_template_is_not_yet_scored(run: Run, which: tuple[str, str], prompts: tuple[str, ...]) -> None:
    done = run("template", *which, *prompts, "-o", "empty.csv")
    assert (done.code, done.err) == (0, "")
    scored = score_json(run, "empty.csv", *which)
    count = len(scored["items"])
    values = [None, None, "0.0", "100.0", 0, 0, count, count, "0", None]
    assert scored["overall"] == dict(zip(OVERALL, values, strict=True))
    for part in scored["sections"]:
        assert [part[key] for key in SECTION[1:]] == [None, None, None, None, "0.0", "100.0"]
    for item in scored["items"]:
        assert [item[key] for key in ("state", "level", "exact", "gap", "share_of_gap")] == ["unanswered", *[None] * 4]
    assert "Overall: not yet scored\nRange: 0.0% to 100.0%" in run("score", "empty.csv", *which).out


def test_a_workbook_to_fill_in_is_scored_like_any_answers_file(run: Run, folder: Path) -> None:
    for prompts in ((), ("--prompts",)):
        (folder / "empty.XLSX").unlink(missing_ok=True)
        assert run("template", *TINY_BANK, *prompts, "-o", "empty.XLSX").code == 0
        assert run("template", *TINY_BANK, *prompts, "-o", "empty.XLSX").code == 0
        assert "Overall: not yet scored" in run("score", "empty.XLSX", *TINY_BANK).out


def test_a_report_as_workbook_is_scored_as_the_answers_it_came_from(run: Run, folder: Path) -> None:
    assert run("report", "tiny.csv", *TINY_BANK, "--authority", "X", "-o", "report.xlsx").code == 0
    scored = [run("score", name, *TINY_BANK, "--format", "json").out for name in ("tiny.csv", "report.xlsx")]
    assert scored[0] == scored[1]
    assert run("report", "report.xlsx", *TINY_BANK, "--authority", "X", "-o", "again.xlsx").code == 0
    assert (folder / "again.xlsx").read_bytes() == (folder / "report.xlsx").read_bytes()
    assert run("form", "report.xlsx", *TINY_BANK, "-o", "form.pdf").code == 0


def test_template_says_how_to_fill_it_in(run: Run, folder: Path) -> None:
    assert run("template", *TINY_BANK, "-o", "new.csv").out.splitlines() == [
        "new.csv: 2 items to rate.",
        "Rating: 0 Low, 1 Middle, 2 High; na with a reason; dk for don't know; or leave it empty.",
        "Confidence: low, medium or high. Target: a level, if it is not the default.",
        "Never name a child or a family, or give details of a case.",
    ]
    assert (folder / "new.csv").read_bytes().startswith(b"\xef\xbb\xbfitem,rating,reason,")


@pytest.mark.parametrize(
    ("suffix", "start"),
    [("pdf", b"%PDF-"), ("docx", b"PK\x03\x04"), ("xlsx", b"PK\x03\x04"), ("html", b"<!DOCTYPE html>"), ("json", b"{")],
)
@pytest.mark.parametrize("case", [str.lower, str.upper])
def test_a_report_in_every_format(run: Run, folder: Path, suffix: str, start: bytes, case: Any) -> None:
    name = f"report.{case(suffix)}"
    done = run("report", "tiny.csv", *TINY_BANK, "--authority", "Ynys Môn", "-o", name)
    assert (done.code, done.err) == (0, "")
    assert done.out == f"{name}: 25.0%, Poor; look first at B Item B.\n"
    assert (folder / name).read_bytes()[: len(start)].lower() == start.lower()
    assert {path.name for path in folder.iterdir()} == {"bad.csv", "none.csv", "tiny.csv", "tiny.yaml", name}


def test_a_report_carries_the_names_it_was_given(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")
    options = ("--authority", "  Ynys \n Môn ", "--title", "Our report", "-o", "r.json")
    assert run("report", "tiny.csv", *TINY_BANK, *options).code == 0
    made = json.loads((folder / "r.json").read_text(encoding="utf-8"))
    assert (made["authority"], made["title"], made["made_on"]) == ("Ynys Môn", "Our report", "21 November 2026")
    assert made["bank"]["sha256"] == sha256(TINY.encode()).hexdigest()


def test_a_report_of_nothing_rated_is_not_yet_scored(run: Run) -> None:
    for name in ("r.pdf", "r.docx", "r.xlsx", "r.html", "r.json"):
        done = run("report", "none.csv", *TINY_BANK, "--authority", "X", "-o", name)
        assert (done.code, done.out, done.err) == (0, f"{name}: not yet scored.\n", "")


def test_the_command_works_in_a_process_of_its_own(folder: Path) -> None:
    done = run_fresh(folder, "--version")
    assert (done.code, done.out, done.err) == (0, f"plumbline, version {__version__}\n", "")
    done = run_fresh(folder, "score", "tiny.csv", *TINY_BANK, "--format", "json")
    assert (done.code, json.loads(done.out)["overall"]["exact"], done.err) == (0, "1/4", "")


def test_help_stands_on_standard_output(run: Run) -> None:
    for arguments in (["--help"], ["score", "-h"], ["bank", "show", "--help"]):
        done = run(*arguments)
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith("Usage: ")
