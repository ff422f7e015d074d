"""A gap report as JSON: the same words and digits as the page and the PDF.

Its shape is published in ``question_banks/schemas/gap-report.schema.json``.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from fractions import Fraction

from audit.reports.gap_report import GapReport, Length

# The number rises with every change of shape: the schema lets no unknown field in.
FORMAT = "plumbline-gap-report/1"


def render_json(report: GapReport) -> str:
    """The report as a JSON object: its format, then the fields of :class:`GapReport`; shares are fractions as text."""
    document = {"format": FORMAT, **asdict(report)}
    return json.dumps(document, indent=2, ensure_ascii=False, default=_exact) + "\n"


def _exact(value: object) -> str:
    if isinstance(value, Length):
        return value.value
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
