"""Paper ballots as PDF: a page on how to use them, then each item's ballot, twice on a page where that is readable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, BinaryIO

from reportlab.graphics.shapes import Drawing, Rect
from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Frame, NextPageTemplate, PageBreak, PageTemplate, Table, TableStyle

from audit.reports import colours
from audit.reports.ballots import (
    HOW_SURE,
    NO_NAME,
    ONE_CROSS,
    OTHERS,
    YOUR_GROUP,
    Ballot,
    BallotLevel,
    BallotPack,
)
from audit.reports.pdf.blocks import numbered, para, plain, rich
from audit.reports.pdf.boxes import padding
from audit.reports.pdf.document import HouseDocument
from audit.reports.pdf.fonts import BODY, BOLD, register_fonts, typeset
from audit.reports.pdf.styles import H1, INK, LEAD, MARGIN, NUMBERED, PORTRAIT, QUIET, SMALL, SUBTITLE, TEXT, TITLE
from audit.reports.pdf.tagging import Figure, TaggedCanvas, layout_table
from audit.reports.workshop_words import SURE

# As near to the edge of the paper as office printers reach.
EDGE, END = 13 * mm, 8 * mm
WIDTH, HALF = PORTRAIT[0] - 2 * EDGE, PORTRAIT[1] / 2
ROOM = HALF - 2 * END
# A box to put a cross in, how far its top is below that of its words, and what is between it and others.
SQUARE, LOWER, BESIDE, BETWEEN = 11.0, 1.5, 5.0, 14.0
# How much air a row may have above and below it; the most that lets all ballots of a pack stand twice on a page.
AIRS = (4.0, 3.0, 2.0, 1.5)
# Nothing that is read on a ballot is smaller than 11 points, but for whose it is.
SAYS = ParagraphStyle("ballot-says", parent=TEXT, fontSize=11, leading=12.8, spaceAfter=0)
BOLD_SAYS = ParagraphStyle("ballot-bold", parent=SAYS, fontName=BOLD)
ASKS = ParagraphStyle("ballot-asks", parent=SAYS, spaceAfter=4)
HEADING = ParagraphStyle("ballot-heading", parent=SAYS, fontName=BOLD, fontSize=14, leading=22, spaceAfter=3)
ORIGIN = ParagraphStyle("ballot-origin", parent=SMALL, spaceAfter=0, leading=10)
GUIDE = ParagraphStyle("guide-title", parent=TITLE, fontSize=22, leading=26)
NOTICE = ParagraphStyle("guide-notice", parent=TEXT, fontName=BOLD, textColor=HexColor(colours.NOTICE))
STEP = ParagraphStyle("ballot-step", parent=NUMBERED, fontSize=11, leading=15.5, spaceAfter=5, leftIndent=20)


def render_ballots(pack: BallotPack) -> bytes:
    """The ballots as PDF. The same pack gives the same bytes."""
    register_fonts()
    air = next((air for air in AIRS if all(_high(pack, each, air) <= ROOM for each in pack.ballots)), None)
    story = _guide(pack, twice=air is not None)
    for number, ballot in enumerate(pack.ballots):
        place = Place(f"ballot-{number}", f"{ballot.item_id} {ballot.title}")
        content = _ballot(pack, ballot, AIRS[0] if air is None else air)
        story += [PageBreak(), place, *(content if air is None else [Copies(_block(content))])]
    buffer = BytesIO()
    BallotDocument(buffer, pack).build(story)
    return buffer.getvalue()


def _guide(pack: BallotPack, *, twice: bool) -> list[Flowable]:
    return [
        Place("guide", "How to use these ballots"),
        para(f"Paper ballots: {pack.title}", GUIDE, "H1"),
        para(pack.whose, SUBTITLE),
        *([para(pack.cover.notice, NOTICE)] if pack.cover.notice else []),
        para(pack.about(), LEAD),
        para("How to use them", H1),
        *numbered([plain(text) for text in pack.using(twice=twice)], STEP),
        NextPageTemplate("ballot"),
    ]


def _high(pack: BallotPack, ballot: Ballot, air: float) -> float:
    return float(_block(_ballot(pack, ballot, air)).wrap(WIDTH, ROOM)[1])


def _ballot(pack: BallotPack, ballot: Ballot, air: float) -> list[Flowable]:
    """What stands on a ballot, with so much air above and below each row."""
    name = f'<font size="21">{plain(ballot.item_id)}</font>&nbsp; {plain(ballot.title)}'
    return [
        rich(name, HEADING, "H2"),
        para(ballot.prompt, ASKS),
        para(ONE_CROSS, BOLD_SAYS),
        *(_level(level, air) for level in ballot.levels),
        *_choices("", OTHERS, air),
        *_choices(HOW_SURE, list(SURE.values()), air),
        *(_choices(YOUR_GROUP, pack.groups, air) if pack.groups else []),
        para(NO_NAME, BOLD_SAYS),
        para(pack.origin, ORIGIN),
    ]


def _block(content: Sequence[Flowable]) -> Table:
    return layout_table([content], colWidths=[WIDTH], style=TableStyle(padding(0, 0)))


def _level(level: BallotLevel, air: float) -> Table:
    words = rich(f"<b>{level.number} {plain(level.name)}.</b> {plain(level.says)}", SAYS)
    return _row([([_square(f"level {level.number}")], SQUARE + BESIDE), ([words], WIDTH - SQUARE - BESIDE)], air)


def _choices(label: str, options: Sequence[str], air: float) -> Iterator[Table]:
    """Boxes with their options, as many beside each other as the width holds."""
    cells: list[tuple[list[Flowable], float]] = []
    if label:
        cells.append(([para(label, BOLD_SAYS)], _wide(label, BOLD) + BETWEEN))
    for option in options:
        words = min(_wide(option) + BETWEEN, WIDTH - SQUARE - BESIDE)
        if sum(width for _, width in cells) + SQUARE + BESIDE + words > WIDTH:
            yield _row(cells, air)
            cells = []
        cells += [([_square(option)], SQUARE + BESIDE), ([para(option, SAYS)], words)]
    yield _row(cells, air)


def _row(cells: Sequence[tuple[list[Flowable], float]], air: float) -> Table:
    style = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *padding(0, air)])
    rest = WIDTH - sum(width for _, width in cells)
    padded = [*cells, ([], rest)] if rest > 0 else cells
    return layout_table([content for content, _ in padded], colWidths=[width for _, width in padded], style=style)


def _wide(text: str, font: str = BODY) -> float:
    return stringWidth(typeset(text), font, SAYS.fontSize)


def _square(choice: str) -> Figure:
    """An empty box to put a cross in."""
    drawing = Drawing(SQUARE, SQUARE + LOWER)
    looks: Any = {"fillColor": None, "strokeColor": INK, "strokeWidth": 0.9}
    drawing.add(Rect(0.5, 0, SQUARE - 1, SQUARE - 1, **looks))
    return Figure(drawing, f"Box for {choice}")


class Place(Flowable):
    """Nothing to see: where an entry of the outline leads to."""

    def __init__(self, key: str, title: str) -> None:
        super().__init__()
        self._key, self._title = key, title

    def draw(self) -> None:
        """Enter the place into the outline."""
        self.canv.bookmarkPage(self._key, fit="Fit")
        self.canv.addOutlineEntry(typeset(self._title), self._key, 0)


class Copies(Flowable):
    """A ballot twice on a page, with a line to cut along. A reader gets it once."""

    canv: TaggedCanvas

    def __init__(self, block: Table) -> None:
        super().__init__()
        self._block = block

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803  (ReportLab's names)
        """The size of the page within its margins."""
        _, self._high = self._block.wrap(WIDTH, ROOM)
        return WIDTH, PORTRAIT[1] - 2 * END

    def draw(self) -> None:
        """Draw the ballot at the top of each half, and the line between them."""
        self._block.drawOn(self.canv, 0, HALF - END + END + ROOM - self._high)
        with self.canv.artifact():
            self._block.drawOn(self.canv, 0, ROOM - self._high)
            self.canv.setStrokeColor(QUIET)
            self.canv.setDash(3, 3)
            self.canv.line(-EDGE, HALF - END, WIDTH + EDGE, HALF - END)


class BallotDocument(HouseDocument):
    """A4 upright: a page with the house's margins, then pages that are used to the edge."""

    def __init__(self, file: BinaryIO, pack: BallotPack) -> None:
        super().__init__(
            file,
            pagesize=PORTRAIT,
            title=f"Paper ballots: {pack.title}",
            author=pack.cover.authority,
            subject=pack.instrument,
            made_on=pack.cover.made_on,
        )
        width, height = PORTRAIT
        guide = Frame(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN, 0, 0, 0, 0)
        # A point more than a ballot needs, so that rounding never sends one to a page of its own.
        ballot = Frame(EDGE, END - 1, WIDTH, height - 2 * END + 1, 0, 0, 0, 0)
        self.addPageTemplates(
            [
                PageTemplate("guide", [guide], pagesize=PORTRAIT),
                PageTemplate("ballot", [ballot], pagesize=PORTRAIT),
            ]
        )
