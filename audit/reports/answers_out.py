"""Answers as the bytes of a file that can be filled in and read back, by format."""

from __future__ import annotations

from collections.abc import Callable

from audit.core.answer_writing import write_answers, write_answers_json
from audit.core.bank import Bank
from audit.core.responses import Answers

# A bank and answers, and whether there are rows for prompts.
Writer = Callable[[Bank, Answers, bool], bytes]


def _csv(bank: Bank, answers: Answers, prompts: bool) -> bytes:
    # The mark at the start tells spreadsheets that the file is UTF-8.
    return write_answers(bank, answers, prompts=prompts).encode("utf-8-sig")


def _json(bank: Bank, answers: Answers, prompts: bool) -> bytes:
    return write_answers_json(bank, answers, prompts=prompts).encode()


def _xlsx(bank: Bank, answers: Answers, prompts: bool) -> bytes:
    # The library behind XLSX takes time to import, and the other formats need not wait for it.
    from audit.reports.xlsx.fill_in import render_fill_in

    return render_fill_in(bank, answers, prompts=prompts)


# By the suffix of the file's name.
WRITERS: dict[str, Writer] = {"csv": _csv, "json": _json, "xlsx": _xlsx}
