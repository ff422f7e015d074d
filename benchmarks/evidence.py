"""Searching the whole library, and building the data of full reports: against reading the index without any search."""

from __future__ import annotations

from statistics import median, quantiles
from time import perf_counter

from audit.core.library_loader import load_library
from audit.operations.evidence import index, search
from benchmarks.report import reports

SEARCHES = (
    "administrators",
    "group supervision clinician",
    "small units",
    "what helps social workers stay in practice",
    "a of the in and to",
    '"freed time" AND (IT OR records*)',
    "x" * 10_000,
    "—…!",
)
ROUNDS = 25


def run() -> str:
    """The 95th percentile of a search over each kind of words, and the median of building both reports' data."""
    load_library()
    index()
    times = [_seconds(text) for _ in range(ROUNDS) for text in SEARCHES]
    every = median(_seconds("") for _ in range(ROUNDS))
    slow = quantiles(times, n=20)[-1]
    built = []
    for _ in range(7):
        start = perf_counter()
        reports()
        built.append(perf_counter() - start)
    return (
        f"Search over {len(load_library().findings):,} findings: 95% within {slow * 1000:.1f} ms\n"
        f"    {slow / every:.2f} times listing them all without a search ({every * 1000:.1f} ms)\n"
        f"Data of two full reports, 32 items: {median(built) * 1000:.1f} ms, without laying them out"
    )


def _seconds(text: str) -> float:
    start = perf_counter()
    search(text)
    return perf_counter() - start
