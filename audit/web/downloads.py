"""Working offline: the page that says how, and the answers of an audit as files that can be brought back."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from audit.core.permissions import Deed, may
from audit.reports.answers_out import WRITERS
from audit.web.access import membership_here, signed_in
from audit.web.report_making import sheet_here, whose
from audit.web.reports import XLSX, download

bp = Blueprint("downloads", __name__, url_prefix="/authorities/<slug>/audits/<int:audit_id>")
_KINDS = {"csv": "text/csv", "json": "application/json", "xlsx": XLSX}
# What the name of a file says of it. A workbook of the gap report has the same suffix.
_WHAT = {"xlsx": "to fill in"}


@bp.get("/offline")
@signed_in
def offline(slug: str, audit_id: int) -> str:
    """What to download, how to fill it in, and how to bring it back."""
    sheet, membership = sheet_here(slug, audit_id), membership_here()
    may_answer = membership is not None and may(membership.role, Deed.ANSWER) and sheet.audit.state.takes_answers
    return render_template("imports/offline.html", sheet=sheet, may_answer=may_answer)


@bp.get(f"/answers.<any({', '.join(WRITERS)}):form>")
@signed_in
def answers(slug: str, audit_id: int, form: str) -> Response:
    """The answers so far, with an empty row for each that is missing; ``plumbline score`` reads them, too."""
    sheet = sheet_here(slug, audit_id)
    data = WRITERS[form](sheet.bank, sheet.answers, True)
    return download(data, _KINDS[form], sheet, form, _WHAT.get(form, ""), whose(sheet))
