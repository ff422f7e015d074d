"""What stands in a cell: a text, a number, a percentage or a weight, read from the words of the report.

The report holds final texts. Numbers are read from them, so that a workbook shows the same digits and can be
calculated with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from audit.core.texts import without_forbidden

CELL_LIMIT = 32_767
_CUT = "\n(The rest is too long for a cell. The other formats have it.)"
_PERCENT = re.compile(r"(\d+\.\d)%?")
_SPAN = re.compile(r"(\d+\.\d%) to (\d+\.\d%)")
_LEVEL = re.compile(r"(\d+), .*", re.DOTALL)


@dataclass(frozen=True)
class Percent:
    """A percentage: ``share`` is 0 to 1, and has as many digits as are shown."""

    share: float


def percentage(text: str | None) -> Percent | str | None:
    """The percentage that a text such as ``47.7%`` says; any other text as it is."""
    found = _PERCENT.fullmatch(text or "")
    return Percent(float(Decimal(found[1]) / 100)) if found else text


def span_ends(span: str, score: str) -> tuple[Percent | str | None, Percent | str | None]:
    """The two ends of a range in words. Where there is no range, both are the score, or the first says why not."""
    found = _SPAN.fullmatch(span)
    if found:
        return percentage(found[1]), percentage(found[2])
    end = percentage(score)
    return (end, end) if isinstance(end, Percent) else (span, None)


def level_number(text: str) -> int | None:
    """The number of a level in words such as ``2, partly in place``, or None for what is no level."""
    found = _LEVEL.fullmatch(text)
    return int(found[1]) if found else None


def whole_or_text(text: str) -> int | str:
    """A number where the text is digits only, else the text."""
    return int(text) if text.isascii() and text.isdigit() else text


def fitted(text: str) -> str:
    """The text as a cell can hold it. A longer one is cut, and says so."""
    text = without_forbidden(text)
    if _units(text) <= CELL_LIMIT:
        return text
    text = text[: CELL_LIMIT - len(_CUT)]
    while _units(text) > CELL_LIMIT - len(_CUT):
        text = text[: -(_units(text) - CELL_LIMIT + len(_CUT) + 1) // 2]
    return text + _CUT


def _units(text: str) -> int:
    """The length as spreadsheets count it."""
    return len(text.encode("utf-16-le")) // 2
