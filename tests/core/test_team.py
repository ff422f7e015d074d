"""What a team's answers come to."""

from __future__ import annotations

from audit.core.responses import UNANSWERED, Answers, RatingState, Response
from audit.core.team import ALL_NOT_APPLICABLE, team_answers
from tests.making import DONT_KNOW, NOT_APPLICABLE, make_bank, make_item, rated

BANK = make_bank(make_item("A", 1), make_item("B", 1))
FULL = Response(RatingState.RATED, 3, reason="why", what_happens_now="now", target=4)


def alone(**items: Response) -> Answers:
    return Answers(items)


def test_one_respondent_is_the_team_with_all_that_was_written() -> None:
    assert team_answers(BANK, {}, [alone(A=FULL), Answers()]).of("A") == FULL


def test_a_settled_response_goes_before_what_anybody_said_alone() -> None:
    settled = {"A": rated(0), "B": UNANSWERED}
    for given in ([alone(A=FULL)], [alone(A=FULL), alone(A=rated(4), B=rated(2))]):
        together = team_answers(BANK, settled, given)
        assert together.of("A") == rated(0)
    assert together.of("B") == rated(2)


def test_an_unsettled_item_takes_the_lower_median_and_nobodys_texts() -> None:
    given = [alone(A=FULL), alone(A=rated(1)), alone(A=rated(2)), alone(A=rated(4)), alone(A=DONT_KNOW)]
    assert team_answers(BANK, {}, given).of("A") == rated(2)


def test_an_item_that_nobody_rated_is_unknown_before_it_is_not_applicable() -> None:
    assert team_answers(BANK, {}, [alone(A=NOT_APPLICABLE), alone(A=DONT_KNOW)]).of("A") == DONT_KNOW
    both = team_answers(BANK, {}, [alone(A=NOT_APPLICABLE), alone(A=NOT_APPLICABLE)]).of("A")
    assert both == Response(RatingState.NOT_APPLICABLE, reason=ALL_NOT_APPLICABLE)


def test_what_nobody_answered_is_unanswered() -> None:
    assert team_answers(BANK, {}, [alone(A=rated(1)), alone(A=rated(1))]).of("B") == UNANSWERED
    assert team_answers(BANK, {}, []) == Answers({}, {})
