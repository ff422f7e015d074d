"""The last part of a report: how levels were agreed in workshops."""

from __future__ import annotations

from audit.reports.docx.lines import Run, strong
from audit.reports.docx.writer import Writer
from audit.reports.gap_report import GapReport
from audit.reports.parts import Part
from audit.reports.workshop_parts import VoteLine, WorkshopItem


def workshops(writer: Writer, report: GapReport, part: Part) -> None:
    """Each workshop with its votes and what was settled."""
    writer.part(part)
    for workshop in report.workshops:
        writer.heading(2, workshop.title)
        for text in workshop.about:
            writer.text(text)
        for item in workshop.items:
            _item(writer, item)
        if workshop.left:
            writer.text(workshop.left)


def _item(writer: Writer, item: WorkshopItem) -> None:
    writer.heading(3, f"{item.item_id} {item.title}")
    for vote in item.votes:
        writer.line("ListBullet", *vote_runs(vote))
    writer.text(item.outcome)
    if item.reason:
        writer.line("Normal", strong("Reason given"))
        writer.typed(item.reason)
    if item.owner:
        writer.line("Normal", strong("Who takes it on: "), Run(item.owner))


def vote_runs(vote: VoteLine) -> list[Run]:
    """A vote as a line: how far it agrees stands out."""
    accord = f"{vote.title}: {vote.accord[:1].lower()}{vote.accord[1:]}. "
    return [strong(accord), Run(" ".join(filter(None, [vote.says, vote.moved])))]
