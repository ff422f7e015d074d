"""Bringing back a file that was filled in offline: choose it, see what it would change, save it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as HttpResponse

from audit.core.answer_files import parse_answers
from audit.core.answer_writing import write_answers_json
from audit.core.errors import AnswersError, UsageError
from audit.core.responses import Answers
from audit.operations.errors import StaleImport
from audit.operations.importing import import_answers, planned, sheet_to_fill
from audit.operations.sheets import Sheet
from audit.reports.wording import listed
from audit.web.access import current_person, signed_in, workplace
from audit.web.answer_flow import Page
from audit.web.import_preview import change_card, numbers_in, numbers_of
from audit.web.security import LARGEST_FORM
from audit.web.uploads import LIMIT_WORDS, TOO_LARGE, answers_sent

bp = Blueprint("imports", __name__, url_prefix="/authorities/<slug>/audits/<int:audit_id>")
bp.add_app_template_filter(listed, "listed")
# What the page of changes sends back besides the answers is far smaller than this.
CARRIED_LIMIT = LARGEST_FORM - 100_000
_TOO_LONG = "The texts in this file are too long to save at once. Split it into two files with a part of the rows each."
_NOT_WHOLE = "The answers did not come back whole. Choose the file again."


@bp.route("/import", methods=["GET", "POST"])
@signed_in
def page(slug: str, audit_id: int) -> Page:
    """Choose a file; once sent, see what it would change; once confirmed, save it."""
    sheet = sheet_to_fill(workplace(), current_person(), slug, audit_id)
    if request.method == "GET":
        return _choose(sheet, TOO_LARGE if request.args.get("refused") == "large" else "")
    if request.form.get("then") == "save":
        return _confirmed(sheet)
    try:
        answers = answers_sent(request.files.get("file"), sheet.bank)
    except (AnswersError, UsageError) as fault:
        return _choose(sheet, str(fault))
    return _preview(sheet, answers)


@bp.errorhandler(RequestEntityTooLarge)
def too_large(fault: RequestEntityTooLarge) -> HttpResponse:
    """Back to the form, which says so: nothing of a form that is too large is read, not even whose it is."""
    return redirect(url_for("imports.page", **(request.view_args or {}), refused="large"), 303)


def _choose(sheet: Sheet, fault: str = "") -> str:
    return render_template("imports/choose.html", sheet=sheet, fault=fault, limit=LIMIT_WORDS)


def _preview(sheet: Sheet, answers: Answers, stale: tuple[str, ...] = ()) -> Page:
    carried = write_answers_json(sheet.bank, answers)
    if len(carried.encode()) > CARRIED_LIMIT:
        return _choose(sheet, _TOO_LONG)
    plan = planned(sheet.bank, sheet.audit.details, sheet.revisions, answers)
    cards = [change_card(sheet, change) for change in plan.changes]
    return render_template(
        "imports/preview.html",
        sheet=sheet,
        plan=plan,
        groups=[
            ("New answers", [card for card in cards if card.is_new]),
            ("Changed answers", [card for card in cards if not card.is_new]),
        ],
        answers=carried,
        seen=numbers_of(sheet),
        stale=stale,
    ), 409 if stale else 200


def _confirmed(sheet: Sheet) -> Page:
    """Save what was shown, or show again what has become of it."""
    slug, audit_id = sheet.authority.slug, sheet.audit.id
    place = workplace(), current_person(), slug, audit_id
    try:
        answers = parse_answers(request.form.get("answers", "").encode(), "answers.json", sheet.bank)
    except AnswersError:
        return _choose(sheet, _NOT_WHOLE)
    try:
        count = import_answers(*place, answers, numbers_in(request.form.get("seen", "")))
    except StaleImport as fault:
        return _preview(sheet_to_fill(*place), answers, fault.names)
    return redirect(url_for("audits.check", slug=slug, audit_id=audit_id, imported=count))
