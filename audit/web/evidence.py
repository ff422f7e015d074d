"""The evidence library: search, and a page for each finding, item, setting and publication."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from audit.core.bank_loader import bank_ids, load_bank
from audit.core.evidence import Finding, Strength
from audit.core.library_loader import load_library
from audit.core.tried import SettingGroup
from audit.operations.errors import NotFound
from audit.operations.evidence import ids_only, search
from audit.reports.wording import listed
from audit.web.access import signed_in
from audit.web.search_form import SearchForm, publications, titles

bp = Blueprint("evidence", __name__, url_prefix="/evidence")
ON_A_PAGE = 20


@bp.get("")
@signed_in
def index() -> str:
    """Search, and where there is nothing to search for, the ways in."""
    form = SearchForm(request.args)
    found = search(form.q.data or "", form.wanted) if form.given else ()
    pages = max(1, -(-len(found) // ON_A_PAGE))
    at = min(max(request.args.get("page", 1, type=int), 1), pages)
    return render_template(
        "evidence/index.html",
        search=form,
        found=found[(at - 1) * ON_A_PAGE : at * ON_A_PAGE],
        count=len(found),
        ids=ids_only(form.q.data or ""),
        at=at,
        pages=pages,
        all_findings=load_library().findings,
        banks=[load_bank(bank_id) for bank_id in bank_ids()],
        publications=publications(),
    )


@bp.get("/findings/<name>")
@signed_in
def finding(name: str) -> str | Response:
    """One finding. The id of a repeat leads to the finding that was kept."""
    library = load_library()
    found = library.by_id.get(name)
    if found is None:
        raise NotFound("There is no finding with this id.")
    if found.id != name:
        return redirect(url_for(".finding", name=found.id))
    return render_template(
        "evidence/finding.html",
        finding=found,
        titles=titles(),
        settings=library.settings_of.get(name, ()),
        by_item=listed([f"{other} ({direction.words})" for other, direction in found.by_item.items()]),
    )


@bp.get("/items/<name>")
@signed_in
def item(name: str) -> str:
    """What the evidence says about an item: its synthesis, its links and its best findings."""
    library = load_library()
    bank = next((bank for bank in map(load_bank, bank_ids()) if name in bank.items), None)
    if bank is None:
        raise NotFound("There is no condition or ingredient with this id.")
    found, synthesis = library.touching(name), library.syntheses.get(name)
    best = synthesis.best if synthesis else found[:ON_A_PAGE]
    return render_template(
        "evidence/item.html",
        item=bank.items[name],
        bank=bank,
        synthesis=synthesis,
        settings_of=library.settings_of,
        links=library.links_of(name),
        titles=titles(),
        count=len(found),
        strengths=_by_strength(found),
        sides=[
            ("What speaks for it", [each for each in best if not each.contrary_to(name)]),
            ("What qualifies or contradicts it", [each for each in best if each.contrary_to(name)]),
        ],
    )


@bp.get("/settings")
@signed_in
def settings() -> str:
    """Who tried what."""
    by_group = {group: list(each) for group, each in groupby(load_library().settings, key=lambda one: one.group)}
    groups = [(group, by_group[group]) for group in SettingGroup if group in by_group]
    return render_template("evidence/settings.html", groups=groups)


@bp.get("/settings/<name>")
@signed_in
def setting(name: str) -> str:
    """One setting: what it tried, how it was studied, and what became of it."""
    found = next((each for each in load_library().settings if each.id == name), None)
    if found is None:
        raise NotFound("There is no such setting.")
    return render_template("evidence/setting.html", setting=found, shown=found.findings[:ON_A_PAGE])


@bp.get("/publications/<name>")
@signed_in
def publication(name: str) -> str:
    """One publication, and what was read from it."""
    found = next((each for each in publications() if each.id == name), None)
    if found is None:
        raise NotFound("There is no such publication.")
    read = [each for each in load_library().findings if each.publication == found]
    return render_template(
        "evidence/publication.html", publication=found, count=len(read), strengths=_by_strength(read)
    )


def _by_strength(findings: list[Finding] | tuple[Finding, ...]) -> list[tuple[Strength, int]]:
    """How many findings there are of each strength, strongest first."""
    counts = Counter(finding.strength for finding in findings)
    return [(strength, counts[strength]) for strength in Strength if counts[strength]]
