"""Reading the file that travels in a PDF report, without trust: somebody may have written anything into it."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from itertools import pairwise
from typing import Any

from audit.core.moderation import Accords, Agreement
from audit.core.numbers import parse_exact
from audit.core.texts import first_forbidden
from audit.reports.gap_report import Length
from audit.reports.proof.fields import (
    PEOPLE_LIMIT,
    TEXT_LIMIT,
    Unreadable,
    count_in,
    list_in,
    object_in,
    text_in,
    wrong,
)
from audit.reports.proof.payload import FORMAT, FORMAT_VERSIONS, Made, Payload, checksum
from audit.reports.proof.statements import NUMBER, Number, Part, Statement
from audit.reports.proof.workshops import workshops_in

SIZE_LIMIT = 3_000_000
STATEMENTS_LIMIT = 2_000
PARTS_LIMIT = 60
_NAMED = ("camps", "wide", "unknown", "not_applicable")
_FRACTION = re.compile(r"-?\d{1,400}(/[1-9]\d{0,400})?", re.ASCII)
_NUMBER = re.compile(NUMBER, re.IGNORECASE)
# Between two numbers there must be something that could be no part of either.
_PARTS_NUMBERS = re.compile(r"[^\d.,/%]")


def read_payload(data: bytes) -> Payload:
    """What the attached file says. Raises Unreadable."""
    document = _document(data)
    bank, weighting = object_in(document, "bank"), object_in(document, "weighting")
    length = text_in(document, "length")
    if length not in [each.value for each in Length]:
        raise wrong("length")
    return Payload(
        made=Made(
            plumbline=text_in(document, "plumbline"),
            findings=text_in(document, "findings_sha256"),
            bank_id=text_in(bank, "id"),
            bank_version=text_in(bank, "version"),
            bank_sha256=text_in(bank, "sha256"),
        ),
        **{key: text_in(document, key) for key in "authority title subtitle notice made_on beside_named".split()},
        length=length,
        weighting=text_in(weighting, "name"),
        weighting_title=text_in(weighting, "title"),
        weights=_weights(weighting),
        first=document.get("first") is True,
        beside=_levels(document),
        agreement=_agreement(document),
        workshops=workshops_in(document),
        answers=_entries(document),
        statements=tuple(_statement(each) for each in list_in(document, "printed", STATEMENTS_LIMIT)),
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
    if document.get("format_version") not in FORMAT_VERSIONS:
        raise Unreadable("The attached answers are in a form that this Plumbline does not know. Use a newer one.")
    return document


def _weights(within: dict[str, Any]) -> Any:
    if within.get("weights") is None:
        return None
    try:
        weights = {name: parse_exact(weight) for name, weight in object_in(within, "weights").items()}
    except (TypeError, ValueError):
        raise wrong("weights") from None
    if any(weight < 0 for weight in weights.values()):
        raise wrong("weights")
    return weights


def _levels(within: dict[str, Any]) -> dict[str, int]:
    levels = object_in(within, "beside")
    if not all(type(level) is int for level in levels.values()):
        raise wrong("beside")
    return levels


def _agreement(within: dict[str, Any]) -> Agreement | None:
    if within.get("agreement") is None:
        return None
    found = object_in(within, "agreement")
    # Files of version 1 do not tell of what most say does not apply.
    accords = {"not_applicable": [], **object_in(found, "accords")}
    ids = {key: tuple(list_in(accords, key, PARTS_LIMIT)) for key in _NAMED}
    if not all(isinstance(each, str) and len(each) < PARTS_LIMIT for listed in ids.values() for each in listed):
        raise wrong("agreement")
    counts = {key: count_in(found, key) for key in "asked answered smallest settled assigned medians".split()}
    compared, agreed = count_in(accords, "compared"), count_in(accords, "agreed")
    told = Accords(compared, agreed, **ids, alpha=_alpha(accords))
    return Agreement(**counts, accords=told)


def _alpha(within: dict[str, Any]) -> Fraction | None:
    value = within.get("alpha")
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > TEXT_LIMIT or not _FRACTION.fullmatch(value):
        raise wrong("alpha")
    alpha = Fraction(value)
    if not -PEOPLE_LIMIT < alpha <= 1:
        raise wrong("alpha")
    return alpha


def _entries(within: dict[str, Any]) -> list[dict[str, Any]]:
    entries = list_in(within, "answers", STATEMENTS_LIMIT)
    if not all(isinstance(entry, dict) for entry in entries):
        raise wrong("answers")
    return entries


def _statement(value: Any) -> Statement:
    if not isinstance(value, list) or not 0 < len(value) <= PARTS_LIMIT:
        raise wrong("printed")
    parts = tuple(map(_part, value))
    for before, after in pairwise(parts):
        if isinstance(after, Number) and (isinstance(before, Number) or not _PARTS_NUMBERS.search(before)):
            raise wrong("printed")
    return Statement(parts)


def _part(value: Any) -> Part:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and len(value) == 2 and all(isinstance(each, str) for each in value):
        name, shown = value
        if len(name) < TEXT_LIMIT and not first_forbidden(name) and len(shown) < 100 and _NUMBER.fullmatch(shown):
            return Number(name, shown)
    raise wrong("printed")
