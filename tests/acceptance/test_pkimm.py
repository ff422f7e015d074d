"""The PKI Consortium's filled example: weights at two levels, and an overall mean of all categories."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from audit.core.scorecard import Scorecard
from tests.acceptance.bank_files import bank_file, item, score_files
from tests.acceptance.shared import published

LEVELS = {number: str(number) for number in range(1, 6)}


def slug(text: str) -> str:
    return "c" + text.split(" ")[0].rstrip(".")


def section(name: str, **rest: Any) -> dict[str, Any]:
    return {"id": slug(name), "title": name, **rest}


@pytest.fixture(scope="module")
def example() -> Any:
    return published("pkimm_full_assessment_cool_pki.json")


@pytest.fixture(scope="module")
def scorecard(example: Any) -> Scorecard:
    # The overall value is a mean over categories, so a module weighs what its categories weigh together.
    sections = [
        section(
            module["module"],
            sections=[
                section(
                    category["category"],
                    weight=category["weight"],
                    items=[item(f"r{r['id'].rstrip('.')}", LEVELS, r["weight"]) for r in category["requirements"]],
                )
                for category in module["categories"]
            ],
        )
        for module in example["modules"]
    ]
    levels = {
        f"r{r['id'].rstrip('.')}": r["level"]
        for module in example["modules"]
        for category in module["categories"]
        for r in category["requirements"]
    }
    return score_files(bank_file(LEVELS, sections), levels)


def raw(scorecard: Scorecard, name: str) -> Fraction:
    value = next(s.raw for s in scorecard.sections if s.id == slug(name))
    assert value is not None
    return value


def test_the_overall_value_is_the_published_one(example: Any, scorecard: Scorecard) -> None:
    assert scorecard.overall.raw is not None
    assert float(scorecard.overall.raw) == pytest.approx(example["published_overall_exact"], abs=1e-15)
    assert int(scorecard.overall.raw) == example["published_overall_level"]


def test_every_module_is_the_published_one(example: Any, scorecard: Scorecard) -> None:
    for module in example["modules"]:
        value = raw(scorecard, module["module"])
        assert float(value) == pytest.approx(module["published_exact"], abs=1e-14)
        assert int(value) == module["published_level"]


def test_every_category_is_the_published_one(example: Any, scorecard: Scorecard) -> None:
    categories = [category for module in example["modules"] for category in module["categories"]]
    assert len(categories) == 15
    for category in categories:
        value = raw(scorecard, category["category"])
        assert float(value) == pytest.approx(category["recomputed"], abs=1e-14)
        assert int(value) == category["published_truncated_level"]


def test_all_72_requirements_are_scored(scorecard: Scorecard) -> None:
    assert scorecard.answered == len(scorecard.items) == 72
