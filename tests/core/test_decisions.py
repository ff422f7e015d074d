"""Decision rules: each by hand, and what must hold for any votes."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from audit.core.agreement import Spread
from audit.core.decisions import DecisionRule, RuleKind, Verdict, Why, decide
from audit.core.responses import RatingState

FACILITATOR, MEDIAN, MAJORITY = RuleKind.FACILITATOR, RuleKind.MEDIAN, RuleKind.MAJORITY
TWO_THIRDS, CONSENSUS = RuleKind.TWO_THIRDS, RuleKind.CONSENSUS
NOT_APPLICABLE = Verdict(Why.DECIDED, None, RatingState.NOT_APPLICABLE)
kinds = st.sampled_from(RuleKind)
spreads = st.builds(
    Spread,
    st.fixed_dictionaries({level: st.integers(0, 6) for level in range(5)}),
    st.integers(0, 4),
    st.integers(0, 4),
).filter(lambda spread: spread.answered >= 3)


def of(*numbers: int, out: int = 0, unsure: int = 0) -> Spread:
    """So many votes for level 0, 1 and so on."""
    return Spread(dict(enumerate([*numbers, 0, 0, 0, 0, 0][:5])), out, unsure)


def level(number: int) -> Verdict:
    return Verdict(Why.DECIDED, number, RatingState.RATED)


@pytest.mark.parametrize(
    ("kind", "spread", "verdict"),
    [
        # The facilitator settles, whatever the votes are.
        (FACILITATOR, of(0, 0, 5), Verdict(Why.FACILITATOR)),
        # The lower of two in the middle.
        (MEDIAN, of(1, 1, 0, 1, 1), level(1)),
        (MEDIAN, of(1, 0, 1, 0, 1), level(2)),
        (MEDIAN, of(0, 2, 0, 1, out=2), level(1)),
        # 3 of 6 rated a level: half is not more than half.
        (MEDIAN, of(0, 3, out=2, unsure=1), Verdict(Why.NOT_RATED)),
        (MEDIAN, of(0, 2, unsure=3), Verdict(Why.UNKNOWN)),
        # More than half: 3 of 5 are, 3 of 6 are not.
        (MAJORITY, of(0, 0, 3, 1, unsure=1), level(2)),
        (MAJORITY, of(0, 0, 3, 3), Verdict(Why.NO_MAJORITY)),
        (MAJORITY, of(0, 0, 3, unsure=3), Verdict(Why.NO_MAJORITY)),
        (MAJORITY, of(1, 1, out=3), NOT_APPLICABLE),
        (MAJORITY, of(2, unsure=3), Verdict(Why.UNKNOWN)),
        # Two thirds: exactly 2 of 3 and 4 of 6 are, 3 of 5 are not.
        (TWO_THIRDS, of(0, 0, 2, 1), level(2)),
        (TWO_THIRDS, of(0, 0, 4, 1, unsure=1), level(2)),
        (TWO_THIRDS, of(0, 0, 3, 2), Verdict(Why.NO_TWO_THIRDS)),
        (TWO_THIRDS, of(0, 1, out=2), NOT_APPLICABLE),
        # Close together: the middle of the levels. Far apart: nothing.
        (CONSENSUS, of(0, 0, 5, 1), level(2)),
        (CONSENSUS, of(3, 0, 0, 0, 3), Verdict(Why.NO_CONSENSUS)),
        (CONSENSUS, of(0, 1, unsure=1, out=1), Verdict(Why.NOT_RATED)),
    ],
)
def test_what_each_rule_makes_of_votes(kind: RuleKind, spread: Spread, verdict: Verdict) -> None:
    assert decide(DecisionRule(kind), spread) == verdict


def test_a_consensus_that_is_exactly_what_the_rule_asks_for_decides() -> None:
    half_at_each_end_of_a_step = of(0, 0, 2, 2)
    value = half_at_each_end_of_a_step.consensus
    assert value is not None
    assert f"{value:.2f}" == "0.81"
    assert decide(DecisionRule(CONSENSUS, consensus=81), half_at_each_end_of_a_step) == level(2)
    assert decide(DecisionRule(CONSENSUS, consensus=82), half_at_each_end_of_a_step).why is Why.NO_CONSENSUS


@given(spreads, st.integers(1, 100))
def test_the_consensus_that_stands_on_the_page_is_the_one_that_decides(spread: Spread, asked: int) -> None:
    value = spread.consensus
    assume(value is not None and spread.rated * 2 > spread.answered and spread.dont_know * 2 <= spread.answered)
    shown = int(f"{value:.2f}".replace(".", ""))
    assert decide(DecisionRule(CONSENSUS, consensus=asked), spread).decided == (shown >= asked)


@pytest.mark.parametrize("kind", [kind for kind in RuleKind if kind is not FACILITATOR])
def test_a_quorum_counts_all_who_voted(kind: RuleKind) -> None:
    votes = of(0, 0, 4, out=1)
    assert decide(DecisionRule(kind, quorum=5), votes).decided
    assert decide(DecisionRule(kind, quorum=6), votes) == Verdict(Why.NO_QUORUM)


@pytest.mark.parametrize("kind", RuleKind)
def test_what_is_not_shown_decides_nothing(kind: RuleKind) -> None:
    why = Why.FACILITATOR if kind is FACILITATOR else Why.NOT_SHOWN
    assert decide(DecisionRule(kind), None) == Verdict(why)


@given(kinds, spreads)
def test_a_verdict_is_a_choice_that_somebody_made_or_a_reason(kind: RuleKind, spread: Spread) -> None:
    verdict = decide(DecisionRule(kind), spread)
    if not verdict.decided:
        assert (verdict.level, verdict.state) == (None, RatingState.UNANSWERED)
    elif verdict.level is None:
        assert verdict.state is RatingState.NOT_APPLICABLE
        assert spread.not_applicable * 2 > spread.answered
    else:
        assert spread.levels[verdict.level] > 0


@given(kinds, st.permutations([0, 1, 1, 2, 4]))
def test_who_voted_first_changes_nothing(kind: RuleKind, order: list[int]) -> None:
    turned = Spread({number: order.count(number) for number in range(5)})
    assert decide(DecisionRule(kind), turned) == decide(DecisionRule(kind), of(1, 2, 1, 0, 1))


@given(st.sampled_from([MAJORITY, TWO_THIRDS, MEDIAN]), spreads, st.integers(1, 5))
def test_more_votes_for_what_was_decided_decide_the_same(kind: RuleKind, spread: Spread, more: int) -> None:
    verdict = decide(DecisionRule(kind), spread)
    assume(verdict.level is not None)
    assert verdict.level is not None
    grown = {**spread.levels, verdict.level: spread.levels[verdict.level] + more}
    assert decide(DecisionRule(kind), Spread(grown, spread.not_applicable, spread.dont_know)) == verdict


@given(spreads)
def test_what_two_thirds_decide_a_majority_decides_too(spread: Spread) -> None:
    strict = decide(DecisionRule(TWO_THIRDS), spread)
    assert not strict.decided or decide(DecisionRule(MAJORITY), spread) == strict


@pytest.mark.parametrize(("quorum", "consensus"), [(0, 0), (0, 101), (-1, 80)])
def test_a_rule_that_cannot_be_is_none(quorum: int, consensus: int) -> None:
    with pytest.raises(ValueError, match=r"hundredths|quorum"):
        DecisionRule(CONSENSUS, quorum, consensus)
