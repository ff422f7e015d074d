"""What a check of a PDF report can come to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from audit.core.errors import PlumblineError

# A PDF may have a few bytes of something else before it.
_STARTS_WITHIN = 1024


class NoPdf(PlumblineError):
    """The bytes are no PDF at all."""


class Closed(PlumblineError):
    """A PDF that cannot be read: locked, damaged or too large."""


class Outcome(Enum):
    """How a check ended: all numbers agree, some do not, or they could not be checked."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNCHECKED = "unchecked"


@dataclass(frozen=True)
class Verdict:
    """What a check found: in a sentence, and a line for each fault.

    ``facts`` are what the file says of itself, by name. ``notes`` say what was not checked. ``numbers`` counts those
    that agree.
    """

    outcome: Outcome
    says: str
    faults: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    numbers: int = 0


def check_kind(data: bytes) -> None:
    """Raise NoPdf unless the bytes begin as a PDF does."""
    if b"%PDF-" not in data[:_STARTS_WITHIN]:
        raise NoPdf("this is no PDF. Choose the PDF of a gap report.")
