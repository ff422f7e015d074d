"""Which bank an answers file is about: the files do not name it, their items do."""

from __future__ import annotations

from collections.abc import Iterable

from audit.core.answer_rows import Row
from audit.core.bank import Bank


def answered_bank(rows: Iterable[Row], banks: Iterable[Bank]) -> Bank | None:
    """The bank that has most of the items and prompts in the rows, or None where that is none or more than one.

    Raises AnswersError where the rows cannot be read.
    """
    names = {row.cell("item") for row in rows}
    counts = [(len(names & {*bank.items, *bank.prompts}), bank) for bank in banks]
    most = max((count for count, _ in counts), default=0)
    found = [bank for count, bank in counts if count == most]
    return found[0] if most and len(found) == 1 else None
