"""Join codes: what people type on their phones to join a workshop."""

from __future__ import annotations

# No letters or digits that look or sound alike (0 O Q, 1 I L, 2 Z, 5 S, 8 B, U V), and no vowels that would make words.
ALPHABET = "CDFGHJKMNPRTWXY34679"
LENGTH = 6
_DROPPED = str.maketrans("", "", " -\u00a0\u2009\u202f\u2010\u2011\u2012\u2013\u2014\t\r\n")


def read_code(text: str) -> str | None:
    """The code that somebody typed, in any case and with any spaces or hyphens; None where it cannot be one."""
    code = text.translate(_DROPPED).upper()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def shown_code(code: str) -> str:
    """The code as it is shown, in two halves: ``CDF GHJ``."""
    half = LENGTH // 2
    return f"{code[:half]} {code[half:]}"
