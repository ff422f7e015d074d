"""The names of sheets and columns, which writing and reading share."""

from __future__ import annotations

from audit.core.bank import Level

ANSWERS_SHEET = "Answers"
GUIDE_SHEET = "How to fill this in"
# Columns that help whoever fills in the answers. Reading leaves them out.
TITLE, ASKS = "title", "asks"
READING_AIDS = (TITLE, ASKS)


def level_heading(level: Level) -> str:
    """The heading over what a level looks like."""
    return f"level {level.number} {level.name}"
