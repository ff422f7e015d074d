"""A fault in a synthesis, a link, a setting or a caution is refused with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.core.errors import EvidenceError
from audit.core.item_links import LinkKind, Pattern
from audit.core.tried import SettingGroup
from tests.core.small_library import CAUTIONS, FILES, SYNTHESES, small_library

UNCLEAR = "it is not clear when this warns. Give item_above_other, or item_at_least and other_at_most."

# What is wrong, the file, what is changed in it, into what, the line and the message.
# fmt: off
REFUSALS = [
    ("a synthesis of no item", "syntheses", "item: B", "item: D",
     1, '"D" names no item of a bank. Known: A, B, C.'),
    ("a finding that is not there", "syntheses", "says: Haste., findings: [P-2]", "says: Haste., findings: [P-3]",
     8, '"P-3" names no finding. Did you mean "P-9"?'),
    ("a finding that does not bear on the item", "syntheses", "item: B", "item: A",
     5, "P-2 does not bear on A. It bears on B."),
    ("a best finding that does not bear on the item", "syntheses", SYNTHESES, SYNTHESES.replace("item: B", "item: A")
     .replace("[P-2]", "[P-1]"), 11, "P-2 does not bear on A. It bears on B."),
    ("a synthesis without a part", "syntheses", "  depends: {says: On time., findings: [P-2]}\n", "",
     1, 'the key "depends" is missing. Add it.'),
    ("a synthesis without barriers", "syntheses", "  barriers: [P-2]\n", "",
     1, 'the key "barriers" is missing. Add it.'),
    ("a synthesis without an item", "syntheses", "- item: B\n  thin", "- thin",
     1, 'the key "item" is missing. Add it.'),
    ("a part without findings", "syntheses", "says: Thin., findings: [P-1]", "says: Thin., findings: []",
     4, "this list is empty. Give at least one member, or leave the key out."),
    ("a part without words", "syntheses", "says: Thin.", 'says: ""', 4, "this is blank. Write a text."),
    ("a part in words alone", "syntheses", "{says: Thin., findings: [P-1]}", "Thin.",
     4, "a list or text stands where keys are expected. Write key: value lines."),
    ("an unknown key of a synthesis", "syntheses", "tried:", "tride:",
     9, 'the key "tride" is not known here. Did you mean "tried"?'),
    ("an unknown key of a part", "syntheses", "{says: Thin.,", "{say: Thin.,",
     4, 'the key "say" is not known here. Did you mean "says"?'),
    ("a doubt about what is thin", "syntheses", "thin: true", "thin: perhaps",
     2, '"perhaps" is neither true nor false. Write one of the two.'),
    ("an item twice", "syntheses", SYNTHESES, SYNTHESES * 2,
     12, '"B" stands twice (first in small.yaml, line 1). Keep one.'),
    ("a link of no item", "links", "other: C", "other: D",
     11, '"D" names no item of a bank. Known: A, B, C.'),
    ("a link of an unknown kind", "links", "kind: tension", "kind: tensions",
     9, '"tensions" is not known here. Did you mean "tension"?'),
    ("a link without findings", "links", "  findings: [P-2]\n", "", 8, 'the key "findings" is missing. Add it.'),
    ("a link's finding that is not there", "links", "findings: [P-2]", "findings: [P-7]",
     13, '"P-7" names no finding. Did you mean "P-9"?'),
    ("an id twice", "links", "id: third", "id: first",
     14, '"first" stands twice (first in links.yaml, line 1). Keep one.'),
    ("an unknown key of a link", "links", "other: C", "others: C",
     11, 'the key "others" is not known here. Did you mean "other"?'),
    ("a warning that never says when", "links", ", item_at_least: 3, other_at_most: 1", "", 7, UNCLEAR),
    ("a warning that says when twice", "links", "item_at_least: 3,", "item_at_least: 3, item_above_other: true,",
     7, UNCLEAR),
    ("a warning that says only when not", "links", "item_above_other: true", "item_above_other: false", 20, UNCLEAR),
    ("a warning without words", "links", "{says: Look at A., ", "{",
     20, 'the key "says" is missing. Add it.'),
    ("a warning at no level", "links", "item_at_least: 3", "item_at_least: most",
     7, '"most" is not a whole number. Write digits, such as 3.'),
    ("an unknown key of a warning", "links", "item_at_least", "item_at_lest",
     7, 'the key "item_at_lest" is not known here. Did you mean "item_at_least"?'),
    ("a setting of an unknown group", "settings", "group: hackney", "group: hackny",
     3, '"hackny" is not known here. Did you mean "hackney"?'),
    ("a setting of which nothing became", "settings", "became: Nobody says.", "became:",
     7, "this is blank. Write a text."),
    ("a setting without a finding", "settings", "findings: [P-1]", "findings: [P-5]",
     9, '"P-5" names no finding. Did you mean "P-9"?'),
    ("a source that is not there", "settings", "{publication: p,", "{publication: q,",
     8, '"q" names no publication. Known: p.'),
    ("a source without a line", "settings", ", line: 3}", "}", 8, 'the key "line" is missing. Add it.'),
    ("an unknown key of a setting", "settings", "where: Town", "were: Town",
     4, 'the key "were" is not known here. Did you mean "where"?'),
    ("a caution twice", "cautions", CAUTIONS, CAUTIONS * 2,
     4, '"first-audit" stands twice (first in cautions.yaml, line 1). Keep one.'),
    ("a caution that rests on nothing", "cautions", "findings: [P-2]", "findings: []",
     3, "this list is empty. Give at least one member, or leave the key out."),
    ("an unknown key of a caution", "cautions", "says: Read", "say: Read",
     2, 'the key "say" is not known here. Did you mean "says"?'),
]
# fmt: on


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "message"), [case[1:] for case in REFUSALS], ids=[case[0] for case in REFUSALS]
)
def test_a_fault_is_refused_with_its_file_and_line(
    tmp_path: Path, name: str, old: str, new: str, line: int, message: str
) -> None:
    assert old in FILES[name]
    with pytest.raises(EvidenceError) as caught:
        small_library(tmp_path, **{name: FILES[name].replace(old, new, 1)})
    file = "small.yaml" if name == "syntheses" else f"{name}.yaml"
    assert str(caught.value) == f"{file}, line {line}: {message}"


def test_an_item_has_one_synthesis_in_all_files(tmp_path: Path) -> None:
    (tmp_path / "syntheses").mkdir()
    (tmp_path / "syntheses" / "big.yaml").write_text(SYNTHESES, encoding="utf-8")
    with pytest.raises(EvidenceError) as caught:
        small_library(tmp_path)
    assert str(caught.value) == 'small.yaml, line 1: "B" stands twice (first in big.yaml, line 1). Keep one.'


def test_what_the_files_say_is_in_the_library(tmp_path: Path) -> None:
    library = small_library(tmp_path)
    synthesis = library.syntheses["B"]
    assert [statement.says for statement in synthesis.parts] == ["It worked.", "Thin.", "It did not.", "On time."]
    assert (synthesis.thin, synthesis.missing.says, synthesis.endangers.says) == (True, "It was missed.", "Haste.")
    first, second, third = library.links
    assert (first.kind, first.item, first.other, second.warns) == (LinkKind.NEEDS, "A", "B", None)
    assert first.warns == Pattern("Look at B.", item_at_least=3, other_at_most=1)
    assert third.warns == Pattern("Look at A.", item_above_other=True)
    (town,) = library.settings
    assert (town.group, town.covers, town.sources[0].publication.id) == (SettingGroup.HACKNEY, ("Town",), "p")
    assert library.cautions["first-audit"].says == "Read it with care."


def test_the_best_findings_of_an_item_come_first(tmp_path: Path) -> None:
    library = small_library(tmp_path)
    assert [finding.id for finding in library.touching("B")] == ["P-2", "P-1"]
    assert [finding.id for finding in library.touching("A")] == ["P-1"]
    assert library.touching("C") == ()


def test_links_and_settings_are_found_from_either_end(tmp_path: Path) -> None:
    library = small_library(tmp_path)
    assert [(link.id, link.partner("B")) for link in library.links_of("B")] == [("first", "A"), ("second", "C")]
    assert [setting.id for setting in library.settings_of["P-1"]] == ["town"]
    assert "P-2" not in library.settings_of
