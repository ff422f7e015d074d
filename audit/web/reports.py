"""The gap report as a page and as files, and the published form."""

from __future__ import annotations

import base64
import hashlib
import re
from io import BytesIO
from typing import Any

from flask import Blueprint, request, send_file, url_for
from werkzeug.wrappers import Response

from audit.core.library_loader import load_library
from audit.operations.sheets import Sheet
from audit.operations.signing import Signed, newest_versions
from audit.reports.docx.render import render_docx
from audit.reports.form import build_form, publication_of
from audit.reports.gap_report import Length
from audit.reports.html import render_html
from audit.reports.pdf.form import render_form
from audit.reports.xlsx.render import render_xlsx
from audit.web.access import current_person, signed_in, workplace
from audit.web.file_names import file_name
from audit.web.report_making import cover_of, made_pdf, made_report, sheet_here, whose

bp = Blueprint("reports", __name__, url_prefix="/authorities/<slug>/audits/<int:audit_id>")
# What a file's name says of its length.
_NAMES = {Length.BRIEF: "brief", Length.FULL: "", Length.APPENDIX: "everything"}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@bp.get("/report")
@signed_in
def page(slug: str, audit_id: int) -> Response:
    """The gap report as a page of its own, which may use its own style and nothing else."""
    here: dict[str, Any] = {"slug": slug, "audit_id": audit_id}
    length = _length()
    sheet = sheet_here(slug, audit_id)
    links = [
        *_signed(sheet),
        ("Back to results", url_for("results.show", **here)),
        ("Download this report as PDF", url_for("reports.pdf", **here, length=length.value)),
        ("Download this report to edit in Word", url_for("reports.docx", **here, length=length.value)),
        *((other.words, url_for("reports.page", **here, length=other.value)) for other in Length if other != length),
    ]
    html = render_html(made_report(sheet, length), links, _finding_page)
    return Response(html, mimetype="text/html", headers={"Content-Security-Policy": policy_for(html)})


@bp.get("/report.pdf")
@signed_in
def pdf(slug: str, audit_id: int) -> Response:
    """The gap report as a PDF to keep."""
    sheet = sheet_here(slug, audit_id)
    length = _length()
    return download(made_pdf(sheet, length), "application/pdf", sheet, "pdf", _NAMES[length], whose(sheet))


@bp.get("/report.docx")
@signed_in
def docx(slug: str, audit_id: int) -> Response:
    """The gap report as a document to edit."""
    sheet = sheet_here(slug, audit_id)
    length = _length()
    return download(render_docx(made_report(sheet, length)), WORD, sheet, "docx", _NAMES[length], whose(sheet))


@bp.get("/report.xlsx")
@signed_in
def xlsx(slug: str, audit_id: int) -> Response:
    """The gap report as a workbook to work on, with the answers to import again."""
    sheet = sheet_here(slug, audit_id)
    length = _length()
    made = render_xlsx(made_report(sheet, length), sheet.bank, sheet.answers)
    return download(made, XLSX, sheet, "xlsx", _NAMES[length], whose(sheet))


@bp.get("/form.pdf")
@signed_in
def form(slug: str, audit_id: int) -> Response:
    """The published form as a PDF to print, with the answers or, with ``?blank=1``, to fill in by hand."""
    sheet, bare = sheet_here(slug, audit_id), request.args.get("blank") == "1"
    publication = publication_of(sheet.bank, load_library())
    cover = cover_of(sheet, sheet.bank.title, blank=bare)
    made = build_form(sheet.bank, cover, None if bare else sheet.answers, publication)
    what = ("blank form",) if bare else ("form", whose(sheet))
    return download(render_form(made), "application/pdf", sheet, "pdf", *what)


def _signed(sheet: Sheet) -> list[tuple[str, str]]:
    """The way to what is signed of this audit: what stands here is made now."""
    version = newest_versions(workplace(), current_person(), sheet.authority.slug).get(sheet.audit.id)
    if version is None:
        return []
    address = url_for("signing.page", slug=sheet.authority.slug, audit_id=sheet.audit.id, number=version.number)
    return [(f"Read version {version.number}, which is signed", address)]


def _finding_page(finding_id: str) -> str:
    return url_for("evidence.finding", name=finding_id)


def _length() -> Length:
    """How much of the report the address asks for; all but the appendix where it does not say."""
    asked = request.args.get("length")
    return next((length for length in Length if length.value == asked), Length.FULL)


def policy_for(html: str) -> str:
    """A policy under which a page may use the style elements that it has, and load nothing."""
    digests = [hashlib.sha256(style.encode()).digest() for style in _STYLE.findall(html)]
    styles = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return f"default-src 'none'; style-src {styles}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def download(data: bytes, kind: str, sheet: Sheet | Signed, suffix: str, *what: str) -> Response:
    """A file of the audit to take away, of a MIME type; its name says whose it is and, in words, ``what`` it holds."""
    name = file_name(sheet.authority.name, sheet.bank.title, sheet.audit.details.period, *what, suffix=suffix)
    response = send_file(BytesIO(data), mimetype=kind, as_attachment=True, download_name=name)
    # Said outright, because send_file would let a browser keep the file.
    response.headers["Cache-Control"] = "no-store"
    return response
