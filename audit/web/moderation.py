"""Moderation: how far the ratings lie apart, what was written, and settling what counts for the team."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from wtforms.fields.choices import SelectChoice

from audit.operations import moderation
from audit.operations.audits import audit_for
from audit.operations.errors import StaleSave
from audit.operations.moderation import Moderation, Stand
from audit.reports.agreement_words import measure
from audit.reports.team_files import KINDS, render_team_file, team_table
from audit.web.access import current_person, signed_in, workplace
from audit.web.answer_flow import Page, sent_number
from audit.web.differences import link_words
from audit.web.item_form import PromptForm, typed_fields, with_another_link
from audit.web.reports import download
from audit.web.scopes import round_words
from audit.web.settle_form import AgreedForm
from audit.web.settle_page import SettlePage, settle_page, state_words
from audit.web.stale_save import both_versions, brought_together, says_the_same
from audit.web.task_list import heading_of

bp = Blueprint("moderation", __name__, url_prefix="/authorities/<slug>/audits/<int:audit_id>/moderation")
bp.add_app_template_filter(measure, "measure")
AGREED = "Broad agreement: the ratings lie close together, so the team takes the level in the middle."


@bp.get("")
@signed_in
def show(slug: str, audit_id: int) -> Page:
    """All items, the most contested first or in bank order."""
    here: dict[str, Any] = {"slug": slug, "audit_id": audit_id}
    if audit_for(workplace(), current_person(), slug, audit_id).state.takes_answers:
        return redirect(url_for("team.show", **here))
    found = _moderation(slug, audit_id)
    in_order = request.args.get("order") == "bank"
    return _page("moderation/show.html", found, stands=found.items if in_order else found.contested, in_order=in_order)


@bp.route("/agreed", methods=["GET", "POST"])
@signed_in
def agreed(slug: str, audit_id: int) -> Page:
    """Settle many items at once on which people agree."""
    found = _moderation(slug, audit_id)
    stands = [stand for stand in found.items if stand.agreed]
    form = AgreedForm(request.form, data={"chosen": [stand.id for stand in stands], "reason": AGREED})
    form.chosen.choices = [SelectChoice(stand.id, _choice(found, stand)) for stand in stands]
    if request.method == "POST" and form.validate():
        chosen, reason = form.chosen.data or [], form.reason.data or ""
        done = moderation.settle_agreed(workplace(), current_person(), slug, audit_id, chosen, reason)
        return redirect(url_for(".show", slug=slug, audit_id=audit_id, settled=len(done)))
    return _page("moderation/agreed.html", found, stands=stands, form=form)


@bp.get("/meaning")
@signed_in
def meaning(slug: str, audit_id: int) -> str:
    """What the measures of agreement mean."""
    return _page("moderation/meaning.html", _moderation(slug, audit_id))


@bp.get(f"/numbers.<any({', '.join(KINDS)}):form>")
@signed_in
def numbers(slug: str, audit_id: int, form: str) -> Page:
    """The spread of every item, of everyone and by group, as a file."""
    found = _moderation(slug, audit_id)
    stands = {stand.id: state_words(found, stand) for stand in found.items}
    spreads = [stand.spread for stand in found.items if stand.spread]
    table = team_table(found.sheet.bank, spreads, stands, found.smallest, found.sheet.agreement)
    title = f"{found.sheet.authority.name}: {found.sheet.bank.title}, {round_words(found.sheet.audit.details)}"
    return download(render_team_file(table, form, title), KINDS[form], found.sheet, form, "agreement")


@bp.route("/items/<name>", methods=["GET", "POST"])
@signed_in
def one(slug: str, audit_id: int, name: str) -> Page:
    """One item or prompt: what people said, and the form that settles it."""
    page = settle_page(slug, audit_id, name)
    if request.method == "GET":
        return _with_form(page, page.form(page.first_fields), page.number)
    return _sent(page, typed_fields(request.form), sent_number("seen"), request.form.get("then", "next"))


@bp.post("/items/<name>/take-back")
@signed_in
def take_back(slug: str, audit_id: int, name: str) -> Page:
    """Leave an item or prompt unsettled again."""
    try:
        moderation.take_back(workplace(), current_person(), slug, audit_id, name, sent_number("seen"))
    except StaleSave:
        return redirect(url_for(".one", slug=slug, audit_id=audit_id, name=name, changed="yes"))
    return redirect(url_for(".one", slug=slug, audit_id=audit_id, name=name))


def _choice(found: Moderation, stand: Stand) -> str:
    return f"{stand.id} {found.sheet.bank.items[stand.id].title}: level {state_words(found, stand)}"


def _moderation(slug: str, audit_id: int) -> Moderation:
    return moderation.moderation_of(workplace(), current_person(), slug, audit_id)


def _page(template: str, found: Moderation, **more: Any) -> str:
    sheet = found.sheet
    here = {"slug": sheet.authority.slug, "audit_id": sheet.audit.id}
    return render_template(
        template,
        moderation=found,
        sheet=sheet,
        here=here,
        round_words=round_words(sheet.audit.details),
        state_words=state_words,
        heading_of=heading_of,
        settled=request.args.get("settled", type=int),
        **more,
    )


def _sent(page: SettlePage, fields: dict[str, str], seen: int, then: str) -> Page:
    if then == "theirs":
        return redirect(page.address)
    if then == "link":
        return _with_form(page, page.form(with_another_link(fields)), seen)
    if then == "merge":
        form, beside = brought_together(page, fields, sent_number("before"))
        return _with_form(page, form, page.number, beside=beside)
    form = page.form(fields)
    if not form.validate():
        return _with_form(page, form, seen)
    return _settled(page, form, fields, seen, then)


def _settled(page: SettlePage, form: PromptForm, fields: dict[str, str], seen: int, then: str) -> Page:
    try:
        moderation.settle(*page.place, form.response(), form.evidence(), seen)
    except StaleSave as stale:
        # A button that was pressed twice settles the same twice.
        if not says_the_same(form, stale.current):
            return both_versions(page, form, fields, seen, stale.current)
    following = page.neighbour(1) if then == "next" else None
    return redirect(following or url_for(".show", **page.here, settled=1))


def _with_form(page: SettlePage, form: PromptForm, seen: int, **more: Any) -> str:
    return render_template(
        "moderation/item.html",
        **{"page": page, "form": form, "seen": seen, "beside": {}, "link_words": link_words, **more},
        changed="changed" in request.args,
        measure=measure,
    )
