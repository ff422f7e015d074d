"""The record of a workshop: as a page, a PDF and a document to edit."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, render_template, send_file, url_for
from werkzeug.wrappers import Response

from audit.core.audits import Audit
from audit.core.demonstrations import NOTICE
from audit.core.people import Membership
from audit.core.permissions import Deed, may
from audit.operations.workshop_records import Record, record_of, records_of
from audit.reports.build import Cover
from audit.reports.docx.workshop import render_record_docx
from audit.reports.pdf.workshop import render_record_pdf
from audit.reports.wording import COLUMN_TITLES
from audit.reports.workshop_record import OVERVIEW, WorkshopRecord, build_record
from audit.web.access import current_person, signed_in, workplace
from audit.web.file_names import file_name
from audit.web.filters import day
from audit.web.reports import WORD
from audit.web.scopes import round_words

bp = Blueprint("records", __name__, url_prefix="/authorities/<slug>/workshops/<int:workshop_id>")


@bp.get("/record")
@signed_in
def page(slug: str, workshop_id: int) -> str:
    """The record, to read."""
    found = _found(slug, workshop_id)
    return render_template(
        "records/show.html",
        found=found,
        record=_record(found),
        overview=OVERVIEW,
        titles=COLUMN_TITLES,
        round_words=round_words(found.audit.details),
    )


@bp.get("/record.pdf")
@signed_in
def pdf(slug: str, workshop_id: int) -> Response:
    """The record as a PDF to keep."""
    found = _found(slug, workshop_id)
    return _file(found, render_record_pdf(_record(found)), "application/pdf", "pdf")


@bp.get("/record.docx")
@signed_in
def docx(slug: str, workshop_id: int) -> Response:
    """The record as a document to edit."""
    found = _found(slug, workshop_id)
    return _file(found, render_record_docx(_record(found)), WORD, "docx")


def records_over(membership: Membership, audit: Audit) -> list[tuple[str, str]]:
    """The records of the workshops over an audit, for whoever may read them: words and address, oldest first."""
    if not may(membership.role, Deed.SETTLE):
        return []
    slug = membership.authority.slug
    found = records_of(workplace(), current_person(), slug, audit.id)
    return [
        (f"Record of the workshop “{title}”", url_for("records.page", slug=slug, workshop_id=workshop_id))
        for workshop_id, title in found
    ]


def _found(slug: str, workshop_id: int) -> Record:
    return record_of(workplace(), current_person(), slug, workshop_id)


def _record(found: Record) -> WorkshopRecord:
    details = found.audit.details
    cover = Cover(
        authority=found.authority.name,
        title=found.workshop.plan.title,
        made_on=day(workplace().now()),
        notice=NOTICE if details.illustrative else "",
        subtitle=round_words(details),
        accent=found.authority.accent,
    )
    return build_record(found.workshop, found.bank, cover)


def _file(found: Record, data: bytes, kind: str, suffix: str) -> Response:
    what = f"workshop record {found.id}"
    name = file_name(found.authority.name, found.bank.title, found.audit.details.period, what, suffix=suffix)
    response = send_file(BytesIO(data), mimetype=kind, as_attachment=True, download_name=name)
    # Said outright, because send_file would let a browser keep the file.
    response.headers["Cache-Control"] = "no-store"
    return response
