"""The sheet of workshops: a row for each vote and for what became of each item."""

from __future__ import annotations

from collections.abc import Iterator

from audit.reports.gap_report import GapReport, Length
from audit.reports.workshop_parts import WorkshopItem, WorkshopPart
from audit.reports.xlsx.sheets import Column, Table, Value

_COLUMNS = (
    Column("Workshop", 34),
    Column("Item", 8),
    Column("Title", 34),
    Column("Step", 12),
    Column("Agreement", 24),
    Column("What came of it", 70),
    Column("Since the vote before", 34),
    Column("Reason given", 50),
    Column("Who takes it on", 30),
)


def workshops_table(report: GapReport) -> Table | None:
    """How levels were agreed in workshops, or None where there were none, or the report is brief."""
    workshops = () if report.length is Length.BRIEF else report.workshops
    rows = [row for workshop in workshops for item in workshop.items for row in _rows(workshop, item)]
    return Table("Workshops", _COLUMNS, rows, 3) if rows else None


def _rows(workshop: WorkshopPart, item: WorkshopItem) -> Iterator[list[Value]]:
    named: list[Value] = [workshop.title, item.item_id, item.title]
    for vote in item.votes:
        yield [*named, vote.title, vote.accord, vote.says, vote.moved, None, None]
    yield [*named, "Outcome", None, item.outcome, None, item.reason, item.owner]
