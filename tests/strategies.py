"""Random banks and answers for hypothesis."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import strategies as st

from audit.core.bank import Bank, Combine, Item, Section
from audit.core.responses import Response
from tests.making import DONT_KNOW, FIVE, NOT_APPLICABLE, make_bank, make_item, make_section, rated

SCALES: tuple[Sequence[Fraction], ...] = (
    FIVE,
    (Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(1)),
    (Fraction(1), Fraction(2), Fraction(5)),
    (Fraction(0), Fraction(1)),
)
ALL_COMBINES = tuple(Combine)
weights = st.sampled_from([Fraction(0), Fraction(1), Fraction(1), Fraction(1, 2), Fraction(3)])


@st.composite
def trees(draw: st.DrawFn, combines: Sequence[Combine] = ALL_COMBINES, own_weights: bool = True) -> Bank:
    """A bank with one to three levels of sections and up to about a dozen items."""
    values = draw(st.sampled_from(SCALES))
    counter = iter(range(1000))

    def item() -> Item:
        return make_item(f"I{next(counter)}", draw(weights), levels=len(values))

    def section(depth: int) -> Section:
        own = draw(st.none() | weights) if own_weights else None
        combine = draw(st.sampled_from(combines))
        name = f"S{next(counter)}"
        return make_section(name, *children(depth), combine=combine, weight=own)

    def children(depth: int) -> list[Section | Item]:
        count = draw(st.integers(1, 3))
        return [section(depth - 1) if depth and draw(st.booleans()) else item() for _ in range(count)]

    return make_bank(
        make_item("I", 1, levels=len(values)), *children(3), values=values, combine=draw(st.sampled_from(combines))
    )


@st.composite
def answered(draw: st.DrawFn, bank: Bank) -> dict[str, Response]:
    """A response to each item of a bank, in every state."""
    levels = [rated(level.number) for level in bank.scale.levels]
    response = st.sampled_from([*levels, *levels, DONT_KNOW, NOT_APPLICABLE, Response()])
    return {item_id: draw(response) for item_id in bank.items}


@st.composite
def audits(
    draw: st.DrawFn, combines: Sequence[Combine] = ALL_COMBINES, own_weights: bool = True
) -> tuple[Bank, dict[str, Response]]:
    """A bank with responses to it."""
    bank = draw(trees(combines, own_weights))
    return bank, draw(answered(bank))
