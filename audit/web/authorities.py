"""A person's authorities: the list, a new one, its audits and its settings."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask import redirect as to
from werkzeug.wrappers import Response

from audit.core.permissions import Deed, may
from audit.core.places import AUTHORITY_NAMES
from audit.operations import authorities
from audit.operations.access import require
from audit.web.access import current_person, signed_in, workplace
from audit.web.audit_cards import audit_cards
from audit.web.authority_form import AuthorityForm
from audit.web.scopes import round_words

bp = Blueprint("authorities", __name__, url_prefix="/authorities")


@bp.get("")
@signed_in
def index() -> str:
    """The person's authorities."""
    memberships = authorities.memberships_of(workplace(), current_person())
    return render_template("authorities/index.html", memberships=memberships)


@bp.route("/new", methods=["GET", "POST"])
@signed_in
def new() -> str | Response:
    """Add an authority."""
    form = AuthorityForm()
    if form.validate_on_submit():
        made = authorities.create_authority(workplace(), current_person(), **form.given)
        return to(url_for("authorities.show", slug=made.slug))
    return render_template("authorities/new.html", form=form, names=AUTHORITY_NAMES)


@bp.get("/<slug>")
@signed_in
def show(slug: str) -> str:
    """An authority with its audits, newest first."""
    person = current_person()
    membership = authorities.membership_for(workplace(), person, slug)
    return render_template(
        "authorities/show.html",
        membership=membership,
        cards=audit_cards(workplace(), person, membership),
        round_words=round_words,
        manages=may(membership.role, Deed.MANAGE),
    )


@bp.route("/<slug>/settings", methods=["GET", "POST"])
@signed_in
def settings(slug: str) -> str | Response:
    """An authority's name, code and colour."""
    authority = require(workplace(), current_person(), slug, Deed.MANAGE).authority
    form = AuthorityForm(obj=authority)
    if form.validate_on_submit():
        authorities.change_authority(workplace(), current_person(), slug, **form.given)
        return to(url_for("authorities.show", slug=slug))
    return render_template("authorities/settings.html", form=form, names=AUTHORITY_NAMES)


@bp.get("/<slug>/colours.css")
@signed_in
def colours(slug: str) -> Response:
    """The authority's accent colour as a style sheet, since pages may carry no style of their own."""
    accent = authorities.membership_for(workplace(), current_person(), slug).authority.accent
    rule = f":root {{ --app-accent: {accent}; }}\n" if accent else ""
    return Response(rule, mimetype="text/css", headers={"Cache-Control": "private, max-age=3600"})
