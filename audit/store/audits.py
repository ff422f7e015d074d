"""Audits in an authority's file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from audit.core.audits import Audit, AuditDetails, AuditState, ScopeKind


def add(file: Database, details: AuditDetails, bank_version: str, opened_by: str, at: datetime) -> Audit:
    """A new audit, open for answers."""
    cursor = file.execute(
        """
        INSERT INTO audits
            (bank_id, bank_version, period, scope, scope_name, weighting, target, illustrative, state, opened_by,
             opened_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
        """,
        [
            details.bank_id,
            bank_version,
            details.period,
            details.scope.value,
            details.scope_name,
            details.weighting,
            details.target,
            details.illustrative,
            AuditState.OPEN.value,
            opened_by,
            at.isoformat(),
        ],
    )
    return Audit(cursor.fetchone()[0], details, bank_version, AuditState.OPEN, opened_by, at)


def all_audits(file: Database) -> list[Audit]:
    """All audits, newest first."""
    return [_audit(row) for row in file.query("SELECT * FROM audits ORDER BY opened_at DESC, id DESC")]


def find(file: Database, audit_id: int) -> Audit | None:
    """The audit with this id, or None."""
    for row in file.query("SELECT * FROM audits WHERE id = ?", [audit_id]):
        return _audit(row)
    return None


def set_state(file: Database, audit_id: int, state: AuditState) -> None:
    """Move the audit on, or back."""
    file.execute("UPDATE audits SET state = ? WHERE id = ?", [state.value, audit_id])


def _audit(row: Mapping[str, Any]) -> Audit:
    details = AuditDetails(
        bank_id=row["bank_id"],
        period=row["period"],
        scope=ScopeKind(row["scope"]),
        scope_name=row["scope_name"],
        weighting=row["weighting"],
        target=row["target"],
        illustrative=row["illustrative"],
    )
    opened_at = datetime.fromisoformat(row["opened_at"])
    return Audit(row["id"], details, row["bank_version"], AuditState(row["state"]), row["opened_by"], opened_at)
