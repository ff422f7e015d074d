"""Answers files: read strictly, so that nothing is guessed and every fault names its row and column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from audit.core.answer_csv import csv_rows
from audit.core.answer_json import json_rows
from audit.core.answer_rows import TEXT_LIMIT, Row
from audit.core.bank import Bank, Level
from audit.core.documents import suggest
from audit.core.responses import Answers, Confidence, RatingState, Response
from audit.core.texts import first_forbidden, quotable, tidy

_STATES = {
    "": RatingState.UNANSWERED,
    "na": RatingState.NOT_APPLICABLE,
    "dk": RatingState.DONT_KNOW,
}
_BEFORE_JSON = b"\xef\xbb\xbf \t\r\n"


def parse_answers(data: bytes, source: str, bank: Bank) -> Answers:
    """The answers to ``bank`` in the bytes of a CSV or JSON file; ``source`` is the file's name.

    Raises AnswersError at the first fault.
    """
    return answers_in(text_rows(data, source), bank)


def text_rows(data: bytes, source: str) -> Iterable[Row]:
    """The rows in the bytes of a CSV or JSON file. Raises AnswersError at the first fault.

    What begins with a bracket or brace, or has a name in ``.json``, is read as JSON, the rest as CSV.
    """
    is_json = data.lstrip(_BEFORE_JSON)[:1] in (b"[", b"{") or source.casefold().endswith(".json")
    return json_rows(data, source) if is_json else csv_rows(data, source)


def answers_in(rows: Iterable[Row], bank: Bank) -> Answers:
    """The answers to ``bank`` that the rows of a file hold. Raises AnswersError at the first fault."""
    items: dict[str, Response] = {}
    prompts: dict[str, Response] = {}
    seen: dict[str, int] = {}
    for row in rows:
        name = _item_id(row, bank)
        if name in seen:
            raise row.fail("item", f"{name} stands twice (first in row {seen[name]}). Keep one row for each.")
        seen[name] = row.number
        if name in bank.items:
            items[name] = _response(row, bank)
        else:
            prompts[name] = _prompt_response(row)
    return Answers(items, prompts)


def _item_id(row: Row, bank: Bank) -> str:
    name = row.cell("item")
    if name in bank.items or name in bank.prompts:
        return name
    if not name:
        raise row.fail("item", f"the item is missing. {suggest('', bank.items)}")
    raise row.fail("item", f'"{quotable(name)}" is no item of {bank.id} {bank.version}. {suggest(name, bank.items)}')


def _response(row: Row, bank: Bank) -> Response:
    state, level = _rating(row, bank)
    words = _in_words(row)
    if state is RatingState.NOT_APPLICABLE and not words.reason:
        raise row.fail("reason", "na needs a reason. Say why this does not apply to your service.")
    return replace(words, state=state, level=level, confidence=_confidence(row), target=_target(row, bank))


def _in_words(row: Row) -> Response:
    return Response(
        reason=_text(row, "reason"),
        what_happens_now=_text(row, "what_happens_now"),
        what_needs_to_happen=_text(row, "what_needs_to_happen"),
        how_to_progress=_text(row, "how_to_progress"),
    )


def _prompt_response(row: Row) -> Response:
    for column in ("rating", "reason", "confidence", "target"):
        if row.cell(column):
            name = row.cell("item")
            raise row.fail(column, f"{name} is answered in the three text columns only. Leave this empty.")
    return _in_words(row)


def _rating(row: Row, bank: Bank) -> tuple[RatingState, int | None]:
    text = row.cell("rating")
    state = _STATES.get(text.casefold())
    if state is not None:
        return state, None
    level = _find_level(text, bank)
    if level is None:
        known = f"{_levels(bank)}, na, dk, or leave it empty"
        raise row.fail("rating", f'"{quotable(text)}" is not on the scale. Use {known}.')
    return RatingState.RATED, level.number


def _target(row: Row, bank: Bank) -> int | None:
    text = row.cell("target")
    if not text:
        return None
    level = _find_level(text, bank)
    if level is None:
        raise row.fail("target", f'"{quotable(text)}" is not on the scale. Use {_levels(bank)}, or leave it empty.')
    return level.number


def _find_level(text: str, bank: Bank) -> Level | None:
    """The level that a number, a name, or a number with its name means."""
    both = {f"{level.number} {level.name}".casefold(): level for level in bank.scale.levels}
    return bank.scale.find(text) or both.get(" ".join(text.casefold().split()))


def _confidence(row: Row) -> Confidence | None:
    text = row.cell("confidence").casefold()
    if not text:
        return None
    try:
        return Confidence(text)
    except ValueError:
        raise row.fail("confidence", f'"{quotable(text)}" is not known. Use low, medium or high.') from None


def _text(row: Row, column: str) -> str:
    text = tidy(row.cell(column))
    code = first_forbidden(text)
    if code:
        raise row.fail(column, f"the text holds the control character {code}. Take it out.")
    if len(text) > TEXT_LIMIT:
        raise row.fail(column, f"the text has {len(text):,} characters. Keep it to {TEXT_LIMIT:,}.")
    return text


def _levels(bank: Bank) -> str:
    return ", ".join(f"{level.number} ({level.name})" for level in bank.scale.levels)
