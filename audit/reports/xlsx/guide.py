"""The sheet that says how to fill in the answers. The lists to choose from lie on it, too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from audit.core.bank import Bank
from audit.core.responses import Confidence
from audit.reports.wording import level_words
from audit.reports.xlsx.sheets import Book
from audit.reports.xlsx.words import GUIDE_SHEET

_WIDTHS = (30, 110)
_NOT_LEVELS = (
    ("na", "It does not apply to your service. Say why in the column reason."),
    ("dk", "You do not know. This is no zero: it widens the range of the score."),
)


@dataclass(frozen=True)
class Lists:
    """What can be chosen in a column: where the list lies or its members, and a sentence on what to do."""

    ratings: tuple[Any, str]
    confidences: tuple[Any, str]
    targets: tuple[Any, str]


def write_guide(book: Book, bank: Bank) -> Lists:
    """Add the sheet."""
    sheet = book.sheet(GUIDE_SHEET, _WIDTHS)
    book.put(sheet, 0, 0, GUIDE_SHEET, "title")
    row = _write(book, sheet, 2, ("Column", "What to write"), _columns(bank))
    levels = [(f"{level.number} {level.name}", level.summary) for level in bank.scale.levels]
    first = row + 2
    _write(book, sheet, first - 1, ("Rating", "What it means"), [*levels, *_NOT_LEVELS])
    last_level = first + len(levels)
    return Lists(
        (_range(first + 1, last_level + len(_NOT_LEVELS)), "Choose a level, na or dk."),
        ([each.value for each in Confidence], "Choose low, medium or high."),
        (_range(first + 1, last_level), "Choose a level."),
    )


def _columns(bank: Bank) -> list[tuple[str, str]]:
    known = f"{bank.id} {bank.version}"
    return [
        ("item", f"Leave it as it is. It says which {bank.item_noun} of the bank {known} the row answers."),
        ("title, asks, level 0 ...", "To read. What you write there is not kept."),
        ("rating", "Choose from the list the level that describes your service best, or na, or dk, or nothing."),
        ("confidence", "How sure you are of the rating: low, medium or high."),
        ("target", f"The level you aim at. Empty means {level_words(bank.default_target)}."),
        ("reason", "Why this level. It is needed with na."),
        ("what_happens_now", "What happens now, in your words."),
        ("what_needs_to_happen", "What needs to happen."),
        ("how_to_progress", "How you will progress this."),
        ("Rows Q1 ... and S1 ...", "Where they stand: questions that are answered in the last three columns only."),
        ("What not to write", "Never name a child or a family, and give no details of a case."),
        ("About the levels", bank.caution),
        ("Then", f'Save the file as XLSX. "plumbline score FILE.xlsx --bank {bank.id}" shows the score.'),
    ]


def _write(book: Book, sheet: Any, row: int, header: tuple[str, str], rows: list[tuple[str, str]]) -> int:
    """Write a table at a row, and say where the next line is free."""
    book.row(sheet, row, header, _WIDTHS, ("header", "header"))
    for number, cells in enumerate(rows, start=row + 1):
        book.row(sheet, number, cells, _WIDTHS, ("text", "text"))
    return row + 1 + len(rows)


def _range(first: int, last: int) -> str:
    """The formula that names the rows ``first`` to ``last``, counted from 1, of the first column."""
    return f"='{GUIDE_SHEET}'!$A${first}:$A${last}"
