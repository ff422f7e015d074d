"""The content of the banks that Plumbline carries."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from audit.core.bank import Bank, Item, PartsRule
from audit.core.bank_loader import load_bank
from audit.core.evidence_weights import evidence_weight
from audit.core.library import Library


def words(text: str) -> list[str]:
    return re.findall(r"[\w%'-]+", text)


def items(name: str) -> list[Item]:
    return list(load_bank(name).items.values())


def test_the_self_audit_has_its_twelve_conditions_in_published_order() -> None:
    found = items("recommendations")
    assert [item.id for item in found] == [f"R{n}" for n in range(1, 13)]
    lines = [item.source.line for item in found]
    assert lines == sorted(lines)
    assert (lines[0], lines[-1]) == (2208, 2296)


def test_the_checklist_has_its_twenty_ingredients_in_their_published_groups() -> None:
    bank = load_bank("key-ingredients")
    groups = {section.id: [item.id for item in section.items()] for section in bank.root.sections()}
    assert groups == {
        "tools-and-practice": [f"T{n}" for n in range(1, 7)],
        "culture": [f"C{n}" for n in range(1, 7)],
        "workforce": [f"W{n}" for n in range(1, 9)],
    }
    lines = [item.source.line for item in bank.items.values()]
    assert lines == sorted(lines)


def test_every_descriptor_is_15_to_50_words(bank: Bank) -> None:
    lengths = {
        (item.id, number): len(words(text)) for item in bank.items.values() for number, text in item.descriptors.items()
    }
    assert {place: length for place, length in lengths.items() if not 15 <= length <= 50} == {}


def test_every_item_names_three_to_six_things_to_look_for(bank: Bank) -> None:
    assert {item.id: len(item.look_for) for item in bank.items.values() if not 3 <= len(item.look_for) <= 6} == {}


def test_no_phrase_of_a_descriptor_would_fit_another_item() -> None:
    found = defaultdict(set)
    for name in ("recommendations", "key-ingredients"):
        for item in items(name):
            for text in item.descriptors.values():
                run = [word.lower() for word in words(text)]
                for start in range(len(run) - 4):
                    found[" ".join(run[start : start + 5])].add(item.id)
    assert {phrase: ids for phrase, ids in found.items() if len(ids) > 1} == {}


def test_the_evidence_weights_follow_the_rule(bank: Bank, library: Library) -> None:
    weighting = bank.weighting("evidence")
    assert {name: int(weight) for name, weight in weighting.weights.items()} == {
        item_id: evidence_weight(library, item_id) for item_id in bank.items
    }


def test_equal_weights_come_first_and_are_one(bank: Bank) -> None:
    equal = bank.weightings[0]
    assert equal.name == "equal"
    assert {equal.of_item(item) for item in bank.items.values()} == {1}


def test_the_conditions_say_what_their_recommendation_adds() -> None:
    assert all(item.adds for item in items("recommendations"))


def test_what_depends_and_what_is_either_or_is_said() -> None:
    conditions, ingredients = load_bank("recommendations").items, load_bank("key-ingredients").items
    assert [dependency.item_id for dependency in conditions["R4"].depends_on] == ["R3"]
    either = [i.id for i in ingredients.values() if i.parts and i.parts.rule is PartsRule.EITHER]
    assert either == ["W2"]


def test_opening_questions_and_supplementary_prompts_stand_outside_the_score() -> None:
    checklist, self_audit = load_bank("key-ingredients"), load_bank("recommendations")
    assert [question.id for question in checklist.opening] == [f"Q{n}" for n in range(1, 7)]
    assert [prompt.id for prompt in self_audit.supplementary] == ["S1", "S2", "S3"]
    assert not set(checklist.prompts) & set(checklist.items)


@pytest.mark.parametrize("name", ["recommendations", "key-ingredients"])
def test_the_bank_says_that_levels_and_weights_are_ours(name: str) -> None:
    caution = load_bank(name).caution
    assert "no ratings, no levels and no weights" in caution
    assert "Plumbline's own" in caution
