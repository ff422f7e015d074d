"""Reading the rows of an answers file in JSON: a list of objects with the columns as keys.

The list may also stand under the key ``answers`` of an object.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from audit.core.answer_rows import Row, check_columns
from audit.core.errors import AnswersError
from audit.core.texts import quotable


def json_rows(data: bytes, source: str) -> Iterable[Row]:
    """The entries, numbered from 1. Raises AnswersError at the first fault."""
    document = _document(data, source)
    if isinstance(document, dict) and isinstance(document.get("answers"), list):
        # The file that travels in a PDF report holds more than the answers.
        document = document["answers"]
    if not isinstance(document, list):
        raise AnswersError(source, 'a list of answers is expected, such as [{"item": "R1", "rating": 2}].')
    for number, entry in enumerate(document, start=1):
        if not isinstance(entry, dict):
            raise AnswersError(source, 'an answer in braces is expected, such as {"item": "R1"}.', row=number)
        check_columns(entry, source, number)
        yield Row(source, number, {key: _cell(value, key, source, number) for key, value in entry.items()})


def _document(data: bytes, source: str) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=lambda pairs: _unique(pairs, source))
    except UnicodeDecodeError as fault:
        byte = data[fault.start]
        raise AnswersError(source, f"the byte 0x{byte:02x} is not UTF-8 text. Save the file as UTF-8.") from None
    except json.JSONDecodeError as fault:
        place = f"line {fault.lineno}, column {fault.colno}"
        raise AnswersError(source, f"this is not valid JSON ({fault.msg} at {place}).") from None
    except (RecursionError, ValueError):
        problem = "this is not valid JSON (a number is too long, or it is nested too deeply)."
        raise AnswersError(source, problem) from None


def _unique(pairs: list[tuple[str, Any]], source: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            of = f" of {quotable(str(found['item']))}" if "item" in found else ""
            raise AnswersError(source, f'the key "{quotable(key)}" stands twice in one answer{of}. Keep one.')
        found[key] = value
    return found


def _cell(value: object, column: str, source: str, row: int) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise AnswersError(source, f"{quotable(json.dumps(value))} is not text or a whole number.", row=row, column=column)
