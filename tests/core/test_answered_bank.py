"""Which bank a file is about is told by its items, and never guessed."""

from __future__ import annotations

import pytest

from audit.core.answer_files import text_rows
from audit.core.answer_writing import write_answers, write_answers_json
from audit.core.answered_bank import answered_bank
from audit.core.bank import Bank
from audit.core.bank_loader import bank_ids, load_bank
from audit.core.errors import AnswersError
from audit.core.responses import Answers

BANKS = [load_bank(bank_id) for bank_id in bank_ids()]


def bank_of(text: str, name: str = "a.csv") -> str | None:
    found = answered_bank(text_rows(text.encode(), name), BANKS)
    return found.id if found else None


@pytest.mark.parametrize("prompts", [True, False])
def test_an_export_of_a_bank_is_about_that_bank(bank: Bank, prompts: bool) -> None:
    assert bank_of(write_answers(bank, Answers(), prompts=prompts)) == bank.id
    assert bank_of(write_answers_json(bank, Answers(), prompts=prompts), "a.json") == bank.id


def test_one_item_or_one_prompt_is_enough() -> None:
    assert bank_of("item,rating\nT3,2\n") == "key-ingredients"
    assert bank_of("item,rating\nS2,\n") == "recommendations"


def test_a_slip_in_one_row_does_not_hide_the_bank() -> None:
    assert bank_of("item,rating\nR1,2\nR2,1\nT1,4\nR99,0\n") == "recommendations"


@pytest.mark.parametrize("rows", ["", "X1,2\n", "R1,2\nT1,2\n", ",2\n"])
def test_nothing_is_guessed(rows: str) -> None:
    assert bank_of(f"item,rating\n{rows}") is None


def test_without_banks_there_is_none() -> None:
    assert answered_bank(text_rows(b"item,rating\nR1,2\n", "a.csv"), []) is None


def test_rows_that_cannot_be_read_are_refused() -> None:
    with pytest.raises(AnswersError, match=r"^a\.csv, row 1: the header is missing"):
        bank_of("R1,2\n")
