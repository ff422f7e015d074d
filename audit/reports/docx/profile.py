"""The profile: each item's level beside its target, as a table with a bar of characters that can be edited."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby

from audit.reports.docx.lines import Run
from audit.reports.docx.tables import Column, Row, grid
from audit.reports.docx.writer import Writer
from audit.reports.gap_report import GapReport, ProfileBar
from audit.reports.parts import Part
from audit.reports.wording import capital, plural

# Characters that Arial and Liberation Sans have. They differ in form, not in colour alone.
REACHED, TO_REACH, BEYOND = Run("●", "ReportReached"), Run("○", "ReportToReach"), Run("·", "ReportBeyond")


def profile(writer: Writer, report: GapReport, part: Part) -> None:
    """A table for each section, and what they come to in a sentence."""
    writer.part(part)
    legend = (REACHED, Run(" level reached   "), TO_REACH, Run(" still to reach   "), BEYOND, Run(" above the target"))
    writer.line("ReportSmall", *legend)
    noun = report.bank.item_noun
    sections = {bar.section for bar in report.profile.bars}
    columns = [Column(capital(noun), 0.43), Column("Level now", 0.21), Column("Target", 0.21), Column("Levels", 0.15)]
    steps = [share for share, _ in report.profile.marks if share > 0]
    for section, bars in groupby(report.profile.bars, key=lambda bar: bar.section):
        title = section if len(sections) > 1 else capital(plural(noun, 2))
        rows = [_row(bar, steps) for bar in bars]
        grid(writer, f"{title}: levels beside their targets", columns, rows, caption=True)
    writer.text(report.profile.alternative, "ReportSmall")


def _row(bar: ProfileBar, steps: list[Fraction]) -> Row:
    marks = [_mark(bar, step) for step in steps] if bar.share is not None else ""
    return Row([f"{bar.item_id} {bar.title}", capital(bar.state), capital(bar.target), marks])


def _mark(bar: ProfileBar, step: Fraction) -> Run:
    if bar.share is not None and step <= bar.share:
        return REACHED
    return TO_REACH if bar.target and step <= bar.target_share else BEYOND
