"""The first sheet of the report: whose it is, the score with its range, and what to look at first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from audit.reports.gap_report import GapReport, Length
from audit.reports.parts import nothing_below_target, priorities_title, statement, without_text
from audit.reports.xlsx.gap_sheet import cited
from audit.reports.xlsx.sheets import Book, Value
from audit.reports.xlsx.values import percentage, span_ends

NAME = "Summary"
_WIDTHS = (38, 100, 12, 12)


def write_summary(book: Book, report: GapReport) -> None:
    """Add the sheet."""
    page = _Page(book, book.sheet(NAME, _WIDTHS))
    page.title(report.title, "title")
    page.title(report.authority, "heading")
    _about(page, report)
    _score(page, report)
    _sections(page, report)
    _priorities(page, report)
    if report.together and report.length is not Length.BRIEF:
        page.heading("Ratings to read together")
        page.lines([each.items, f"{each.asks} {cited(each.statement)}"] for each in report.together)


class _Page:
    """A sheet that is written from top to bottom."""

    def __init__(self, book: Book, sheet: Any) -> None:
        self._book, self._sheet, self._row = book, sheet, 0

    def line(self, values: Sequence[Value], style: str = "start") -> None:
        self._book.row(self._sheet, self._row, values, _WIDTHS, [style] * len(values))
        self._row += 1

    def lines(self, rows: Any) -> None:
        for row in rows:
            self.line(row)

    def title(self, text: str, style: str) -> None:
        self._book.put(self._sheet, self._row, 0, text, style)
        self._row += 1

    def heading(self, text: str) -> None:
        self._row += 1
        self.title(text, "heading")


def _about(page: _Page, report: GapReport) -> None:
    if report.notice:
        page.line(["Notice", report.notice], "notice")
    rows = [
        ["Made on", report.made_on],
        ["Round", report.subtitle],
        ["About", report.about],
        ["Bank", f"{report.bank.title} ({report.bank.id} {report.bank.version})"],
        ["Weighting", report.bank.weighting],
        ["What this is", statement(report)],
    ]
    page.lines(row for row in rows if row[1])


def _score(page: _Page, report: GapReport) -> None:
    head = report.headline
    page.heading("Score")
    page.line(["Score", percentage(head.percent) or "Not yet scored"])
    if head.percent is not None:
        page.lines([["Lowest it could be", percentage(head.low)], ["Highest it could be", percentage(head.high)]])
        page.line(["Band", head.band])
    page.lines(["What to know", sentence] for sentence in head.sentences)
    page.lines(["Take care", warning] for warning in head.warnings)
    if report.first_caution:
        page.line(["Take care", cited(report.first_caution)])


def _sections(page: _Page, report: GapReport) -> None:
    if not report.sections:
        return
    page.heading("Sections")
    page.line(["Section", "Score", "Lowest", "Highest"], "header")
    for section in report.sections:
        page.line([section.title, percentage(section.percent), *span_ends(section.span, section.percent)])


def _priorities(page: _Page, report: GapReport) -> None:
    page.heading(priorities_title(report))
    for priority in report.priorities:
        stake = f" {cited(priority.stake)}" if priority.stake else ""
        page.line([f"{priority.item_id} {priority.title}", f"{priority.reason}{stake}"])
    words = (nothing_below_target(report), report.priorities_note, without_text(report.plan))
    page.lines(["What to know", sentence] for sentence in words if sentence)
