"""What an audit comes to: its score, the working, the plan, the gap report and the files to take away."""

from __future__ import annotations

import base64
import hashlib
import re
from io import BytesIO
from itertools import groupby
from typing import Any

from flask import Blueprint, render_template, send_file, url_for
from werkzeug.wrappers import Response

from audit.core.answer_files import write_answers
from audit.core.demonstrations import NOTICE
from audit.core.evidence_loader import load_library
from audit.core.evidence_weights import evidence_points
from audit.core.gaps import Gap, contradictions, find_gaps
from audit.core.scorecard import Scorecard
from audit.core.working import work_out
from audit.operations.answering import Sheet, sheet_for
from audit.reports import details, formulas, summary
from audit.reports.build import Cover, build_report
from audit.reports.gap_report import GapReport
from audit.reports.html import along, render_html
from audit.reports.pdf.render import render_pdf
from audit.reports.weightings import compare
from audit.reports.wording import COLUMN_TITLES
from audit.web.access import current_person, signed_in, workplace
from audit.web.file_names import file_name
from audit.web.filters import day
from audit.web.scopes import round_words

bp = Blueprint("results", __name__, url_prefix="/authorities/<slug>/audits/<int:audit_id>")
bp.add_app_template_filter(along, "along")
TITLE = "Gap report"
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@bp.get("/results")
@signed_in
def show(slug: str, audit_id: int) -> str:
    """The score with all that keeps it honest, the gaps, and the way to everything else."""
    sheet = _sheet(slug, audit_id)
    scorecard, library = sheet.scorecard(), load_library()
    headline, profile = summary.headline(scorecard), summary.profile(scorecard)
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
        sections=summary.sections(scorecard),
        gaps=gaps,
        gaps_note=summary.priorities_note(gaps),
        profile=profile,
        groups=[(title, list(bars)) for title, bars in groupby(profile.bars, key=lambda bar: bar.section)],
        weightings=compare([scorecard, *map(sheet.scorecard, others)], library),
        **_common(sheet),
    )


@bp.get("/results/working")
@signed_in
def working(slug: str, audit_id: int) -> str:
    """Every step of the score's arithmetic."""
    sheet = _sheet(slug, audit_id)
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
    sheet = _sheet(slug, audit_id)
    scorecard = sheet.scorecard()
    return render_template(
        "results/plan.html",
        sheet=sheet,
        plan=details.plan(scorecard, _gaps(scorecard)),
        column_titles=COLUMN_TITLES,
        **_common(sheet),
    )


@bp.get("/report")
@signed_in
def report(slug: str, audit_id: int) -> Response:
    """The gap report as a page of its own, which may use its own style and nothing else."""
    here: dict[str, Any] = {"slug": slug, "audit_id": audit_id}
    links = [
        ("Back to results", url_for("results.show", **here)),
        ("Download this report as PDF", url_for("results.pdf", **here)),
    ]
    html = render_html(_report(_sheet(slug, audit_id)), links)
    return Response(html, mimetype="text/html", headers={"Content-Security-Policy": _policy_for(html)})


@bp.get("/report.pdf")
@signed_in
def pdf(slug: str, audit_id: int) -> Response:
    """The gap report as a PDF to keep."""
    sheet = _sheet(slug, audit_id)
    return _download(render_pdf(_report(sheet)), "application/pdf", sheet, "pdf")


@bp.get("/answers.csv")
@signed_in
def answers(slug: str, audit_id: int) -> Response:
    """The answers as CSV, which ``plumbline score`` reads and spreadsheets open."""
    sheet = _sheet(slug, audit_id)
    # The mark at the start tells spreadsheets that the file is UTF-8.
    return _download(write_answers(sheet.bank, sheet.answers).encode("utf-8-sig"), "text/csv", sheet, "csv")


def _sheet(slug: str, audit_id: int) -> Sheet:
    return sheet_for(workplace(), current_person(), slug, audit_id)


def _gaps(scorecard: Scorecard) -> tuple[Gap, ...]:
    return find_gaps(scorecard, evidence_points(scorecard.bank, load_library()))


def _common(sheet: Sheet) -> dict[str, object]:
    """What every page of results needs."""
    return {
        "here": {"slug": sheet.authority.slug, "audit_id": sheet.audit.id},
        "noun": sheet.bank.item_noun,
        "notice": NOTICE if sheet.audit.details.illustrative else "",
        "round_words": round_words(sheet.audit.details),
    }


def _report(sheet: Sheet) -> GapReport:
    opened = sheet.audit.details
    cover = Cover(
        authority=sheet.authority.name,
        title=TITLE,
        made_on=day(workplace().now()),
        notice=NOTICE if opened.illustrative else "",
        about=opened.illustrative,
        subtitle=round_words(opened),
        accent=sheet.authority.accent,
    )
    evidence = {item_id: revision.links for item_id, revision in sheet.revisions.items()}
    return build_report(sheet.scorecard(), sheet.answers, load_library(), cover, evidence)


def _policy_for(html: str) -> str:
    """A policy under which a page may use the style elements that it has, and load nothing."""
    digests = [hashlib.sha256(style.encode()).digest() for style in _STYLE.findall(html)]
    styles = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return f"default-src 'none'; style-src {styles}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def _download(data: bytes, kind: str, sheet: Sheet, suffix: str) -> Response:
    name = file_name(sheet.authority.name, sheet.bank.title, sheet.audit.details.period, suffix=suffix)
    response = send_file(BytesIO(data), mimetype=kind, as_attachment=True, download_name=name)
    # Said outright, because send_file would let a browser keep the file.
    response.headers["Cache-Control"] = "no-store"
    return response
