"""Small banks and answers for tests, made from a few words."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from audit.core.bank import (
    Band,
    Bank,
    Citation,
    Combine,
    Dependency,
    Item,
    Level,
    Scale,
    Section,
    Weighting,
)
from audit.core.responses import Answers, RatingState, Response
from audit.core.scorecard import Scorecard, score_answers

FIVE = tuple(Fraction(n) for n in range(5))


def make_item(name: str, weight: Fraction | int = 1, depends_on: str | None = None, levels: int = 5) -> Item:
    dependencies = (Dependency(depends_on, f"{name} speaks of {depends_on}."),) if depends_on else ()
    return Item(
        id=name,
        title=f"Title of {name}",
        prompt=f"How far is {name} there?",
        source=Citation("Row 1", 1),
        weight=Fraction(weight),
        descriptors={n: f"{name} at {n}" for n in range(levels)},
        look_for=("a paper",),
        depends_on=dependencies,
    )


def make_section(
    name: str, *children: Section | Item, combine: Combine = Combine.MEAN, weight: Fraction | int | None = None
) -> Section:
    return Section(name, f"Title of {name}", combine, None if weight is None else Fraction(weight), children)


def make_bank(*children: Section | Item, values: Sequence[Fraction] = FIVE, combine: Combine = Combine.MEAN) -> Bank:
    names = ["Nothing", "Some", "Half", "Most", "All", "More"]
    levels = tuple(Level(n, names[n], value, "") for n, value in enumerate(values))
    return Bank(
        id="small",
        version="1.0.0",
        title="Small bank",
        item_noun="condition",
        summary="A bank for tests.",
        publication="none",
        source=Citation("Nowhere", 1),
        caution="The levels are ours.",
        scale=Scale(levels),
        weightings=(Weighting("equal", "Equal weights", "Each counts the same."),),
        default_target=levels[-1],
        bands=(Band(Fraction(0), "Low", "It is low."), Band(Fraction(1, 2), "High", "It is high.")),
        root=Section("small", "Small bank", combine, None, children),
        sha256="0" * 64,
    )


def rated(level: int, target: int | None = None) -> Response:
    return Response(RatingState.RATED, level, target=target)


DONT_KNOW = Response(RatingState.DONT_KNOW)
NOT_APPLICABLE = Response(RatingState.NOT_APPLICABLE, reason="We have none.")


def score(bank: Bank, **responses: Response) -> Scorecard:
    return score_answers(bank, Answers(responses), bank.weightings[0])
