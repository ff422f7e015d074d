"""A person's own account: password, second factor, and where they are signed in."""

from __future__ import annotations

from typing import cast

import segno
from flask import Blueprint, redirect, render_template, request, session, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from audit.core.passwords import SHORTEST
from audit.operations import accounts, second_factor, sessions
from audit.operations.errors import CodeRefused, PasswordRefused
from audit.web.access import current_person, signed_in, workplace
from audit.web.account_form import OldPasswordForm, PasswordForm
from audit.web.limits import FOR_CODES, FOR_PASSWORDS, by_person, limiter
from audit.web.sign_in import leave
from audit.web.sign_in_form import CodeForm

bp = Blueprint("account", __name__, url_prefix="/account")
codes_limit = limiter.shared_limit(FOR_CODES, scope="codes", key_func=by_person, methods=["POST"])
passwords_limit = limiter.shared_limit(FOR_PASSWORDS, scope="own password", key_func=by_person, methods=["POST"])
# What has just been done, as the address says it.
DONE = {
    "password": "Your password is set. You are signed out everywhere else.",
    "no-password": "Your password is removed. You sign in with links from now on.",
    "no-second-factor": "Your second factor is off. No code is asked for from now on.",
}


@bp.get("")
@signed_in
def show() -> str:
    """What the account holds, and where to change it."""
    person = current_person()
    return render_template(
        "account/show.html",
        here=sessions.session_of(workplace(), _token()),
        password_since=accounts.password_since(workplace(), person),
        factor=second_factor.standing(workplace(), person),
        sessions=sessions.sessions_of(workplace(), person),
        done=DONE.get(request.args.get("done", "")),
    )


@bp.route("/password", methods=["GET", "POST"])
@signed_in
@passwords_limit
def password() -> str | Response:
    """Set a password, or change it."""
    form = PasswordForm(accounts.needs_old_password(workplace(), _token()))
    if form.validate_on_submit():
        try:
            accounts.set_password(workplace(), _token(), form.given, form.new.data or "")
        except PasswordRefused as fault:
            form.refuse(fault.field, str(fault))
        else:
            return redirect(url_for("account.show", done="password"))
    since = accounts.password_since(workplace(), current_person())
    return render_template("account/password.html", form=form, since=since, shortest=SHORTEST)


@bp.route("/password/remove", methods=["GET", "POST"])
@signed_in
@passwords_limit
def remove_password() -> str | Response:
    """Do without a password."""
    if accounts.password_since(workplace(), current_person()) is None:
        return redirect(url_for("account.show"))
    form = OldPasswordForm(accounts.needs_old_password(workplace(), _token()))
    if form.validate_on_submit():
        try:
            accounts.remove_password(workplace(), _token(), form.given)
        except PasswordRefused as fault:
            form.refuse(fault.field, str(fault))
        else:
            return redirect(url_for("account.show", done="no-password"))
    return render_template("account/remove_password.html", form=form)


@bp.route("/second-factor", methods=["GET", "POST"])
@signed_in
@codes_limit
def factor() -> str | Response:
    """Switch the second factor on, with a code from an app that knows the secret."""
    standing = second_factor.standing(workplace(), current_person())
    if standing.on:
        return redirect(url_for("account.show"))
    secret = second_factor.begin(workplace(), _token())
    form = CodeForm()
    if form.validate_on_submit():
        try:
            return _recovery_codes(second_factor.confirm(workplace(), _token(), form.code.data or ""))
        except CodeRefused as fault:
            form.refuse(str(fault))
    drawn = _drawn(second_factor.address_for_app(current_person(), secret))
    return render_template("account/second_factor.html", form=form, secret=_in_groups(secret), drawn=drawn)


@bp.route("/second-factor/recovery-codes", methods=["GET", "POST"])
@signed_in
@codes_limit
def recovery_codes() -> str | Response:
    """New recovery codes."""
    standing = second_factor.standing(workplace(), current_person())
    if not standing.on:
        return redirect(url_for("account.show"))
    form = CodeForm()
    if form.validate_on_submit():
        try:
            return _recovery_codes(second_factor.renew_recovery_codes(workplace(), _token(), form.code.data or ""))
        except CodeRefused as fault:
            form.refuse(str(fault))
    return render_template("account/renew.html", form=form, standing=standing)


@bp.route("/second-factor/remove", methods=["GET", "POST"])
@signed_in
@codes_limit
def remove_factor() -> str | Response:
    """Switch the second factor off."""
    if not second_factor.standing(workplace(), current_person()).on:
        return redirect(url_for("account.show"))
    form = CodeForm()
    if form.validate_on_submit():
        try:
            second_factor.remove(workplace(), _token(), form.code.data or "")
        except CodeRefused as fault:
            form.refuse(str(fault))
        else:
            return redirect(url_for("account.show", done="no-second-factor"))
    return render_template("account/remove_factor.html", form=form)


@bp.get("/sessions")
@signed_in
def signed_in_where() -> str:
    """Where the person is signed in."""
    here = sessions.session_of(workplace(), _token())
    found = sessions.sessions_of(workplace(), current_person())
    return render_template("account/sessions.html", sessions=found, here=here)


@bp.post("/sessions/<int:session_id>/end")
@signed_in
def end_session(session_id: int) -> Response:
    """Sign out in one place."""
    sessions.end_session(workplace(), current_person(), session_id)
    return redirect(url_for("account.signed_in_where"))


@bp.post("/sessions/end-all")
@signed_in
def end_all() -> Response:
    """Sign out everywhere, here too."""
    sessions.sign_out_everywhere(workplace(), current_person())
    leave()
    return redirect(url_for("pages.start"))


def _recovery_codes(codes: tuple[str, ...]) -> str:
    return render_template("account/recovery_codes.html", codes=codes)


def _drawn(text: str) -> Markup:
    """The text as a QR code: SVG without a style of its own, so that it works under a strict policy."""
    svg = segno.make(text, micro=False, error="m").svg_inline(scale=4, border=4, light="#fff")
    return Markup(svg)  # noqa: S704 - drawn by segno, no text of anybody is in it


def _in_groups(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _token() -> str:
    return cast(str, session["token"])
