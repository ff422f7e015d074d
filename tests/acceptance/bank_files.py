"""Writing bank files and answers files from published assessments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from audit.core.answer_files import parse_answers
from audit.core.bank_loader import parse_bank
from audit.core.scorecard import Scorecard, score_answers


def item(name: str, levels: Iterable[int], weight: Any = 1) -> dict[str, Any]:
    return {
        "id": name,
        "title": name,
        "prompt": f"How far is {name} there?",
        "source": {"place": "published", "line": 1},
        "weight": weight,
        "descriptors": {number: f"{name} at level {number}" for number in levels},
        "look_for": ["what the source names"],
    }


def bank_file(values: Mapping[int, str], sections: list[dict[str, Any]], **changes: Any) -> bytes:
    """A bank file with levels of these values, by number."""
    document = {
        "id": "published",
        "version": "1.0.0",
        "title": "A published assessment",
        "item_noun": "question",
        "summary": "Read from a published example.",
        "source": {"publication": "published", "place": "the example", "line": 1},
        "caution": "Not ours.",
        "scale": [{"number": n, "name": f"Level {n}", "value": v, "summary": "-"} for n, v in values.items()],
        "default_target": max(values),
        "bands": [{"from": 0, "name": "All", "says": "Any score."}],
        "weightings": [{"name": "published", "title": "Published weights", "rule": "As published."}],
        "sections": sections,
        **changes,
    }
    return yaml.safe_dump(document, sort_keys=False).encode()


def score_files(bank_data: bytes, levels: Mapping[str, int]) -> Scorecard:
    """The score of a bank file and of an answers file with these levels by item."""
    bank = parse_bank(bank_data, "published.yaml")
    answers = "item,rating\n" + "".join(f"{name},{level}\n" for name, level in levels.items())
    return score_answers(bank, parse_answers(answers.encode(), "answers.csv", bank), bank.weightings[0])
