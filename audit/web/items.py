"""The items of an audit: answering one, its drafts and its history."""

from __future__ import annotations

from itertools import pairwise

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from audit.core.bank import Item
from audit.operations import answering
from audit.operations.errors import NotFound
from audit.web import answer_flow
from audit.web.access import signed_in
from audit.web.answer_flow import Page, sent_number, words_of
from audit.web.answer_page import AnswerPage, page_of
from audit.web.differences import differences
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
    newest_first = answering.history_of(*page.place)
    said = [words_of(page, revision) for revision in (None, *reversed(newest_first))]
    changes = [differences(before, after) for before, after in pairwise(said)]
    return render_template(
        "items/history.html",
        page=page,
        revisions=list(zip(newest_first, reversed(changes), strict=True)),
        restored=request.args.get("restored", type=int),
    )


def _page_of_item(slug: str, audit_id: int, item_id: str) -> AnswerPage:
    page = page_of(slug, audit_id, item_id)
    if not isinstance(page.subject, Item):
        raise NotFound("There is no such item in this audit.")
    return page
