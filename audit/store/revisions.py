"""Revisions of answers in an authority's file: appended, never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from audit.core.audits import EvidenceLink, Revision
from audit.core.responses import Confidence, RatingState, Response


@dataclass(frozen=True)
class Place:
    """Which answer: of which audit, respondent and item."""

    audit_id: int
    respondent_id: int
    item_id: str


def newest(file: Database, place: Place) -> Revision | None:
    """The newest revision of an answer, or None."""
    found = history(file, place, 1)
    return found[0] if found else None


def history(file: Database, place: Place, most: int = 1000) -> list[Revision]:
    """The revisions of an answer, newest first, at most so many."""
    rows = file.query(
        """
        SELECT * FROM revisions WHERE audit_id = ? AND respondent_id = ? AND item_id = ?
        ORDER BY number DESC LIMIT ?
        """,
        [place.audit_id, place.respondent_id, place.item_id, most],
    )
    return [_revision(row) for row in rows]


def all_newest(file: Database, audit_id: int, respondent_id: int) -> dict[str, Revision]:
    """The newest revision of every answer of a respondent, by item id."""
    rows = file.query(
        """
        SELECT r.* FROM revisions r
        JOIN (
            SELECT item_id, MAX(number) AS number FROM revisions
            WHERE audit_id = ? AND respondent_id = ? GROUP BY item_id
        ) last ON last.item_id = r.item_id AND last.number = r.number
        WHERE r.audit_id = ? AND r.respondent_id = ?
        """,
        [audit_id, respondent_id, audit_id, respondent_id],
    )
    return {row["item_id"]: _revision(row) for row in rows}


def newest_of_all(file: Database, audit_id: int) -> dict[int, dict[str, Revision]]:
    """The newest revision of every answer of every respondent, by respondent and item id."""
    rows = file.query(
        """
        SELECT r.* FROM revisions r
        JOIN (
            SELECT respondent_id, item_id, MAX(number) AS number FROM revisions
            WHERE audit_id = ? GROUP BY respondent_id, item_id
        ) last ON last.respondent_id = r.respondent_id AND last.item_id = r.item_id AND last.number = r.number
        WHERE r.audit_id = ? ORDER BY r.respondent_id
        """,
        [audit_id, audit_id],
    )
    found: dict[int, dict[str, Revision]] = {}
    for row in rows:
        found.setdefault(row["respondent_id"], {})[row["item_id"]] = _revision(row)
    return found


def append(file: Database, place: Place, revision: Revision) -> None:
    """Add a revision. Raises sqlite3.IntegrityError if its number is taken."""
    response = revision.response
    file.execute(
        """
        INSERT INTO revisions
            (audit_id, respondent_id, item_id, number, state, level, reason, confidence, what_happens_now,
             what_needs_to_happen, how_to_progress, target, links, saved_by, saved_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
            place.audit_id,
            place.respondent_id,
            place.item_id,
            revision.number,
            response.state.value,
            response.level,
            response.reason,
            response.confidence.value if response.confidence else None,
            *response.texts,
            response.target,
            json.dumps([asdict(link) for link in revision.links]),
            revision.saved_by,
            revision.saved_at.isoformat(),
        ],
    )


def _revision(row: Mapping[str, Any]) -> Revision:
    response = Response(
        state=RatingState(row["state"]),
        level=row["level"],
        reason=row["reason"],
        confidence=Confidence(row["confidence"]) if row["confidence"] else None,
        what_happens_now=row["what_happens_now"],
        what_needs_to_happen=row["what_needs_to_happen"],
        how_to_progress=row["how_to_progress"],
        target=row["target"],
    )
    links = tuple(EvidenceLink(**link) for link in json.loads(row["links"]))
    saved_at = datetime.fromisoformat(row["saved_at"])
    return Revision(row["number"], row["item_id"], response, links, row["saved_by"], saved_at)
