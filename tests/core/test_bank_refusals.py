"""Every fault in a bank is refused with its line, what is wrong and what would be right."""

from __future__ import annotations

import pytest

from audit.core.bank_loader import parse_bank
from audit.core.errors import BankError
from tests.core.tiny_bank import changed

RULE = "rule: Each counts the same."
NO_NUMBER = "Write it as 3, 0.25 or 1/4."
ALL_ZERO = 'all weights of "equal" are zero. Give at least one item a weight above zero.'
NOT_APART = "An answers file could not tell it apart."
CHECK = "Check indents and quotes."

# What is wrong, what is changed in the bank, into what, the line and the message.
# fmt: off
REFUSALS = [
    ("a key twice", "title: Tiny bank", "title: Tiny\ntitle: Bank",
     4, 'the key "title" stands twice (first on line 3). Keep one.'),
    ("a key twice in braces", "place: Row 2, line", "place: Row 2, place: Row 3, line",
     33, 'the key "place" stands twice (first on line 33). Keep one.'),
    ("an id twice", "id: B\n", "id: A\n",
     30, 'the id "A" stands twice (first on line 22). Give each its own.'),
    ("an item named as its section", "id: B\n", "id: part\n",
     30, 'the id "part" stands twice (first on line 19). Give each its own.'),
    ("an id of two words", "id: tiny", "id: tiny bank",
     1, '"tiny bank" cannot be an id. Use up to 40 letters, digits, dots and hyphens.'),
    ("an unknown key", "summary: A bank", "sumary: A bank",
     5, 'the key "sumary" is not known here. Did you mean "summary"?'),
    ("an unknown key of an item", "look_for: [a list]", "lookfor: [a list]",
     36, 'the key "lookfor" is not known here. Did you mean "look_for"?'),
    ("an unknown key above a block", "weightings:\n", "wightings:\n",
     16, 'the key "wightings" is not known here. Did you mean "weightings"?'),
    ("a missing key", "default_target: 1\n", "",
     1, 'the key "default_target" is missing. Add it.'),
    ("a missing key of an item", "        prompt: How far is B there?\n", "",
     30, 'the key "prompt" is missing. Add it.'),
    ("a blank text", "title: Item B", "title:",
     31, "this is blank. Write a text."),
    ("a list for a text", "title: Item B", "title: [Item, B]",
     31, "text is expected here. Put quotes around it, or take out the brackets or dashes."),
    ("a text for a list", "look_for: [a list]", "look_for: a list",
     36, "a list is expected here. Begin each member with a dash."),
    ("a text for keys", "source: {place: Row 2, line: 2}", "source: Row 2",
     33, "a list or text stands where keys are expected. Write key: value lines."),
    ("a level without a descriptor", ", 2: All of B.}", "}",
     35, "B has no descriptor for level 2 (High). Say what one would see at that level."),
    ("a descriptor without a level", ", 2: All of B.}", ", 2: All of B., 3: More.}",
     35, '"3" names no level of the scale. Known: 0, 1, 2.'),
    ("a descriptor without a level, in a block", ", 2: All of B.}", ", 2: All of B.,\n         3:\n          More.}",
     36, '"3" names no level of the scale. Known: 0, 1, 2.'),
    ("a weight below zero", "weight: 3", "weight: -1/2", 34, "-1/2 is below zero. Write 0 or more."),
    ("a weight in words", "weight: 3", "weight: heavy", 34, f'"heavy" is not a number. {NO_NUMBER}'),
    ("a weight over zero", "weight: 3", "weight: 1/0", 34, f'"1/0" is not a number. {NO_NUMBER}'),
    ("a weight as a power", "weight: 3", "weight: 1e3", 34, f'"1e3" is not a number. {NO_NUMBER}'),
    ("a weight in other digits", "weight: 3", "weight: ٣", 34, f'"٣" is not a number. {NO_NUMBER}'),
    ("a line in words", "line: 2}", "line: two}", 33, '"two" is not a whole number. Write digits, such as 3.'),
    ("an empty section", "sections:\n", "sections:\n  - id: empty\n    title: An empty part\n",
     19, 'nothing stands below this section. Give it "items:" or "sections:".'),
    ("an empty list", "look_for: [a list]", "look_for: []",
     36, "this list is empty. Give at least one member, or leave the key out."),
    ("all weights zero", RULE, f"{RULE[:-1]}, weights: {{A: 0, B: 0}}", 17, ALL_ZERO),
    ("all sections of weight zero", RULE, f"{RULE[:-1]}, weights: {{part: 0}}", 17, ALL_ZERO),
    ("a weighting of nothing", RULE, f"{RULE[:-1]}, weights: {{C: 2}}",
     17, '"C" names no item or section of this bank. Known: A, B, part.'),
    ("a weighting twice", RULE, f"{RULE}}}\n  - {{name: equal, title: Other, rule: Other.",
     18, 'the weighting "equal" stands twice. Give each its own name.'),
    ("a dependency on nothing", "{item: B,", "{item: C,",
     29, '"C" names no item of this bank. Known: A, B.'),
    ("a dependency on a section", "{item: B,", "{item: part,",
     29, '"part" names no item of this bank. Known: A, B.'),
    ("a dependency on itself", "{item: B,", "{item: A,", 29, "A depends on itself. Name another item."),
    ("an unknown finding", "look_for: [a list]", "look_for: [a list]\n        findings: [gs.1, gs.72]",
     37, '"gs.72" names no finding. Did you mean "gs.7"?'),
    ("values that fall", "{number: 2, name", "{number: 2, value: 1/2, name",
     11, "the value 1/2 is not above 1, the value before. Let values rise."),
    ("values that stay", "{number: 2, name", "{number: 2, value: 1.0, name",
     11, "the value 1 is not above 1, the value before. Let values rise."),
    ("numbers that fall", "{number: 2, name", "{number: 0, name",
     11, "level 0 does not follow 1. Let numbers rise."),
    ("a level below zero", "{number: 0, name", "{number: -1, name",
     9, '"-1" is not a whole number. Write digits, such as 3.'),
    ("a level called na", "name: Middle", "name: NA", 10, f'a level cannot be called "NA". {NOT_APART}'),
    ("a level called dk", "name: Middle", "name: dk", 10, f'a level cannot be called "dk". {NOT_APART}'),
    ("a level called by a number", "name: Middle", "name: 2", 10, f'a level cannot be called "2". {NOT_APART}'),
    ("a level's name twice", "name: Middle", "name: LOW", 10, 'two levels are called "LOW". Give each its own name.'),
    ("bands that begin above zero", "{from: 0,", "{from: 1/4,",
     14, "the first band does not start at 0. Every score needs a band."),
    ("bands that do not rise", "{from: 1/2,", "{from: 0.0,",
     15, "this band does not start above the one before. Order bands by rising score."),
    ("a band above one", "{from: 1/2,", "{from: 50,",
     15, "50 is above 1. A band starts at a share of the top, 0 to 1."),
    ("a target off the scale", "default_target: 1", "default_target: 3",
     12, '"3" is no level of the scale. Known: 0 Low, 1 Middle, 2 High.'),
    ("a version of two numbers", "version: 1.0.0", "version: 1.0",
     2, '"1.0" is not a version. Write three numbers, such as 1.0.0.'),
    ("a version in other digits", "version: 1.0.0", "version: ١.٠.٠",
     2, '"١.٠.٠" is not a version. Write three numbers, such as 1.0.0.'),
    ("an unknown way to combine", "title: Tiny bank", "title: Tiny bank\ncombine: avg",
     4, '"avg" is not known here. Known: mean, sum, geometric, minimum.'),
    ("a colon in a text", "title: Tiny bank", "title: Tiny: bank",
     3, f"this is not valid YAML (mapping values are not allowed in this context). {CHECK}"),
    ("a tab for an indent", "      - id: B", "\t- id: B",
     30, f"this is not valid YAML (found character that cannot start any token). {CHECK}"),
]
# fmt: on


@pytest.mark.parametrize(
    ("old", "new", "line", "message"), [case[1:] for case in REFUSALS], ids=[case[0] for case in REFUSALS]
)
def test_a_faulty_bank_is_refused_with_its_line(old: str, new: str, line: int, message: str) -> None:
    with pytest.raises(BankError) as caught:
        parse_bank(changed(old, new).encode(), "bank.yaml", {"gs.1", "gs.7"})
    assert str(caught.value) == f"bank.yaml, line {line}: {message}"
    assert caught.value.line == line
