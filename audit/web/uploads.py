"""A file with answers that somebody sent: read in memory, told by its bytes, and refused in words."""

from __future__ import annotations

from werkzeug.datastructures import FileStorage

from audit.core.answered_bank import answered_bank
from audit.core.bank import Bank
from audit.core.bank_loader import bank_ids, load_bank
from audit.core.errors import AnswersError, UsageError
from audit.core.responses import Answers
from audit.core.texts import quotable
from audit.reports.xlsx.reading import answer_rows, parse_answer_file
from audit.web.security import LARGEST_FORM

LIMIT_WORDS = f"{LARGEST_FORM // 1_000_000} MB"
TOO_LARGE = f"The selected file must be smaller than {LIMIT_WORDS}. An answers file is far smaller than that."
# How other files begin that people take for an answers file: PDF, PNG, JPEG.
_OTHERS = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff")


def answers_sent(sent: FileStorage | None, bank: Bank) -> Answers:
    """The answers to ``bank`` in a file from a form.

    Raises UsageError where no file, or no file with answers, was sent, and AnswersError where it is faulty.
    """
    name = _name(sent)
    if sent is None or not name:
        raise UsageError("Select a file.")
    data = sent.read()
    if not data:
        raise UsageError(f"{name} is empty. Choose the file that you filled in.")
    if data.startswith(_OTHERS):
        raise UsageError(f"{name} holds no answers that can be read. Choose an XLSX, CSV or JSON file.")
    try:
        return parse_answer_file(data, name, bank)
    except AnswersError as fault:
        other = _other_bank(data, name, bank) if fault.column == "item" else None
        if other is None:
            raise
        told = f"{name} answers another question bank, {other.title}. This audit is on {bank.title}."
        raise UsageError(f"{told} Choose a file that was downloaded from this audit.") from None


def _name(sent: FileStorage | None) -> str:
    """The file's name, without folders."""
    whole = (sent.filename if sent else "") or ""
    return quotable(whole.rpartition("/")[2])


def _other_bank(data: bytes, name: str, bank: Bank) -> Bank | None:
    """The bank that the file is about, if it is not this one."""
    try:
        found = answered_bank(answer_rows(data, name), map(load_bank, bank_ids()))
    except AnswersError:
        return None
    return found if found and found.id != bank.id else None
