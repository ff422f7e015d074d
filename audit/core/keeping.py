"""How long audits and accounts are kept."""

from __future__ import annotations

# An audit may rest for half a year and still be wanted.
FEWEST_MONTHS = 6
MOST_MONTHS = 240
# So many months after somebody was first found without an authority, the account goes.
ACCOUNT_MONTHS = 12


def check_months(months: int | None) -> None:
    """Raise ValueError for what is no rule; None, which keeps audits until the authority is erased, is one."""
    if months is not None and not FEWEST_MONTHS <= months <= MOST_MONTHS:
        raise ValueError(months)
