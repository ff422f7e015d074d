"""What the instance holds on one person, row by row and without anything that signs somebody in."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

Rows = list[dict[str, Any]]

_REGISTRY = {
    "person": "SELECT id, email, name, created_at, alone_since, vouched_by FROM people WHERE id = ?",
    "password": "SELECT changed_at FROM passwords WHERE person_id = ?",
    "second_factor": "SELECT confirmed_at FROM second_factors WHERE person_id = ?",
    "recovery_codes": "SELECT count(*) AS left_to_use FROM recovery_codes WHERE person_id = ?",
    "sessions": "SELECT signed_in_by, device, created_at, seen_at FROM sessions WHERE person_id = ? ORDER BY id",
    "started_sign_ins": "SELECT signed_in_by, device, started_at FROM started_sign_ins WHERE person_id = ?",
    "sign_in_links": "SELECT expires_at, used_at FROM sign_in_links WHERE person_id = ? ORDER BY expires_at",
    "directory_accounts": "SELECT slug AS authority, tenant, object_id FROM identities WHERE person_id = ?",
    "memberships": """
        SELECT m.slug AS authority, a.name AS authority_name, m.role, m.joined_at
        FROM memberships m JOIN authorities a ON a.slug = m.slug WHERE m.person_id = ? ORDER BY m.slug
    """,
    "invitations_received": """
        SELECT i.slug AS authority, i.email, i.name, i.role, i.invited_at, i.expires_at, i.accepted_at, i.withdrawn_at,
            i.mailed_at
        FROM invitations i JOIN people p ON p.email = i.email WHERE p.id = ? ORDER BY i.id
    """,
    "invitations_sent": """
        SELECT slug AS authority, email, name, role, invited_at, expires_at, accepted_at, withdrawn_at, mailed_at
        FROM invitations WHERE invited_by = ? ORDER BY id
    """,
}
_FILE = {
    "group": "SELECT g.name FROM group_members m JOIN groups g ON g.id = m.group_id WHERE m.person_id = ?",
    "taking_part": "SELECT audit_id, name, named, group_name FROM respondents WHERE person_id = ? ORDER BY audit_id",
    "assigned_items": """
        SELECT audit_id, item_id, assigned_by, assigned_at FROM assignments WHERE person_id = ?
        ORDER BY audit_id, item_id
    """,
    "answers": """
        SELECT audit_id, item_id, number AS revision, state, level, reason, confidence, what_happens_now,
            what_needs_to_happen, how_to_progress, target, links, saved_by, saved_at
        FROM revisions WHERE respondent_id = ? ORDER BY audit_id, item_id, number
    """,
    "drafts": """
        SELECT audit_id, item_id, fields, seen AS built_on_revision, kept_at FROM drafts WHERE respondent_id = ?
        ORDER BY audit_id, item_id
    """,
    "workshop_seats": """
        SELECT w.audit_id, s.workshop_id, w.title, s.name, s.group_name, s.joined_at, s.removed_at
        FROM seats s JOIN workshops w ON w.id = s.workshop_id WHERE s.person_id = ? ORDER BY s.id
    """,
    "votes": """
        SELECT w.audit_id, v.workshop_id, o.item_id, v.round_id AS round, v.state, v.level, v.confidence
        FROM votes v JOIN seats s ON s.id = v.seat_id JOIN workshops w ON w.id = v.workshop_id
        JOIN steps o ON o.id = v.round_id WHERE s.person_id = ? ORDER BY v.round_id
    """,
    "workshop_feedback": """
        SELECT w.audit_id, f.workshop_id, f.question, f.answer
        FROM feedback f JOIN seats s ON s.id = f.seat_id JOIN workshops w ON w.id = f.workshop_id
        WHERE s.person_id = ? ORDER BY f.workshop_id, f.question
    """,
    "signed_versions": """
        SELECT audit_id, number, statement, signed_by, signed_at FROM versions WHERE signed_by_id = ?
        ORDER BY audit_id, number
    """,
    "trail": """
        SELECT id AS number, at, person_name, did, audit_id, item_id, detail, sha256 FROM trail WHERE person_id = ?
        ORDER BY id
    """,
}
# Columns that hold JSON.
JSON_COLUMNS = ("links", "fields", "result")


def in_registry(registry: Database, person_id: int) -> dict[str, Rows]:
    """What the registry holds on the person, by what it is. No token, hash or secret is in it."""
    return {name: list(registry.query(query, [person_id])) for name, query in _REGISTRY.items()}


def in_file(file: Database, person_id: int) -> dict[str, Rows]:
    """What an authority's file holds of the person, by what it is, with the audits that it speaks of."""
    found = {name: [opened(row) for row in file.query(query, [person_id])] for name, query in _FILE.items()}
    ids = {row.get("audit_id") for rows in found.values() for row in rows}
    audits = file.query("SELECT id, bank_id, bank_version, period, scope, scope_name, state FROM audits ORDER BY id")
    return {"audits": [row for row in audits if row["id"] in ids], **found}


def opened(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its JSON columns as what they hold."""
    return {name: json.loads(value) if name in JSON_COLUMNS else value for name, value in row.items()}
