"""The first page: whose report it is, the score, what to look at first, and what this is and is not."""

from __future__ import annotations

from audit.reports.docx.lines import Run, strong
from audit.reports.docx.tables import Column, Row, grid
from audit.reports.docx.writer import Writer
from audit.reports.gap_report import GapReport
from audit.reports.parts import Part, nothing_below_target, parts_of, priorities_title, statement, together_note

SUMMARY = Part("summary", "Summary")


def summary(writer: Writer, report: GapReport) -> None:
    """All of the first page."""
    writer.text(report.title, "Title")
    for text in filter(None, (report.authority, report.subtitle)):
        writer.text(text, "Subtitle")
    for runs in ([strong(report.notice)], [Run(report.about)]):
        if runs[0].text:
            writer.line("ReportNotice", *runs)
    writer.part(SUMMARY)
    _score(writer, report)
    _sections(writer, report)
    _priorities(writer, report)
    writer.heading(2, "What this is, and is not")
    writer.text(statement(report))
    if report.first_caution:
        writer.line("Normal", *writer.sourced(report.first_caution))


def _score(writer: Writer, report: GapReport) -> None:
    headline = report.headline
    if headline.percent is None:
        writer.text("Not yet scored", "ReportScore")
    else:
        writer.line("ReportScore", Run(f"{headline.percent}%", "ReportScoreNumber"), Run(f"  {headline.band or ''}"))
    writer.bullets(headline.sentences)
    for warning in headline.warnings:
        writer.text(warning, "ReportWarning")
    if "together" in parts_of(report):
        writer.text(together_note(report), "ReportWarning")


def _sections(writer: Writer, report: GapReport) -> None:
    if report.sections:
        columns = [Column("Section", 0.5), Column("Score", 0.2, number=True), Column("Range", 0.3)]
        rows = [Row([line.title, line.percent, line.span]) for line in report.sections]
        grid(writer, "Score by section", columns, rows, caption=True)


def _priorities(writer: Writer, report: GapReport) -> None:
    if report.priorities:
        writer.heading(2, priorities_title(report))
    for priority in report.priorities:
        why = [Run(" "), *writer.sourced(priority.stake)] if priority.stake else []
        name = strong(f"{priority.item_id} {priority.title}.")
        writer.line("ListNumber", name, Run(f" {priority.reason}"), *why)
    for text in filter(None, (report.priorities_note, nothing_below_target(report))):
        writer.text(text)
