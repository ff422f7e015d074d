"""The parts on single items: ratings to read together, gaps with their evidence, and strengths."""

from __future__ import annotations

from collections.abc import Sequence

from audit.reports.docx.lines import Run, strong
from audit.reports.docx.tables import Column, Row, grid, levels
from audit.reports.docx.writer import Writer
from audit.reports.gap_report import GapReport
from audit.reports.item_parts import CitedFinding, GapDetail, Linked, Tried
from audit.reports.parts import Part
from audit.reports.wording import capital


def together(writer: Writer, report: GapReport, part: Part) -> None:
    """The ratings to read together."""
    writer.part(part)
    for entry in report.together:
        writer.heading(2, entry.items)
        writer.text(entry.asks)
        writer.line("Normal", *writer.sourced(entry.statement))


def gaps(writer: Writer, report: GapReport, part: Part) -> None:
    """The first gaps in full, and the rest as a table."""
    writer.part(part)
    for gap in report.told_gaps:
        _gap(writer, gap, report.bank.item_noun)
    if report.other_gaps:
        writer.heading(2, "The other gaps")
        _other_gaps(writer, report)


def _other_gaps(writer: Writer, report: GapReport) -> None:
    columns = [
        Column(capital(report.bank.item_noun), 0.24),
        Column("Level, and what was said", 0.3),
        Column("What the evaluations saw, and a step to consider", 0.46),
    ]
    rows = [
        Row(
            [
                f"{gap.rank}. {gap.item_id} {gap.title}\n{gap.share} of the whole gap",
                f"{capital(gap.level)}; target {gap.target}\n{gap.reason or gap.said.now}",
                _seen(writer, gap),
            ]
        )
        for gap in report.other_gaps
    ]
    grid(writer, "The other gaps", columns, rows)


def _seen(writer: Writer, gap: GapDetail) -> list[Run]:
    seen = writer.sourced(gap.stake) if gap.stake else []
    if gap.steps:
        seen += [strong(" To consider (our suggestion)."), Run(" "), *writer.step(*gap.steps[0])]
    return seen


def _gap(writer: Writer, gap: GapDetail, noun: str) -> None:
    writer.heading(2, f"{gap.rank}. {gap.item_id} {gap.title}")
    share = f"{gap.share} of the whole gap. {gap.source}."
    if gap.confidence:
        share += f" Confidence in this rating: {gap.confidence}."
    writer.text(share, "ReportItemSource")
    now, target = f"Now: level {gap.level}", f"Target: level {gap.target}"
    levels(writer, f"{gap.item_id}: level now and target", (now, gap.descriptor), (target, gap.target_descriptor))
    _account(writer, gap)
    _why(writer, gap, noun)
    _evidence(writer, gap)
    _planned(writer, gap)
    _linked(writer, gap.linked)


def _account(writer: Writer, gap: GapDetail) -> None:
    """What was said, and what to notice in it."""
    writer.headed("Why this level", gap.reason)
    for note in gap.notes:
        writer.typed(note, "ReportWarning")
    writer.headed(writer.titles[0], gap.said.now)
    if not gap.said.now and not gap.reason:
        writer.text("Nothing was written on what happens now.", "ReportSmall")


def _why(writer: Writer, gap: GapDetail, noun: str) -> None:
    lines = [writer.sourced(gap.stake)] if gap.stake else []
    if gap.adds:
        lines.append([strong("The recommendation adds."), Run(f" {gap.adds}")])
    if gap.thin:
        lines.append([strong(f"The evidence on this {noun} is thin.")])
    lines += [[strong(f"{part.title}."), Run(" "), *writer.sourced(part.statement)] for part in gap.synthesis]
    if lines:
        writer.heading(3, "Why it matters")
    for line in lines:
        writer.line("Normal", *line)


def _evidence(writer: Writer, gap: GapDetail) -> None:
    _findings(writer, "Evidence that it matters", gap.supporting)
    _findings(writer, "Evidence that limits it", gap.contrary, contrary=True)
    _tried(writer, gap.tried)
    _findings(writer, "What got in the way", gap.barriers)
    if gap.steps:
        writer.heading(3, "Steps to consider (our suggestions)")
    for step in gap.steps:
        writer.line("ListBullet", *writer.step(*step))


def _planned(writer: Writer, gap: GapDetail) -> None:
    """What is to be done, or where it stands."""
    if gap.plan_note:
        writer.text(gap.plan_note, "ReportSmall")
        return
    for title, text in zip(writer.titles[1:], (gap.said.needs, gap.said.progress), strict=True):
        writer.headed(title, text)


def _findings(writer: Writer, title: str, findings: Sequence[CitedFinding], *, contrary: bool = False) -> None:
    if findings:
        writer.heading(3, title, "ReportContrary" if contrary else "")
    for finding in findings:
        writer.finding(finding, directed=contrary)


def _tried(writer: Writer, tried: Sequence[Tried]) -> None:
    if tried:
        writer.heading(3, "Who tried it, and what became of it")
    for each in tried:
        writer.finding(each.finding, later=each.became)


def _linked(writer: Writer, linked: Sequence[Linked]) -> None:
    if linked:
        writer.heading(3, "Linked with")
    for each in linked:
        standing = f" ({each.standing})" if each.standing else ""
        name = f"{each.how} {each.item_id} {each.title}{standing}."
        writer.line("ListBullet", strong(name), Run(" "), *writer.sourced(each.statement))


def strengths(writer: Writer, report: GapReport, part: Part) -> None:
    """What stands at its target, and what would endanger it."""
    writer.part(part)
    for entry in report.strengths:
        writer.heading(2, f"{entry.item_id} {entry.title}")
        writer.text(f"Level {entry.level}. {entry.descriptor}")
        writer.headed("Why this level", entry.reason)
        if entry.endangers:
            writer.heading(3, "What has undone it where it was studied")
            writer.line("Normal", *writer.sourced(entry.endangers))
