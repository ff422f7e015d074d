"""What is typed at the desk while an item is talked about, and what people say of a workshop at its end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database


@dataclass(frozen=True)
class Talk:
    """What is typed on an item so far: fields by name. ``number`` counts the versions from 1."""

    number: int
    fields: Mapping[str, str]
    kept_by: str
    kept_at: datetime


def find(file: Database, workshop_id: int, item_id: str) -> Talk | None:
    """What is typed on an item, or None."""
    rows = file.query("SELECT * FROM talks WHERE workshop_id = ? AND item_id = ?", [workshop_id, item_id])
    return next((_talk(row) for row in rows), None)


def all_of(file: Database, workshop_id: int) -> dict[str, Talk]:
    """What is typed on the items of a workshop, by item id."""
    rows = file.query("SELECT * FROM talks WHERE workshop_id = ?", [workshop_id])
    return {row["item_id"]: _talk(row) for row in rows}


def keep(file: Database, workshop_id: int, item_id: str, talk: Talk) -> None:
    """Keep what is typed, in place of the version before."""
    file.execute(
        """
        INSERT INTO talks (workshop_id, item_id, number, fields, kept_by, kept_at) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (workshop_id, item_id) DO UPDATE SET number = excluded.number, fields = excluded.fields,
            kept_by = excluded.kept_by, kept_at = excluded.kept_at
        """,
        [workshop_id, item_id, talk.number, json.dumps(dict(talk.fields)), talk.kept_by, talk.kept_at.isoformat()],
    )


def say(file: Database, workshop_id: int, seat_id: int, question: str, answer: str, at: datetime) -> None:
    """Keep what a seat answers to a question about the workshop, in place of what it answered before."""
    file.execute(
        """
        INSERT INTO feedback (workshop_id, seat_id, question, answer, said_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (seat_id, question) DO UPDATE SET answer = excluded.answer
        """,
        [workshop_id, seat_id, question, answer, at.isoformat()],
    )


def said_by(file: Database, seat_id: int) -> dict[str, str]:
    """What a seat has answered, by question."""
    rows = file.query("SELECT question, answer FROM feedback WHERE seat_id = ?", [seat_id])
    return {row["question"]: row["answer"] for row in rows}


def said(file: Database, workshop_id: int) -> dict[str, list[str]]:
    """The answers by question, in the order in which people first gave one."""
    found: dict[str, list[str]] = {}
    query = "SELECT question, answer FROM feedback WHERE workshop_id = ? ORDER BY said_at, seat_id"
    for row in file.query(query, [workshop_id]):
        found.setdefault(row["question"], []).append(row["answer"])
    return found


def _talk(row: Mapping[str, Any]) -> Talk:
    return Talk(row["number"], json.loads(row["fields"]), row["kept_by"], datetime.fromisoformat(row["kept_at"]))
