"""The last pages of a report: where the evidence lies, the method, the findings and publications, and all answers."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether

from audit.reports.gap_report import GapReport, Length, Passage
from audit.reports.parts import Part
from audit.reports.pdf.blocks import heading, para, rich, room
from audit.reports.pdf.fonts import typeset
from audit.reports.pdf.grids import Content, grid
from audit.reports.pdf.linking import finding_place, publication_place, to_publication
from audit.reports.pdf.styles import CELL, CELL_BOLD, COLUMN, H2
from audit.reports.wording import capital

Story = list[Flowable]


def evidence(report: GapReport, part: Part | None) -> Story:
    """Where the evidence for the answers lies."""
    if part is None:
        return []
    rows = [[entry.item_id, entry.url, entry.dated, entry.note] for entry in report.evidence]
    widths = [COLUMN * share for share in (0.12, 0.4, 0.18, 0.3)]
    header = [capital(report.bank.item_noun), "Address", "Date", "Note"]
    return [room(50 * mm), *heading(part), grid(header, rows, widths)]


def method(report: GapReport, part: Part | None, more: Sequence[Passage]) -> Story:
    """How the numbers come about, what they cannot tell, and ``more`` on the file itself."""
    if part is None:
        return []
    story: Story = [room(60 * mm), *heading(part)]
    for passage in (*report.method, *more):
        story.append(KeepTogether([para(passage.heading, H2), *[para(text) for text in passage.paragraphs]]))
    return story


def sources(report: GapReport, part: Part | None) -> Story:
    """The findings cited. Links from their ids lead here."""
    if part is None:
        return []
    told = report.length is Length.APPENDIX
    header = ["Finding", "Where it stands", "How firm", *(["What was found"] if told else [])]
    shares = (0.13, 0.25, 0.14, 0.48) if told else (0.15, 0.57, 0.28)
    shorts = [typeset(entry.short) for entry in report.references]
    rows: list[list[Content]] = [
        [
            [rich(finding_place(source.id), CELL_BOLD)],
            [rich(to_publication(typeset(source.place), shorts), CELL)],
            capital(source.strength),
            *([source.says] if told else []),
        ]
        for source in report.sources
    ]
    return [room(60 * mm), *heading(part), grid(header, rows, [COLUMN * share for share in shares], tight=True)]


def references(report: GapReport, part: Part | None) -> Story:
    """The publications cited. Links from the findings lead here."""
    if part is None:
        return []
    rows: list[list[Content]] = [
        [[rich(publication_place(number, typeset(entry.short)), CELL_BOLD)], entry.full, str(entry.cited)]
        for number, entry in enumerate(report.references)
    ]
    widths = [COLUMN * 0.27, COLUMN * 0.58, COLUMN * 0.15]
    table = grid(["Cited as", "Publication", "Findings cited"], rows, widths)
    return [KeepTogether([*heading(part), table])]


def answers(report: GapReport, part: Part | None) -> Story:
    """All answers, for the appendix."""
    if part is None:
        return []
    noun = capital(report.bank.item_noun)
    rows = [
        [
            f"{row.item_id} {row.title}",
            "\n".join(filter(None, [capital(row.rating), row.reason])),
            capital(row.target),
            capital(row.confidence),
            row.weight,
        ]
        for row in report.answers
    ]
    widths = [COLUMN * share for share in (0.3, 0.3, 0.16, 0.13, 0.11)]
    return [
        room(50 * mm),
        *heading(part),
        grid([noun, "Rating, and why", "Target", "Confidence", "Weight"], rows, widths),
    ]
