"""A trail as a file: JSON that can be checked on its own, and CSV to read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, TypeGuard

from audit.core.answer_writing import as_text
from audit.core.errors import UsageError
from audit.core.trail import START, SignedHead, Trail, TrailRow

KIND = "plumbline-trail"
HOW_TO_CHECK = (
    "The sha256 of a row is the SHA-256 of a JSON list in UTF-8, with a comma and a space between its parts and no "
    "letter escaped that need not be: the sha256 of the row before (of the first row: begins_with), then at, "
    "person_id, person_name, did, audit_id, item_id and detail. No number up to last_number is left out. Each "
    'trail_sha256 in signed_versions is the sha256 of a row. "plumbline trail check FILE.json" checks all of this.'
)
_ROW = tuple(each.name for each in fields(TrailRow))
_HEAD = tuple(each.name for each in fields(SignedHead))


def trail_json(trail: Trail, authority: str, taken_out_at: str) -> bytes:
    """The trail with all that is needed to check it. ``taken_out_at`` is an ISO moment."""
    document = {
        "kind": KIND,
        "authority": authority,
        "taken_out_at": taken_out_at,
        "how_to_check": HOW_TO_CHECK,
        "begins_with": START,
        "last_number": trail.last,
        "rows": [asdict(row) for row in trail.rows],
        "signed_versions": [asdict(head) for head in trail.signed],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def trail_csv(trail: Trail) -> bytes:
    """The rows for a spreadsheet. A text that it would take for a formula gets a space in front."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_ROW)
    for row in trail.rows:
        writer.writerow([as_text(value) if isinstance(value, str) else value for value in asdict(row).values()])
    return out.getvalue().encode("utf-8-sig")


def read_trail(data: bytes, source: str) -> Trail:
    """The trail in a file that :func:`trail_json` wrote. Raises UsageError for what is none."""
    try:
        document = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_unique)
    except (ValueError, RecursionError):
        raise UsageError(f"{source} is not valid JSON.") from None
    if not isinstance(document, dict) or document.get("kind") != KIND:
        raise UsageError(f'{source} is no trail: one that Plumbline wrote has "kind": "{KIND}".')
    rows = [_checked(each, _ROW, f"row {at}", source) for at, each in enumerate(_list(document, "rows", source), 1)]
    heads = _list(document, "signed_versions", source)
    signed = [_checked(each, _HEAD, f"signed version {at}", source) for at, each in enumerate(heads, 1)]
    last = document.get("last_number")
    if not _is_number(last):
        raise UsageError(f"{source}: last_number should be a whole number.")
    return Trail(tuple(TrailRow(**row) for row in rows), last, tuple(SignedHead(**head) for head in signed))


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        # Two readers could read it in two ways.
        raise ValueError("a key stands twice")
    return found


def _list(document: Mapping[str, Any], name: str, source: str) -> list[Any]:
    found = document.get(name)
    if not isinstance(found, list):
        raise UsageError(f"{source}: {name} should be a list.")
    return found


def _checked(entry: Any, names: tuple[str, ...], place: str, source: str) -> dict[str, Any]:
    """The entry, if it has just these names, and whole numbers where its order rests on them."""
    if not isinstance(entry, dict) or set(entry) != set(names):
        raise UsageError(f"{source}, {place}: it should have {', '.join(names)}, and nothing else.")
    if not _is_number(entry["number"]):
        raise UsageError(f"{source}, {place}: its number should be a whole number.")
    return entry


def _is_number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
