"""``python -m benchmarks``: run all benchmarks and print their ratios."""

from __future__ import annotations

from benchmarks import contributors, evidence, formats, report, saving, scoring, startup, workshops


def main() -> None:
    """Print each ratio as it is measured."""
    for benchmark in (scoring, evidence, report, formats, startup, saving, contributors, workshops):
        print(benchmark.run(), flush=True)


main()
