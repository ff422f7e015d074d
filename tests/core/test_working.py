"""The working of a score: it ends in the scorecard's numbers, and each step follows from the one before."""

from __future__ import annotations

from fractions import Fraction as F
from math import isclose

from hypothesis import given

from audit.core.bank import Bank, Combine, Weighting
from audit.core.responses import Answers, RatingState, Response
from audit.core.scorecard import Scorecard, score_answers
from audit.core.steps import Step, Steps, Why
from audit.core.working import Working, work_out
from tests.making import DONT_KNOW, NOT_APPLICABLE, make_bank, make_item, make_section, rated, score
from tests.strategies import audits

Audit = tuple[Bank, dict[str, Response]]


def whole(steps: Steps) -> F | None:
    return next((step.score for step in steps if step.id == "small"), None)


def by_hand(step: Step) -> tuple[F, F]:
    """The points of a step, and the most that they could be, from its terms alone."""
    terms = step.terms
    if step.combine is Combine.MEAN:
        total = sum(term.weight for term in terms)
        return sum(t.weight * t.value for t in terms) / F(total), sum(t.weight * t.top for t in terms) / F(total)
    if step.combine is Combine.SUM:
        return F(sum(t.value for t in terms)), F(sum(t.top for t in terms))
    lowest_top = min(term.top for term in terms)
    return min(term.value / term.top for term in terms) * lowest_top, lowest_top


def power_mean(step: Step) -> float:
    total = 1.0
    for term in step.terms:
        total *= float(term.score) ** float(term.weight / step.weights)
    return total


@given(audits())
def test_the_working_ends_in_the_numbers_of_the_scorecard(audit: Audit) -> None:
    bank, responses = audit
    scorecard = score(bank, **responses)
    working = work_out(scorecard)
    for part in (scorecard.overall, *scorecard.sections):
        steps = {step.id: step for step in working.score}
        if part.score is None:
            assert part.id not in steps
        else:
            step = steps[part.id]
            assert (step.raw, step.raw_max, step.score) == (part.raw, part.raw_max, part.score)
        for ends, end in ((working.low, part.low), (working.high, part.high)):
            assert {step.id: step.score for step in ends}.get(part.id) == end
    assert whole(working.score) == scorecard.overall.score
    assert whole(working.excluded_lowest) == scorecard.if_excluded_lowest
    assert whole(working.excluded_highest) == scorecard.if_excluded_highest


@given(audits())
def test_each_step_follows_from_its_terms(audit: Audit) -> None:
    bank, responses = audit
    working = work_out(score(bank, **responses))
    for step in (*working.score, *working.low, *working.high, *working.excluded_lowest, *working.excluded_highest):
        if step.combine is Combine.GEOMETRIC:
            assert isclose(power_mean(step), float(step.score), abs_tol=1e-9)
        else:
            assert by_hand(step) == (step.raw, step.raw_max)
        assert step.weights == sum(term.weight for term in step.terms)


@given(audits())
def test_what_a_section_brings_is_what_its_own_step_reached(audit: Audit) -> None:
    bank, responses = audit
    working = work_out(score(bank, **responses))
    for steps in (working.score, working.low, working.high):
        done: dict[str, Step] = {}
        for step in steps:
            for term in step.terms:
                if term.level is None:
                    assert term.score == done[term.id].score
                    assert term.carried_up or (term.value, term.top) == (done[term.id].raw, done[term.id].raw_max)
            done[step.id] = step


@given(audits())
def test_nothing_is_lost_every_child_counts_or_is_left_out_with_a_reason(audit: Audit) -> None:
    bank, responses = audit
    working = work_out(score(bank, **responses))
    sections = {section.id: section for section in (bank.root, *bank.root.sections())}
    for step in working.score:
        named = {term.id for term in step.terms} | {left.id for left in step.left_out}
        assert named == {child.id for child in sections[step.id].children}
        assert len(named) == len(step.terms) + len(step.left_out)
        for left in step.left_out:
            assert left.why.words
            if left.why.value in {state.value for state in RatingState}:
                assert responses[left.id].state.value == left.why.value


@given(audits())
def test_the_working_of_the_gaps_is_that_of_the_scorecard(audit: Audit) -> None:
    bank, responses = audit
    scorecard = score(bank, **responses)
    working = work_out(scorecard)
    assert [step.item.id for step in working.gaps] == [e.item.id for e in scorecard.items if e.level]
    for step in working.gaps:
        assert step.gap == max(F(0), step.target_score - step.score)
        assert step.share == (step.product / working.whole_gap if working.whole_gap else 0)


def last(bank: Bank, weights: dict[str, int] | None = None, **responses: Response) -> Step:
    weighting = Weighting("own", "Own", "Ours.", {name: F(weight) for name, weight in (weights or {}).items()})
    return work_out(score_answers(bank, Answers(responses), weighting)).score[-1]


