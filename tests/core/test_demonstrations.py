"""The demonstration audits rest on findings, line by line."""

from __future__ import annotations

import re

import pytest

from audit.core.bank_loader import load_bank
from audit.core.demonstrations import Demonstration, load_demonstrations
from audit.core.evidence import Strength
from audit.core.library import Library
from audit.core.responses import RatingState, Response

DEMONSTRATIONS = {demonstration.name: demonstration for demonstration in load_demonstrations()}
PUBLICATIONS = {
    "cambridgeshire-recommendations": "cambridgeshire-working-for-families",
    "cambridgeshire-key-ingredients": "cambridgeshire-working-for-families",
    "hackney-key-ingredients": "hackney-reclaiming-social-work-2010",
}
FINDING_ID = re.compile(r"\b[A-Z]{3,4}-\d{3}\b")


@pytest.fixture(params=DEMONSTRATIONS)
def demonstration(request: pytest.FixtureRequest) -> Demonstration:
    return DEMONSTRATIONS[request.param]


def responses(demonstration: Demonstration) -> dict[str, Response]:
    answers = demonstration.answers(load_bank(demonstration.bank_id))
    return {**answers.items, **answers.prompts}


def cited(response: Response) -> set[str]:
    return set(FINDING_ID.findall(" ".join([response.reason, *response.texts])))


def test_the_three_demonstrations_are_there() -> None:
    assert set(DEMONSTRATIONS) == set(PUBLICATIONS)


def test_every_item_has_an_answer(demonstration: Demonstration) -> None:
    assert set(load_bank(demonstration.bank_id).items) <= set(responses(demonstration))


def test_every_rating_says_why_and_cites_two_findings(demonstration: Demonstration) -> None:
    for item_id, response in responses(demonstration).items():
        if response.state is RatingState.RATED:
            assert len(cited(response)) >= 2, item_id
            assert response.reason, item_id


def test_what_is_not_told_is_dont_know_with_a_reason(demonstration: Demonstration) -> None:
    bank = load_bank(demonstration.bank_id)
    rows = responses(demonstration)
    states = {rows[item_id].state for item_id in bank.items}
    assert states == {RatingState.RATED, RatingState.DONT_KNOW}
    assert all(rows[i].reason for i in bank.items if rows[i].state is RatingState.DONT_KNOW)


def test_every_finding_cited_is_of_the_evaluation_that_was_read(demonstration: Demonstration, library: Library) -> None:
    for item_id, response in responses(demonstration).items():
        for finding_id in cited(response):
            assert finding_id in library.by_id, (item_id, finding_id)
            assert library.by_id[finding_id].publication.id == PUBLICATIONS[demonstration.name], (item_id, finding_id)


def test_what_needs_to_happen_is_something_to_do(demonstration: Demonstration) -> None:
    """Not what an evaluator wanted, or what points to it: the finding that it rests on says that."""
    needs = [response.what_needs_to_happen for response in responses(demonstration).values()]
    assert any(needs)
    assert [text for text in needs if re.match(r"(The|A|An|Staff|Evaluators|Managers|Confusion)\b", text)] == []


def test_what_was_planned_rests_on_what_the_service_said(demonstration: Demonstration, library: Library) -> None:
    for item_id, response in responses(demonstration).items():
        if response.how_to_progress:
            assert response.how_to_progress.startswith("The service said that"), item_id
            sources = {library.by_id[name].strength for name in FINDING_ID.findall(response.how_to_progress)}
            assert sources == {Strength.CLAIMED}, item_id
