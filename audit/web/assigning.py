"""Assigning what an audit asks to the people who answer."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for

from audit.operations import assigning
from audit.operations.assigning import Assignments, Pair
from audit.operations.errors import NotFound
from audit.operations.sheets import Sheet, own_sheet
from audit.web.access import current_person, signed_in, workplace
from audit.web.answer_flow import Page
from audit.web.assigning_form import (
    SHOWN,
    by_item_form,
    changes_by_item,
    changes_of_person,
    in_words,
    labels,
    shown_as,
)
from audit.web.task_list import groups

bp = Blueprint("assigning", __name__, url_prefix="/authorities/<slug>/audits/<int:audit_id>/assigning")


@bp.route("", methods=["GET", "POST"])
@signed_in
def by_item(slug: str, audit_id: int) -> Page:
    """Who is asked for what: one person for each item, all on one page."""
    found, sheet = _found(slug, audit_id)
    asked = groups(sheet)
    form = by_item_form(found, asked, request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate():
        return _saved(slug, audit_id, changes_by_item(found, request.form))
    return render_template(
        "assigning/by_item.html",
        sheet=sheet,
        found=found,
        groups=asked,
        form=form,
        in_words=in_words,
        shown=lambda name: request.form.get(SHOWN + name, shown_as(found.by_item.get(name, ()))),
        names=labels(found.people),
        changed=request.args.get("changed", type=int),
    )


@bp.route("/people/<int:person_id>", methods=["GET", "POST"])
@signed_in
def of_person(slug: str, audit_id: int, person_id: int) -> Page:
    """What one person is asked for: as many items as the lead likes."""
    found, sheet = _found(slug, audit_id)
    chosen = next((each for each in found.people if each.id == person_id), None)
    if chosen is None or not found.audit.state.takes_answers:
        raise NotFound("There is no such person who gives answers here.")
    if request.method == "POST":
        shown = request.form.get("shown", "").split()
        return _saved(slug, audit_id, changes_of_person(found, person_id, request.form.getlist("asked"), shown))
    return render_template(
        "assigning/of_person.html",
        sheet=sheet,
        found=found,
        groups=groups(sheet),
        chosen=chosen,
        has=found.items_of(person_id),
        in_words=in_words,
    )


def _found(slug: str, audit_id: int) -> tuple[Assignments, Sheet]:
    found = assigning.assignments_of(workplace(), current_person(), slug, audit_id)
    return found, own_sheet(workplace(), current_person(), slug, audit_id)


def _saved(slug: str, audit_id: int, changes: tuple[set[Pair], set[Pair]]) -> Page:
    changed = assigning.assign(workplace(), current_person(), slug, audit_id, *changes)
    return redirect(url_for(".by_item", slug=slug, audit_id=audit_id, changed=changed))
