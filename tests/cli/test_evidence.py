"""``plumbline evidence``: findings in a terminal, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit.core.evidence import Kind
from audit.core.library import Library
from audit.operations.evidence import Wanted, search
from tests.cli.running import Run, run_fresh

KEYS = "id publication line place items kind setting says figures basis direction strength".split()
OPTIONAL_KEYS = "action repeats conflicts by_item".split()


def flat(text: str) -> str:
    return " ".join(text.split())


def heads(out: str) -> list[str]:
    """The ids at the head of each finding."""
    return [line.split()[0] for line in out.splitlines() if line.endswith("]") and not line.startswith(" ")]


def test_search_shows_the_best_ten_and_says_how_many_there_are(run: Run) -> None:
    done = run("evidence", "search", "administrators")
    found = search("administrators")
    assert (done.code, done.err) == (0, "")
    assert heads(done.out) == [finding.id for finding in found[:10]]
    assert done.out.endswith(f"\n{len(found)} findings, the best 10 of them shown: see --most.\n")
    best = found[0]
    head = f"{best.id}  {best.publication.short}, {best.place}  [{best.strength.words}, {best.direction.words}]"
    assert done.out.startswith(f"\n{head}\n    ")
    assert all(finding.says in flat(done.out) for finding in found[:10])


@pytest.mark.parametrize("most", [1, 3, 10_000])
def test_search_shows_as_many_as_are_asked_for(run: Run, most: int) -> None:
    done = run("evidence", "search", "administrators", "--most", str(most))
    found = search("administrators")
    assert heads(done.out) == [finding.id for finding in found[:most]]
    assert ("see --most" in done.out) is (most < len(found))


def test_search_within_an_item(run: Run) -> None:
    done = run("evidence", "search", "units", "--item", "W3", "--most", "1000")
    assert (done.code, done.err) == (0, "")
    assert heads(done.out) == [finding.id for finding in search("units", Wanted(item="W3"))]


def test_an_empty_text_shows_an_items_findings_best_first(run: Run, library: Library) -> None:
    done = run("evidence", "search", "", "--item", "R8")
    assert heads(done.out) == [finding.id for finding in library.touching("R8")[:10]]


def test_one_finding_is_counted_as_one(run: Run) -> None:
    assert run("evidence", "search", "REES-107").out.endswith("\nOne finding.\n")


def test_search_as_json_holds_all_that_was_found(run: Run) -> None:
    done = run("evidence", "search", "administrators", "--format", "json", "--most", "1")
    assert (done.code, done.err) == (0, "")
    found = json.loads(done.out)
    assert [each["id"] for each in found] == [finding.id for finding in search("administrators")]
    assert all(list(each) == KEYS + OPTIONAL_KEYS for each in found)
    assert "\\u" not in done.out


def test_json_says_of_a_finding_what_the_file_says(run: Run, library: Library) -> None:
    (found,) = json.loads(run("evidence", "search", "CAMA-144", "--format", "json").out)
    finding = library.by_id["CAMA-144"]
    assert found["publication"] == "cambridgeshire-working-for-families"
    assert (found["kind"], found["direction"], found["strength"]) == ("figure", "supports", "measured")
    assert (found["says"], found["figures"], found["line"]) == (finding.says, list(finding.figures), 1283)
    assert found["conflicts"] == [
        {"line": each.line, "place": each.place, "says": each.says} for each in finding.conflicts
    ]


@pytest.mark.parametrize("text", ["zeppelin", "?!", '"', "-- ", "x" * 10_000, "\udcff"])
def test_nothing_found_is_no_fault(run: Run, text: str) -> None:
    done = run("evidence", "search", "--", text)
    assert (done.code, done.err) == (0, "")
    assert done.out == "Nothing found. Try fewer words, or another word for the same thing.\n"
    assert run("evidence", "search", "--format", "json", "--", text).out == "[]\n"


@pytest.mark.parametrize("text", ['units" OR', "NEAR(units)", "units*", "says:units", "UNITS", "unit"])
def test_no_mark_is_an_operator(run: Run, text: str) -> None:
    done = run("evidence", "search", text)
    assert (done.code, done.err) == (0, "")
    assert heads(done.out)


def test_show_says_how_far_to_trust_a_finding(run: Run, library: Library) -> None:
    done = run("evidence", "show", "REES-107")
    finding, out = library.by_id["REES-107"], flat(done.out)
    assert (done.code, done.err) == (0, "")
    assert finding.says in out
    assert f"Rests on: {finding.basis}" in out
    assert f"Figures: {'; '.join(finding.figures)}" in out
    assert f"Bears on: {', '.join(finding.items)}" in out
    assert f"Stands in: {finding.publication.title}, line {finding.line} of its text version" in out
    assert ("Setting: " in out) is bool(finding.setting)
    assert "But also says" not in out


def test_show_gives_both_numbers_where_a_report_contradicts_itself(run: Run) -> None:
    out = flat(run("evidence", "show", "CAMA-144").out)
    assert "Figures: 66% rated 4 or 5;" in out
    assert "line 1283 of its text version" in out
    assert "But also says: The discussion prints 65%" in out
    assert "(section 4.4.1, p. c.221, line 3194)" in out


def test_show_leads_from_a_repeat_to_the_finding_that_was_kept(run: Run, library: Library) -> None:
    done = run("evidence", "show", "CAMB-506")
    assert heads(done.out) == ["CAMA-006"]
    (repeat,) = library.by_id["CAMA-006"].repeats
    assert f"Also at: {repeat.place} (line {repeat.line})" in flat(done.out)


def test_the_answer_of_a_service_is_called_one(run: Run, library: Library) -> None:
    response = next(finding for finding in library.findings if finding.kind is Kind.RESPONSE)
    for arguments in (("show", response.id), ("search", response.id, "--most", "1")):
        assert "An answer by the service itself, and not evidence." in flat(run("evidence", *arguments).out)
    assert "answer by the service" not in run("evidence", "show", "REES-107").out


def test_lines_fit_a_terminal(run: Run, library: Library) -> None:
    for finding in library.findings[::97]:
        lines = run("evidence", "show", finding.id).out.splitlines()
        assert max(len(line) for line in lines if line.startswith(" ")) <= 100, finding.id


# fmt: off
REFUSALS = [
    (["search", "units", "--item", "R99"],
     '"R99" names no condition or ingredient. Did you mean "R9"?'),
    (["search", "units", "--item", "r8"],
     '"r8" names no condition or ingredient. Did you mean "R8"?'),
    (["search", "units", "--most", "0"], "Invalid value for '--most': 0 is not in the range x>=1."),
    (["search", "units", "--format", "xml"], "Invalid value for '--format': 'xml' is not one of 'text', 'json'."),
    (["search"], "Missing argument 'TEXT'."),
    (["show"], "Missing argument 'ID'."),
    (["show", "rees-107"], '"rees-107" names no finding. Did you mean "REES-107"?'),
    (["find"], "No such command 'find'."),
]
# fmt: on


@pytest.mark.parametrize(("arguments", "message"), REFUSALS, ids=[" ".join(case[0]) for case in REFUSALS])
def test_a_fault_is_one_line(run: Run, arguments: list[str], message: str) -> None:
    done = run("evidence", *arguments)
    assert (done.code, done.out, done.err) == (2, "", f"plumbline: {message}\n")


@pytest.mark.parametrize("name", ["nothing like it", "\x1b[31m", "x" * 10_000, "a\nb", "--x"])
@pytest.mark.parametrize("arguments", [("show", "--"), ("search", "units", "--item")], ids=["finding", "item"])
def test_an_unknown_name_is_quoted_safely_on_one_line(run: Run, arguments: tuple[str, ...], name: str) -> None:
    done = run("evidence", *arguments, name)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith('plumbline: "')
    assert done.err.count("\n") == 1
    assert "\x1b" not in done.err
    assert len(done.err) < 300


def test_it_works_in_a_process_of_its_own(folder: Path) -> None:
    done = run_fresh(folder, "evidence", "search", "administrators", "--format", "json")
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)
    done = run_fresh(folder, "evidence", "show", "XYZ")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith('plumbline: "XYZ" names no finding.')
