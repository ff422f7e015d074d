"""What an item weighs in the whole audit."""

from __future__ import annotations

from fractions import Fraction

from audit.core.bank import Item, Section, Weighting


def effective_weights(root: Section, weighting: Weighting) -> dict[str, Fraction]:
    """What each item below ``root`` weighs in the whole audit.

    This is its own weight, times, for each section above it that has a weight of its own, that weight over the
    sum of the weights below the section.
    """
    weights: dict[str, Fraction] = {}
    _spread(root, Fraction(1), weighting, weights)
    return weights


def _spread(section: Section, factor: Fraction, weighting: Weighting, weights: dict[str, Fraction]) -> None:
    own = weighting.of_section(section)
    if own is not None:
        below = _weight_below(section, weighting)
        factor *= own / below if below else Fraction(0)
    for child in section.children:
        if isinstance(child, Item):
            weights[child.id] = factor * weighting.of_item(child)
        else:
            _spread(child, factor, weighting, weights)


def _weight_below(section: Section, weighting: Weighting) -> Fraction:
    total = Fraction(0)
    for child in section.children:
        if isinstance(child, Item):
            total += weighting.of_item(child)
        else:
            own = weighting.of_section(child)
            total += _weight_below(child, weighting) if own is None else own
    return total
