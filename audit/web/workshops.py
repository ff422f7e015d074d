"""Workshops over an audit: the list of them, and planning one."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for

from audit.core.bank_loader import load_bank
from audit.core.rooms import Phase
from audit.core.workshops import Basis, Plan
from audit.operations import team, workshops
from audit.operations.audits import audit_for
from audit.operations.errors import AuditLocked, RoomMoved
from audit.operations.rooms import run_room
from audit.reports.run_sheet import when_words
from audit.reports.workshop_words import RULES, rule_words, time_words
from audit.web.access import current_person, signed_in, workplace
from audit.web.agenda_form import AgendaForm
from audit.web.answer_flow import Page
from audit.web.scopes import round_words
from audit.web.workshop_cards import PHASES, agenda_words, progress_words, ways_on
from audit.web.workshop_form import PlanForm, plan_form
from audit.web.workshop_planning import Planning, afresh, beginning, copying, planning

bp = Blueprint("workshops", __name__, url_prefix="/authorities/<slug>")
_SAVED = {"planned": "The workshop is planned.", "changed": "The plan is saved."}
_SIGNED = "This audit is signed off, so no workshop over it can be planned."


@bp.get("/audits/<int:audit_id>/workshops")
@signed_in
def index(slug: str, audit_id: int) -> str:
    """The workshops of an audit, newest first."""
    found = workshops.workshops_of(workplace(), current_person(), slug, audit_id)
    audit = audit_for(workplace(), current_person(), slug, audit_id)
    return render_template(
        "workshops/index.html",
        found=found,
        audit=audit,
        bank=load_bank(audit.details.bank_id),
        round_words=round_words(audit.details),
        phases=PHASES,
        agenda_words=agenda_words,
        progress_words=progress_words,
        when_words=when_words,
        rule_words=rule_words,
        ways_on=ways_on,
        saved=_SAVED.get(request.args.get("saved", ""), ""),
    )


@bp.route("/audits/<int:audit_id>/workshops/new", methods=["GET", "POST"])
@signed_in
def plan(slug: str, audit_id: int) -> Page:
    """Plan a workshop: first choose what it talks about, then the rest."""
    found = copying(planning(slug, audit_id), request.args.get("from", ""))
    if found.audit.state.locked:
        raise AuditLocked(_SIGNED)
    before = beginning(found)
    if isinstance(before, AgendaForm):
        return _choose(found, before)
    form = _form(found, before)
    if not _accepted(form):
        return _page(found, form)
    made = form.plan(contested=before.basis is Basis.CONTESTED)
    workshops.plan_workshop(workplace(), current_person(), slug, audit_id, made)
    return redirect(url_for(".index", slug=slug, audit_id=audit_id, saved="planned"))


@bp.route("/workshops/<int:workshop_id>/plan", methods=["GET", "POST"])
@signed_in
def change(slug: str, workshop_id: int) -> Page:
    """Change the plan of a workshop; with ``step`` in the address, its items as they were chosen afresh."""
    state = run_room(workplace(), current_person(), slug, workshop_id)
    if state.audit.state.locked:
        raise AuditLocked(_SIGNED)
    if state.room.phase is Phase.CLOSED and request.method == "GET":
        return redirect(url_for(".index", slug=slug, audit_id=state.audit.id))
    found = planning(slug, state.audit.id, state)
    before = afresh(found, state.workshop.plan)
    if isinstance(before, AgendaForm):
        return _choose(found, before)
    form = _form(found, before)
    if not _accepted(form):
        return _page(found, form)
    try:
        made = form.plan(contested=before.basis is Basis.CONTESTED)
        workshops.change_plan(workplace(), current_person(), slug, workshop_id, made, request.form.get("built_on", ""))
    except RoomMoved as moved:
        return _page(found, form, refused=str(moved))
    return redirect(url_for(".index", slug=slug, audit_id=state.audit.id, saved="changed"))


def _form(found: Planning, before: Plan) -> PlanForm:
    # A form that was sent with a rule was made before the room was opened: what it says is refused in words.
    fixed = found.is_open and "rule" not in request.form
    return plan_form(found.bank, before, request.form if request.method == "POST" else None, fixed=fixed)


def _accepted(form: PlanForm) -> bool:
    """Whether a form is to be saved, and not only shown."""
    return request.method == "POST" and form.validate() and request.form.get("then") != "look"


def _choose(found: Planning, form: AgendaForm) -> str:
    return render_template("workshops/choose.html", found=found, form=form, round_words=_round(found))


def _page(found: Planning, form: PlanForm, refused: str = "") -> str:
    agenda = form.agenda or ()
    places = {each.item_id: place for place, each in enumerate(agenda)}
    return render_template(
        "workshops/plan.html",
        found=found,
        form=form,
        refused=refused,
        rows=sorted(form.order, key=lambda item_id: places.get(item_id, len(places))),
        together=time_words(sum(each.minutes for each in agenda) * 60) if agenda else "",
        count=len(agenda),
        begun=_begun(found.team.overall, open_still=found.audit.state.takes_answers),
        rules=[{"hint": {"text": means}} for _, means in RULES.values()],
        rule_words=rule_words,
        round_words=_round(found),
    )


def _begun(rate: team.Rate, *, open_still: bool) -> str:
    if not open_still:
        people = "person" if rate.people == 1 else "people"
        return f"{rate.begun} of {rate.people} {people} answered alone." if rate.begun else "Nobody answered alone."
    if not rate.begun:
        return "So far nobody has begun to answer."
    people = "person has" if rate.people == 1 else "people have"
    return f"So far {rate.begun} of {rate.people} {people} begun to answer."


def _round(found: Planning) -> str:
    return round_words(found.audit.details)
