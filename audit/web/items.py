"""The items of an audit: answering one, its drafts and its history."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from audit.core.audits import AuditState
from audit.core.bank import Item
from audit.operations import answering
from audit.operations.errors import NotFound
from audit.operations.moderation import settled_history
from audit.operations.restoring import restore_settled
from audit.web import answer_flow
from audit.web.access import signed_in
from audit.web.answer_flow import Page, sent_number
from audit.web.answer_page import AnswerPage, page_of
from audit.web.history_page import history_page
from audit.web.item_form import typed_fields
from audit.web.typed import verbatim

bp = Blueprint("items", __name__, url_prefix="/authorities/<slug>/audits/<int:audit_id>/items/<item_id>")
bp.add_app_template_filter(verbatim, "verbatim")


@bp.route("", methods=["GET", "POST"])
@signed_in
def edit(slug: str, audit_id: int, item_id: str) -> Page:
    """Answer one item."""
    page = _page_of_item(slug, audit_id, item_id)
    return answer_flow.sent(page) if request.method == "POST" else answer_flow.shown(page)


@bp.post("/draft")
@signed_in
def draft(slug: str, audit_id: int, item_id: str) -> tuple[str, int]:
    """Keep what a script sends while somebody types. Prompts keep theirs here as well."""
    page = page_of(slug, audit_id, item_id)
    answering.keep_draft(*page.place, typed_fields(request.form), sent_number("seen"))
    return "", 204


@bp.post("/draft/discard")
@signed_in
def discard(slug: str, audit_id: int, item_id: str) -> Response:
    """Throw the draft away."""
    page = page_of(slug, audit_id, item_id)
    answering.discard_draft(*page.place)
    return redirect(page.address)


@bp.route("/history", methods=["GET", "POST"])
@signed_in
def history(slug: str, audit_id: int, item_id: str) -> Page:
    """All revisions of an answer, each with what it changed; sent back, one of them becomes the newest again."""
    page = page_of(slug, audit_id, item_id)
    if request.method == "POST":
        restored = answering.restore(*page.place, sent_number("number"))
        here = url_for(".history", slug=slug, audit_id=audit_id, item_id=item_id, restored=restored.number)
        return redirect(here)
    return history_page(page, answering.history_of(*page.place), settled=False, may_restore=not page.read_only)


@bp.route("/settled", methods=["GET", "POST"])
@signed_in
def settled(slug: str, audit_id: int, item_id: str) -> Page:
    """The same for what was settled for the team, for those who settle."""
    page = page_of(slug, audit_id, item_id)
    if request.method == "POST":
        restored = restore_settled(*page.place, sent_number("number"))
        here = url_for(".settled", slug=slug, audit_id=audit_id, item_id=item_id, restored=restored.number)
        return redirect(here)
    may_restore = page.sheet.audit.state is AuditState.MODERATED
    return history_page(page, settled_history(*page.place), settled=True, may_restore=may_restore)


def _page_of_item(slug: str, audit_id: int, item_id: str) -> AnswerPage:
    page = page_of(slug, audit_id, item_id)
    if not isinstance(page.subject, Item):
        raise NotFound("There is no such item in this audit.")
    return page
