"""The findings that Plumbline carries, and the choice among them."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from audit.core.bank import Bank
from audit.core.bank_loader import bank_ids, load_bank
from audit.core.errors import EvidenceError
from audit.core.evidence import Library, Strength
from audit.core.evidence_loader import load_library_folder
from audit.core.evidence_weights import evidence_weight
from audit.core.resources import question_banks

SHARED_CHECK = Path(__file__).resolve().parents[3] / "shared" / "check-evidence"


def test_every_finding_bears_on_items_of_our_banks() -> None:
    known = {item_id for bank_id in bank_ids() for item_id in load_bank(bank_id).items}
    assert len(load_library_folder(question_banks() / "evidence", known).findings) == 1343


def test_all_five_publications_are_there(library: Library) -> None:
    assert len({finding.publication.id for finding in library.findings}) == 5


def test_every_grade_of_strength_is_in_use(library: Library) -> None:
    assert set(Counter(finding.strength for finding in library.findings)) == set(Strength)


def test_responses_of_a_service_are_graded_as_claims(library: Library) -> None:
    responses = [f for f in library.findings if "not independently tested" in f.basis]
    assert responses
    assert {finding.strength for finding in responses} == {Strength.CLAIMED}


def test_no_finding_says_the_same_as_another(library: Library) -> None:
    repeated = [text for text, count in Counter(f.says for f in library.findings).items() if count > 1]
    assert repeated == []


def test_a_repeat_leads_to_the_finding_that_was_kept(library: Library) -> None:
    repeats = {repeat.id: finding for finding in library.findings for repeat in finding.repeats}
    assert len(repeats) == 27
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
    assert [evidence_weight(library, name) for name in ("T4", "C6", "W6")] == [1, 2, 3]
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
