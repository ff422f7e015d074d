"""The JSON Schemas say of a file's structure what the loaders say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from audit.core.bank import Combine, PartsRule
from audit.core.bank_loader import parse_bank
from audit.core.errors import BankError, EvidenceError
from audit.core.evidence import Direction, Kind, Strength
from audit.core.evidence_loader import load_library_folder
from audit.core.item_links import LinkKind
from audit.core.resources import question_banks
from audit.core.tried import SettingGroup
from tests.core.small_library import FILES, FINDINGS, small_library

BANKS = sorted(question_banks().glob("*/bank.yaml")) + sorted(Path(__file__).parents[1].glob("banks/*.yaml"))
EVIDENCE = sorted(question_banks().glob("evidence/*.yaml"))
ABOUT_FINDINGS = [("syntheses", path) for path in sorted(question_banks().glob("syntheses/*.yaml"))] + [
    (name, question_banks() / f"{name}.yaml") for name in ("links", "settings", "cautions")
]
SCHEMAS = pytest.mark.parametrize("name", ["bank", "evidence", *FILES])
README = (question_banks() / "README.md").read_text(encoding="utf-8")
EXAMPLE_BANK = README.split("```yaml\n")[1].split("```")[0]
EXAMPLE_FINDINGS = README.split("```yml\n")[1].split("```")[0]

# As an editor reads YAML (numbers, true, null), and as Plumbline does (every scalar is text).
EDITOR = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PLAIN = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
READINGS = pytest.mark.parametrize("reading", [EDITOR, PLAIN], ids=["as an editor reads", "as Plumbline reads"])


@cache
def schema(name: str) -> Any:
    return json.loads((question_banks() / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))


def like_json(value: Any) -> Any:
    """The same data with every key as text, as in JSON."""
    if isinstance(value, dict):
        return {str(key): like_json(member) for key, member in value.items()}
    return [like_json(member) for member in value] if isinstance(value, list) else value


def faults(name: str, text: str, reading: Any = EDITOR) -> list[str]:
    data = like_json(yaml.load(text, Loader=reading))  # noqa: S506  (both readings build plain data only)
    return [
        f"{fault.json_path}: {fault.message[:200]}" for fault in Draft202012Validator(schema(name)).iter_errors(data)
    ]


def changed(text: str, old: str, new: str) -> str:
    assert old in text, f"the example has changed: {old!r} is gone"
    return text.replace(old, new, 1)


def file_name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@SCHEMAS
def test_a_schema_is_a_valid_schema(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


@READINGS
@pytest.mark.parametrize("path", BANKS, ids=file_name)
def test_every_bank_fits_the_schema(path: Path, reading: Any) -> None:
    assert faults("bank", path.read_text(encoding="utf-8"), reading) == []


@READINGS
@pytest.mark.parametrize("path", EVIDENCE, ids=file_name)
def test_every_file_of_findings_fits_the_schema(path: Path, reading: Any) -> None:
    assert faults("evidence", path.read_text(encoding="utf-8"), reading) == []


@READINGS
@pytest.mark.parametrize(("name", "path"), ABOUT_FINDINGS, ids=[file_name(path) for _, path in ABOUT_FINDINGS])
def test_every_file_about_the_findings_fits_its_schema(name: str, path: Path, reading: Any) -> None:
    assert faults(name, path.read_text(encoding="utf-8"), reading) == []


@pytest.mark.parametrize(("name", "path"), ABOUT_FINDINGS, ids=[file_name(path) for _, path in ABOUT_FINDINGS])
def test_every_file_about_the_findings_names_its_schema_for_editors(name: str, path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (path.parent / first.split("=")[1]).resolve() == question_banks() / "schemas" / f"{name}.schema.json"


@READINGS
def test_the_examples_of_the_readme_fit_the_schemas(reading: Any) -> None:
    assert faults("bank", EXAMPLE_BANK, reading) == []
    assert faults("evidence", EXAMPLE_FINDINGS, reading) == []


ACCEPTED_BANKS = {
    "a weight as a fraction": ("weight: 1\n", "weight: 1/4\n"),
    "a weight with decimals": ("weight: 1\n", "weight: 0.25\n"),
    "a weight of zero": ("weight: 1\n", "weight: 0\n"),
    "a level with a value": ("name: In part\n", "name: In part\n    value: 3/2\n"),
    "a level called No": ("name: Not yet\n", "name: No\n"),
    "a level called 1.5": ("name: Not yet\n", "name: 1.5\n"),
    "a title that is a number": ("title: The shelves", "title: 2014"),
    "a target by number": ("default_target: In full", "default_target: 2"),
    "a section with a weight": ("combine: minimum", "weight: 1/3"),
    "an empty mapping of weights": ("weights: {L1: 2, shelves: 1/2}", "weights: {}"),
    "an addition": ("weight: 1\n", "weight: 1\n        adds: {says: More., place: Page 1, line: 3}\n"),
    "findings": ("weight: 1\n", "weight: 1\n        findings: [REES-107]\n"),
    "items beside sections": ("sections:\n  - id: library", "combine: sum\nsections:\n  - id: library"),
}


@READINGS
@pytest.mark.parametrize(("old", "new"), ACCEPTED_BANKS.values(), ids=ACCEPTED_BANKS.keys())
def test_schema_and_loader_accept_a_bank_with(old: str, new: str, reading: Any) -> None:
    text = changed(EXAMPLE_BANK, old, new)
    parse_bank(text.encode(), "example")
    assert faults("bank", text, reading) == []


REFUSED_BANKS = {
    "an unknown key of the bank": ("item_noun:", "noun: x\nitem_noun:"),
    "an unknown key of a level": ("name: In part\n", "name: In part\n    colour: red\n"),
    "an unknown key of an item": ("weight: 1\n", "weight: 1\n        wieght: 1\n"),
    "an unknown key of a section": ("combine: minimum", "colour: red"),
    "an unknown key of a citation": ('place: "Chapter 2, standard 1"', 'page: 2, place: "Chapter 2, standard 1"'),
    "no version": ("version: 1.0.0\n", ""),
    "a version of two numbers": ("version: 1.0.0", "version: 1.0"),
    "no caution": ('caution: "This is an example: its standards, levels and weights are all invented."\n', ""),
    "a blank title": ("title: Example of a community library", 'title: " "'),
    "a title without a value": ("title: Example of a community library", "title:"),
    "a level without a name": ("    name: In part\n", ""),
    "a level without a summary": ("    summary: It cannot be seen.\n", ""),
    "a level called na": ("name: Not yet", "name: NA"),
    "a level called by a number": ("name: Not yet", "name: 7"),
    "a level with a number that is not whole": ("number: 1", "number: 1.5"),
    "a band above 1": ("from: 1/2", "from: 1.5"),
    "a band without a sentence": (
        "    says: Taken together, the library reaches half or more of what the guide asks.\n",
        "",
    ),
    "a weighting without a rule": ("    rule: Every standard counts the same.\n", ""),
    "a weight below zero": ("weight: 1\n", "weight: -1\n"),
    "a weight in words": ("weight: 1\n", "weight: much\n"),
    "a weight over zero": ("weight: 1\n", "weight: 1/0\n"),
    "a weight with a comma": ("weight: 1\n", "weight: 1,5\n"),
    "a weight below zero in a weighting": ("weights: {L1: 2,", "weights: {L1: -2,"),
    "an id that starts with a digit": ("id: L1\n", "id: 1L\n"),
    "an id with a space": ("id: shelves", "id: the shelves"),
    "an id of 41 letters": ("id: shelves", f"id: {'s' * 41}"),
    "an unknown way to combine": ("combine: minimum", "combine: median"),
    "an unknown rule for parts": ("rule: either", "rule: some"),
    "no descriptors": (
        "        descriptors:\n"
        "          0: No hours are published.\n"
        "          1: Hours are published, and the library is sometimes shut within them.\n"
        "          2: The library has kept to its published hours all year.\n",
        "",
    ),
    "a descriptor that is blank": ("0: No hours are published.", '0: ""'),
    "a descriptor by name": ("0: No hours are published.", "none: No hours are published."),
    "an empty list": ("findings: [REES-107]", "findings: []"),
    "text where a list is expected": ("items: [L2]", "items: L2"),
    "a list where text is expected": ("title: The shelves", "title: [The shelves]"),
    "a dependency without a reason": (
        "                says: A catalogue leads to a place on the shelf, so it cannot be right while books stand in no"
        " order.\n",
        "",
    ),
    "an opening question without a hint": ("    hint: Ask five visitors before you meet, and bring their words.\n", ""),
    "a prompt without a reason": ("    why: The guide speaks of it, but gives no standard.\n", ""),
}


@READINGS
@pytest.mark.parametrize(("old", "new"), REFUSED_BANKS.values(), ids=REFUSED_BANKS.keys())
def test_schema_and_loader_refuse_a_bank_with(old: str, new: str, reading: Any) -> None:
    text = changed(EXAMPLE_BANK, old, new)
    with pytest.raises(BankError):
        parse_bank(text.encode(), "example")
    assert faults("bank", text, reading)


@pytest.mark.parametrize("place", ["the bank", "a section"])
def test_schema_and_loader_refuse_a_bank_where_nothing_stands_below(place: str) -> None:
    data = yaml.safe_load(EXAMPLE_BANK)
    if place == "the bank":
        del data["sections"]
    else:
        data["sections"].append({"id": "hollow", "title": "Hollow"})
    text = yaml.safe_dump(data)
    with pytest.raises(BankError, match="nothing stands below"):
        parse_bank(text.encode(), "example")
    assert faults("bank", text)


def test_schema_and_loader_refuse_a_scale_of_one_level() -> None:
    data = yaml.safe_load(EXAMPLE_BANK)
    del data["scale"][1:]
    with pytest.raises(BankError, match="at least two levels"):
        parse_bank(yaml.safe_dump(data).encode(), "example")
    assert faults("bank", yaml.safe_dump(data))


CONFLICT = """    conflicts:
      - {line: 512, place: "Table 4, page 31", says: "The table counts 11 libraries."}
