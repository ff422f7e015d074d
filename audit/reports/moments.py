"""How moments are written: days and times in England."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

# Everyone who uses Plumbline works in England; the store keeps UTC.
ZONE = ZoneInfo("Europe/London")


def day(at: datetime) -> str:
    """The day of a moment in England: ``21 November 2026``."""
    here = at.astimezone(ZONE)
    return f"{here.day} {here:%B %Y}"


def clock(at: datetime) -> str:
    """The time of day of a moment in England: ``2.05pm``, ``10am``."""
    here = at.astimezone(ZONE)
    hour, half = here.hour % 12 or 12, "am" if here.hour < 12 else "pm"
    return f"{hour}.{here.minute:02}{half}" if here.minute else f"{hour}{half}"


def moment(at: datetime) -> str:
    """A moment in England, as the GOV.UK style guide writes it: ``21 November 2026, 2.05pm``."""
    return f"{day(at)}, {clock(at)}"
