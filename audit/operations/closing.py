"""When people answer alone, and when that is over: closing and opening answering."""

from __future__ import annotations

from collections.abc import Mapping

from sqlite_utils import Database

from audit.core.audits import AuditState
from audit.core.people import Person
from audit.core.permissions import Deed, may
from audit.operations.access import require
from audit.operations.audits import answerable_audit, note, unlocked_audit
from audit.operations.errors import AuditLocked
from audit.operations.running import running_over
from audit.operations.together import TEAM
from audit.operations.workplace import Workplace
from audit.store import audits, groups, people, respondents
from audit.store.connection import write
from audit.store.respondents import Progress


def close_answering(workplace: Workplace, person: Person, slug: str, audit_id: int) -> None:
    """Close an audit for answers, so that the team's answers can be settled.

    Who was asked is kept, and who was in which group. Raises AuditLocked where answering is closed already.
    """
    require(workplace, person, slug, Deed.SETTLE)
    asked = who_answer(workplace, slug)
    with workplace.authority(slug) as file, write(file):
        close_in(workplace, file, person, audit_id, asked)


def close_in(workplace: Workplace, file: Database, person: Person, audit_id: int, asked: Mapping[int, str]) -> None:
    """Close answering inside a transaction; ``asked`` are the names of those who were asked, by person id."""
    answerable_audit(file, audit_id)
    known = respondents.all_of(file, audit_id)
    came = {who: known[who].name if who in known else _name_in(workplace, who) for who in answered_by(file, audit_id)}
    respondents.ask(file, audit_id, {**came, **asked})
    _keep_groups(file, audit_id)
    audits.set_state(file, audit_id, AuditState.MODERATED)
    note(workplace, file, person, "closed answering", audit_id)


def open_answering(workplace: Workplace, person: Person, slug: str, audit_id: int) -> None:
    """Let people answer again. What is settled stays settled.

    Raises AuditLocked for an audit that is signed off, and while a workshop is running over it.
    """
    require(workplace, person, slug, Deed.SETTLE)
    with workplace.authority(slug) as file, write(file):
        if unlocked_audit(file, audit_id).state.takes_answers:
            raise AuditLocked("Answering is open already.")
        if running_over(file, audit_id):
            raise AuditLocked("A workshop is running over this audit. Close the workshop before people answer again.")
        audits.set_state(file, audit_id, AuditState.OPEN)
        note(workplace, file, person, "opened answering again", audit_id)


def who_answer(workplace: Workplace, slug: str) -> dict[int, str]:
    """The names of those whose role answers, by person id."""
    with workplace.registry() as registry:
        return {
            each.person.id: each.person.name for each in people.members(registry, slug) if may(each.role, Deed.ANSWER)
        }


def _name_in(workplace: Workplace, person_id: int) -> str:
    with workplace.registry() as registry:
        found = people.find(registry, person_id)
    return found.name if found else "Somebody who has left"


def answered_by(file: Database, audit_id: int) -> dict[int, Progress]:
    """How far each person has come, by person id, without the team itself."""
    found = respondents.progress(file, audit_id)
    found.pop(TEAM, None)
    return found


def groups_now(file: Database) -> dict[int, str]:
    """The name of the group that each person is in now, by person id."""
    names = groups.names(file)
    return {who: names[group_id] for who, group_id in groups.members(file).items()}


def _keep_groups(file: Database, audit_id: int) -> None:
    """Keep the groups of those who have none kept yet; of everyone, while nobody was in a group before."""
    known = respondents.all_of(file, audit_id)
    fixed = any(each.group for each in known.values())
    fresh = [who for who, each in known.items() if each.group is None or not fixed]
    respondents.put_in_groups(file, audit_id, groups_now(file), fresh)
