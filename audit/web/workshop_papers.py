"""The papers of a workshop to print: its run sheet and its ballots."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from flask import Blueprint, send_file
from werkzeug.wrappers import Response

from audit.core.demonstrations import NOTICE
from audit.operations.errors import NotYet
from audit.operations.rooms import RoomState, run_room
from audit.operations.workshops import contested_order
from audit.reports.ballots import build_ballots
from audit.reports.build import Cover
from audit.reports.moments import day
from audit.reports.pdf.ballots import render_ballots
from audit.reports.pdf.run_sheet import render_run_sheet
from audit.reports.run_sheet import build_run_sheet
from audit.web.access import current_person, signed_in, workplace
from audit.web.file_names import file_name
from audit.web.scopes import round_words

bp = Blueprint("workshop_papers", __name__, url_prefix="/authorities/<slug>/workshops/<int:workshop_id>")


@bp.get("/run-sheet.pdf")
@signed_in
def run_sheet(slug: str, workshop_id: int) -> Response:
    """The run sheet of a workshop as a PDF to print."""
    state = _state(slug, workshop_id)
    contested, answering = _contested(state), state.audit.state.takes_answers
    made = build_run_sheet(
        state.workshop.plan, state.bank, _cover(state), state.smallest, contested, answering=answering
    )
    return _download(state, render_run_sheet(made), "run sheet")


@bp.get("/ballots.pdf")
@signed_in
def ballots(slug: str, workshop_id: int) -> Response:
    """A paper ballot for each item of a workshop as a PDF to print."""
    state = _state(slug, workshop_id)
    made = build_ballots(state.workshop.plan, state.bank, _cover(state))
    return _download(state, render_ballots(made), "ballots")


def _contested(state: RoomState) -> Sequence[str]:
    """The ids of the items, those on which people agree least first, or nothing while people still answer."""
    try:
        return contested_order(workplace(), current_person(), state.authority.slug, state.audit.id)
    except NotYet:
        return ()


def _state(slug: str, workshop_id: int) -> RoomState:
    return run_room(workplace(), current_person(), slug, workshop_id)


def _cover(state: RoomState) -> Cover:
    opened = state.audit.details
    return Cover(
        authority=state.authority.name,
        title=state.workshop.plan.title,
        made_on=day(workplace().now()),
        notice=NOTICE if opened.illustrative else "",
        subtitle=round_words(opened),
        accent=state.authority.accent,
    )


def _download(state: RoomState, data: bytes, what: str) -> Response:
    name = file_name(state.authority.name, state.workshop.plan.title, what, suffix="pdf")
    response = send_file(BytesIO(data), mimetype="application/pdf", as_attachment=True, download_name=name)
    # Said outright, because send_file would let a browser keep the file.
    response.headers["Cache-Control"] = "no-store"
    return response
