"""OWASP SAMM's filled example: means of questions, sums of levels, means of practices, in five states."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pytest

from audit.core.scorecard import Scorecard
from tests.acceptance.bank_files import bank_file, item, score_files
from tests.acceptance.shared import published

STATES = ("current", "phase1", "phase2", "phase3", "phase4")
# Set E of the source scores "not applicable" as 1: a level worth 1, as the source has it.
VALUES = {0: "0", 1: "0.2", 2: "0.5", 3: "1"}
LEVEL_OF = {float(value): level for level, value in VALUES.items()}


def name(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


@pytest.fixture(scope="module")
def example() -> Any:
    return published("samm15_acme_brick_example.json")


@pytest.fixture(scope="module")
def bank(example: Any) -> bytes:
    functions = {p: entry["function"] for p, entry in example["expected"]["current"]["practices"].items()}
    practices: dict[str, list[dict[str, Any]]] = {}
    for practice, questions in groupby(example["questions"], key=lambda q: q["practice"]):
        levels = [
            {
                "id": level,
                "title": level,
                "weight": 1,
                "items": [item(q["id"], VALUES) for q in group],
            }
            for level, group in groupby(questions, key=lambda q: q["level_code"])
        ]
        node = {"id": name(practice), "title": practice, "combine": "sum", "weight": 1, "sections": levels}
        practices.setdefault(functions[practice], []).append(node)
    sections = [{"id": name(f), "title": f, "weight": 1, "sections": nodes} for f, nodes in practices.items()]
    return bank_file(VALUES, sections)


@pytest.fixture(scope="module")
def scorecards(example: Any, bank: bytes) -> dict[str, Scorecard]:
    return {
        state: score_files(bank, {q["id"]: LEVEL_OF[q["weights"][state]] for q in example["questions"]})
        for state in STATES
    }


def raw(scorecard: Scorecard, section: str) -> float:
    value = next(s.raw for s in scorecard.sections if s.id == section)
    assert value is not None
    return float(value)


@pytest.mark.parametrize("state", STATES)
def test_every_practice_is_the_published_sum(example: Any, scorecards: dict[str, Scorecard], state: str) -> None:
    expected = example["expected"][state]["practices"]
    assert len(expected) == 12
    for practice, entry in expected.items():
        assert raw(scorecards[state], name(practice)) == pytest.approx(entry["score"], abs=1e-12)


@pytest.mark.parametrize("state", STATES)
def test_every_level_is_the_published_mean(example: Any, scorecards: dict[str, Scorecard], state: str) -> None:
    codes: dict[str, list[str]] = {}
    for question in example["questions"]:
        found = codes.setdefault(question["practice"], [])
        if question["level_code"] not in found:
            found.append(question["level_code"])
    for practice, entry in example["expected"][state]["practices"].items():
        levels = [raw(scorecards[state], code) for code in codes[practice]]
        assert levels == pytest.approx(entry["levels"], abs=1e-12)


@pytest.mark.parametrize("state", STATES)
def test_every_function_is_the_published_mean(example: Any, scorecards: dict[str, Scorecard], state: str) -> None:
    expected = example["expected"][state]["functions"]
    assert len(expected) == 4
    for function, value in expected.items():
        assert raw(scorecards[state], name(function)) == pytest.approx(value, abs=1e-12)


def test_all_77_answers_are_scored(scorecards: dict[str, Scorecard]) -> None:
    assert {(s.answered, len(s.items)) for s in scorecards.values()} == {(77, 77)}
