"""Writing answers, in the forms that :mod:`audit.core.answer_files` reads."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping

from audit.core.answer_rows import COLUMNS
from audit.core.bank import Bank
from audit.core.responses import UNANSWERED, Answers, RatingState, Response

_RATINGS = {RatingState.UNANSWERED: "", RatingState.NOT_APPLICABLE: "na", RatingState.DONT_KNOW: "dk"}
# A spreadsheet takes a cell that begins so for a formula. A space in front stops it, and is stripped on reading.
_FORMULA = ("=", "+", "-", "@")
_NUMBERS = ("rating", "target")


def answer_cells(bank: Bank, answers: Answers, *, prompts: bool = True) -> list[dict[str, str]]:
    """The rows of an answers file, each with all columns as text.

    Every item has a row. With ``prompts``, so has every prompt: opening questions first, supplementary prompts last.
    """
    given = {**answers.items, **answers.prompts}
    return [_cells(name, given.get(name, UNANSWERED)) for name in _row_names(bank, prompts=prompts)]


def _row_names(bank: Bank, *, prompts: bool) -> list[str]:
    if not prompts:
        return list(bank.items)
    return [*(q.id for q in bank.opening), *bank.items, *(p.id for p in bank.supplementary)]


def _cells(name: str, response: Response) -> dict[str, str]:
    return {
        "item": name,
        "rating": _RATINGS.get(response.state, str(response.level)),
        "reason": response.reason,
        "confidence": response.confidence.value if response.confidence else "",
        "what_happens_now": response.what_happens_now,
        "what_needs_to_happen": response.what_needs_to_happen,
        "how_to_progress": response.how_to_progress,
        "target": "" if response.target is None else str(response.target),
    }


def write_answers(bank: Bank, answers: Answers, *, prompts: bool = True) -> str:
    """The answers as CSV. The rows are those of :func:`answer_cells`."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for cells in answer_cells(bank, answers, prompts=prompts):
        writer.writerow([as_text(cells[column]) for column in COLUMNS])
    return file.getvalue()


def as_text(text: str) -> str:
    """The text for a cell that a spreadsheet reads as text, and never as a formula."""
    return f" {text}" if text.startswith(_FORMULA) else text


def write_answers_json(bank: Bank, answers: Answers, *, prompts: bool = True) -> str:
    """The answers as a JSON list. The entries are the rows of :func:`answer_cells`; levels are numbers."""
    entries = [_entry(cells) for cells in answer_cells(bank, answers, prompts=prompts)]
    return json.dumps(entries, indent=2, ensure_ascii=False) + "\n"


def _entry(cells: Mapping[str, str]) -> dict[str, str | int]:
    return {column: int(text) if column in _NUMBERS and text.isdigit() else text for column, text in cells.items()}
