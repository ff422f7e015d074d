"""What holds for every bank and every set of answers."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from audit.core.bank import Bank, Combine
from audit.core.gaps import gap_shares
from audit.core.responses import RatingState, Response
from audit.core.scorecard import Scorecard
from tests.making import NOT_APPLICABLE, make_bank, make_item, rated, score
from tests.strategies import answered, audits, trees

Audit = tuple[Bank, dict[str, Response]]


def scored(audit: Audit) -> Scorecard:
    bank, responses = audit
    return score(bank, **responses)


@given(audits())
def test_low_score_and_high_lie_in_order_between_zero_and_one(audit: Audit) -> None:
    scorecard = scored(audit)
    for part in (scorecard.overall, *scorecard.sections):
        if part.low is not None and part.high is not None:
            assert 0 <= part.low <= part.high <= 1
            if part.score is not None:
                assert part.low <= part.score <= part.high


@given(audits())
def test_shares_of_the_gap_sum_to_one_or_there_is_no_gap(audit: Audit) -> None:
    scorecard = scored(audit)
    shares = [share for share in gap_shares(scorecard).values() if share is not None]
    weighted = [entry.weight * entry.gap for entry in scorecard.items if entry.gap is not None]
    assert sum(shares) == (1 if any(weighted) else 0)


@given(audits(), st.data())
def test_a_better_level_never_lowers_a_score(audit: Audit, data: st.DataObject) -> None:
    bank, responses = audit
    levels = {
        name: r.level for name, r in responses.items() if r.level is not None and r.level < len(bank.scale.levels) - 1
    }
    assume(levels)
    name = data.draw(st.sampled_from(sorted(levels)))
    before = scored(audit)
    after = score(bank, **{**responses, name: rated(levels[name] + 1)})
    for old, new in zip((before.overall, *before.sections), (after.overall, *after.sections), strict=True):
        if old.score is not None and new.score is not None:
            assert old.score <= new.score
        if old.low is not None and new.low is not None and old.high is not None and new.high is not None:
            assert old.low <= new.low
            assert old.high <= new.high


@given(audits(), st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(audit: Audit, random: object) -> None:
    bank, responses = audit
    shuffled = sorted(responses.items(), key=lambda pair: hash((pair[0], str(random))))
    assert score(bank, **dict(shuffled)) == scored(audit)


@given(audits())
def test_not_applicable_never_acts_as_a_zero(audit: Audit) -> None:
    """Marking items "not applicable" scores as if the bank did not have them."""
    bank, responses = audit
    gone = {name for name, response in responses.items() if response.state is RatingState.NOT_APPLICABLE}
    kept = [name for name in bank.items if name not in gone]
    flat = make_bank(*(bank.items[name] for name in bank.items), values=[lv.value for lv in bank.scale.levels])
    assume(kept)
    without = make_bank(*(bank.items[name] for name in kept), values=[lv.value for lv in bank.scale.levels])
    assert score(flat, **responses).overall.score == score(without, **{n: responses[n] for n in kept}).overall.score


@given(audits(combines=[Combine.MEAN], own_weights=False))
def test_nested_means_agree_with_the_flat_mean(audit: Audit) -> None:
    bank, responses = audit
    flat = make_bank(*bank.items.values(), values=[level.value for level in bank.scale.levels])
    nested, plain = scored(audit).overall, score(flat, **responses).overall
    assert (nested.score, nested.low, nested.high) == (plain.score, plain.low, plain.high)


@given(trees(), st.data())
def test_all_at_the_top_is_one_and_nothing_rated_is_no_score(bank: Bank, data: st.DataObject) -> None:
    top = bank.scale.top.number
    everything = score(bank, **dict.fromkeys(bank.items, rated(top)))
    assert everything.overall.score in (None, Fraction(1))
    nothing = score(bank)
    assert nothing.overall.score is None
    assert nothing.band is None


@given(audits())
def test_what_is_excluded_is_the_weight_of_not_applicable(audit: Audit) -> None:
    scorecard = scored(audit)
    assume(sum(entry.weight for entry in scorecard.items))
    assert 0 <= scorecard.weight_excluded <= 1
    assert (scorecard.weight_excluded > 0) == any(
        entry.weight and entry.response == NOT_APPLICABLE for entry in scorecard.items
    )


@settings(max_examples=30)
@given(st.integers(1, 6), st.data())
def test_an_item_of_weight_zero_changes_nothing(count: int, data: st.DataObject) -> None:
    items = [make_item(f"I{n}") for n in range(count)]
    bank = make_bank(*items)
    responses = data.draw(answered(bank))
    level = data.draw(st.integers(0, 4))
    with_zero = make_bank(*items, make_item("Z", 0))
    assert score(with_zero, **responses, Z=rated(level)).overall.score == score(bank, **responses).overall.score
