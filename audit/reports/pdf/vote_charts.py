"""Charts of blind votes, drawn with reportlab.graphics: a column for each choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor

from audit.reports import colours
from audit.reports.pdf.fonts import BODY, BOLD, typeset
from audit.reports.pdf.styles import COLUMN
from audit.reports.wording import two_lines
from audit.reports.workshop_record import VoteRecord
from audit.reports.workshop_words import Bar

# So many votes stand beside each other.
BESIDE = 2
_HIGH, _FOOT, _HEAD, _GAP = 58.0, 24.0, 26.0, 18.0
_INK, _QUIET = HexColor(colours.INK), HexColor(colours.QUIET)


def vote_charts(votes: Sequence[VoteRecord]) -> Drawing:
    """Votes beside each other, at most :data:`BESIDE`; the column of the lower median has another colour."""
    drawing = Drawing(COLUMN, _HEAD + _HIGH + _FOOT)
    width = (COLUMN - _GAP * (BESIDE - 1)) / BESIDE
    most = max((bar.number for vote in votes for bar in vote.bars), default=1)
    for place, vote in enumerate(votes):
        left = place * (width + _GAP)
        _write(drawing, left, _FOOT + _HIGH + 15, vote.line.title, textAnchor="start", fontName=BOLD, fontSize=9)
        drawing.add(Line(left, _FOOT, left + width, _FOOT, strokeColor=HexColor(colours.RULE), strokeWidth=0.8))
        room = width / len(vote.bars)
        for number, bar in enumerate(vote.bars):
            _column(drawing, bar, left + number * room, room, _HIGH * bar.number / max(most, 1))
    return drawing


def chart_words(votes: Sequence[VoteRecord]) -> str:
    """The charts in words."""
    return " ".join(f"{vote.line.title}: {vote.line.says}" for vote in votes)


def _column(drawing: Drawing, bar: Bar, left: float, room: float, height: float) -> None:
    middle = left + room / 2
    if bar.number:
        fill = HexColor(colours.TARGET if bar.middle else colours.BRAND)
        drawing.add(_rect(left + 3, room - 6, height, fillColor=fill, strokeColor=None))
        _write(drawing, middle, _FOOT + height + 3, str(bar.number))
    for row, words in enumerate([bar.label] if bar.level is not None else two_lines(bar.label)):
        _write(drawing, middle, _FOOT - 10 - 8 * row, words, fontSize=7, fillColor=_QUIET)


def _rect(left: float, width: float, height: float, **looks: Any) -> Rect:
    return Rect(left, _FOOT, width, height, **looks)


def _write(drawing: Drawing, x: float, y: float, text: str, **looks: Any) -> None:
    usual = {"fontName": BODY, "fontSize": 8, "fillColor": _INK, "textAnchor": "middle"}
    # The space keeps a reader from joining it to the next text of the drawing.
    drawing.add(String(x, y, f"{typeset(text)} ", **{**usual, **looks}))