"""
ACCEPTED_FINDINGS = {
    "a setting": ('setting: ""', "setting: Two small towns"),
    "a setting left blank": ('setting: ""', "setting:"),
    "no figures": ('figures: ["12 libraries", "8% more visitors"]', "figures: []"),
    "figures left blank": ('figures: ["12 libraries", "8% more visitors"]', "figures:"),
    "a figure that is a number": ('figures: ["12 libraries", "8% more visitors"]', "figures: [12]"),
    "the answer of a service": ("kind: finding", "kind: response"),
    "no conflicts": (CONFLICT, ""),
    "no action": ("    action: Publish only the hours that the rota can fill.\n", ""),
}
REFUSED_FINDINGS = {
    "an unknown key": ("direction: supports", "direction: supports\n    page: 14"),
    "an unknown key of the publication": ("published: May 2020", "published: May 2020\n  publisher: A. Press"),
    "no basis": ('    basis: "door counts in 12 libraries, the year before and the year after"\n', ""),
    "no short name": ("  short: Library review 2020\n", ""),
    "an unknown kind": ("kind: finding", "kind: rumour"),
    "an unknown direction": ("direction: supports", "direction: upwards"),
    "an unknown strength": ("strength: compared", "strength: strong"),
    "a line in words": ("line: 210", "line: page 14"),
    "no items": ("items: [L1, L2]", "items: []"),
    "a blank action": ("action: Publish only the hours that the rota can fill.", "action:"),
    "figures as one text": ('figures: ["12 libraries", "8% more visitors"]', "figures: 12 libraries"),
    "an unknown key of a repeat": ("id: LIB-044,", "id: LIB-044, says: The same,"),
    "a repeat without a line": ("id: LIB-044, line: 30,", "id: LIB-044,"),
    "an empty list of repeats": ('repeats:\n      - {id: LIB-044, line: 30, place: "Summary, page 2"}', "repeats: []"),
    "an unknown key of a conflict": ("{line: 512,", "{id: LIB-050, line: 512,"),
    "a conflict without a line": ("{line: 512, ", "{"),
    "a conflict without a place": (', place: "Table 4, page 31"', ""),
    "a conflict without words": (', says: "The table counts 11 libraries."', ""),
    "a conflict that is blank": ('says: "The table counts 11 libraries."', 'says: ""'),
    "an empty list of conflicts": (CONFLICT, "    conflicts: []\n"),
}


@READINGS
@pytest.mark.parametrize(("old", "new"), ACCEPTED_FINDINGS.values(), ids=ACCEPTED_FINDINGS.keys())
def test_schema_and_loader_accept_a_finding_with(old: str, new: str, reading: Any, tmp_path: Path) -> None:
    text = changed(EXAMPLE_FINDINGS, old, new)
    (tmp_path / "example.yaml").write_text(text, encoding="utf-8")
    load_library_folder(tmp_path)
    assert faults("evidence", text, reading) == []


@READINGS
@pytest.mark.parametrize(("old", "new"), REFUSED_FINDINGS.values(), ids=REFUSED_FINDINGS.keys())
def test_schema_and_loader_refuse_a_finding_with(old: str, new: str, reading: Any, tmp_path: Path) -> None:
    text = changed(EXAMPLE_FINDINGS, old, new)
    (tmp_path / "example.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(EvidenceError):
        load_library_folder(tmp_path)
    assert faults("evidence", text, reading)


ACCEPTED_FILES = {
    "a synthesis that is not thin": ("syntheses", "thin: true", "thin: false"),
    "a text that is a number": ("syntheses", "says: Haste.", "says: 2014"),
    "a link without a warning": ("links", "  warns: {says: Look at A., item_above_other: true}\n", ""),
    "a warning at one level of the item": ("links", ", other_at_most: 1", ""),
    "a warning at one level of the other": ("links", "item_at_least: 3, ", ""),
    "a warning that says twice how it is meant": ("links", "other_at_most: 1", "item_above_other: false"),
    "a setting of two names": ("settings", "covers: [Town]", "covers: [Town, The town]"),
    "a source by another line": ("settings", "line: 3", "line: 0"),
    "a caution by another name": ("cautions", "id: first-audit", "id: last-audit"),
}
REFUSED_FILES = {
    "a synthesis without a part": ("syntheses", "  depends: {says: On time., findings: [P-2]}\n", ""),
    "a synthesis without barriers": ("syntheses", "  barriers: [P-2]\n", ""),
    "no word on whether it is thin": ("syntheses", "  thin: true\n", ""),
    "a doubt about what is thin": ("syntheses", "thin: true", "thin: perhaps"),
    "an unknown key of a synthesis": ("syntheses", "tried:", "tride:"),
    "an unknown key of a part": ("syntheses", "{says: Thin.,", "{note: x, says: Thin.,"),
    "a part without findings": ("syntheses", "says: Thin., findings: [P-1]", "says: Thin., findings: []"),
    "a part in words alone": ("syntheses", "{says: Thin., findings: [P-1]}", "Thin."),
    "one best finding as text": ("syntheses", "best: [P-2, P-1]", "best: P-2"),
    "a link of an unknown kind": ("links", "kind: tension", "kind: hint"),
    "a link to nothing": ("links", "  other: C\n", ""),
    "an unknown key of a link": ("links", "kind: tension", "kind: tension\n  note: x"),
    "a link without findings": ("links", "  findings: [P-2]\n", ""),
    "a warning that never says when": ("links", ", item_at_least: 3, other_at_most: 1", ""),
    "a warning that says when twice": ("links", "item_at_least: 3", "item_at_least: 3, item_above_other: true"),
    "a warning that says only when not": ("links", "item_above_other: true", "item_above_other: false"),
    "a warning without words": ("links", "{says: Look at A., ", "{"),
    "a warning at no level": ("links", "item_at_least: 3", "item_at_least: most"),
    "an unknown key of a warning": ("links", "item_at_least: 3", "item_at_least: 3, item_at_most: 4"),
    "a setting of an unknown group": ("settings", "group: hackney", "group: town"),
    "a setting of which nothing became": ("settings", "became: Nobody says.", "became:"),
    "a setting without sources": ("settings", "sources: [{publication: p, place: Page 1, line: 3}]", "sources: []"),
    "a source without a line": ("settings", ", line: 3}", "}"),
    "an unknown key of a source": ("settings", ", line: 3}", ", line: 3, page: 1}"),
    "an unknown key of a setting": ("settings", "where: Town", "where: Town\n  who: All"),
    "a setting that covers no name": ("settings", "  covers: [Town]\n", ""),
    "a caution that rests on nothing": ("cautions", "  findings: [P-2]\n", ""),
    "a caution without words": ("cautions", "says: Read it with care.", 'says: ""'),
    "an unknown key of a caution": ("cautions", "id: first-audit", "id: first-audit\n  when: first"),
}


@READINGS
def test_schema_and_loader_accept_the_small_files(reading: Any, tmp_path: Path) -> None:
    small_library(tmp_path)
    for name, text in {**FILES, "evidence": FINDINGS}.items():
        assert faults(name, text, reading) == []


@READINGS
@pytest.mark.parametrize(("name", "old", "new"), ACCEPTED_FILES.values(), ids=ACCEPTED_FILES.keys())
def test_schema_and_loader_accept(name: str, old: str, new: str, reading: Any, tmp_path: Path) -> None:
    text = changed(FILES[name], old, new)
    small_library(tmp_path, **{name: text})
    assert faults(name, text, reading) == []


@READINGS
@pytest.mark.parametrize(("name", "old", "new"), REFUSED_FILES.values(), ids=REFUSED_FILES.keys())
def test_schema_and_loader_refuse(name: str, old: str, new: str, reading: Any, tmp_path: Path) -> None:
    text = changed(FILES[name], old, new)
    with pytest.raises(EvidenceError):
        small_library(tmp_path, **{name: text})
    assert faults(name, text, reading)


@READINGS
@pytest.mark.parametrize("name", FILES)
def test_schema_and_loader_refuse_a_list_of_nothing(name: str, reading: Any, tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="line 1: this list is empty"):
        small_library(tmp_path, **{name: "[]"})
    assert faults(name, "[]", reading)


@pytest.mark.parametrize(
    ("name", "definition", "key", "enum"),
    [
        ("bank", "section", "combine", Combine),
        ("evidence", "finding", "kind", Kind),
        ("evidence", "finding", "direction", Direction),
        ("evidence", "finding", "strength", Strength),
        ("links", "link", "kind", LinkKind),
        ("settings", "setting", "group", SettingGroup),
    ],
)
def test_the_choices_of_a_schema_are_those_of_the_code(name: str, definition: str, key: str, enum: type[Enum]) -> None:
    found = schema(name)["$defs"][definition]["properties"][key]["enum"]
    assert found == [member.value for member in enum]


def test_the_rules_for_parts_are_those_of_the_code() -> None:
    parts = schema("bank")["$defs"]["item"]["properties"]["parts"]
    assert parts["properties"]["rule"]["enum"] == [rule.value for rule in PartsRule]


def objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if node.get("type") == "object":
            yield node
        for member in node.values():
            yield from objects(member)
    elif isinstance(node, list):
        for member in node:
            yield from objects(member)


@SCHEMAS
def test_every_key_has_a_title_and_a_description_and_no_other_key_is_let_in(name: str) -> None:
    for node in objects(schema(name)):
        assert "additionalProperties" in node
        for key, value in node.get("properties", {}).items():
            assert node["additionalProperties"] is False
            assert value.get("title"), key
            assert value.get("description", "").endswith("."), key
