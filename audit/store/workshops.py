"""Workshops in an authority's file: what is planned, the steps that were taken, and what they changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from audit.core.decisions import DecisionRule, RuleKind
from audit.core.workshops import AgendaItem, Basis, Plan, Step, StepKind, Workshop


def add(file: Database, audit_id: int, plan: Plan, by: str, at: datetime) -> int:
    """A new workshop over an audit; gives its id."""
    cursor = file.execute(
        """
        INSERT INTO workshops (audit_id, title, basis, day, begins, rule, quorum, consensus, answered_before, locked,
            planned_by, planned_at, version)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, 1)
        """,
        [audit_id, *_values(plan), by, at.isoformat()],
    )
    workshop_id = int(cursor.lastrowid or 0)
    _put_lists(file, workshop_id, plan)
    return workshop_id


def change(file: Database, workshop_id: int, plan: Plan) -> None:
    """Put a plan in place of the one before."""
    file.execute(
        """
        UPDATE workshops SET title = ?, basis = ?, day = ?, begins = ?, rule = ?, quorum = ?, consensus = ?,
            answered_before = ? WHERE id = ?
        """,
        [*_values(plan), workshop_id],
    )
    _put_lists(file, workshop_id, plan)
    touch(file, workshop_id)


def find(file: Database, workshop_id: int) -> Workshop | None:
    """The workshop of this number, or None."""
    rows = file.query("SELECT * FROM workshops WHERE id = ?", [workshop_id])
    return next((_workshop(file, row) for row in rows), None)


def all_of(file: Database, audit_id: int | None = None) -> list[Workshop]:
    """The workshops of an audit, or of all audits, newest first."""
    where, values = ("", []) if audit_id is None else (" WHERE audit_id = ?", [audit_id])
    rows = file.query(f"SELECT * FROM workshops{where} ORDER BY id DESC", values)  # noqa: S608 - a text of ours
    return [_workshop(file, row) for row in list(rows)]


def version(file: Database, workshop_id: int) -> int | None:
    """How often something has happened in the workshop, or None where there is none."""
    rows = file.query("SELECT version FROM workshops WHERE id = ?", [workshop_id])
    return next((row["version"] for row in rows), None)


def touch(file: Database, workshop_id: int) -> None:
    """Note that something has happened in the workshop."""
    file.execute("UPDATE workshops SET version = version + 1 WHERE id = ?", [workshop_id])


def set_locked(file: Database, workshop_id: int, *, locked: bool) -> None:
    """Let nobody new in, or let people in again."""
    file.execute("UPDATE workshops SET locked = ? WHERE id = ?", [int(locked), workshop_id])
    touch(file, workshop_id)


def add_step(
    file: Database, workshop_id: int, at: datetime, by: str, kind: StepKind, item_id: str, detail: Mapping[str, Any]
) -> Step:
    """Keep a step that was taken."""
    cursor = file.execute(
        "INSERT INTO steps (workshop_id, at, done_by, kind, item_id, detail) VALUES (?, ?, ?, ?, ?, ?)",
        [workshop_id, at.isoformat(), by, kind.name, item_id, json.dumps(detail)],
    )
    touch(file, workshop_id)
    return Step(int(cursor.lastrowid or 0), at, by, kind, item_id, detail)


def steps(file: Database, workshop_id: int) -> list[Step]:
    """The steps that were taken, oldest first."""
    rows = file.query("SELECT * FROM steps WHERE workshop_id = ? ORDER BY id", [workshop_id])
    return [
        Step(
            id=row["id"],
            at=datetime.fromisoformat(row["at"]),
            by=row["done_by"],
            kind=StepKind[row["kind"]],
            item_id=row["item_id"],
            detail=json.loads(row["detail"]),
        )
        for row in rows
    ]


def _values(plan: Plan) -> list[Any]:
    rule = plan.rule
    numbers = [rule.kind.value, rule.quorum, rule.consensus, int(plan.answered_before)]
    return [plan.title, plan.basis.value, plan.day, plan.begins, *numbers]


def _put_lists(file: Database, workshop_id: int, plan: Plan) -> None:
    file.execute("DELETE FROM agenda_items WHERE workshop_id = ?", [workshop_id])
    for place, each in enumerate(plan.agenda, start=1):
        file.execute(
            "INSERT INTO agenda_items (workshop_id, place, item_id, minutes) VALUES (?, ?, ?, ?)",
            [workshop_id, place, each.item_id, each.minutes],
        )
    file.execute("DELETE FROM workshop_groups WHERE workshop_id = ?", [workshop_id])
    for place, name in enumerate(plan.groups, start=1):
        file.execute(
            "INSERT INTO workshop_groups (workshop_id, place, name) VALUES (?, ?, ?)", [workshop_id, place, name]
        )


def _workshop(file: Database, row: Mapping[str, Any]) -> Workshop:
    return Workshop(
        id=row["id"],
        audit_id=row["audit_id"],
        plan=_plan(file, row),
        planned_by=row["planned_by"],
        planned_at=datetime.fromisoformat(row["planned_at"]),
        version=row["version"],
        locked=bool(row["locked"]),
    )


def _plan(file: Database, row: Mapping[str, Any]) -> Plan:
    items = file.query("SELECT item_id, minutes FROM agenda_items WHERE workshop_id = ? ORDER BY place", [row["id"]])
    groups = file.query("SELECT name FROM workshop_groups WHERE workshop_id = ? ORDER BY place", [row["id"]])
    return Plan(
        title=row["title"],
        agenda=tuple(AgendaItem(**each) for each in items),
        basis=Basis(row["basis"]),
        rule=DecisionRule(RuleKind(row["rule"]), row["quorum"], row["consensus"]),
        day=row["day"],
        begins=row["begins"],
        groups=tuple(each["name"] for each in groups),
        answered_before=bool(row["answered_before"]),
    )
