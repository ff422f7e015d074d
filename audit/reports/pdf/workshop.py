"""The record of a workshop as PDF: A4 upright."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate, Paragraph

from audit.reports import colours
from audit.reports.pdf.blocks import box, bullets, para, paras, plain, rich, room, said_blocks
from audit.reports.pdf.document import OUTLINE, HouseDocument, fitted
from audit.reports.pdf.fonts import BODY, BOLD, register_fonts, typeset
from audit.reports.pdf.grids import grid
from audit.reports.pdf.styles import CELL_BOLD, COLUMN, FOOT, H1, H2, H3, HEAD, MARGIN, PORTRAIT, SUBTITLE, TITLE
from audit.reports.pdf.tagging import Figure
from audit.reports.pdf.vote_charts import BESIDE, chart_words, vote_charts
from audit.reports.pdf.workshop_pages import reason_blocks, vote_markup
from audit.reports.wording import capital
from audit.reports.workshop_record import OVERVIEW, ItemRecord, VoteRecord, WorkshopRecord, full_title

Story = list[Flowable]


def render_record_pdf(record: WorkshopRecord) -> bytes:
    """The record as PDF. The same record gives the same bytes."""
    register_fonts()
    buffer = BytesIO()
    RecordDocument(buffer, record).build(_story(record))
    return buffer.getvalue()


def _story(record: WorkshopRecord) -> Story:
    cover = record.cover
    return [
        para(f"Workshop record: {cover.title}", TITLE),
        para(f"{cover.authority}\n{record.instrument}, {cover.subtitle}", SUBTITLE),
        *([box([para(cover.notice, CELL_BOLD)], colours.NOTICE_TINT, colours.NOTICE)] if cover.notice else []),
        *[rich(f"<b>{plain(name)}.</b> {plain(says)}") for name, says in record.facts],
        *_overview(record),
        *_items(record),
        *_ends(record),
    ]


def _overview(record: WorkshopRecord) -> Story:
    story: Story = []
    if record.items:
        widths = [COLUMN * share for share in (0.3, 0.19, 0.19, 0.2, 0.12)]
        rows = [[f"{item.item_id} {item.title}", *item.overview] for item in record.items]
        table = grid([capital(record.noun), *OVERVIEW], rows, widths, tight=True)
        story = [room(60 * mm), para("What came of it", H1), table]
    return [*story, *[rich(f"<b>{plain(title)}.</b> {plain(says)}") for title, says in record.left]]


def _items(record: WorkshopRecord) -> Story:
    if not record.items:
        return []
    first, *others = map(_item, record.items)
    title = para(full_title(record), H1)
    return [KeepTogether([title, *first.begun]), *first.rest, *(each for item in others for each in item.story)]


@dataclass(frozen=True)
class _Told:
    """An item: what stands on one page with its heading, and the rest."""

    begun: Story
    rest: Story

    @property
    def story(self) -> Story:
        return [KeepTogether(self.begun), *self.rest]


def _item(item: ItemRecord) -> _Told:
    shown = [vote for vote in item.votes if vote.bars]
    rows = [shown[at : at + BESIDE] for at in range(0, len(shown), BESIDE)]
    charts: Story = [Figure(vote_charts(row), chart_words(row)) for row in rows]
    time = [rich(f"<b>Time:</b> {plain(item.time.lower())}.")] if item.time else []
    told: Story = [
        *charts,
        *[each for vote in item.votes for each in _vote(vote)],
        *([para(item.aside)] if item.aside else []),
        rich(f"<b>{plain(item.outcome)}</b>"),
        *reason_blocks(item.reason),
        *said_blocks(item.said),
        *_headed("Who takes it on", item.owner),
        *_headed("Notes of what was said", item.notes),
    ]
    return _Told([para(f"{item.item_id} {item.title}", H2), *time, *told[:1]], told[1:])


def _vote(vote: VoteRecord) -> Story:
    story: Story = [rich(vote_markup(vote.line)), *map(para, vote.notes)]
    if vote.groups:
        rows = [[name, says] for name, says in vote.groups]
        table = grid([f"{vote.line.title} by group", "Votes"], rows, [COLUMN * 0.3, COLUMN * 0.7], tight=True)
        story.append(KeepTogether([table]))
    return story


def _headed(title: str, text: str) -> Story:
    return [para(title, H3), *paras(text)] if text else []


def _ends(record: WorkshopRecord) -> Story:
    feedback: Story = [rich(f"<b>{plain(question)}</b> {plain(says)}") for question, says in record.feedback]
    return [
        *_part("Steps that were taken back", bullets(record.taken_back)),
        *_part("What people said of the workshop", feedback),
        *_part("What this record cannot tell", bullets(record.limits)),
    ]


def _part(title: str, content: Sequence[Flowable]) -> Story:
    return [room(35 * mm), para(title, H1), *content] if content else []


class RecordDocument(HouseDocument):
    """A4 upright. Headings enter the outline, and each page says whose it is and which of the pages."""

    def __init__(self, file: BinaryIO, record: WorkshopRecord) -> None:
        cover = record.cover
        super().__init__(
            file,
            pagesize=PORTRAIT,
            title=f"Workshop record: {cover.title}",
            author=cover.authority,
            subject=record.instrument,
            made_on=cover.made_on,
        )
        self._record, self._headings = record, 0
        frame = Frame(MARGIN, FOOT, COLUMN, PORTRAIT[1] - HEAD - FOOT, 0, 0, 0, 0)
        self.addPageTemplates([PageTemplate("record", [frame], onPage=self._furniture, pagesize=PORTRAIT)])

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802  (ReportLab's name)
        """Enter headings into the outline."""
        if not isinstance(flowable, Paragraph) or flowable.style.name not in OUTLINE:
            return
        self._headings += 1
        key, level = f"heading-{self._headings}", OUTLINE[flowable.style.name]
        self.canv.bookmarkPage(key, fit="XYZ", left=0, top=self.top_of(flowable))
        self.canv.addOutlineEntry(flowable.getPlainText(), key, level, closed=level == 0)

    def _furniture(self, canvas: Any, _: BaseDocTemplate) -> None:
        with canvas.artifact("Header"):
            canvas.setFillColor(HexColor(self._record.cover.accent or colours.BRAND))
            canvas.rect(0, PORTRAIT[1] - 4 * mm, PORTRAIT[0], 4 * mm, stroke=0, fill=1)
        with canvas.artifact("Footer"):
            self._foot_line(canvas)

    def _foot_line(self, canvas: Canvas) -> None:
        cover = self._record.cover
        words = cover.notice or f"{cover.authority}: {cover.title}. Made with Plumbline on {cover.made_on}"
        font = BOLD if cover.notice else BODY
        canvas.setFillColor(HexColor(colours.NOTICE if cover.notice else colours.QUIET))
        canvas.setFont(font, 8.5)
        canvas.drawString(MARGIN, 11 * mm, fitted(typeset(words), COLUMN - 60, font))
        canvas.setFillColor(HexColor(colours.QUIET))
        canvas.setFont(BODY, 8.5)
        canvas.drawRightString(MARGIN + COLUMN, 11 * mm, f"Page {canvas.getPageNumber()}")
