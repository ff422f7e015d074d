"""Counting paper ballots for the vote that is open: once, and once again without seeing the first count."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from audit.core.people import Person
from audit.core.round_results import Pile
from audit.operations import paper_ballots
from audit.operations.errors import RoomMoved
from audit.operations.paper_ballots import PaperBallots, ballots_in
from audit.operations.workplace import Workplace
from audit.web.access import current_person, signed_in, workplace
from audit.web.answer_flow import Page
from audit.web.desk_talk import number_sent
from audit.web.paper_form import ALL_GROUPS, NO_GROUP, PileForm, pile_form, unlike

bp = Blueprint("paper", __name__, url_prefix="/authorities/<slug>/workshops/<int:workshop_id>/ballots")

Place = tuple[Workplace, Person, str, int, int]


@bp.route("", methods=["GET", "POST"])
@signed_in
def count(slug: str, workshop_id: int) -> Page:
    """Count the ballots of a group, or of all."""
    found = ballots_in(workplace(), current_person(), slug, workshop_id)
    if request.method == "GET":
        return _page(found, second=request.args.get("group"), entered=request.args.get("entered"))
    try:
        return _sent(found, request.form.get("then", "first"))
    except RoomMoved as moved:
        # The room may have moved while this was read.
        now = ballots_in(workplace(), current_person(), slug, workshop_id)
        return _page(now, notice=str(moved)), 409


def _sent(found: PaperBallots, then: str) -> Page:
    here, round_id = _here(found), number_sent("round")
    place = (workplace(), current_person(), here["slug"], here["workshop_id"], round_id)
    if found.state.voting is None or found.state.voting.id != round_id:
        raise RoomMoved("The vote that these ballots belong to is not open any more, so nothing was counted.")
    group = request.form.get("group", "")
    if then == "throw":
        paper_ballots.throw_away(*place, group)
        return redirect(url_for(".count", **here))
    if then == "again":
        return _second(found, place, group)
    form = _first_form(found, request.form)
    if not form.validate():
        return _page(found, form)
    if group not in _to_count(found):
        raise RoomMoved("These ballots have been counted already. Throw that count away if it is wrong.")
    paper_ballots.count_first(*place, form.pile(group))
    return redirect(url_for(".count", **here, group=group))


def _second(found: PaperBallots, place: Place, group: str) -> Page:
    """A second count, held against the first."""
    form = pile_form(found.state.bank, sent=request.form)
    if not form.validate():
        return _page(found, form, second=group)
    pile = form.pile(group)
    first = paper_ballots.count_again(*place, pile)
    if first:
        return _unlike(found, first[0], pile)
    return redirect(url_for(".count", **_here(found), entered=group))


def _unlike(found: PaperBallots, first: Pile, second: Pile) -> str:
    lines = unlike(found.state.bank, first, second)
    return render_template("paper/unlike.html", lines=lines, group=first.group, **_shared(found))


def _page(
    found: PaperBallots,
    form: PileForm | None = None,
    second: str | None = None,
    entered: str | None = None,
    notice: str = "",
) -> str:
    """The page: with the form for a second count of the group ``second``, else for a first count of those left."""
    by_group = {each.pile.group: each for each in found.piles}
    left = _to_count(found)
    once = [each for each in found.piles if not each.confirmed_by]
    if second is None and once and not left:
        second = once[0].pile.group
    waiting = next((each for each in once if each.pile.group == second), None)
    if form is None and found.state.voting and (waiting or left):
        form = pile_form(found.state.bank) if waiting else _first_form(found)
    done = by_group.get(entered) if entered is not None else None
    return render_template(
        "paper/count.html",
        form=form,
        waiting=waiting,
        done=done if done and done.confirmed_by else None,
        notice=notice,
        piles=found.piles,
        **_shared(found),
    )


def _first_form(found: PaperBallots, sent: MultiDict[str, str] | None = None) -> PileForm:
    """The form of a first count; it asks whose ballots they are only where the workshop has groups."""
    groups = _to_count(found) if found.state.workshop.plan.groups else ()
    # Once a group is counted, "all together" would count its ballots twice.
    nobodys = NO_GROUP if any(each.pile.group for each in found.piles) else ALL_GROUPS
    return pile_form(found.state.bank, groups, sent, nobodys=nobodys)


def _to_count(found: PaperBallots) -> tuple[str, ...]:
    """The groups whose ballots nobody has counted; an empty text stands for all ballots together."""
    counted = {each.pile.group for each in found.piles}
    return tuple(group for group in ("", *found.state.workshop.plan.groups) if group not in counted)


def _here(found: PaperBallots) -> dict[str, Any]:
    return {"slug": found.state.authority.slug, "workshop_id": found.state.workshop.id}


def _shared(found: PaperBallots) -> dict[str, Any]:
    return {"state": found.state, "here": _here(found), "all_groups": ALL_GROUPS}
