"""A workbook to answer a bank in, away from Plumbline: empty, or with the answers given so far.

Each row is an item, with lists to choose from and what each level looks like beside them. The headings over the
answers are those of an answers file.
"""

from __future__ import annotations

from typing import Any

from audit.core.answer_writing import answer_cells
from audit.core.bank import Bank, Item, OpeningQuestion, SupplementaryPrompt
from audit.core.responses import Answers
from audit.reports.xlsx.guide import Lists, write_guide
from audit.reports.xlsx.properties import Properties
from audit.reports.xlsx.sheets import Book, Column, Table, Value
from audit.reports.xlsx.values import whole_or_text
from audit.reports.xlsx.words import ANSWERS_SHEET, ASKS, TITLE, level_heading

_CHOSEN = ("rating", "confidence", "target")
_FIRST_CHOSEN = 3
_WIDTHS = {"rating": 22, "confidence": 12, "target": 22, "reason": 40}
_WRITTEN = ("reason", "what_happens_now", "what_needs_to_happen", "how_to_progress")
_IN_WORDS = ("what_happens_now", "what_needs_to_happen", "how_to_progress")


def render_fill_in(bank: Bank, answers: Answers | None = None, *, prompts: bool = True) -> bytes:
    """The workbook as XLSX. The same bank and answers give the same bytes.

    With ``prompts`` it has rows for the questions that are answered in words only, too.
    """
    subject = f"{bank.id} {bank.version}"
    book = Book(Properties(f"Answers: {bank.title}", subject, bank.caution))
    rows = answer_cells(bank, answers or Answers(), prompts=prompts)
    sheet = book.table(_table(bank, rows))
    lists = write_guide(book, bank)
    places = [number for number, cells in enumerate(rows, start=1) if cells["item"] in bank.items]
    _offer(sheet, places[0], places[-1], lists)
    for number in {*range(1, len(rows) + 1)} - set(places):
        _close(book, sheet, number)
    return book.finished()


def _columns(bank: Bank) -> tuple[Column, ...]:
    return (
        Column("item", 8, "quiet"),
        Column(TITLE, 30, "quiet"),
        Column(ASKS, 40, "quiet"),
        *(Column(name, _WIDTHS[name]) for name in _CHOSEN),
        *(Column(name, _WIDTHS.get(name, 50)) for name in _WRITTEN),
        *(Column(level_heading(level), 32, "quiet") for level in bank.scale.levels),
    )


def _table(bank: Bank, rows: list[dict[str, str]]) -> Table:
    return Table(ANSWERS_SHEET, _columns(bank), [_row(bank, cells) for cells in rows])


def _row(bank: Bank, cells: dict[str, str]) -> list[Value]:
    name = cells["item"]
    item = bank.items.get(name)
    title, asks = (item.title, item.prompt) if item else _prompt_words(bank.prompts[name])
    return [
        name,
        title,
        asks,
        _level_words(bank, cells["rating"]),
        cells["confidence"],
        _level_words(bank, cells["target"]),
        *(cells[column] for column in _WRITTEN),
        *_descriptors(bank, item),
    ]


def _prompt_words(prompt: OpeningQuestion | SupplementaryPrompt) -> tuple[str, str]:
    if isinstance(prompt, OpeningQuestion):
        return prompt.question, prompt.hint
    return prompt.title, prompt.prompt


def _level_words(bank: Bank, text: str) -> str:
    """A level as the list offers it, by number and name; other words as they are."""
    number = whole_or_text(text)
    if isinstance(number, str):
        return text
    return f"{number} {bank.scale.level(number).name}"


def _descriptors(bank: Bank, item: Item | None) -> list[Value]:
    return [item.descriptors.get(level.number) if item else None for level in bank.scale.levels]


def _offer(sheet: Any, first: int, last: int, lists: Lists) -> None:
    """Give the rows of the items, which stand together, their lists to choose from."""
    offered = (lists.ratings, lists.confidences, lists.targets)
    for column, (source, said) in enumerate(offered, start=_FIRST_CHOSEN):
        rule = {
            "validate": "list",
            "source": source,
            "error_title": "Not on the list",
            "error_message": f"{said} Or leave it empty.",
        }
        sheet.data_validation(first, column, last, column, rule)


def _close(book: Book, sheet: Any, row: int) -> None:
    """Show that a question in words has no level, reason or target."""
    for column, name in enumerate((*_CHOSEN, *_WRITTEN), start=_FIRST_CHOSEN):
        if name not in _IN_WORDS:
            book.put(sheet, row, column, None, "quiet")
