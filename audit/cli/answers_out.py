"""Writing answers to a file, in the format that its name asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from audit.core.answer_writing import write_answers, write_answers_json
from audit.core.bank import Bank
from audit.core.errors import UsageError
from audit.core.responses import Answers

Writer = Callable[[Bank, Answers, bool], bytes]


def answers_writer(output: Path, *suffixes: str) -> Writer:
    """What turns answers into the bytes of a file with this name, with rows for prompts or without.

    Raises UsageError if the name ends in none of ``suffixes``.
    """
    suffix = output.suffix.casefold()
    if suffix not in suffixes:
        *others, last = suffixes
        raise UsageError(f"{output} must end in {', '.join(others)} or {last}.")
    return _WRITERS[suffix]


def _csv(bank: Bank, answers: Answers, prompts: bool) -> bytes:
    # The mark at the start tells spreadsheets that the file is UTF-8.
    return write_answers(bank, answers, prompts=prompts).encode("utf-8-sig")


def _json(bank: Bank, answers: Answers, prompts: bool) -> bytes:
    return write_answers_json(bank, answers, prompts=prompts).encode()


def _xlsx(bank: Bank, answers: Answers, prompts: bool) -> bytes:
    # The library behind XLSX takes time to import, and the other formats need not wait for it.
    from audit.reports.xlsx.fill_in import render_fill_in

    return render_fill_in(bank, answers, prompts=prompts)


_WRITERS: dict[str, Writer] = {".csv": _csv, ".json": _json, ".xlsx": _xlsx}
