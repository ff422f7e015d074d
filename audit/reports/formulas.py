"""The steps of a score in words and figures, as a person would work them out by hand."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from audit.core.bank import Combine
from audit.core.numbers import percent
from audit.core.steps import Step, Term

# What each way of combining does with the terms.
RULES = {
    Combine.MEAN: "Mean: each value times its weight, all added up, divided by the sum of the weights.",
    Combine.SUM: "Sum: all values added up. Weights do not count.",
    Combine.GEOMETRIC: "Geometric mean: each share of the most points to the power of its share of the weights, all "
    "multiplied. One zero makes the whole zero.",
    Combine.MINIMUM: "Minimum: the lowest share of the most points, times the lowest of the most points. Weights do "
    "not count.",
}
WEIGHTED = (Combine.MEAN, Combine.GEOMETRIC)
# A fraction with a longer denominator is no help to a reader.
_LONGEST = 100_000
_DECIMALS = 4


def figure(value: Fraction) -> str:
    """An exact number as people write it, ``7`` or ``7/4``; a root, or a very long fraction, as a decimal."""
    if value.denominator <= _LONGEST:
        return str(value)
    return f"about {float(value):.{_DECIMALS}f}"


def formula(step: Step) -> tuple[str, ...]:
    """The points, the most points, and the score of a step, a line for each."""
    points, most = _LINES[step.combine](step)
    return (
        f"Points: {points}.",
        f"Most points: {most}.",
        f"Score: {figure(step.raw)} of {figure(step.raw_max)} = {score_words(step.score)}.",
    )


def score_words(score: Fraction) -> str:
    """A score exactly and as it is shown: ``7/16 = 43.8%``."""
    return f"{figure(score)} = {percent(score)}%"


def notes(term: Term) -> tuple[str, ...]:
    """What else a reader should know of how an item or a section counts."""
    outcome = term.outcome
    found = []
    if term.assumed:
        found.append("Not rated. Counted here at this level.")
    if term.carried_up and outcome.raw is not None and outcome.raw_max is not None:
        found.append(
            f"It has {figure(outcome.raw)} of {figure(outcome.raw_max)} so far and could reach {figure(term.top)} in "
            f"all, so it counts as {figure(term.value)} of {figure(term.top)}."
        )
    if term.part_weight:
        found.append(f"It counts with the part of its weight that is rated: {figure(term.weight)} of {outcome.weight}.")
    return tuple(found)


def _mean(step: Step) -> tuple[str, str]:
    points = " + ".join(_times(term.weight, term.value) for term in step.terms)
    most = " + ".join(_times(term.weight, term.top) for term in step.terms)
    weights = figure(step.weights)
    whole = f"({points}) / {weights} = {_divided(step.products, step.weights)}"
    same = {term.top for term in step.terms} == {step.raw_max}
    return whole, figure(step.raw_max) if same else f"({most}) / {weights} = {figure(step.raw_max)}"


def _sum(step: Step) -> tuple[str, str]:
    return _added(term.value for term in step.terms), _added(term.top for term in step.terms)


def _geometric(step: Step) -> tuple[str, str]:
    powers = " × ".join(f"({figure(term.score)})^({figure(term.weight / step.weights)})" for term in step.terms)
    tops = " × ".join(f"({figure(term.top)})^({figure(term.weight / step.weights)})" for term in step.terms)
    most = figure(step.raw_max)
    same = {term.top for term in step.terms} == {step.raw_max}
    points = f"{powers} = {figure(step.score)}. Times {most} = {figure(step.raw)}"
    return points, most if same else f"{tops} = {most}"


def _minimum(step: Step) -> tuple[str, str]:
    points = f"the lowest share is {figure(step.score)}. Times {figure(step.raw_max)} = {figure(step.raw)}"
    return points, f"the lowest is {figure(step.raw_max)}"


def _divided(first: Fraction, second: Fraction) -> str:
    whole = f"{figure(first)} / {figure(second)}"
    # Where nothing cancels, the fraction only says the same again.
    return whole if whole.replace(" ", "") == figure(first / second) else f"{whole} = {figure(first / second)}"


def _times(first: Fraction, second: Fraction) -> str:
    return f"{figure(first)} × {figure(second)}"


def _added(values: Iterable[Fraction]) -> str:
    numbers = list(values)
    whole = figure(sum(numbers, Fraction(0)))
    return f"{' + '.join(map(figure, numbers))} = {whole}" if len(numbers) > 1 else whole


_LINES = {
    Combine.MEAN: _mean,
    Combine.SUM: _sum,
    Combine.GEOMETRIC: _geometric,
    Combine.MINIMUM: _minimum,
}
