"""Planning workshops over an audit."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from audit.core.bank import Bank
from audit.core.bank_loader import load_bank
from audit.core.people import Person
from audit.core.permissions import Deed
from audit.core.rooms import Phase, room_after
from audit.core.workshops import Plan, Workshop
from audit.operations.access import require
from audit.operations.audits import found_audit, note, unlocked_audit
from audit.operations.errors import NotYet, RoomMoved
from audit.operations.moderation import moderation_of
from audit.operations.rooms import RoomState, found_workshop, room_state
from audit.operations.workplace import Workplace
from audit.store import groups, workshops
from audit.store.connection import write


def plan_workshop(workplace: Workplace, person: Person, slug: str, audit_id: int, plan: Plan) -> int:
    """Plan a workshop over an audit that is not signed off; gives its number.

    Raises NotFound, NotAllowed and AuditLocked, and ValueError for a plan that does not fit the audit's bank.
    """
    require(workplace, person, slug, Deed.SETTLE)
    with workplace.authority(slug) as file, write(file):
        audit = unlocked_audit(file, audit_id)
        _check(load_bank(audit.details.bank_id), plan)
        workshop_id = workshops.add(file, audit_id, plan, person.name, workplace.now())
        note(workplace, file, person, "planned a workshop", audit_id, detail=plan.title)
    return workshop_id


def change_plan(
    workplace: Workplace, person: Person, slug: str, workshop_id: int, plan: Plan, built_on: str = ""
) -> None:
    """Change the plan of a workshop. ``built_on`` is the fingerprint of the plan that was changed, if that is known.

    Once its room is open the agenda can still change, but for items that were opened, and the decision rule cannot.
    Raises RoomMoved for what cannot change any more, and where somebody else changed the plan since; ValueError for a
    plan that does not fit the audit's bank.
    """
    require(workplace, person, slug, Deed.SETTLE)
    with workplace.authority(slug) as file, write(file):
        workshop = found_workshop(file, workshop_id)
        audit = unlocked_audit(file, workshop.audit_id)
        _check(load_bank(audit.details.bank_id), plan)
        _still_free(file, workshop, plan)
        if built_on not in ("", workshop.plan.fingerprint, plan.fingerprint):
            raise RoomMoved(
                "Somebody else has changed this plan since you opened it. Save again to put yours in its place, or "
                "open the plan anew to see theirs."
            )
        workshops.change(file, workshop_id, plan)
        note(workplace, file, person, "changed the plan of a workshop", audit.id, detail=plan.title)


def workshops_of(workplace: Workplace, person: Person, slug: str, audit_id: int) -> list[RoomState]:
    """The workshops of an audit, newest first. Raises NotFound and NotAllowed."""
    require(workplace, person, slug, Deed.SETTLE)
    with workplace.authority(slug) as file:
        ids = [each.id for each in workshops.all_of(file, found_audit(file, audit_id).id)]
    return [room_state(workplace, slug, workshop_id) for workshop_id in ids]


def contested_order(workplace: Workplace, person: Person, slug: str, audit_id: int) -> Sequence[str]:
    """The ids of the audit's items, those on which people agree least first.

    Raises NotYet while answering is open: nobody sees the answers of others before it is closed.
    """
    require(workplace, person, slug, Deed.SETTLE)
    with workplace.authority(slug) as file:
        if found_audit(file, audit_id).state.takes_answers:
            raise NotYet("People can still answer. Close answering to see on which items they agree least.")
    return [stand.id for stand in moderation_of(workplace, person, slug, audit_id).contested]


def group_names(workplace: Workplace, person: Person, slug: str) -> list[str]:
    """The names of the authority's groups, which a plan can begin with."""
    require(workplace, person, slug, Deed.SETTLE)
    with workplace.authority(slug) as file:
        return list(groups.names(file).values())


def _check(bank: Bank, plan: Plan) -> None:
    if not plan.agenda:
        raise ValueError("an agenda has at least one item")
    unknown = [item_id for item_id in plan.item_ids if item_id not in bank.items]
    if unknown or len(set(plan.item_ids)) < len(plan.agenda):
        raise ValueError("an agenda names items of the bank, each once")


def _still_free(file: Database, workshop: Workshop, plan: Plan) -> None:
    room = room_after(workshops.steps(file, workshop.id))
    if room.phase is Phase.PLANNED:
        return
    if room.phase is Phase.CLOSED:
        raise RoomMoved("The workshop is closed. Its plan stays as it was.")
    if plan.rule != workshop.plan.rule:
        raise RoomMoved("The room is open, so the decision rule stays as people were told.")
    # An item that was skipped without a vote may go.
    missing = [each for each in room.rounds if each not in plan.item_ids]
    if missing:
        raise RoomMoved(f"{missing[0]} was opened already, so it stays on the agenda.")
