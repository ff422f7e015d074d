"""What moderation shows of an item, and what it keeps back."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from audit.core.agreement import Accord, Spread, alpha, spread
from audit.core.moderation import WITHOUT_GROUP, Accords, Agreement, ItemSpread, accords, item_spread
from audit.core.responses import UNANSWERED, Confidence, RatingState, Response
from tests.core.test_method_examples import DOCUMENT
from tests.making import DONT_KNOW, NOT_APPLICABLE, rated

LEVELS = range(5)


def found(groups: dict[int, str], responses: dict[int, Response], smallest: int = 5) -> ItemSpread:
    return item_spread("A", responses, groups, LEVELS, smallest)


def shown(item: ItemSpread) -> dict[str, int | None]:
    return {group.name: group.spread.answered if group.spread else None for group in item.groups}


def team(**sizes: int) -> tuple[dict[int, str], dict[int, Response]]:
    """So many people in each group, all of whom rate; ``nobodys`` are in none."""
    names = [name for name, size in sizes.items() for _ in range(size)]
    groups = {who: name for who, name in enumerate(names, start=1) if name != "nobodys"}
    return groups, {who: rated(who % 5) for who in range(1, len(names) + 1)}


def test_too_few_answers_show_how_many_there_are_and_nothing_else() -> None:
    item = found({}, {1: rated(1), 2: rated(4), 3: DONT_KNOW, 4: rated(2), 5: UNANSWERED})
    assert (item.answered, item.spread, item.confidence) == (4, None, {})


def test_enough_answers_show_their_spread_and_how_sure_people_were() -> None:
    sure = Response(RatingState.RATED, 1, confidence=Confidence.HIGH)
    item = found({}, {1: sure, 2: sure, 3: DONT_KNOW, 4: NOT_APPLICABLE, 5: rated(4)})
    assert item.spread == Spread({0: 0, 1: 2, 2: 0, 3: 0, 4: 1}, 1, 1)
    assert item.confidence == {Confidence.HIGH: 2, None: 3}
    assert item.groups == ()


def test_a_small_group_is_held_back_and_so_is_one_that_would_give_it_away() -> None:
    assert shown(found(*team(directorate=9, partners=6, team=2))) == {"directorate": 9, "partners": None, "team": None}
    assert shown(found(*team(directorate=6, partners=5))) == {"directorate": 6, "partners": 5}


def test_people_without_a_group_are_a_group() -> None:
    assert shown(found(*team(directorate=6, nobodys=2))) == {"directorate": None, WITHOUT_GROUP: None}
    assert shown(found(*team(directorate=6, nobodys=5))) == {"directorate": 6, WITHOUT_GROUP: 5}


def test_a_threshold_of_three_shows_more() -> None:
    assert shown(found(*team(directorate=6, partners=3, team=2), smallest=3)) == {
        "directorate": 6,
        "partners": None,
        "team": None,
    }
    assert shown(found(*team(directorate=6, partners=3), smallest=3)) == {"directorate": 6, "partners": 3}


def test_a_group_is_judged_by_who_answered_this_very_item() -> None:
    groups, responses = team(directorate=6, partners=5)
    fewer = {who: UNANSWERED if who == 11 else each for who, each in responses.items()}
    assert shown(found(groups, fewer)) == {"directorate": None, "partners": None}


def test_no_group_is_shown_where_everyone_together_are_too_few() -> None:
    assert shown(found(*team(directorate=4))) == {"directorate": None}


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "a", "b", "c", "d"]), st.sampled_from([None, 0, 1, 2, 3, 4]), st.booleans())
    ),
    st.integers(3, 7),
)
def test_what_is_shown_never_leaves_so_few_that_one_could_be_told(
    people: list[tuple[str, int | None, bool]], smallest: int
) -> None:
    groups = {who: group for who, (group, _, _) in enumerate(people) if group}
    responses = {
        who: UNANSWERED if not there else DONT_KNOW if level is None else rated(level)
        for who, (_, level, there) in enumerate(people)
    }
    item = found(groups, responses, smallest)
    told = [group.spread for group in item.groups if group.spread]
    if item.spread is None:
        assert item.answered < smallest
        assert not told
        return
    assert item.spread.answered == item.answered >= smallest
    rest = item.answered - sum(each.answered for each in told)
    assert all(each.answered >= smallest for each in told)
    assert not told or rest == 0 or rest >= smallest


def test_items_most_do_not_know_come_first_and_those_not_shown_last() -> None:
    def order(*responses: Response) -> tuple[float, float]:
        return found({}, dict(enumerate(responses))).contested

    unknown = order(*[DONT_KNOW] * 3, rated(1), rated(1))
    camps = order(rated(0), rated(0), rated(0), rated(4), rated(4), rated(4))
    close = order(*[rated(2)] * 5, rated(3))
    excused = order(*[NOT_APPLICABLE] * 5)
    hidden = order(rated(0), rated(4))
    assert sorted([hidden, excused, close, camps, unknown]) == [unknown, camps, close, excused, hidden]
    assert order(rated(1), *[NOT_APPLICABLE] * 4) < close


def test_where_most_but_not_all_say_that_it_does_not_apply_there_is_more_to_talk_of_than_where_all_do() -> None:
    def order(*responses: Response) -> tuple[float, float]:
        return found({}, dict(enumerate(responses))).contested

    unknown = order(*[DONT_KNOW] * 3, NOT_APPLICABLE, rated(1))
    divided = order(rated(3), rated(3), *[NOT_APPLICABLE] * 3)
    nearly_all = order(rated(1), *[NOT_APPLICABLE] * 4)
    camps = order(rated(0), rated(0), rated(0), rated(4), rated(4), rated(4))
    excused = order(*[NOT_APPLICABLE] * 5)
    assert sorted([excused, camps, nearly_all, divided, unknown]) == [unknown, divided, nearly_all, camps, excused]


def test_what_most_say_does_not_apply_is_named_and_is_no_agreement() -> None:
    responses = {who: NOT_APPLICABLE if who < 3 else rated(2) for who in range(5)}
    told = accords([item_spread("A", responses, {}, LEVELS, 5)])
    assert (told.compared, told.agreed, told.not_applicable) == (1, 0, ("A",))


def test_an_audit_is_summed_up_from_the_items_that_may_be_shown_alone() -> None:
    def item(name: str, *levels: int) -> ItemSpread:
        return item_spread(name, {who: rated(level) for who, level in enumerate(levels)}, {}, LEVELS, 5)

    spreads = [item("A", 2, 2, 2, 2, 3), item("B", 0, 0, 0, 4, 4, 4), item("C", 0, 4), item("D", 0, 1, 2, 3, 4)]
    assert spreads[3].spread is not None
    assert spreads[3].spread.accord is Accord.WIDE
    told = accords(spreads)
    assert (told.compared, told.agreed, told.camps, told.wide, told.unknown) == (3, 1, ("B",), ("D",), ())
    assert told.alpha == accords([spreads[0], spreads[1], spreads[3]]).alpha
    assert isinstance(told.alpha, Fraction)
    assert accords([]) == Accords()


def test_an_agreement_is_told_from_the_threshold_on() -> None:
    assert not Agreement(9, 4, 5).shown
    assert Agreement(9, 5, 5).shown


class TestExamplesOfTheMethod:
    """The examples in docs/method.md."""

    def test_the_lower_median(self) -> None:
        assert spread([rated(level) for level in (1, 1, 3, 4)], LEVELS).lower_median == 1
        assert spread([*(rated(level) for level in (0, 2, 3, 4)), DONT_KNOW, DONT_KNOW], LEVELS).lower_median == 2

    def test_consensus(self) -> None:
        assert round(spread([*[rated(1)] * 3, rated(3)], LEVELS).consensus or 0, 2) == 0.69

    def test_not_applicable(self) -> None:
        assert spread([rated(1), *[NOT_APPLICABLE] * 4], LEVELS).accord is Accord.NOT_APPLICABLE
        assert spread([*[rated(2)] * 3, *[NOT_APPLICABLE] * 2], LEVELS).accord is Accord.UNANIMOUS

    def test_the_words_for_agreement(self) -> None:
        told = [line.split(" | ")[0].removeprefix("| ") for line in DOCUMENT.splitlines() if line.startswith("| ")]
        assert all(accord.value.capitalize() in told for accord in Accord)

    def test_alpha(self) -> None:
        assert alpha([(0, 1, 1), (3, 4, 4)]) == Fraction(17, 22)
        assert alpha([(2, 2, 3), (3, 2, 2)]) == Fraction(-1, 4)

    def test_groups(self) -> None:
        assert shown(found(*team(directorate=9, partners=6, team=2)))["partners"] is None
