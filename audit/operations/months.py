"""Moments some calendar months apart."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime


def months_before(moment: datetime, months: int) -> datetime:
    """The same time of day so many months earlier, on the last day of a month that is too short."""
    return months_after(moment, -months)


def months_after(moment: datetime, months: int) -> datetime:
    """The same time of day so many months later, on the last day of a month that is too short."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))
