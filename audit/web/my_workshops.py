"""The workshops that a person may run, of all her authorities, and using the agenda of one again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, g, render_template, request

from audit.core.audits import Audit
from audit.core.bank_loader import load_bank
from audit.core.people import Authority
from audit.core.permissions import Deed, may
from audit.operations.audits import audits_of
from audit.operations.authorities import memberships_of
from audit.operations.errors import NotFound
from audit.operations.my_workshops import ListedWorkshop, workshops_to_run
from audit.reports.run_sheet import when_words
from audit.web.access import current_person, person_or_none, signed_in, workplace
from audit.web.agenda_key import agenda_key, workshop_of_key
from audit.web.scopes import round_words
from audit.web.workshop_cards import PHASES, agenda_words, ways_on

bp = Blueprint("my_workshops", __name__)


@dataclass(frozen=True)
class Target:
    """An audit that an agenda can be used for."""

    authority: Authority
    audit: Audit


@bp.get("/workshops")
@signed_in
def index() -> str:
    """The person's workshops; with ``again`` in the address, the audits for which one's agenda can be used again."""
    again = request.args.get("again", "")
    if again:
        return _again(workshop_of_key(again), again)
    return render_template(
        "workshops/mine.html",
        found=workshops_to_run(workplace(), current_person()),
        phases=PHASES,
        agenda_words=agenda_words,
        when_words=when_words,
        ways_on=ways_on,
        key=agenda_key,
        bank_of=load_bank,
        can_plan=runs_workshops(),
    )


@bp.app_template_global()
def runs_workshops() -> bool:
    """Whether who is signed in may run workshops anywhere. Looked up once per request."""
    if "runs_workshops" not in g:
        person = person_or_none()
        known = memberships_of(workplace(), person) if person else []
        g.runs_workshops = any(may(each.role, Deed.SETTLE) for each in known)
    return bool(g.runs_workshops)


def _again(chosen: ListedWorkshop, again: str) -> str:
    return render_template(
        "workshops/again.html",
        chosen=chosen,
        source=again,
        targets=list(_targets(chosen.bank_id)),
        bank=load_bank(chosen.bank_id),
        round_words=round_words,
    )


def _targets(bank_id: str) -> Iterator[Target]:
    """The audits of this bank that can still be talked about, of all authorities in which the person runs workshops."""
    for membership in memberships_of(workplace(), current_person()):
        if not may(membership.role, Deed.SETTLE):
            continue
        try:
            found = audits_of(workplace(), current_person(), membership.authority.slug)
        except NotFound:
            # The file of an authority may be gone; the others are listed nonetheless.
            continue
        fitting = [each for each in found if each.details.bank_id == bank_id and not each.state.locked]
        yield from (Target(membership.authority, each) for each in fitting)
