"""What the form of a plan begins with: items that were chosen, the agenda of another workshop, or the plan so far."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import request

from audit.core.audits import Audit
from audit.core.bank import Bank
from audit.core.people import Authority
from audit.core.rooms import Phase
from audit.core.workshops import Plan
from audit.operations import my_workshops, team, workshops
from audit.operations.errors import NotFound, NotYet
from audit.operations.rooms import RoomState
from audit.web.access import current_person, workplace
from audit.web.agenda_form import AgendaForm, agenda_form
from audit.web.agenda_key import workshop_of_key
from audit.web.workshop_form import USUAL_TITLE


@dataclass(frozen=True)
class Planning:
    """What a plan is made for: the team of the audit, and the workshop where there is one already.

    ``contested`` holds the ids of the items, those on which people agree least first; ``refusal`` says why it is empty.
    ``source`` is the key of the workshop whose plan is used again, or empty; ``copied`` is what comes along from there.
    """

    team: team.Team
    state: RoomState | None = None
    contested: tuple[str, ...] = ()
    refusal: str = ""
    source: str = ""
    copied: Plan | None = None

    @property
    def authority(self) -> Authority:
        """Whose audit it is."""
        return self.team.membership.authority

    @property
    def audit(self) -> Audit:
        """The audit that the workshop is about."""
        return self.team.audit

    @property
    def bank(self) -> Bank:
        """The bank of the audit."""
        return self.team.bank

    @property
    def is_open(self) -> bool:
        """Whether the room is open, so that some of the plan cannot change any more."""
        return self.state is not None and self.state.room.phase is not Phase.PLANNED


def planning(slug: str, audit_id: int, state: RoomState | None = None) -> Planning:
    """What a plan over an audit is made for. Raises NotFound and NotAllowed."""
    found = team.team_of(workplace(), current_person(), slug, audit_id)
    try:
        order = tuple(workshops.contested_order(workplace(), current_person(), slug, audit_id))
    except NotYet as not_yet:
        return Planning(found, state, (), str(not_yet))
    return Planning(found, state, order)


def beginning(found: Planning) -> Plan | AgendaForm:
    """The plan that a form begins with, or the form of the first step where that is not decided yet."""
    slug = found.authority.slug
    usual = Plan(
        title=USUAL_TITLE,
        agenda=(),
        groups=tuple(workshops.group_names(workplace(), current_person(), slug)),
        answered_before=found.team.overall.begun > 0,
    )
    if found.copied is None:
        return _chosen(found, usual)
    usual = replace(usual, agenda=found.copied.agenda, basis=found.copied.basis, rule=found.copied.rule)
    return afresh(found, usual) if usual.agenda else _chosen(found, usual)


def copying(found: Planning, source: str) -> Planning:
    """The same with what comes along from another workshop, named by its key; an empty key brings nothing.

    Raises NotFound for a workshop that is not there, or of another bank, and NotAllowed.
    """
    if not source:
        return found
    listed = workshop_of_key(source)
    place = (listed.authority.slug, listed.workshop.id)
    bank_id, copied = my_workshops.agenda_to_copy(workplace(), current_person(), *place)
    if bank_id != found.bank.id:
        raise NotFound("That agenda is of another question bank.")
    return replace(found, source=source, copied=copied)


def afresh(found: Planning, before: Plan) -> Plan | AgendaForm:
    """A plan with its items chosen afresh where the address says so: see ``beginning``."""
    return _chosen(found, before) if "step" in request.args else before


def _chosen(found: Planning, before: Plan) -> Plan | AgendaForm:
    """The plan with the items that the address names, or the form of the first step with what is wrong in it."""
    sent = request.args if request.args.get("step") == "2" else None
    form = agenda_form(found.bank, sent, contested=bool(found.contested))
    if sent is None or not form.validate():
        return form
    return replace(before, agenda=form.agenda(found.contested), basis=form.chosen)
