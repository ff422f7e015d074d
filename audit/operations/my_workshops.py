"""A consultant's desk: the workshops that a person may run, of all her authorities, and their agendas to use again."""

from __future__ import annotations

from dataclasses import dataclass

from audit.core.people import Authority, Person
from audit.core.permissions import Deed, may
from audit.core.rooms import Phase, room_after
from audit.core.workshops import Basis, Plan, Workshop
from audit.operations.access import require
from audit.operations.audits import found_audit
from audit.operations.authorities import memberships_of
from audit.operations.errors import NotFound
from audit.operations.rooms import found_workshop
from audit.operations.workplace import Workplace
from audit.store import audits, workshops


@dataclass(frozen=True)
class ListedWorkshop:
    """A workshop in a list, without anything that people answered: whose, over which audit, and how far it has come.

    ``locked`` says that the audit is signed off.
    """

    authority: Authority
    bank_id: str
    period: str
    workshop: Workshop
    phase: Phase
    locked: bool


def workshops_to_run(workplace: Workplace, person: Person) -> list[ListedWorkshop]:
    """The workshops of all authorities in which the person may run them: those with a day first, newest first."""
    found = [
        each
        for membership in memberships_of(workplace, person)
        if may(membership.role, Deed.SETTLE)
        for each in _of_authority(workplace, membership.authority)
    ]
    return sorted(found, key=lambda each: (each.workshop.plan.day, each.workshop.planned_at.isoformat()), reverse=True)


def agenda_to_copy(workplace: Workplace, person: Person, slug: str, workshop_id: int) -> tuple[str, Plan]:
    """The bank of a workshop and what of its plan can be used again, also by another authority.

    Title, day and groups stay behind, for they may speak of the authority. Where the items were chosen by how far
    people disagree, they stay behind as well: their choice and order tell what people answered. Raises NotFound and
    NotAllowed.
    """
    require(workplace, person, slug, Deed.SETTLE)
    with workplace.authority(slug) as file:
        workshop = found_workshop(file, workshop_id)
        audit = found_audit(file, workshop.audit_id)
    plan = workshop.plan
    if plan.basis is Basis.CONTESTED:
        return audit.details.bank_id, Plan("", (), Basis.ALL, plan.rule)
    return audit.details.bank_id, Plan("", plan.agenda, plan.basis, plan.rule)


def _of_authority(workplace: Workplace, authority: Authority) -> list[ListedWorkshop]:
    try:
        with workplace.authority(authority.slug) as file:
            known = {audit.id: audit for audit in audits.all_audits(file)}
            return [
                ListedWorkshop(
                    authority=authority,
                    bank_id=known[each.audit_id].details.bank_id,
                    period=known[each.audit_id].details.period,
                    workshop=each,
                    phase=room_after(workshops.steps(file, each.id)).phase,
                    locked=known[each.audit_id].state.locked,
                )
                for each in workshops.all_of(file)
            ]
    except NotFound:
        return []
