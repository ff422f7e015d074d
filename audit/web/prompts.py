"""Opening questions and supplementary prompts: answered in words, outside the score."""

from __future__ import annotations

from flask import Blueprint, request

from audit.core.bank import Item
from audit.operations.errors import NotFound
from audit.web import answer_flow
from audit.web.access import signed_in
from audit.web.answer_flow import Page
from audit.web.answer_page import page_of

bp = Blueprint("prompts", __name__, url_prefix="/authorities/<slug>/audits/<int:audit_id>/prompts/<prompt_id>")


@bp.route("", methods=["GET", "POST"])
@signed_in
def edit(slug: str, audit_id: int, prompt_id: str) -> Page:
    """Answer one opening question or supplementary prompt."""
    page = page_of(slug, audit_id, prompt_id)
    if isinstance(page.subject, Item):
        raise NotFound("There is no such prompt in this audit.")
    return answer_flow.sent(page) if request.method == "POST" else answer_flow.shown(page)
