"""The findings that Plumbline carries, and the choice among them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from audit.core.bank import Bank
from audit.core.bank_loader import bank_ids, load_bank
from audit.core.errors import EvidenceError
from audit.core.evidence import Finding, Kind, Strength
from audit.core.evidence_loader import load_library_folder
from audit.core.evidence_weights import evidence_weight
from audit.core.library import Library, usefulness
from audit.core.resources import question_banks
from tests.core.statements import numbers, where

SHARED_CHECK = Path(__file__).resolve().parents[3] / "shared" / "check-evidence"
SEEDS = SHARED_CHECK.parent / "seeds"
YEARS = re.compile(r"\b(?:19|20)\d\d(?:/\d\d)?\b")
# Numbers that belong to a name: a section of the Children Act, the projects and ingredients, the posts of a unit.
COUNTED = re.compile(r"\b(?:section 47|17 (?:projects|evaluations)|20 ingredients|4\.5 posts)\b")


def test_every_finding_bears_on_items_of_our_banks() -> None:
    known = {item_id for bank_id in bank_ids() for item_id in load_bank(bank_id).items}
    assert load_library_folder(question_banks() / "evidence", known).findings


def test_nothing_that_was_read_is_lost(library: Library) -> None:
    """Each of the findings that were read is still there, by itself or as the repeat of another."""
    assert len(library.by_id) == 1370
    assert len(library.findings) + sum(len(finding.repeats) for finding in library.findings) == 1370


def test_all_five_publications_are_there(library: Library) -> None:
    assert len({finding.publication.id for finding in library.findings}) == 5


def test_every_grade_of_strength_is_in_use(library: Library) -> None:
    assert set(Counter(finding.strength for finding in library.findings)) == set(Strength)


def test_responses_of_a_service_are_graded_as_claims(library: Library) -> None:
    responses = [finding for finding in library.findings if finding.kind is Kind.RESPONSE]
    assert len(responses) == 24
    assert {finding.strength for finding in responses} == {Strength.CLAIMED}


def test_what_nobody_else_tested_is_a_response_and_nothing_else_is(library: Library) -> None:
    untested = {finding.id for finding in library.findings if "not independently tested" in finding.basis}
    assert untested == {finding.id for finding in library.findings if finding.kind is Kind.RESPONSE}


def test_a_conflict_has_a_place_and_says_something_else(library: Library) -> None:
    conflicts = [(finding, conflict) for finding in library.findings for conflict in finding.conflicts]
    assert conflicts
    for finding, conflict in conflicts:
        assert conflict.line > 0, finding.id
        assert conflict.place, finding.id
        assert conflict.says.endswith("."), finding.id
        assert conflict.says not in (finding.says, *finding.figures), finding.id


def test_a_conflict_stands_where_its_numbers_are(library: Library) -> None:
    """Some of its numbers can be sums of ours, but never all."""
    if not SEEDS.is_dir():
        pytest.skip(f"{SEEDS} is absent: the publications are not part of this project")
    lost = []
    for finding in library.findings:
        for conflict in finding.conflicts:
            lines = (SEEDS / f"{finding.publication.id}.txt").read_text(encoding="utf-8").split("\n")
            near = numbers(*lines[conflict.line - 3 : conflict.line + 3])
            if numbers(conflict.says) and not numbers(conflict.says) & near:
                lost.append((finding.id, conflict.line, conflict.says))
    assert lost == []


def unstated(finding: Finding) -> set[str]:
    """The numbers that a finding says without giving them as figures, in its basis or in its setting."""
    says = YEARS.sub("", COUNTED.sub("", finding.says))
    return numbers(says) - numbers(*finding.figures, finding.basis, finding.setting)


def test_every_number_that_a_finding_says_is_among_its_figures(library: Library) -> None:
    """So that each is held against the publication, where the figures are."""
    assert {where(finding.id): unstated(finding) for finding in library.findings if unstated(finding)} == {}


def test_a_fault_in_the_carried_files_is_named_with_its_file_and_line(library: Library) -> None:
    kept = library.by_id["REES-107"]
    path, line = where(kept.id).removesuffix(": REES-107").split(", line ")
    assert "id: REES-107" in (question_banks() / path).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert where("R8 depends").startswith("syntheses/recommendations.yaml, line ")


@pytest.mark.parametrize(
    ("says", "slips"),
    [
        ("It fell by 7% under section 47 in 2008/09.", set()),
        ("It fell by 70% in 12 towns.", {"70"}),
        ("It fell by 7% in 13 towns of 20.", {"13", "20"}),
        ("It fell in 2,100 cases under section 17.", {"2100", "17"}),
    ],
)
def test_a_number_that_is_no_figure_is_noticed(library: Library, says: str, slips: set[str]) -> None:
    finding = replace(library.findings[0], says=says, figures=("7%",), basis="interviews in 12 towns", setting="")
    assert unstated(finding) == slips


def test_the_best_findings_of_an_item_come_first(library: Library) -> None:
    for item_id, synthesis in library.syntheses.items():
        touching = library.touching(item_id)
        count = len(synthesis.best)
        assert touching[:count] == synthesis.best
        ranks = [usefulness(finding, item_id) for finding in touching[count:]]
        assert ranks == sorted(ranks), item_id
        assert set(touching) == {finding for finding in library.findings if item_id in finding.items}


def test_no_finding_says_the_same_as_another(library: Library) -> None:
    repeated = [text for text, count in Counter(f.says for f in library.findings).items() if count > 1]
    assert repeated == []


def test_a_repeat_leads_to_the_finding_that_was_kept(library: Library) -> None:
    repeats = {repeat.id: finding for finding in library.findings for repeat in finding.repeats}
    assert repeats
    assert all(library.by_id[repeat_id] is finding for repeat_id, finding in repeats.items())


def test_figures_stand_in_the_publications() -> None:
    if not SHARED_CHECK.is_file():
        pytest.skip(f"{SHARED_CHECK} is absent: the publications are not part of this project")
    folder = question_banks() / "evidence"
    run = subprocess.run([sys.executable, SHARED_CHECK, folder], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_a_report_shows_at_least_five_findings_for_every_item(bank: Bank, library: Library) -> None:
    for item in bank.items.values():
        chosen = library.choose(bank, item)
        assert len(chosen.all) >= 5, item.id
        assert len({finding.id for finding in chosen.all}) == len(chosen.all)
        if any(finding.contrary for finding in library.touching(item.id)):
            assert chosen.contrary, item.id
        assert len(chosen.contrary) <= len(chosen.supporting), item.id


def test_an_items_own_row_is_not_shown_as_evidence_for_it(bank: Bank, library: Library) -> None:
    for item in bank.items.values():
        own = {item.source.line, item.adds.source.line if item.adds else item.source.line}
        lines = {f.line for f in library.choose(bank, item).all if f.publication.id == bank.publication}
        assert not own & lines, item.id


def test_items_with_thin_evidence_weigh_least(library: Library) -> None:
    assert [evidence_weight(library, name) for name in ("T4", "C6", "W6")] == [1, 1, 3]
    assert evidence_weight(library, "R1") == evidence_weight(library, "W1") == 6


FINDING = """
publication: {id: p, short: P, title: Paper, authors: A, published: "2020"}
findings:
  - id: P-1
    line: 3
    place: Section 1
    items: [R1]
    kind: finding
    setting: ""
    says: Something was found.
    figures: []
    basis: interviews
    direction: supports
    strength: observed
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[R1]", "[R99]", 'p.yaml, line 7: "R99" names no item of a bank.'),
        ("strength: observed", "strength: sure", 'p.yaml, line 14: "sure" is not known here.'),
        ("direction: supports", "direction: support", 'line 13: "support" is not known here. Did you mean "supports"?'),
        ("    basis: interviews\n", "", 'p.yaml, line 4: the key "basis" is missing. Add it.'),
        ("    kind: finding\n", "    kind: finding\n    kinds: x\n", 'the key "kinds" is not known here.'),
        ("line: 3", "line: three", '"three" is not a whole number.'),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in FINDING
    (tmp_path / "p.yaml").write_text(FINDING.replace(old, new), encoding="utf-8")
    with pytest.raises(EvidenceError) as fault:
        load_library_folder(tmp_path, {"R1"})
    assert message in str(fault.value)


def test_a_finding_can_point_another_way_for_one_item(library: Library) -> None:
    finding = library.by_id["REES-124"]
    assert finding.contrary
    assert not finding.contrary_to("R5")
    assert finding.contrary_to("R7")
    bank = load_bank("recommendations")
    assert finding not in library.choose(bank, bank.items["R5"], 40).contrary


def test_a_direction_for_an_item_that_the_finding_does_not_bear_on_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(f"{FINDING}    by_item: {{R2: qualifies}}\n", encoding="utf-8")
    with pytest.raises(EvidenceError, match='"R2" names no item of this finding'):
        load_library_folder(tmp_path)
