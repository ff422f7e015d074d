"""How far people agree, as a workbook: everyone on one sheet, groups on the next, and what to know."""

from __future__ import annotations

from collections.abc import Sequence

from audit.reports.team_files import TeamRow, TeamTable, cells, columns
from audit.reports.wording import capital
from audit.reports.xlsx.properties import Properties
from audit.reports.xlsx.sheets import Book, Column, Table

EVERYONE_SHEET, GROUP_SHEET, ABOUT_SHEET = "Everyone", "By group", "About"
_WIDTHS = {"item": 8, "title": 34, "group": 26, "agreement": 26, "team_stands_at": 26}


def render_team_book(table: TeamTable, title: str) -> bytes:
    """The table as XLSX. The same table gives the same bytes."""
    book = Book(Properties(title, title, "How far people agree"))
    book.table(_sheet(table, EVERYONE_SHEET, table.everyone))
    if table.groups:
        book.table(_sheet(table, GROUP_SHEET, table.groups))
    rows = [["What to know", note] for note in table.notes]
    rows += [[f"Level {number}", name] for number, name in table.levels.items()]
    book.table(Table(ABOUT_SHEET, (Column("About", 20), Column(title, 120)), rows, 1))
    return book.finished()


def _sheet(table: TeamTable, name: str, rows: Sequence[TeamRow]) -> Table:
    headings = [
        Column(capital(each.replace("dont", "don't").replace("_", " ")), _WIDTHS.get(each, 11))
        for each in columns(table)
    ]
    return Table(name, tuple(headings), [cells(table, row) for row in rows], 3)
