"""How long audits are kept."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime

# An audit may rest for half a year and still be wanted.
FEWEST_MONTHS = 6
MOST_MONTHS = 240
# So many months after somebody was first found without an authority, the account goes.
ACCOUNT_MONTHS = 12


def check_months(months: int | None) -> None:
    """Raise ValueError for what is no rule; None, which keeps audits until the authority is erased, is one."""
    if months is not None and not FEWEST_MONTHS <= months <= MOST_MONTHS:
        raise ValueError(months)


def months_before(moment: datetime, months: int) -> datetime:
    """The same time of day so many months earlier, on the last day of a month that is too short."""
    return _moved(moment, -months)


def months_after(moment: datetime, months: int) -> datetime:
    """The same time of day so many months later, on the last day of a month that is too short."""
    return _moved(moment, months)


def _moved(moment: datetime, months: int) -> datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))
