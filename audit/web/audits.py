"""An audit: opening one, its task list, and checking its answers."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for

from audit.core.bank_loader import bank_ids, load_bank
from audit.core.gaps import contradictions
from audit.core.permissions import Deed, may
from audit.core.responses import UNANSWERED
from audit.operations.assigning import own_assignments
from audit.operations.audits import open_audit
from audit.operations.authorities import membership_for
from audit.operations.errors import NotAllowed
from audit.operations.sheets import own_sheet
from audit.reports.wording import capital
from audit.web.access import current_person, signed_in, workplace
from audit.web.answer_flow import Page
from audit.web.answers_check import cards, missing
from audit.web.audit_form import audit_form
from audit.web.scopes import round_words
from audit.web.task_list import address, groups, yours_first

bp = Blueprint("audits", __name__, url_prefix="/authorities/<slug>/audits")


@bp.route("/new", methods=["GET", "POST"])
@signed_in
def new(slug: str) -> Page:
    """Open an audit: first choose the bank, then decide what the bank asks."""
    membership = membership_for(workplace(), current_person(), slug)
    if not may(membership.role, Deed.MANAGE):
        raise NotAllowed("Your role does not let you open an audit.")
    chosen = request.args.get("bank", "")
    if chosen not in bank_ids():
        banks = [load_bank(bank_id) for bank_id in bank_ids()]
        return render_template(
            "audits/choose.html", membership=membership, banks=banks, unanswered="step" in request.args
        )
    bank = load_bank(chosen)
    form = audit_form(bank)()
    if form.validate_on_submit():
        audit = open_audit(workplace(), current_person(), slug, form.details(bank))
        return redirect(url_for(".tasks", slug=slug, audit_id=audit.id))
    return render_template("audits/new.html", membership=membership, bank=bank, form=form)


@bp.get("/<int:audit_id>")
@signed_in
def tasks(slug: str, audit_id: int) -> str:
    """The task list of an audit."""
    sheet = own_sheet(workplace(), current_person(), slug, audit_id)
    scorecard, saved = sheet.scorecard(), request.args.get("saved", "")
    here = (workplace(), current_person(), slug, audit_id)
    yours = own_assignments(*here) if sheet.audit.state.takes_answers else {}
    return render_template(
        "audits/tasks.html",
        sheet=sheet,
        groups=yours_first(groups(sheet), yours),
        assigns=may(sheet.membership.role, Deed.MANAGE),
        rated=scorecard.answered,
        scorecard=scorecard,
        contradictions=contradictions(scorecard),
        address=address,
        saved=saved if saved in sheet.revisions and sheet.revisions[saved].response != UNANSWERED else "",
        round=capital(round_words(sheet.audit.details)),
    )


@bp.get("/<int:audit_id>/check")
@signed_in
def check(slug: str, audit_id: int) -> str:
    """All answers on one page, with what is missing."""
    sheet = own_sheet(workplace(), current_person(), slug, audit_id)
    return render_template(
        "audits/check.html",
        sheet=sheet,
        groups=cards(sheet),
        missing=missing(sheet),
        contradictions=contradictions(sheet.scorecard()),
        address=address,
    )
