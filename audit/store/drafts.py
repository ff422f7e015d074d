"""Drafts in an authority's file: what somebody typed and did not save."""

from __future__ import annotations

import json
from datetime import datetime

from sqlite_utils import Database

from audit.core.audits import Draft
from audit.store.revisions import Place


def keep(file: Database, place: Place, draft: Draft) -> None:
    """Keep a draft in place of the one before."""
    file.execute(
        """
        INSERT INTO drafts (audit_id, respondent_id, item_id, fields, seen, kept_at) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (audit_id, respondent_id, item_id)
        DO UPDATE SET fields = excluded.fields, seen = excluded.seen, kept_at = excluded.kept_at
        """,
        [
            place.audit_id,
            place.respondent_id,
            place.item_id,
            json.dumps(draft.fields),
            draft.seen,
            draft.kept_at.isoformat(),
        ],
    )


def find(file: Database, place: Place) -> Draft | None:
    """The draft, or None."""
    rows = file.query(
        "SELECT fields, seen, kept_at FROM drafts WHERE audit_id = ? AND respondent_id = ? AND item_id = ?",
        [place.audit_id, place.respondent_id, place.item_id],
    )
    for row in rows:
        return Draft(json.loads(row["fields"]), row["seen"], datetime.fromisoformat(row["kept_at"]))
    return None


def discard(file: Database, place: Place) -> None:
    """Remove the draft, if there is one."""
    file.execute(
        "DELETE FROM drafts WHERE audit_id = ? AND respondent_id = ? AND item_id = ?",
        [place.audit_id, place.respondent_id, place.item_id],
    )
