"""Timing two things side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


class Ratios(tuple["Ratio | str", ...]):
    """Several ratios, and lines beside them."""

    def __str__(self) -> str:
        return "\n".join(map(str, self))


@dataclass(frozen=True)
class Ratio:
    """How long ``ours`` takes against a baseline, in seconds each."""

    name: str
    baseline_name: str
    ours: float
    baseline: float

    def __str__(self) -> str:
        times = self.ours / self.baseline
        return (
            f"{self.name}: {self.ours * 1000:.1f} ms\n"
            f"    {times:.2f} times {self.baseline_name} ({self.baseline * 1000:.1f} ms)"
        )


def compare(
    name: str,
    ours: Callable[[], object],
    baseline_name: str,
    baseline: Callable[[], object],
    rounds: int = 7,
) -> Ratio:
    """The medians of both, taken in turns so that a busy machine slows both alike."""
    ours(), baseline()
    mine, other = [], []
    for _ in range(rounds):
        mine.append(_seconds(ours))
        other.append(_seconds(baseline))
    return Ratio(name, baseline_name, median(mine), median(other))


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
