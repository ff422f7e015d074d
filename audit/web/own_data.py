"""What Plumbline holds on whoever is signed in: a page that says what it is, and all of it as a file."""

from __future__ import annotations

from io import BytesIO
from typing import cast

from flask import Blueprint, render_template, send_file, session
from werkzeug.wrappers import Response

from audit.operations import own_data
from audit.operations.own_data import OwnData
from audit.web.access import current_person, signed_in, workplace
from audit.web.file_names import file_name
from audit.web.filters import day

bp = Blueprint("own_data", __name__, url_prefix="/account/data")


@bp.get("")
@signed_in
def page() -> str:
    """How much of what there is, and where it is held."""
    return render_template("own_data/page.html", found=_found())


@bp.get("/own-data.json")
@signed_in
def file() -> Response:
    """All of it, as JSON."""
    name = file_name("Plumbline", "What is held on me", day(workplace().now()), suffix="json")
    return send_file(BytesIO(_found().json), mimetype="application/json", as_attachment=True, download_name=name)


def _found() -> OwnData:
    return own_data.own_data(workplace(), current_person(), cast(str, session["token"]))
