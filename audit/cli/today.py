"""The day a report is made."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from audit.core.errors import UsageError


def today() -> str:
    """Today as ``21 November 2026``; the variable SOURCE_DATE_EPOCH fixes it for builds that must not change."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return words(date.today())
    try:
        return words(datetime.fromtimestamp(int(epoch), tz=UTC).date())
    except (ValueError, OverflowError, OSError):
        raise UsageError(f'SOURCE_DATE_EPOCH is "{epoch}". Give seconds since 1970.') from None


def words(day: date) -> str:
    """A day in words."""
    return f"{day.day} {day:%B %Y}"
