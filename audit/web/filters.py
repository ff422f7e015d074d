"""How templates show what is not a plain text: days, moments, levels and shares."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from audit.core import numbers
from audit.reports.html_text import lines
from audit.reports.wording import capital, level_words, plural

# Everyone who uses Plumbline works in England; the store keeps UTC.
ZONE = ZoneInfo("Europe/London")


def day(at: datetime) -> str:
    """The day of a moment in England: ``21 November 2026``."""
    here = at.astimezone(ZONE)
    return f"{here.day} {here:%B %Y}"


def moment(at: datetime) -> str:
    """A moment in England, as the GOV.UK style guide writes it: ``21 November 2026, 2.05pm``."""
    here = at.astimezone(ZONE)
    hour, half = here.hour % 12 or 12, "am" if here.hour < 12 else "pm"
    clock = f"{hour}.{here.minute:02}{half}" if here.minute else f"{hour}{half}"
    return f"{day(at)}, {clock}"


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
