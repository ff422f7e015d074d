"""The sheet of gaps: each with its levels, what was said, and what the evaluations found."""

from __future__ import annotations

from collections.abc import Sequence

from audit.reports.gap_report import GapReport, Length
from audit.reports.item_parts import CitedFinding, GapDetail, Linked, Sourced
from audit.reports.parts import column_titles, nothing_below_target
from audit.reports.xlsx.sheets import Column, Table, Value
from audit.reports.xlsx.values import level_number, percentage

_COLUMNS = (
    Column("Item", 8),
    Column("Title", 34),
    Column("Priority", 9),
    Column("Share of the whole gap", 12),
    Column("Level", 8),
    Column("Target level", 8),
    Column("What the level looks like", 40),
    Column("What the target looks like", 40),
    Column("Confidence", 12),
    Column("Reason", 40),
)
_EVIDENCE_COLUMNS = (
    Column("What was seen elsewhere at this level", 50),
    Column("What the evidence comes to", 90),
    Column("Findings that support", 16),
    Column("Findings that cut against or qualify", 16),
    Column("Who tried it", 16),
    Column("What got in the way", 16),
    Column("Steps to consider", 50),
    Column("Linked with", 50),
    Column("Where it was published", 34),
)


def gaps_table(report: GapReport) -> Table:
    """All gaps by priority. The evidence stands beside those that the report tells in full at its length."""
    brief = report.length is Length.BRIEF
    told = set() if brief else {gap.item_id for gap in report.told_gaps}
    said = [Column(title, 40) for title in column_titles(report)]
    columns = (*_COLUMNS, *said, Column("What to know of the answer", 40), *(() if brief else _EVIDENCE_COLUMNS))
    rows = [_gap(gap) if brief else [*_gap(gap), *_evidence(gap, gap.item_id in told)] for gap in report.gaps]
    return Table("Gaps", columns, rows, empty=nothing_below_target(report) or "Nothing is rated yet.")


def _gap(gap: GapDetail) -> list[Value]:
    return [
        gap.item_id,
        gap.title,
        gap.rank,
        percentage(gap.share),
        level_number(gap.level),
        level_number(gap.target),
        gap.descriptor,
        gap.target_descriptor,
        gap.confidence,
        gap.reason,
        gap.said.now,
        gap.said.needs,
        gap.said.progress,
        "\n".join(gap.notes),
    ]


def _evidence(gap: GapDetail, told: bool) -> list[Value]:
    """What the evaluations found; for a gap that is not told in full, what was seen elsewhere and one step."""
    stake = cited(gap.stake) if gap.stake else None
    if not told:
        return [stake, *[None] * 5, _steps(gap.steps[:1]), None, gap.source]
    return [
        stake,
        "\n".join(f"{part.title}: {cited(part.statement)}" for part in gap.synthesis),
        _ids(gap.supporting),
        _ids(gap.contrary),
        _ids([each.finding for each in gap.tried]),
        _ids(gap.barriers),
        _steps(gap.steps),
        "\n".join(_linked(link) for link in gap.linked),
        " ".join(part for part in (gap.source, gap.adds) if part),
    ]


def cited(statement: Sourced) -> str:
    """Sentences with the ids of their findings, which stand on the sheet of findings."""
    return f"{statement.says} {statement.cited}"


def _ids(findings: Sequence[CitedFinding]) -> str:
    return ", ".join(finding.id for finding in findings)


def _steps(steps: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"{step} ({finding_id})" for step, finding_id in steps)


def _linked(link: Linked) -> str:
    standing = f" ({link.standing})" if link.standing else ""
    return f"{link.how}: {link.item_id} {link.title}{standing}. {cited(link.statement)}"
