"""Exact numbers: how they are read and how they are shown.

Everything is computed in :class:`fractions.Fraction`. Rounding happens once, here, when a number is shown.
"""

from __future__ import annotations

import re
from fractions import Fraction

_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,18}|/\d{1,18})?", re.ASCII)


def parse_exact(text: str) -> Fraction:
    """The exact value of ``3``, ``0.25`` or ``1/4``.

    Raises ValueError for anything else, a zero denominator included.
    """
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise ValueError(text) from None


def percent(share: Fraction) -> str:
    """A share of 0 to 1 as a percentage with one decimal, rounded half up: 5/8 is ``62.5``."""
    tenths = (share * 2000 + 1) // 2
    return f"{tenths // 10}.{tenths % 10}"


def percent_or_none(share: Fraction | None) -> str | None:
    """:func:`percent`, or None where there is no number."""
    return None if share is None else percent(share)


def exact_or_none(value: Fraction | None) -> str | None:
    """A fraction as text (``5/8``, ``3``), or None where there is no number."""
    return None if value is None else str(value)
