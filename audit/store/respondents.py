"""The people who are asked to answer an audit, in the authority's file, and how far each has come."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from audit.core.people import Person
from audit.core.responses import RatingState


@dataclass(frozen=True)
class Respondent:
    """Somebody who is asked to answer, or was when answering closed.

    ``named`` tells whether others may see the name beside the texts. ``group`` is the name of the group that counts for
    this audit, empty for none; None while answering has not been closed yet.
    """

    name: str
    named: bool = False
    group: str | None = None


@dataclass(frozen=True)
class Progress:
    """The ids of the items that a person has answered, and when something was last saved."""

    answered: frozenset[str]
    last: datetime


def all_of(file: Database, audit_id: int) -> dict[int, Respondent]:
    """The respondents of an audit by person id."""
    rows = file.query("SELECT * FROM respondents WHERE audit_id = ?", [audit_id])
    return {row["person_id"]: Respondent(row["name"], bool(row["named"]), row["group_name"]) for row in rows}


def choose(file: Database, audit_id: int, person: Person, *, named: bool) -> None:
    """Note whether a person lets others see the name beside the texts."""
    file.execute(
        """
        INSERT INTO respondents (audit_id, person_id, name, named) VALUES (?, ?, ?, ?)
        ON CONFLICT (audit_id, person_id) DO UPDATE SET name = excluded.name, named = excluded.named
        """,
        [audit_id, person.id, person.name, int(named)],
    )


def ask(file: Database, audit_id: int, names: Mapping[int, str]) -> None:
    """Note that these people, by id, are those who were asked. Whoever else was noted is no longer."""
    for person_id in set(all_of(file, audit_id)) - set(names):
        file.execute("DELETE FROM respondents WHERE audit_id = ? AND person_id = ?", [audit_id, person_id])
    for person_id, name in names.items():
        file.execute(
            """
            INSERT INTO respondents (audit_id, person_id, name, named) VALUES (?, ?, ?, 0)
            ON CONFLICT (audit_id, person_id) DO UPDATE SET name = excluded.name
            """,
            [audit_id, person_id, name],
        )


def put_in_groups(file: Database, audit_id: int, groups: Mapping[int, str], only: Collection[int]) -> None:
    """Keep for this audit the groups that ``only`` these people are in, by person id. Who has none is in none."""
    for person_id in only:
        file.execute(
            "UPDATE respondents SET group_name = ? WHERE audit_id = ? AND person_id = ?",
            [groups.get(person_id, ""), audit_id, person_id],
        )


def progress(file: Database, audit_id: int) -> dict[int, Progress]:
    """How far each person has come, by person id. Text without a rating is no answer yet."""
    rows = file.query(
        """
        SELECT r.respondent_id, r.item_id, r.state, r.saved_at FROM revisions r
        JOIN (
            SELECT respondent_id, item_id, MAX(number) AS number FROM revisions
            WHERE audit_id = ? GROUP BY respondent_id, item_id
        ) last ON last.respondent_id = r.respondent_id AND last.item_id = r.item_id AND last.number = r.number
        WHERE r.audit_id = ?
        """,
        [audit_id, audit_id],
    )
    answered: dict[int, set[str]] = {}
    last: dict[int, str] = {}
    for row in rows:
        who = row["respondent_id"]
        done = answered.setdefault(who, set())
        if row["state"] != RatingState.UNANSWERED.value:
            done.add(row["item_id"])
        last[who] = max(last.get(who, ""), row["saved_at"])
    return {who: Progress(frozenset(done), datetime.fromisoformat(last[who])) for who, done in answered.items()}
