"""Reading the file that travels in a PDF report, without trust: somebody may have written anything into it."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from itertools import pairwise
from typing import Any

from audit.core.errors import PlumblineError
from audit.core.moderation import Accords, Agreement
from audit.core.numbers import parse_exact
from audit.core.texts import first_forbidden
from audit.reports.gap_report import Length
from audit.reports.proof.payload import FORMAT, FORMAT_VERSION, Made, Payload, checksum
from audit.reports.proof.statements import NUMBER, Number, Part, Statement

SIZE_LIMIT = 3_000_000
STATEMENTS_LIMIT = 2_000
PARTS_LIMIT = 60
TEXT_LIMIT = 1_000
PEOPLE_LIMIT = 1_000_000
_FRACTION = re.compile(r"-?\d{1,400}(/[1-9]\d{0,400})?", re.ASCII)
_NUMBER = re.compile(NUMBER, re.IGNORECASE)
# Between two numbers there must be something that could be no part of either.
_PARTS_NUMBERS = re.compile(r"[^\d.,/%]")


class Unreadable(PlumblineError):
    """The attached file is none of ours, or somebody has broken it."""


def read_payload(data: bytes) -> Payload:
    """What the attached file says. Raises Unreadable."""
    document = _document(data)
    bank, weighting = _object(document, "bank"), _object(document, "weighting")
    length = _text(document, "length")
    if length not in [each.value for each in Length]:
        raise _wrong("length")
    return Payload(
        made=Made(
            plumbline=_text(document, "plumbline"),
            findings=_text(document, "findings_sha256"),
            bank_id=_text(bank, "id"),
            bank_version=_text(bank, "version"),
            bank_sha256=_text(bank, "sha256"),
        ),
        **{key: _text(document, key) for key in "authority title subtitle notice made_on beside_named".split()},
        length=length,
        weighting=_text(weighting, "name"),
        weighting_title=_text(weighting, "title"),
        weights=_weights(weighting),
        first=document.get("first") is True,
        beside=_levels(document),
        agreement=_agreement(document),
        answers=_entries(document),
        statements=tuple(_statement(each) for each in _list(document, "printed", STATEMENTS_LIMIT)),
        whole=document.get("sha256") == checksum(document),
    )


def _document(data: bytes) -> dict[str, Any]:
    if len(data) > SIZE_LIMIT:
        raise Unreadable("The attached answers are far larger than those of any report.")
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        raise Unreadable("The attached answers are damaged: they are not valid JSON.") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Unreadable("The attached answers are not in the form that Plumbline writes.")
    if document.get("format_version") != FORMAT_VERSION:
        raise Unreadable("The attached answers are in a form that this Plumbline does not know. Use a newer one.")
    return document


def _wrong(key: str) -> Unreadable:
    return Unreadable(f'The attached answers are damaged: "{key}" is missing, or is not what it should be.')


def _text(within: dict[str, Any], key: str) -> str:
    value = within.get(key)
    # What stands here is shown to people, in a terminal too.
    if not isinstance(value, str) or len(value) > TEXT_LIMIT or first_forbidden(value):
        raise _wrong(key)
    return value


def _object(within: dict[str, Any], key: str) -> dict[str, Any]:
    value = within.get(key)
    if not isinstance(value, dict):
        raise _wrong(key)
    return value


def _list(within: dict[str, Any], key: str, most: int) -> list[Any]:
    value = within.get(key)
    if not isinstance(value, list) or len(value) > most:
        raise _wrong(key)
    return value


def _weights(within: dict[str, Any]) -> Any:
    if within.get("weights") is None:
        return None
    try:
        weights = {name: parse_exact(weight) for name, weight in _object(within, "weights").items()}
    except (TypeError, ValueError):
        raise _wrong("weights") from None
    if any(weight < 0 for weight in weights.values()):
        raise _wrong("weights")
    return weights


def _levels(within: dict[str, Any]) -> dict[str, int]:
    levels = _object(within, "beside")
    if not all(type(level) is int for level in levels.values()):
        raise _wrong("beside")
    return levels


def _agreement(within: dict[str, Any]) -> Agreement | None:
    if within.get("agreement") is None:
        return None
    found = _object(within, "agreement")
    accords = _object(found, "accords")
    ids = {key: tuple(_list(accords, key, PARTS_LIMIT)) for key in ("camps", "wide", "unknown")}
    if not all(isinstance(each, str) and len(each) < PARTS_LIMIT for listed in ids.values() for each in listed):
        raise _wrong("agreement")
    counts = {key: _count(found, key) for key in "asked answered smallest settled assigned medians".split()}
    compared, agreed = _count(accords, "compared"), _count(accords, "agreed")
    told = Accords(compared, agreed, ids["camps"], ids["wide"], ids["unknown"], _alpha(accords))
    return Agreement(**counts, accords=told)


def _count(within: dict[str, Any], key: str) -> int:
    value = within.get(key)
    if type(value) is not int or not 0 <= value < PEOPLE_LIMIT:
        raise _wrong(key)
    return value


def _alpha(within: dict[str, Any]) -> Fraction | None:
    value = within.get("alpha")
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > TEXT_LIMIT or not _FRACTION.fullmatch(value):
        raise _wrong("alpha")
    alpha = Fraction(value)
    if not -PEOPLE_LIMIT < alpha <= 1:
        raise _wrong("alpha")
    return alpha


def _entries(within: dict[str, Any]) -> list[dict[str, Any]]:
    entries = _list(within, "answers", STATEMENTS_LIMIT)
    if not all(isinstance(entry, dict) for entry in entries):
        raise _wrong("answers")
    return entries


def _statement(value: Any) -> Statement:
    if not isinstance(value, list) or not 0 < len(value) <= PARTS_LIMIT:
        raise _wrong("printed")
    parts = tuple(map(_part, value))
    for before, after in pairwise(parts):
        if isinstance(after, Number) and (isinstance(before, Number) or not _PARTS_NUMBERS.search(before)):
            raise _wrong("printed")
    return Statement(parts)


def _part(value: Any) -> Part:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and len(value) == 2 and all(isinstance(each, str) for each in value):
        name, shown = value
        if len(name) < TEXT_LIMIT and not first_forbidden(name) and len(shown) < 100 and _NUMBER.fullmatch(shown):
            return Number(name, shown)
    raise _wrong("printed")
