"""What the evidence on each item comes to: whole, short, and no more than its findings say."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
import yaml

from audit.core.bank_loader import bank_ids, load_bank
from audit.core.evidence import Direction, Finding, Kind, Publication, Strength
from audit.core.library import Library
from audit.core.resources import question_banks
from audit.core.synthesis import Statement
from tests.core.statements import of_all, of_syntheses, plain, style_faults, unsupported, where

ITEMS = [item_id for bank_id in bank_ids() for item_id in load_bank(bank_id).items]
THIN = {"C6", "T4", "W6", "R10"}
RUN = 8
# A name counts as one word, so that to name a place twice is to say nothing twice.
NAMES = (
    "Hampshire and the Isle of Wight",
    "Hampshire with the Isle of Wight",
    "Bath and North-East Somerset",
    "North East Lincolnshire",
    "North Tyneside",
    "Tower Hamlets",
    "Reclaiming Social Work",
    "Signs of Safety",
    "Focus on Practice",
    "consultant social worker",
    "Innovation Programme synthesis 2017",
    "Rethinking children's social work 2014",
)


def count(*statements: Statement) -> int:
    return sum(len(statement.says.split()) for statement in statements)


def runs(text: str) -> set[tuple[str, ...]]:
    """Each run of eight words, with names as one word."""
    for name in NAMES:
        text = re.sub(re.escape(name), name.replace(" ", "_").replace("-", "_"), text, flags=re.IGNORECASE)
    words = re.findall(r"[\w%£]+(?:['’.,-]\w+)*", text.casefold())
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


@pytest.mark.parametrize("item_id", ITEMS)
def test_every_item_has_a_synthesis(library: Library, item_id: str) -> None:
    bank = next(bank for bank in map(load_bank, bank_ids()) if item_id in bank.items)
    assert item_id in library.syntheses, f"syntheses/{bank.id}.yaml has no entry for {item_id}"


def test_a_synthesis_is_short_enough_to_read_and_long_enough_to_say_something(library: Library) -> None:
    lengths = {name: count(*synthesis.parts) for name, synthesis in library.syntheses.items()}
    assert {where(name): length for name, length in lengths.items() if not 80 <= length <= 150} == {}


def test_what_was_missing_and_what_endangers_are_each_a_few_sentences(library: Library) -> None:
    lengths = {name: count(each) for name, each in of_syntheses(library).items() if name.endswith(("missing", "gers"))}
    assert {name: length for name, length in lengths.items() if not 15 <= length <= 55} == {}


def test_a_synthesis_cites_findings_that_bear_on_its_item(library: Library) -> None:
    for synthesis in library.syntheses.values():
        assert [finding.id for finding in synthesis.cited if synthesis.item_id not in finding.items] == []


@pytest.mark.parametrize("pattern", ["syntheses/*.yaml", "links.yaml", "settings.yaml", "cautions.yaml"])
def test_what_is_cited_is_a_finding_that_was_kept_and_no_repeat(library: Library, pattern: str) -> None:
    cited = [
        name
        for path in question_banks().glob(pattern)
        for name in re.findall(r"\b[A-Z]{3,4}-\d{3}\b", path.read_text(encoding="utf-8"))
    ]
    assert cited
    assert [name for name in cited if name not in library.by_id or library.by_id[name].id != name] == []


def test_no_finding_is_cited_twice_in_one_list(library: Library) -> None:
    lists = {name: statement.findings for name, statement in of_all(library).items()}
    for name, synthesis in library.syntheses.items():
        lists |= {f"{name} {key}": getattr(synthesis, key) for key in ("tried", "barriers", "best")}
    lists |= {f"setting {setting.id}": setting.findings for setting in library.settings}
    assert [name for name, findings in lists.items() if len(set(findings)) < len(findings)] == []


def test_every_number_of_a_statement_stands_in_its_findings(library: Library) -> None:
    found = {name: unsupported(statement) for name, statement in of_all(library).items()}
    assert {where(name): numbers for name, numbers in found.items() if numbers} == {}


@pytest.mark.parametrize(
    ("says", "missing"),
    [
        ("Half, and 1,200 of them.", set()),
        ("In 34% of 12 towns.", set()),
        ("In 35% of 13 towns.", {"35", "13"}),
        ("In 3 towns.", {"3"}),
        ("Author's paper of 2020 counts 12 towns.", set()),
        ("In 2020, 12 towns.", {"2020"}),
    ],
)
def test_a_number_that_no_finding_holds_is_noticed(says: str, missing: set[str]) -> None:
    paper = Publication("p", "Author’s paper of 2020", "Paper", "A", "2020")
    finding = Finding(
        *("F", paper, 1, "Page 1", ("R1",), Kind.FINDING, "", "So said 1200.", ("34%",), "interviews in 12 towns"),
        *(Direction.SUPPORTS, Strength.OBSERVED),
    )
    assert unsupported(Statement(says, (finding,))) == missing


def test_a_publication_goes_by_its_short_name(library: Library) -> None:
    """Reports, lists and references call it so: a reader cannot look up "the synthesis" or "a national report"."""
    other = re.compile(
        r"\b(a|one|our|same|the|national) (national )?(synthesis|report|paper|publication|source)\b",
        re.IGNORECASE,
    )
    texts = {name: statement.says for name, statement in of_all(library).items()}
    for bank in map(load_bank, bank_ids()):
        texts |= {f"{item.id} adds": item.adds.says for item in bank.items.values() if item.adds}
        texts |= {f"{prompt.id} why": prompt.why for prompt in bank.supplementary}
    named = [plain(publication.short) for publication in library.publications.values()]
    bare = {place: re.sub("|".join(map(re.escape, named)), "", text) for place, text in texts.items()}
    assert bare != texts
    assert {place: found[0] for place, text in bare.items() if (found := other.search(text))} == {}


def test_who_tried_it_is_not_told_by_the_service_alone(library: Library) -> None:
    for name, synthesis in library.syntheses.items():
        assert synthesis.tried, name
        assert [finding.id for finding in synthesis.tried if finding.strength is Strength.CLAIMED] == [], name


def test_thin_evidence_is_called_thin(library: Library) -> None:
    marked = {name for name, synthesis in library.syntheses.items() if synthesis.thin}
    assert marked >= THIN
    assert [name for name in sorted(marked) if "thin" not in library.syntheses[name].strength.says.casefold()] == []


def test_the_best_findings_are_eight_or_more_and_show_both_sides(library: Library) -> None:
    for name, synthesis in library.syntheses.items():
        assert len(synthesis.best) >= 8, name
        assert not all(finding.contrary for finding in synthesis.best), name
        if any(finding.contrary for finding in library.touching(name)):
            assert any(finding.contrary for finding in synthesis.best), name


def test_what_cuts_against_an_item_is_not_told_from_findings_that_all_support_it(library: Library) -> None:
    for name, synthesis in library.syntheses.items():
        if any(finding.contrary for finding in library.touching(name)):
            assert any(finding.contrary for finding in synthesis.against.findings), name


def test_no_run_of_eight_words_stands_in_two_statements(library: Library) -> None:
    found = defaultdict(set)
    for name, statement in of_syntheses(library).items():
        for run in runs(statement.says):
            found[run].add(name)
    assert [(" ".join(run), sorted(names)) for run, names in found.items() if len(names) > 1] == []


def test_words_are_in_the_house_style(library: Library) -> None:
    texts = {name: statement.says for name, statement in of_all(library).items()}
    texts |= {f"warning of {link.id}": link.warns.says for link in library.links if link.warns}
    assert {name: style_faults(text) for name, text in texts.items() if style_faults(text)} == {}


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("A well-told story.", []),
        ("A story - well told.", ["a dash"]),
        ("A story — well told.", ["a dash"]),
        ("A story; well told.", ["a semicolon"]),
        ("A story (REES-107).", ["the id of a finding"]),
        (f"{'word ' * 29}end. {'word ' * 30}end.", ["a sentence of 31 words"]),
    ],
)
def test_a_fault_of_style_is_noticed(text: str, faults: list[str]) -> None:
    assert style_faults(text) == faults


def test_every_synthesis_stands_in_the_file_of_its_bank() -> None:
    for bank_id in bank_ids():
        data = yaml.safe_load((question_banks() / "syntheses" / f"{bank_id}.yaml").read_text(encoding="utf-8"))
        assert {entry["item"] for entry in data} <= set(load_bank(bank_id).items)
