"""A gap report as one HTML page that needs nothing else: styles inside, charts as SVG, no request to anywhere."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from audit.core.resources import templates
from audit.reports import colours
from audit.reports.gap_report import GapReport
from audit.reports.parts import FOOT_NOTE, nothing_below_target, parts_of, priorities_title, statement
from audit.reports.wording import COLUMN_TITLES, capital, plural, typographic


def render_html(report: GapReport) -> str:
    """The report as an HTML document. Everything that people typed is escaped."""
    template = _environment().get_template("reports/gap_report.html")
    sections = [(title, list(bars)) for title, bars in groupby(report.profile.bars, key=lambda bar: bar.section)]
    return template.render(
        parts=parts_of(report),
        priorities_title=priorities_title,
        nothing_below_target=nothing_below_target,
        statement=statement,
        foot_note=FOOT_NOTE,
        report=report,
        sections=sections,
        column_titles=COLUMN_TITLES,
        colours=vars(colours),
        noun=report.bank.item_noun,
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters.update(capital=capital, plural=plural, lines=_lines, along=_along)
    return environment


def _shown(value: object) -> object:
    """Every text that a template prints gets curly apostrophes and quotation marks."""
    return typographic(value) if type(value) is str else value


def _lines(text: str) -> Markup:
    """A text that someone typed, one paragraph per line."""
    return Markup("\n").join(
        Markup("<p>{}</p>").format(escape(typographic(line))) for line in text.split("\n") if line.strip()
    )


def _along(share: Fraction, length: float) -> str:
    """Where a share of 0 to 1 lies on a line of ``length``."""
    return f"{float(share) * length:.1f}"
