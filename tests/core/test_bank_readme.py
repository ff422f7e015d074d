"""question_banks/README.md names every key, and its example is a bank that works."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from audit.core.bank import Bank, Combine, PartsRule
from audit.core.bank_loader import parse_bank
from audit.core.errors import BankError
from audit.core.evidence_loader import load_library_folder
from audit.core.gaps import contradictions
from audit.core.library_loader import load_library
from audit.core.numbers import percent
from audit.core.resources import question_banks
from audit.core.responses import Answers, Response
from audit.core.scorecard import Scorecard, score_answers
from tests.making import rated

README = (question_banks() / "README.md").read_text(encoding="utf-8")
TEXT = " ".join(README.split())
EXAMPLES = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
ANSWERS = {"L1": rated(2), "L2": rated(1), "L3": rated(2), "L4": rated(1)}


@pytest.fixture(scope="module", name="bank")
def example_bank() -> Bank:
    return parse_bank(EXAMPLES[0].encode(), "example", load_library().by_id)


def scored(bank: Bank, responses: Mapping[str, Response], weighting: str = "equal") -> Scorecard:
    return score_answers(bank, Answers(responses), bank.weighting(weighting))


def test_there_is_one_example_and_it_is_marked_as_one(bank: Bank) -> None:
    assert len(EXAMPLES) == 1
    assert "**This is an example." in README
    assert "example" in bank.title.casefold()
    assert "example" in bank.caution


def test_the_example_shows_every_feature(bank: Bank) -> None:
    outer, inner = bank.root.sections()
    assert inner in outer.children
    assert (outer.combine, inner.combine) == (Combine.MEAN, Combine.MINIMUM)
    assert list(bank.items) == ["L1", "L2", "L3", "L4"]
    assert [level.name for level in bank.scale.levels] == ["Not yet", "In part", "In full"]
    assert [weighting.name for weighting in bank.weightings] == ["equal", "visitors"]
    assert bank.items["L2"].parts
    assert bank.items["L2"].parts.rule is PartsRule.EITHER
    assert [dependency.item_id for dependency in bank.items["L4"].depends_on] == ["L3"]
    assert list(bank.prompts) == ["Q1", "S1"]
    assert bank.default_target == bank.scale.top


def test_the_example_scores_as_the_readme_says(bank: Bank) -> None:
    overall = scored(bank, ANSWERS).overall
    assert (overall.raw, overall.raw_max) == (Fraction(5, 4), Fraction(2))
    assert f"= 5/4 of 2, and so {percent(Fraction(5, 8))}%" in TEXT
    assert overall.score == Fraction(5, 8)


def test_the_example_scores_by_its_other_weighting_as_the_readme_says(bank: Bank) -> None:
    overall = scored(bank, ANSWERS, "visitors").overall
    assert (overall.raw, overall.score) == (Fraction(11, 7), Fraction(11, 14))
    assert f"= 11/7 of 2, and so {percent(Fraction(11, 14))}%" in TEXT


def test_the_shelves_of_the_example_are_as_good_as_the_worse_of_the_two(bank: Bank) -> None:
    shelves = scored(bank, ANSWERS).sections[1]
    assert (shelves.raw, shelves.raw_max) == (Fraction(1), Fraction(2))


def test_the_example_points_out_a_contradiction(bank: Bank) -> None:
    assert contradictions(scored(bank, ANSWERS)) == ()
    (found,) = contradictions(scored(bank, {"L3": rated(0), "L4": rated(1)}))
    assert (found.entry.item.id, found.other.item.id) == ("L4", "L3")


def test_the_level_that_the_readme_works_out_is_right() -> None:
    assert f"level 3 scores 3/4, which is {percent(Fraction(3, 4))}%" in TEXT


def test_the_findings_of_the_readme_can_be_loaded(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "example.yaml").write_text(example, encoding="utf-8")
    library = load_library_folder(tmp_path, known_items=["L1", "L2"])
    assert library.by_id["LIB-044"].id == "LIB-001"


def keys(node: Any) -> Iterator[str]:
    """The keys that a schema knows, however deep."""
    if isinstance(node, dict):
        if node.get("type") == "object":
            yield from node.get("properties", {})
        for member in node.values():
            yield from keys(member)
    elif isinstance(node, list):
        for member in node:
            yield from keys(member)


@pytest.mark.parametrize(
    ("name", "least"),
    [("bank", 15), ("evidence", 15), ("syntheses", 13), ("links", 10), ("settings", 11), ("cautions", 3)],
)
def test_the_readme_names_every_key(name: str, least: int) -> None:
    text = (question_banks() / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    known = set(keys(json.loads(text)))
    assert len(known) >= least
    assert [key for key in sorted(known) if f"`{key}`" not in README] == []


@pytest.mark.parametrize(
    ("heading", "definition"),
    [
        ("### A level of the scale", "level"),
        ("### A band", "band"),
        ("### A weighting", "weighting"),
        ("### A section", "section"),
        ("### An item", "item"),
        ("### An opening question", "opening_question"),
        ("### A supplementary prompt", "supplementary_prompt"),
        ("## Keys of the bank", ""),
    ],
)
def test_each_table_lists_exactly_the_keys_and_whether_they_are_needed(heading: str, definition: str) -> None:
    text = (question_banks() / "schemas" / "bank.schema.json").read_text(encoding="utf-8")
    whole = json.loads(text)
    node = whole["$defs"][definition] if definition else whole
    table = README.split(f"{heading}\n")[1].split("\n#")[0]
    rows = dict(re.findall(r"^\| `(\w+)` \| (yes|no|either or both) \|", table, re.MULTILINE))
    assert sorted(rows) == sorted(node["properties"])
    assert sorted(key for key, needed in rows.items() if needed == "yes") == sorted(node["required"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('caution: "This is an example: its standards', "caution: This is an example: its standards"),
        ("shelves: 1/2}", "shelves: .5}"),
        ("shelves: 1/2}", "shelves: 33%}"),
        ("title: The shelves", "title: @shelves"),
        ("version: 1.0.0", "version: 1.0"),
        ("  - name: visitors", "\t- name: visitors"),
    ],
)
def test_a_pitfall_is_refused_with_a_line(old: str, new: str) -> None:
    text = EXAMPLES[0].replace(old, new)
    assert text != EXAMPLES[0]
    with pytest.raises(BankError, match=r"example, line \d+: "):
        parse_bank(text.encode(), "example")


def test_the_links_of_the_readme_lead_somewhere() -> None:
    headings = {
        re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in re.findall(r"^#+ (.*)$", README, re.M)
    }
    for target in re.findall(r"\]\(([^)]+)\)", README):
        if target.startswith("#"):
            assert target[1:] in headings
        else:
            assert (Path(__file__).parents[2] / "question_banks" / target).exists()
