"""The people who answer an audit: how far each has come, closing answering, and whose names are shown."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from audit.core.permissions import Deed, may
from audit.operations import closing, team
from audit.operations.sheets import Sheet, reads_team
from audit.operations.team import Notice
from audit.web.access import current_person, signed_in, workplace
from audit.web.answer_flow import Page
from audit.web.scopes import round_words

bp = Blueprint("team", __name__, url_prefix="/authorities/<slug>/audits/<int:audit_id>/team")


@bp.get("")
@signed_in
def show(slug: str, audit_id: int) -> str:
    """How far each person has come, without answers."""
    return _page("team/show.html", slug, audit_id)


@bp.route("/close", methods=["GET", "POST"])
@signed_in
def close(slug: str, audit_id: int) -> Page:
    """Close answering, once somebody has read what happens then."""
    if request.method == "GET":
        return _page("team/close.html", slug, audit_id)
    closing.close_answering(workplace(), current_person(), slug, audit_id)
    return redirect(url_for("moderation.show", slug=slug, audit_id=audit_id))


@bp.route("/open", methods=["GET", "POST"])
@signed_in
def reopen(slug: str, audit_id: int) -> Page:
    """Let people answer again."""
    if request.method == "GET":
        return _page("team/open.html", slug, audit_id)
    closing.open_answering(workplace(), current_person(), slug, audit_id)
    return redirect(url_for(".show", slug=slug, audit_id=audit_id))


@bp.post("/name")
@signed_in
def name(slug: str, audit_id: int) -> Page:
    """Whether a person's name stands beside what she writes."""
    named = request.form.get("named") == "yes"
    team.show_name(workplace(), current_person(), slug, audit_id, named=named)
    return redirect(url_for("audits.tasks", slug=slug, audit_id=audit_id, _anchor="who-sees"))


@bp.app_template_global()
def runs(sheet: Sheet) -> bool:
    """Whether who is signed in runs the audit of a sheet, and not only answers."""
    return may(sheet.membership.role, Deed.MANAGE)


@bp.app_template_global()
def gives_answers(sheet: Sheet) -> bool:
    """Whether who is signed in has a role that answers."""
    return may(sheet.membership.role, Deed.ANSWER)


@bp.app_template_global()
def reads_results(sheet: Sheet) -> bool:
    """Whether who is signed in can read results of the audit of a sheet now: of her own answers, or of the team's."""
    return may(sheet.membership.role, Deed.SEE_OWN) or reads_team_now(sheet)


@bp.app_template_global()
def reads_team_now(sheet: Sheet) -> bool:
    """Whether these results are the team's."""
    return reads_team(sheet.membership, sheet.audit)


@bp.app_template_global()
def one_of_several(sheet: Sheet) -> bool:
    """Whether a sheet holds what one person answered alone, where the answers of others count as well."""
    if sheet.of_team:
        return False
    notice = notice_before(sheet)
    return notice is not None and not notice.alone


@bp.app_template_global()
def notice_before(sheet: Sheet) -> Notice | None:
    """What who is signed in should know before answering the audit of a sheet; None for those who do not answer."""
    if not gives_answers(sheet):
        return None
    return team.notice_for(workplace(), current_person(), sheet.authority.slug, sheet.audit.id)


def _page(template: str, slug: str, audit_id: int) -> str:
    found = team.team_of(workplace(), current_person(), slug, audit_id)
    here: dict[str, Any] = {"slug": slug, "audit_id": audit_id}
    return render_template(template, team=found, here=here, round_words=round_words(found.audit.details))
