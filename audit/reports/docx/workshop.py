"""The record of a workshop as the bytes of a DOCX file."""

from __future__ import annotations

from io import BytesIO

from docx.shared import Pt
from docx.text.paragraph import Paragraph

from audit.reports.docx.document import Front, new_document
from audit.reports.docx.lines import Run, strong
from audit.reports.docx.render import undated
from audit.reports.docx.tables import Column, Row, grid
from audit.reports.docx.workshops import vote_runs
from audit.reports.docx.writer import Writer
from audit.reports.parts import Part
from audit.reports.wording import capital
from audit.reports.workshop_record import OVERVIEW, ItemRecord, VoteRecord, WorkshopRecord, full_title


def render_record_docx(record: WorkshopRecord) -> bytes:
    """The record as DOCX. The same record gives the same bytes."""
    cover = record.cover
    title = f"Workshop record: {cover.title}"
    foot = "Record of a workshop. Levels are Plumbline's own, not published."
    front = Front(title, cover.authority, record.instrument, cover.made_on, cover.notice, cover.accent, foot)
    writer = Writer(new_document(front), ())
    writer.text(title, "Title")
    for text in filter(None, (cover.authority, cover.subtitle)):
        writer.text(text, "Subtitle")
    if cover.notice:
        writer.text(cover.notice, "ReportNotice")
    _facts(writer, record)
    _overview(writer, record)
    if record.items:
        writer.part(Part("items", full_title(record)))
    for item in record.items:
        _item(writer, item)
    _ends(writer, record)
    writer.text(f"Made on {cover.made_on} with Plumbline.", "ReportSmall")
    buffer = BytesIO()
    writer.document.save(buffer)
    return undated(buffer.getvalue())


def _facts(writer: Writer, record: WorkshopRecord) -> None:
    for name, says in record.facts:
        writer.line("Normal", strong(f"{name}. "), Run(says))


def _overview(writer: Writer, record: WorkshopRecord) -> None:
    if record.items:
        writer.part(Part("overview", "What came of it"))
        shares = (0.3, 0.2, 0.2, 0.18, 0.12)
        titles = (capital(record.noun), *OVERVIEW)
        columns = [Column(title, share) for title, share in zip(titles, shares, strict=True)]
        rows = [Row([f"{item.item_id} {item.title}", *item.overview]) for item in record.items]
        grid(writer, f"Each {record.noun} in short", columns, rows)
    for title, says in record.left:
        _apart(writer.line("Normal", strong(f"{title}. "), Run(says)))


def _item(writer: Writer, item: ItemRecord) -> None:
    writer.heading(2, f"{item.item_id} {item.title}")
    if item.time:
        time = writer.line("Normal", strong("Time: "), Run(f"{item.time.lower()}."))
        time.paragraph_format.keep_with_next = True
    for vote in item.votes:
        _vote(writer, vote)
    if any(vote.bars for vote in item.votes):
        _table(writer, item)
    if item.aside:
        _apart(writer.text(item.aside))
    _apart(writer.line("Normal", strong(item.outcome)))
    writer.headed("Reason given", item.reason)
    writer.said(item.said)
    writer.headed("Who takes it on", item.owner)
    writer.headed("Notes of what was said", item.notes)


def _vote(writer: Writer, vote: VoteRecord) -> None:
    _apart(writer.line("Normal", *vote_runs(vote.line)))
    for text in vote.notes:
        writer.text(text)
    if vote.groups:
        rows = [Row([name, says]) for name, says in vote.groups]
        grid(writer, f"{vote.line.title} by group", [Column("Group", 0.3), Column("Votes", 0.7)], rows, caption=True)


def _table(writer: Writer, item: ItemRecord) -> None:
    """How many people chose what, vote by vote."""
    votes = [vote for vote in item.votes if vote.bars]
    width = min(0.15, 0.6 / len(votes))
    columns = [Column("Choice", 1 - width * len(votes)), *(Column(vote.line.title, width, True) for vote in votes)]
    choices = zip(*(vote.bars for vote in votes), strict=True)
    rows = [Row([bars[0].words, *([Run(str(bar.number))] for bar in bars)]) for bars in choices]
    grid(writer, f"Votes on {item.item_id}", columns, rows, caption=True, tight=True)


def _apart(paragraph: Paragraph) -> None:
    """Keep a paragraph off the table that may stand above it."""
    paragraph.paragraph_format.space_before = Pt(6)


def _ends(writer: Writer, record: WorkshopRecord) -> None:
    if record.taken_back:
        writer.part(Part("taken-back", "Steps that were taken back"))
        writer.bullets(record.taken_back)
    if record.feedback:
        writer.part(Part("feedback", "What people said of the workshop"))
        for question, says in record.feedback:
            writer.line("Normal", strong(f"{question} "), Run(says))
    writer.part(Part("limits", "What this record cannot tell"))
    writer.bullets(record.limits)
