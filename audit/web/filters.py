"""How templates show what is not a plain text: days, moments, levels and shares."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from audit.core import numbers
from audit.reports.html_text import lines
from audit.reports.moments import ZONE as ZONE
from audit.reports.moments import day as day
from audit.reports.moments import moment as moment
from audit.reports.wording import capital, level_words, plural


def percent(share: Fraction) -> str:
    """A share of 0 to 1: ``62.5%``."""
    return f"{numbers.percent(share)}%"


FILTERS: dict[str, Callable[..., object]] = {
    "capital": capital,
    "plural": plural,
    "lines": lines,
    "day": day,
    "moment": moment,
    "level": level_words,
    "percent": percent,
}
