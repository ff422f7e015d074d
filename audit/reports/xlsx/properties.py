"""What a workbook says of itself: its title, and the day it was made as far as it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

# A workbook must name a moment. A fixed one keeps the bytes the same.
_NO_DAY = datetime(2000, 1, 1)


@dataclass(frozen=True)
class Properties:
    """The properties of a workbook; ``made_on`` is a day in words such as ``21 November 2026``, or empty."""

    title: str
    subject: str
    comments: str
    made_on: str = ""

    def as_mapping(self) -> dict[str, object]:
        """The properties in the names that XlsxWriter uses."""
        return {
            "title": self.title,
            "subject": self.subject,
            "author": "Plumbline",
            "comments": self.comments,
            "created": _day(self.made_on),
        }


def _day(words: str) -> datetime:
    try:
        return datetime.strptime(words, "%d %B %Y")
    except ValueError:
        return _NO_DAY
