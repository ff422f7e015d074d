"""The trail of an authority: read by its lead, checked, and taken out as a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from flask import Blueprint, render_template, request, send_file
from werkzeug.wrappers import Response

from audit.core import trail as chain
from audit.core.bank_loader import load_bank
from audit.core.trail import TrailRow
from audit.core.trail_files import trail_csv, trail_json
from audit.operations.authorities import membership_for
from audit.operations.trail import Excerpt, excerpt_of, whole_trail
from audit.web.access import current_person, signed_in, workplace
from audit.web.file_names import file_name
from audit.web.filters import day, moment
from audit.web.trail_form import TrailForm, wanted

bp = Blueprint("trail", __name__, url_prefix="/authorities/<slug>/trail")
_KINDS = {"json": "application/json", "csv": "text/csv"}
# Words with which a detail goes on after what was done. Any other detail stands behind a colon.
_GOES_ON = ("at", "as", "to", "from", "for", "with", "because", "until", "by")


@bp.get("")
@signed_in
def page(slug: str) -> str:
    """What people did, newest first, page by page; the address may narrow it by person, audit and deed."""
    at = request.args.get("page", 1, type=int)
    found = excerpt_of(workplace(), current_person(), slug, wanted(request.args), at)
    names = audit_names(found)
    return render_template(
        "trail/page.html",
        found=found,
        form=TrailForm(request.args, found, names),
        rows=[(_when(row), sentence(row), names.get(row.audit_id or 0)) for row in found.rows],
    )


@bp.get("/check")
@signed_in
def check(slug: str) -> str:
    """Whether a row was changed, put in or taken out."""
    trail = whole_trail(workplace(), current_person(), slug)
    membership = membership_for(workplace(), current_person(), slug)
    return render_template("trail/check.html", membership=membership, trail=trail, faults=list(chain.faults(trail)))


@bp.get("/trail.<any(json, csv):form>")
@signed_in
def file(slug: str, form: str) -> Response:
    """The whole trail: JSON to check, CSV to read."""
    trail = whole_trail(workplace(), current_person(), slug)
    now = workplace().now()
    authority = membership_for(workplace(), current_person(), slug).authority
    data = trail_json(trail, slug, now.isoformat()) if form == "json" else trail_csv(trail)
    name = file_name(authority.name, "Trail", day(now), suffix=form)
    return send_file(BytesIO(data), mimetype=_KINDS[form], as_attachment=True, download_name=name)


def sentence(row: TrailRow) -> str:
    """A row in words: ``Lee O'Neill settled R4 at level 2.``"""
    words = f"{row.person_name} {row.did}{f' {row.item_id}' if row.item_id else ''}"
    if row.detail:
        words += f"{' ' if row.detail.startswith(tuple(f'{word} ' for word in _GOES_ON)) else ': '}{row.detail}"
    return words if words.endswith((".", "?", "!")) else f"{words}."


def _when(row: TrailRow) -> str:
    """The moment in words, or what stands in its place: a row that somebody changed is shown as well."""
    try:
        return moment(datetime.fromisoformat(row.at))
    except ValueError:
        return row.at


def audit_names(found: Excerpt) -> Mapping[int, str]:
    """The audits of an authority by number, with their bank and period."""
    return {
        number: f"{load_bank(audit.details.bank_id).title}, {audit.details.period}"
        for number, audit in found.audits.items()
    }
