"""A gap report as JSON: the same words and digits as the page and the PDF."""

from __future__ import annotations

import json
from dataclasses import asdict
from fractions import Fraction

from audit.reports.gap_report import GapReport, Length


def render_json(report: GapReport) -> str:
    """The report as a JSON object with the fields of :class:`GapReport`; shares are fractions as text."""
    return json.dumps(asdict(report), indent=2, ensure_ascii=False, default=_exact) + "\n"


def _exact(value: object) -> str:
    if isinstance(value, Length):
        return value.value
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
