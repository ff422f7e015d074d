"""Checking a PDF report: anyone may, and nothing of the file is kept."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as HttpResponse

from audit.core.texts import quotable
from audit.reports.proof.apart import SIZE_LIMIT, check_apart
from audit.reports.proof.verdict import NoPdf
from audit.web.access import workplace
from audit.web.pace import Pace

bp = Blueprint("verify", __name__)
LIMIT_WORDS = f"{SIZE_LIMIT // 1_000_000} MB"
TOO_LARGE = f"The selected file must be smaller than {LIMIT_WORDS}. A report by Plumbline is far smaller than that."
# Each check is a process of its own for about a second.
AT_ONCE, A_MINUTE = 2, 10
_KEY = "plumbline.verify"


@bp.record_once
def _set_up(state: BlueprintSetupState) -> None:
    state.app.extensions[_KEY] = Pace(AT_ONCE, A_MINUTE)


@bp.route("/verify", methods=["GET", "POST"])
def page() -> str:
    """Choose a report; once sent, what the check found."""
    if request.method == "GET":
        return _choose(TOO_LARGE if request.args.get("refused") == "large" else "")
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _choose("Select the PDF of a gap report.")
    return _checked(sent)


def _checked(sent: FileStorage) -> str:
    # One byte more than is taken shows that the file is too large.
    data = sent.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT:
        return _choose(TOO_LARGE)
    pace = cast(Pace, current_app.extensions[_KEY])
    try:
        with pace.visit(request.remote_addr or "", workplace().now().timestamp()):
            verdict = check_apart(data)
    except NoPdf:
        return _choose("The selected file must be a PDF. Choose the PDF of a gap report.")
    name = quotable((sent.filename or "").rpartition("/")[2])
    return render_template("verify/verdict.html", verdict=verdict, name=name)


def _choose(fault: str) -> str:
    return render_template("verify/choose.html", fault=fault, limit=LIMIT_WORDS)


@bp.errorhandler(RequestEntityTooLarge)
def too_large(fault: RequestEntityTooLarge) -> HttpResponse:
    """Back to the form, which says so: nothing of a form that is too large is read."""
    return redirect(url_for("verify.page", refused="large"), 303)


@bp.after_request
def _keep_nothing(response: Response) -> Response:
    # A verdict names the authority, and computers in councils are shared.
    response.headers["Cache-Control"] = "no-store"
    return response
