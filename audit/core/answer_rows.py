"""The rows of an answers file before they are understood as answers, and the columns they may have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from audit.core.documents import suggest
from audit.core.errors import AnswersError
from audit.core.texts import quotable

COLUMNS = (
    "item",
    "rating",
    "reason",
    "confidence",
    "what_happens_now",
    "what_needs_to_happen",
    "how_to_progress",
    "target",
)
REQUIRED_COLUMNS = ("item", "rating")
TEXT_LIMIT = 10_000


@dataclass(frozen=True)
class Row:
    """One row of an answers file: its number and its cells by column."""

    source: str
    number: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        """The cell's text without white space at its ends, or an empty text."""
        return self.cells.get(column, "").strip()

    def fail(self, column: str, problem: str) -> AnswersError:
        """The error to raise for a fault in this row."""
        return AnswersError(self.source, problem, row=self.number, column=column)


def check_columns(names: Iterable[str], source: str, row: int) -> None:
    """Refuse names that are no columns, and the absence of a column that must be there."""
    names = list(names)
    for name in names:
        if name not in COLUMNS:
            shown = quotable(name) or "(blank)"
            raise AnswersError(source, f"there is no such column. {suggest(name, COLUMNS)}", row=row, column=shown)
    for name in REQUIRED_COLUMNS:
        if name not in names:
            raise AnswersError(source, "this column is missing.", row=row, column=name)


def check_header(names: list[str], source: str, row: int) -> None:
    """Refuse a header that names no column, a wrong one, one twice, or lacks one that must be there."""
    if not {name.casefold() for name in names} & set(COLUMNS):
        raise AnswersError(source, f"the header is missing. Name the columns {', '.join(COLUMNS)}.", row=row)
    check_columns(names, source, row)
    for name in names:
        if names.count(name) > 1:
            raise AnswersError(source, "this column stands twice in the header.", row=row, column=name)
