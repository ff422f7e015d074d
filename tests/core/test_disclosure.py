"""Small groups stay hidden, and cannot be worked out from what is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.core.disclosure import may_show, shown_groups, threshold

sizes = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 15), max_size=6)


class TestThreshold:
    def test_is_five_where_nothing_is_set(self) -> None:
        assert threshold(None) == 5

    @pytest.mark.parametrize("setting", [3, 4, 12])
    def test_is_what_is_set(self, setting: int) -> None:
        assert threshold(setting) == setting

    @pytest.mark.parametrize("setting", [2, 1, 0, -1])
    def test_is_never_below_three(self, setting: int) -> None:
        with pytest.raises(ValueError, match=str(setting)):
            threshold(setting)


def test_a_group_below_the_threshold_is_hidden_and_so_is_the_one_that_would_give_it_away() -> None:
    assert shown_groups({"directorate": 9, "partners": 6, "team": 2}, 5) == {"directorate"}
    assert shown_groups({"directorate": 9, "team": 2}, 5) == frozenset()
    assert shown_groups({"directorate": 9, "partners": 3, "team": 2}, 5) == {"directorate"}
    assert shown_groups({"directorate": 9, "partners": 6, "team": 0}, 5) == {"directorate", "partners"}


@given(sizes, st.integers(3, 8))
def test_neither_a_shown_group_nor_the_rest_is_ever_smaller_than_the_threshold(
    groups: dict[str, int], smallest: int
) -> None:
    shown = shown_groups(groups, smallest)
    rest = sum(size for name, size in groups.items() if name not in shown)
    assert all(may_show(groups[name], smallest) for name in shown)
    assert not shown or rest == 0 or rest >= smallest


@given(sizes, st.integers(3, 8))
def test_nothing_is_hidden_without_need(groups: dict[str, int], smallest: int) -> None:
    if all(size == 0 or size >= smallest for size in groups.values()):
        assert shown_groups(groups, smallest) == {name for name, size in groups.items() if size}
