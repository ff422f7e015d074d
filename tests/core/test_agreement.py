"""How far people agree."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.core.agreement import Accord, Spread, alpha, consensus, spread
from audit.core.responses import Response
from tests.making import DONT_KNOW, NOT_APPLICABLE, rated

LEVELS = range(5)
counts = st.lists(st.integers(0, 12), min_size=5, max_size=5)


def of(*numbers: int) -> Spread:
    """The spread of so many ratings at level 0, 1, ..."""
    return Spread(dict(enumerate(numbers)))


class TestConsensus:
    def test_is_one_where_all_agree_and_nought_where_half_stands_at_each_end(self) -> None:
        assert of(0, 0, 7, 0, 0).consensus == 1
        assert of(4, 0, 0, 0, 4).consensus == 0

    def test_of_two_neighbouring_levels_is_worked_by_hand(self) -> None:
        # mean 2.5, width 4: 1 + log2(1 - 0.5 / 4) = 1 + log2(0.875)
        assert of(0, 0, 3, 3, 0).consensus == pytest.approx(0.8073549)

    @pytest.mark.parametrize("numbers", [(0, 0, 0, 0, 0), (0, 1, 0, 0, 0)])
    def test_does_not_speak_of_fewer_than_two(self, numbers: Sequence[int]) -> None:
        assert of(*numbers).consensus is None

    @given(counts)
    def test_lies_between_nought_and_one_and_does_not_mind_the_direction_of_the_scale(self, numbers: list[int]) -> None:
        value = of(*numbers).consensus
        mirrored = of(*reversed(numbers)).consensus
        if value is None or mirrored is None:
            assert sum(numbers) < 2
            assert mirrored == value
        else:
            assert 0 <= value <= 1
            assert mirrored == pytest.approx(value)

    @given(counts, st.integers(2, 4))
    def test_does_not_change_when_a_room_grows_in_proportion(self, numbers: list[int], times: int) -> None:
        if sum(numbers) > 1:
            assert of(*[number * times for number in numbers]).consensus == pytest.approx(of(*numbers).consensus)

    def test_takes_the_width_of_the_scale_and_not_of_the_answers(self) -> None:
        assert consensus({1: 2, 2: 2, 3: 0, 4: 0, 5: 0}) == pytest.approx(of(2, 2, 0, 0, 0).consensus)
        assert consensus({0: 2, 1: 2}) == 0


class TestSpread:
    def test_counts_the_four_states_apart(self) -> None:
        found = spread([rated(1), rated(1), rated(3), DONT_KNOW, NOT_APPLICABLE, Response()], LEVELS)
        assert found == Spread({0: 0, 1: 2, 2: 0, 3: 1, 4: 0}, not_applicable=1, dont_know=1)
        assert (found.rated, found.answered) == (3, 5)

    @pytest.mark.parametrize(
        ("numbers", "middle"), [((0, 1, 0, 1, 0), 1), ((0, 1, 1, 1, 0), 2), ((0,) * 5, None), ((2, 0, 0, 0, 1), 0)]
    )
    def test_takes_the_lower_of_two_middle_levels(self, numbers: Sequence[int], middle: int | None) -> None:
        assert of(*numbers).lower_median == middle

    @given(counts)
    def test_at_least_half_stand_at_or_below_its_lower_median_and_at_least_half_at_or_above(
        self, numbers: list[int]
    ) -> None:
        found = of(*numbers)
        if found.lower_median is not None:
            assert sum(numbers[: found.lower_median + 1]) * 2 >= found.rated
            assert sum(numbers[found.lower_median :]) * 2 >= found.rated


@pytest.mark.parametrize(
    ("found", "accord"),
    [
        (of(0, 0, 0, 0, 0), Accord.TOO_FEW),
        (of(0, 1, 0, 0, 0), Accord.TOO_FEW),
        (of(0, 0, 6, 0, 0), Accord.UNANIMOUS),
        (of(0, 0, 3, 3, 0), Accord.BROAD),
        (of(0, 4, 0, 4, 0), Accord.CAMPS),
        (of(3, 0, 0, 0, 3), Accord.CAMPS),
        (of(2, 1, 1, 0, 4), Accord.CAMPS),
        (of(0, 2, 3, 2, 0), Accord.SOME),
        (of(2, 2, 2, 2, 2), Accord.WIDE),
        (Spread({0: 0, 1: 0, 2: 0, 3: 1, 4: 1}, dont_know=3), Accord.UNKNOWN),
        (Spread({0: 0, 1: 0, 2: 0, 3: 2, 4: 0}, dont_know=2), Accord.UNANIMOUS),
        (Spread({0: 0, 1: 0, 2: 0, 3: 1, 4: 1}, not_applicable=3), Accord.NOT_APPLICABLE),
        (Spread({0: 0, 1: 0, 2: 0, 3: 2, 4: 0}, not_applicable=2), Accord.UNANIMOUS),
        (Spread({0: 0, 1: 0, 2: 0, 3: 0, 4: 0}, not_applicable=2, dont_know=2), Accord.TOO_FEW),
    ],
)
def test_the_words_for_a_spread(found: Spread, accord: Accord) -> None:
    assert found.accord is accord


class TestAlpha:
    def test_agrees_with_the_example_of_its_author(self) -> None:
        # Four observers, twelve units, ordinal metric: 0.815.
        rows = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
        units = [[int(row[place]) for row in rows if row[place] != "."] for place in range(12)]
        found = alpha(units)
        assert found is not None
        assert round(float(found), 3) == 0.815

    def test_is_one_where_every_item_is_agreed_on_and_items_differ(self) -> None:
        assert alpha([[1, 1, 1], [3, 3], [0, 0]]) == 1

    @pytest.mark.parametrize("ratings", [[], [[1]], [[1], [3]], [[2, 2], [2, 2]]])
    def test_says_nothing_where_there_is_nothing_to_compare(self, ratings: list[list[int]]) -> None:
        assert alpha(ratings) is None

    def test_is_below_nought_where_people_differ_on_everything(self) -> None:
        found = alpha([[0, 4], [4, 0], [0, 4]])
        assert found is not None
        assert found < 0

    @given(st.lists(st.lists(st.integers(0, 4), max_size=6), max_size=6))
    def test_is_never_above_one_and_does_not_mind_the_direction_of_the_scale(self, ratings: list[list[int]]) -> None:
        found = alpha(ratings)
        assert found is None or found <= Fraction(1)
        assert alpha([[4 - value for value in unit] for unit in ratings]) == found
