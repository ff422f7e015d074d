"""A gap report as one HTML page that needs nothing else: styles inside, charts as SVG, no request to anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from itertools import groupby

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from audit.core.resources import templates
from audit.reports import colours
from audit.reports.gap_report import GapReport, Length
from audit.reports.html_text import lines, shown, whole_ids
from audit.reports.parts import (
    FOOT_NOTE,
    column_titles,
    nothing_below_target,
    parts_of,
    priorities_title,
    statement,
    together_note,
    without_text,
)
from audit.reports.wording import capital, plural


def render_html(
    report: GapReport,
    links: Sequence[tuple[str, str]] = (),
    finding_address: Callable[[str], str] | None = None,
) -> str:
    """The report as an HTML document. Everything that people typed is escaped.

    Served among other pages, it begins with ``links`` to them: words and address. ``finding_address`` gives the address
    of the page on a finding, by its id: each finding in the list of those cited leads there. A file has neither.
    """
    template = _environment().get_template("reports/gap_report.html")
    sections = [(title, list(bars)) for title, bars in groupby(report.profile.bars, key=lambda bar: bar.section)]
    return template.render(
        parts=parts_of(report),
        priorities_title=priorities_title,
        nothing_below_target=nothing_below_target,
        statement=statement,
        without_text=without_text,
        together_note=together_note,
        foot_note=FOOT_NOTE,
        report=report,
        with_words=report.length is Length.APPENDIX,
        links=links,
        finding_address=finding_address,
        sections=sections,
        column_titles=column_titles(report),
        colours=vars(colours),
        noun=report.bank.item_noun,
    )


@cache
def _environment() -> Environment:
    # One for all reports: it keeps the templates compiled.
    environment = Environment(
        loader=FileSystemLoader(templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown,
    )
    environment.filters.update(capital=capital, plural=plural, lines=lines, whole_ids=whole_ids, along=along)
    return environment


def along(share: Fraction, length: float) -> str:
    """Where a share of 0 to 1 lies on a line of ``length``."""
    return f"{float(share) * length:.1f}"
