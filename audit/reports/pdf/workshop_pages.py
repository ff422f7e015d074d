"""The last part of a report: how levels were agreed in workshops."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether

from audit.reports.gap_report import GapReport
from audit.reports.parts import Part
from audit.reports.pdf.blocks import heading, items, para, paras, plain, rich, room
from audit.reports.pdf.styles import H2, H3
from audit.reports.workshop_parts import VoteLine, WorkshopItem, WorkshopPart

Story = list[Flowable]


def workshops(report: GapReport, part: Part | None) -> Story:
    """Each workshop with its votes and what was settled."""
    if part is None:
        return []
    return [room(60 * mm), *heading(part), *[each for workshop in report.workshops for each in _workshop(workshop)]]


def _workshop(workshop: WorkshopPart) -> Story:
    told = [each for item in workshop.items for each in _item(item)]
    left = [para(workshop.left)] if workshop.left else []
    return [para(workshop.title, H2), *[para(text) for text in workshop.about], *told, *left]


def _item(item: WorkshopItem) -> Story:
    votes = items([vote_markup(vote) for vote in item.votes])
    owner = [rich(f"<b>Who takes it on:</b> {plain(item.owner)}")] if item.owner else []
    first, *others = [*votes, para(item.outcome)]
    name = para(f"{item.item_id} {item.title}", H3)
    return [KeepTogether([name, first]), *others, *reason_blocks(item.reason), *owner]


def vote_markup(vote: VoteLine) -> str:
    """A vote as a line of ReportLab markup."""
    accord = f"{vote.title}: {vote.accord[:1].lower()}{vote.accord[1:]}."
    return f"<b>{plain(accord)}</b> {plain(' '.join(filter(None, [vote.says, vote.moved])))}"


def reason_blocks(reason: str) -> Story:
    """The reason that was typed, its first line after what it is."""
    first, *others = [line for line in reason.split("\n") if line.strip()] or [""]
    if not first:
        return []
    return [rich(f"<b>Reason given:</b> {plain(first)}"), *paras("\n".join(others))]
