"""Signing an audit off, the signed versions, and opening the audit again."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from audit.core.permissions import Deed, may
from audit.core.versions import STATEMENT_LIMIT
from audit.operations import signing
from audit.operations.access import require
from audit.operations.errors import AuditLocked, NotYet, StaleSignOff
from audit.web.access import current_person, signed_in, workplace
from audit.web.errors import typed_fields
from audit.web.readiness import checks
from audit.web.records import records_over
from audit.web.reports import download, policy_for
from audit.web.scopes import round_words
from audit.web.signed_report import render_signed, report_to_sign
from audit.web.signing_forms import ReopenForm, SignOffForm

Page = str | Response | tuple[str, int]
bp = Blueprint("signing", __name__, url_prefix="/authorities/<slug>/audits/<int:audit_id>")


@bp.app_errorhandler(NotYet)
def not_yet(fault: NotYet) -> tuple[str, int]:
    """A form that came too early or too late, with what was typed."""
    return render_template("signing/not_yet.html", fault=str(fault), typed=typed_fields()), 409


@bp.route("/sign-off", methods=["GET", "POST"])
@signed_in
def sign(slug: str, audit_id: int) -> Page:
    """What is complete and what is not, and the form that signs off."""
    try:
        ready = signing.to_sign(workplace(), current_person(), slug, audit_id)
    except AuditLocked:
        if request.method == "POST":
            raise
        return redirect(_versions(slug, audit_id))
    form = SignOffForm()
    if not form.validate_on_submit():
        return _form(form, ready)
    seen = form.what_was_seen(ready)
    try:
        version = signing.sign_off(
            workplace(), current_person(), slug, audit_id, (form.statement.data or "").strip(), seen, render_signed
        )
    except StaleSignOff as fault:
        form.read.data = False
        fresh = signing.to_sign(workplace(), current_person(), slug, audit_id)
        return _form(form, fresh, fault), 409
    return redirect(_versions(slug, audit_id, signed=version.number))


def _form(form: SignOffForm, ready: signing.ToSign, fault: StaleSignOff | None = None) -> str:
    # A form with errors goes on to name the report that its reader was shown first.
    if fault or request.method == "GET":
        form.show(ready, report_to_sign(ready.sheet))
    return render_template(
        "signing/sign.html",
        form=form,
        sheet=ready.sheet,
        number=ready.number,
        checks=checks(ready.sheet),
        fault=fault,
        limit=STATEMENT_LIMIT,
        round_words=round_words(ready.sheet.audit.details),
    )


@bp.get("/versions")
@signed_in
def versions(slug: str, audit_id: int) -> str:
    """The signed versions, newest first."""
    signed = signing.signed_versions(workplace(), current_person(), slug, audit_id)
    just_now = request.args.get("signed", "")
    return render_template(
        "signing/versions.html",
        signed=signed,
        may_sign=may(signed.membership.role, Deed.SIGN_OFF),
        just_now=just_now if just_now in {str(kept.version.number) for kept in signed.kept} else "",
        reopened="reopened" in request.args and not signed.audit.state.locked,
        records=records_over(signed.membership, signed.audit),
        round_words=round_words(signed.audit.details),
    )


@bp.get("/versions/<int:number>")
@signed_in
def page(slug: str, audit_id: int, number: int) -> Response:
    """A signed version as a page, exactly as it was kept."""
    html, _ = signing.signed_files(workplace(), current_person(), slug, audit_id, number)
    return Response(html, mimetype="text/html", headers={"Content-Security-Policy": policy_for(html.decode())})


@bp.get("/versions/<int:number>.pdf")
@signed_in
def pdf(slug: str, audit_id: int, number: int) -> Response:
    """A signed version as a PDF, exactly as it was kept."""
    _, data = signing.signed_files(workplace(), current_person(), slug, audit_id, number)
    signed = signing.signed_versions(workplace(), current_person(), slug, audit_id)
    return download(data, "application/pdf", signed, "pdf", f"signed version {number}")


@bp.route("/reopen", methods=["GET", "POST"])
@signed_in
def reopen(slug: str, audit_id: int) -> Page:
    """Open a signed audit again, with a reason."""
    require(workplace(), current_person(), slug, Deed.SIGN_OFF)
    form = ReopenForm()
    if form.validate_on_submit():
        signing.reopen(workplace(), current_person(), slug, audit_id, (form.because.data or "").strip())
        return redirect(_versions(slug, audit_id, reopened=1))
    signed = signing.signed_versions(workplace(), current_person(), slug, audit_id)
    if not signed.audit.state.locked:
        return not_yet(NotYet("This audit is not signed off."))
    return render_template(
        "signing/reopen.html",
        form=form,
        signed=signed,
        limit=STATEMENT_LIMIT,
        round_words=round_words(signed.audit.details),
    )


def _versions(slug: str, audit_id: int, **more: Any) -> str:
    return url_for("signing.versions", slug=slug, audit_id=audit_id, **more)
