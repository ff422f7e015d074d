"""How high a row must be to show its words. Not every spreadsheet works that out when it opens a file."""

from __future__ import annotations

import math
from collections.abc import Iterable

LINE = 13.5
# No spreadsheet shows a higher row.
MOST = 409.0
# Letters are narrower than the digits that a width counts, and lines break between words.
_FILLED = 1.12


def row_height(cells: Iterable[tuple[object, float]]) -> float:
    """The height in points for cells of a row, each with the width of its column in characters."""
    lines = max((_lines(str(value), width) for value, width in cells if isinstance(value, str)), default=1)
    return min(MOST, LINE * lines + 3)


def _lines(text: str, width: float) -> int:
    held = max(1.0, width * _FILLED)
    return sum(max(1, math.ceil(len(line) / held)) for line in text.split("\n"))
