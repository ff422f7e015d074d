"""Groups of people who answer: naming them, putting people in, and how small a group may be to be shown."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from audit.core.disclosure import DEFAULT_THRESHOLD, LOWEST_THRESHOLD
from audit.core.permissions import Deed, may
from audit.operations import groups
from audit.operations.groups import Grouped
from audit.web.access import current_person, signed_in, workplace
from audit.web.group_forms import (
    HIGHEST_THRESHOLD,
    NamesForm,
    ThresholdForm,
    names_form,
    person_key,
    placed,
    threshold_form,
)

bp = Blueprint("groups", __name__, url_prefix="/authorities/<slug>/groups")
SAVED = {
    "names": "The groups are saved.",
    "people": "The members of the groups are saved.",
    "threshold": "The rule is saved.",
}


@bp.get("")
@signed_in
def show(slug: str) -> str:
    """The groups, the people in them, and the rule of what is shown."""
    return _page(groups.groups_of(workplace(), current_person(), slug))


@bp.post("/names")
@signed_in
def names(slug: str) -> str | Response:
    """Name groups."""
    grouped = groups.groups_of(workplace(), current_person(), slug)
    form = names_form(grouped.names, request.form)
    if not form.validate():
        return _page(grouped, names=form)
    groups.name_groups(workplace(), current_person(), slug, form.renamed, form.added)
    return _saved(slug, "names")


@bp.post("/people")
@signed_in
def people(slug: str) -> Response:
    """Put people into groups."""
    groups.put_people(workplace(), current_person(), slug, placed(request.form))
    return _saved(slug, "people")


@bp.post("/threshold")
@signed_in
def threshold(slug: str) -> str | Response:
    """Set how small a group may be to be shown."""
    grouped = groups.groups_of(workplace(), current_person(), slug)
    form = threshold_form(grouped.setting, request.form)
    if not form.validate():
        return _page(grouped, rule=form)
    groups.set_threshold(workplace(), current_person(), slug, form.number)
    return _saved(slug, "threshold")


def _page(grouped: Grouped, names: NamesForm | None = None, rule: ThresholdForm | None = None) -> str:
    faulty: FlaskForm | None = names or rule
    return render_template(
        "groups/show.html",
        grouped=grouped,
        form=faulty,
        names_form=names or names_form(grouped.names),
        threshold_form=rule or threshold_form(grouped.setting),
        sets_rules=may(grouped.membership.role, Deed.SET_RULES),
        person_key=person_key,
        saved=SAVED.get(request.args.get("saved", ""), ""),
        lowest=LOWEST_THRESHOLD,
        highest=HIGHEST_THRESHOLD,
        usual=DEFAULT_THRESHOLD,
    )


def _saved(slug: str, what: str) -> Response:
    return redirect(url_for(".show", slug=slug, saved=what))
