"""What an audit comes to: its score, the working and the plan."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, render_template

from audit.core.demonstrations import NOTICE
from audit.core.evidence_weights import evidence_points
from audit.core.gaps import Gap, contradictions, find_gaps, strengths
from audit.core.library_loader import load_library
from audit.core.scorecard import Scorecard
from audit.core.working import work_out
from audit.operations.sheets import Sheet
from audit.operations.signing import newest_versions
from audit.reports import details, formulas, grounds, priorities, summary
from audit.reports.html import along
from audit.reports.weightings import compare
from audit.reports.wording import COLUMN_TITLES
from audit.reports.workshop_telling import owners
from audit.web.access import current_person, signed_in, workplace
from audit.web.records import records_over
from audit.web.report_making import around, sheet_here
from audit.web.scopes import round_words
from audit.web.task_list import address_in_results

bp = Blueprint("results", __name__, url_prefix="/authorities/<slug>/audits/<int:audit_id>")
bp.add_app_template_filter(along, "along")


@bp.get("/results")
@signed_in
def show(slug: str, audit_id: int) -> str:
    """The score with all that keeps it honest, the gaps, and the way to everything else."""
    sheet = sheet_here(slug, audit_id)
    scorecard, library = sheet.scorecard(), load_library()
    illustrative = bool(sheet.audit.details.illustrative)
    headline = summary.headline(
        scorecard, strengths(scorecard), sheet.agreement, sheet.workshops, illustrative=illustrative
    )
    profile = summary.profile(scorecard)
    clashes = [(found, summary.contradiction_words(found)) for found in contradictions(scorecard)]
    gaps = _gaps(scorecard)
    others = [each.name for each in sheet.bank.weightings if each.name != scorecard.weighting.name]
    return render_template(
        "results/show.html",
        sheet=sheet,
        scorecard=scorecard,
        headline=headline,
        warnings=[words for words in headline.warnings if words not in [said for _, said in clashes]],
        clashes=clashes,
        together=grounds.together(scorecard, library, around(sheet)),
        sections=summary.sections(scorecard),
        gaps=gaps,
        gaps_note=priorities.ties_note(gaps),
        profile=profile,
        groups=[(title, list(bars)) for title, bars in groupby(profile.bars, key=lambda bar: bar.section)],
        weightings=compare([scorecard, *map(sheet.scorecard, others)], library),
        **_common(sheet),
    )


@bp.get("/results/working")
@signed_in
def working(slug: str, audit_id: int) -> str:
    """Every step of the score's arithmetic."""
    sheet = sheet_here(slug, audit_id)
    scorecard = sheet.scorecard()
    return render_template(
        "results/working.html",
        sheet=sheet,
        scorecard=scorecard,
        working=work_out(scorecard),
        excluded=summary.excluded(scorecard),
        formulas=formulas,
        **_common(sheet),
    )


@bp.get("/plan")
@signed_in
def plan(slug: str, audit_id: int) -> str:
    """The answers in the three published columns, to print and to work on."""
    sheet = sheet_here(slug, audit_id)
    scorecard = sheet.scorecard()
    return render_template(
        "results/plan.html",
        sheet=sheet,
        plan=details.plan(scorecard, _gaps(scorecard), owners(sheet.workshops)),
        column_titles=COLUMN_TITLES,
        **_common(sheet),
    )


def _gaps(scorecard: Scorecard) -> tuple[Gap, ...]:
    return find_gaps(scorecard, evidence_points(scorecard.bank, load_library()))


def _common(sheet: Sheet) -> dict[str, object]:
    """What every page of results needs."""
    return {
        "here": {"slug": sheet.authority.slug, "audit_id": sheet.audit.id},
        "address": address_in_results,
        "noun": sheet.bank.item_noun,
        "notice": NOTICE if sheet.audit.details.illustrative else "",
        "round_words": round_words(sheet.audit.details),
        "records": records_over(sheet.membership, sheet.audit),
        "version": newest_versions(workplace(), current_person(), sheet.authority.slug).get(sheet.audit.id),
    }