def shown(*numbers: F | None) -> str:
    return " ".join(map(str, numbers))


def test_a_weighted_mean_shows_products_weights_and_points() -> None:
    bank = make_bank(make_item("A"), make_item("B"))
    step = last(bank, {"A": 3}, A=rated(4), B=rated(1))
    assert [f"{term.id} {shown(term.weight, term.value, term.product)}" for term in step.terms] == [
        "A 3 4 12",
        "B 1 1 1",
    ]
    assert shown(step.products, step.weights, step.raw, step.raw_max, step.score) == "13 4 13/4 4 13/16"


def test_a_mean_in_a_mean_that_is_partly_answered_counts_with_its_answered_weight() -> None:
    bank = make_bank(make_section("S", make_item("A"), make_item("B")), make_item("C"))
    step = last(bank, A=rated(4), B=DONT_KNOW, C=rated(0))
    section = step.terms[0]
    assert shown(section.weight, section.outcome.weight) == "1 2"
    assert section.part_weight
    assert not section.carried_up
    assert step.score == F(1, 2)


def test_a_sum_that_is_partly_answered_counts_at_its_score_so_far_on_all_its_points() -> None:
    bank = make_bank(
        make_section("S", make_item("A"), make_item("B"), combine=Combine.SUM, weight=1),
        make_section("T", make_item("C"), combine=Combine.SUM, weight=1),
    )
    step = last(bank, A=rated(4), B=DONT_KNOW, C=rated(0))
    section = step.terms[0]
    assert shown(section.value, section.top, section.outcome.raw, section.outcome.raw_max) == "8 8 4 4"
    assert section.carried_up
    assert not section.part_weight
    assert shown(step.raw, step.raw_max) == "4 6"


def test_what_is_left_out_is_named_with_its_reason() -> None:
    bank = make_bank(
        make_item("A"),
        make_item("B"),
        make_item("C"),
        make_item("D"),
        make_item("E", 0),
        make_section("S", make_item("F")),
        make_section("T", make_item("G"), weight=0),
    )
    step = last(bank, A=rated(4), B=NOT_APPLICABLE, C=DONT_KNOW, E=rated(1), G=rated(1))
    assert [(left.id, left.why, left.reason) for left in step.left_out] == [
        ("B", Why.NOT_APPLICABLE, "We have none."),
        ("C", Why.DONT_KNOW, ""),
        ("D", Why.UNANSWERED, ""),
        ("E", Why.NO_WEIGHT, ""),
        ("S", Why.NOTHING_RATED, ""),
        ("T", Why.NO_WEIGHT, ""),
    ]
    assert step.left_out[0].why.words == "Not applicable"
    assert step.left_out[5].why.words == "Its weight is 0"


def test_the_ends_of_the_range_mark_what_is_assumed() -> None:
    bank = make_bank(make_item("A"), make_item("B"), make_item("C"))
    working = work_out(score(bank, A=rated(4), B=rated(1), C=DONT_KNOW))
    assert [(term.id, term.assumed) for term in working.low[-1].terms] == [("A", False), ("B", False), ("C", True)]
    assert shown(whole(working.low), whole(working.high)) == "5/12 3/4"
    assert working.low[-1].terms[2].level == bank.scale.bottom
    assert working.high[-1].terms[2].level == bank.scale.top


def test_where_nothing_is_rated_there_are_no_steps_but_a_range() -> None:
    working: Working = work_out(score(make_bank(make_item("A"))))
    assert working.score == ()
    assert working.gaps == ()
    assert shown(working.whole_gap, whole(working.low), whole(working.high)) == "0 0 1"


def test_sections_come_before_the_whole_in_bank_order() -> None:
    bank = make_bank(
        make_section("S", make_section("S1", make_item("A")), make_item("B")), make_section("T", make_item("C"))
    )
    scorecard: Scorecard = score(bank, A=rated(1), B=rated(1), C=rated(1))
    assert [step.id for step in work_out(scorecard).score] == ["S1", "S", "T", "small"]


def test_a_weight_in_the_whole_stands_beside_the_items_own() -> None:
    bank = make_bank(
        make_section("S", make_item("A"), make_item("B"), weight=1), make_section("T", make_item("C"), weight=3)
    )
    gaps = work_out(score(bank, A=rated(2), B=rated(4), C=rated(3))).gaps
    assert [shown(step.own_weight, step.weight) for step in gaps] == ["1 1/2", "1 1/2", "1 3"]
    assert shown(*[step.product for step in gaps]) == "1/4 0 3/4"
    assert shown(*[step.share for step in gaps]) == "1/4 0 3/4"
