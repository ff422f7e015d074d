"""How items hang together, and when an authority's own ratings raise a link."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.core.bank_loader import bank_ids, load_bank
from audit.core.item_links import ItemLink, LinkKind, Pattern, raised
from audit.core.library import Library

BANK_OF = {item_id: bank_id for bank_id in bank_ids() for item_id in load_bank(bank_id).items}
levels = st.integers(0, 4)
limits = st.none() | levels
patterns = st.builds(Pattern, st.just("Look."), limits, limits) | st.just(Pattern("Look.", item_above_other=True))


def link(pattern: Pattern | None, item: str = "A", other: str = "B") -> ItemLink:
    return ItemLink("x", LinkKind.NEEDS, item, other, "A needs B.", (), pattern)


def names(found: tuple[ItemLink, ...]) -> set[tuple[str, str]]:
    return {(each.item, each.other) for each in found}


@pytest.mark.parametrize(
    ("item", "other", "shown"),
    [(3, 1, True), (4, 0, True), (4, 1, True), (2, 1, False), (3, 2, False), (0, 0, False), (4, 4, False)],
)
def test_a_pattern_of_two_limits_needs_both(item: int, other: int, *, shown: bool) -> None:
    assert Pattern("Look.", item_at_least=3, other_at_most=1).raised(item, other) is shown


@given(item=levels, other=levels)
def test_a_pattern_of_one_limit_asks_nothing_of_the_other_item(item: int, other: int) -> None:
    assert Pattern("Look.", item_at_least=3).raised(item, other) is (item >= 3)
    assert Pattern("Look.", other_at_most=1).raised(item, other) is (other <= 1)


@given(item=levels, other=levels)
def test_an_item_above_the_other_is_higher_and_not_level_with_it(item: int, other: int) -> None:
    assert Pattern("Look.", item_above_other=True).raised(item, other) is (item > other)


@given(pattern=patterns, item=levels, other=levels, more=levels, less=levels)
def test_what_is_raised_stays_raised_as_items_move_apart(
    pattern: Pattern, item: int, other: int, more: int, less: int
) -> None:
    if pattern.raised(item, other):
        assert pattern.raised(item + more, max(0, other - less))


@given(pattern=patterns, item=limits, other=limits)
def test_an_item_that_is_not_rated_raises_nothing(pattern: Pattern, item: int | None, other: int | None) -> None:
    rated = {name: level for name, level in {"A": item, "B": other}.items() if level is not None}
    found = raised([link(pattern)], rated)
    assert bool(found) is (item is not None and other is not None and pattern.raised(item, other))


@given(item=levels, other=levels, unrelated=levels)
def test_other_items_change_nothing(item: int, other: int, unrelated: int) -> None:
    links = [link(Pattern("Look.", item_above_other=True))]
    assert raised(links, {"A": item, "B": other, "C": unrelated}) == raised(links, {"A": item, "B": other})


def test_a_link_without_a_warning_is_never_raised() -> None:
    assert raised([link(None)], {"A": 4, "B": 0}) == ()


def test_links_are_raised_in_their_order() -> None:
    above = Pattern("Look.", item_above_other=True)
    links = [link(above, "C", "B"), link(above, "A", "B")]
    assert raised(links, {"A": 1, "B": 0, "C": 1}) == tuple(links)


def test_a_link_knows_its_other_end() -> None:
    assert (link(None).partner("A"), link(None).partner("B")) == ("B", "A")


def test_a_link_joins_two_different_items(library: Library) -> None:
    assert [each.id for each in library.links if each.item == each.other] == []


def test_no_two_items_are_linked_twice_in_the_same_way(library: Library) -> None:
    """A need goes one way, and so two items can need each other; a tension goes both ways."""
    ends = Counter(
        (each.kind, each.item, each.other)
        if each.kind is LinkKind.NEEDS
        else (each.kind, *sorted((each.item, each.other)))
        for each in library.links
    )
    assert [pair for pair, count in ends.items() if count > 1] == []


def test_a_link_rests_on_a_finding_about_one_of_its_items(library: Library) -> None:
    for each in library.links:
        assert any({each.item, each.other} & set(finding.items) for finding in each.findings), each.id


def test_a_warning_says_what_is_rated_and_asks_and_leaves_what_was_found_to_the_link(library: Library) -> None:
    """Pages and reports print both, one above the other."""
    for each in library.links:
        if each.warns:
            rated, *asked = re.split(r"(?<=[.?!])\s+", each.warns.says)
            assert " rated " in rated, each.id
            assert [question[-1] for question in asked] == ["?"], each.id


def test_every_level_of_a_warning_is_one_of_the_scale(library: Library) -> None:
    for each in library.links:
        if each.warns:
            for item_id, level in ((each.item, each.warns.item_at_least), (each.other, each.warns.other_at_most)):
                numbers = {known.number for known in load_bank(BANK_OF[item_id]).scale.levels}
                assert level is None or level in numbers, each.id


def test_every_warning_can_be_raised_and_can_be_put_right(library: Library) -> None:
    for each in library.links:
        if each.warns:
            assert raised([each], {each.item: 4, each.other: 0}), each.id
            assert not raised([each], {each.item: 4, each.other: 4}), each.id


@pytest.mark.parametrize("level", range(5))
def test_equal_ratings_throughout_raise_nothing(library: Library, level: int) -> None:
    assert raised(library.links, dict.fromkeys(BANK_OF, level)) == ()


def test_social_workers_time_without_administrators_is_pointed_out(library: Library) -> None:
    assert ("W8", "R8") in names(raised(library.links, {"W8": 4, "R8": 0}))
    assert raised(library.links, {"W8": 4, "R8": 4}) == ()
    assert raised(library.links, {"W8": 4}) == ()


@pytest.mark.parametrize(("item", "other", "shown"), [(1, 0, True), (4, 3, True), (2, 2, False), (0, 4, False)])
def test_training_ahead_of_a_plain_model_is_pointed_out(
    library: Library, item: int, other: int, *, shown: bool
) -> None:
    assert (("R4", "R3") in names(raised(library.links, {"R4": item, "R3": other}))) is shown


def test_an_audit_with_nothing_rated_raises_nothing(library: Library) -> None:
    assert raised(library.links, {}) == ()
