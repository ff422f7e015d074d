"""Reading what the user names: an answers file, a weighting, and names to print."""

from __future__ import annotations

from pathlib import Path

from audit.core.bank import Bank, Weighting
from audit.core.documents import suggest
from audit.core.errors import UsageError
from audit.core.responses import Answers
from audit.reports.xlsx.reading import parse_answer_file

ANSWERS_LIMIT = 20_000_000
NAME_LIMIT = 120


def read_answers(path: Path, bank: Bank) -> Answers:
    """The answers in a CSV, JSON or XLSX file.

    Raises UsageError if it cannot be read and AnswersError if it is faulty.
    """
    return parse_answer_file(read_data(path), str(path), bank)


def read_data(path: Path) -> bytes:
    """The bytes of an answers file. Raises UsageError if it cannot be read or is too large to be one."""
    try:
        if path.stat().st_size > ANSWERS_LIMIT:
            raise UsageError(f"{path} is larger than {ANSWERS_LIMIT // 1_000_000} MB. Is it an answers file?")
        return path.read_bytes()
    except OSError as fault:
        raise UsageError(f"{path} cannot be read: {fault.strerror}.") from None


def choose_weighting(bank: Bank, name: str | None) -> Weighting:
    """The weighting of this name, or the bank's first. Raises UsageError for an unknown name."""
    if name is None:
        return bank.weightings[0]
    try:
        return bank.weighting(name)
    except KeyError:
        known = suggest(name, [weighting.name for weighting in bank.weightings])
        raise UsageError(f'{bank.id} has no weighting "{name}". {known}') from None


def checked_name(text: str, option: str) -> str:
    """The name given with an option, on one line. Raises UsageError if it is blank, too long or not printable."""
    name = " ".join(text.split())
    if not name:
        raise UsageError(f"--{option} is blank. Give a name.")
    if len(name) > NAME_LIMIT or not name.isprintable():
        raise UsageError(f"--{option} must be at most {NAME_LIMIT} characters, without control characters.")
    return name
