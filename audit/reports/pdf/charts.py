"""Charts of the PDF, drawn with reportlab.graphics from the numbers of the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, Rect, String
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.utils import simpleSplit

from audit.reports import colours
from audit.reports.gap_report import Headline, Profile, ProfileBar
from audit.reports.pdf.fonts import BODY, BOLD, typeset
from audit.reports.pdf.styles import COLUMN
from audit.reports.wording import capital, two_lines

_BRAND, _TINT = HexColor(colours.BRAND), HexColor(colours.BRAND_TINT)
_INK, _QUIET, _TARGET = HexColor(colours.INK), HexColor(colours.QUIET), HexColor(colours.TARGET)
_RULE, _SHADE = HexColor(colours.RULE), HexColor(colours.SHADE)
Anchor = Literal["start", "middle", "end"]
LEGEND_WORDS = "Key to the profile: a bar reaches to the level now, a diamond marks the target."
_ROW, _HEADER, _LABELS = 20.0, 30.0, 232.0


def score_scale(headline: Headline) -> Drawing:
    """A line from 0% to 100% with the range as a bar and the score as a dot."""
    width, left, right = COLUMN, 4.0, COLUMN - 4.0
    drawing = Drawing(width, 34)
    span = right - left

    def at(text: str) -> float:
        return left + span * float(text) / 100

    drawing.add(_rect(left, 19, span, 8, fillColor=_SHADE, strokeColor=_RULE, strokeWidth=0.5))
    if headline.low is not None and headline.high is not None:
        low, high = at(headline.low), at(headline.high)
        drawing.add(_rect(low, 19, max(high - low, 0.5), 8, fillColor=_BRAND, fillOpacity=0.3, strokeColor=None))
    if headline.percent is not None:
        drawing.add(Circle(at(headline.percent), 23, 6, fillColor=_BRAND, strokeColor=HexColor(colours.PAPER)))
    for tick in (0, 25, 50, 75, 100):
        anchor: Anchor = "start" if tick == 0 else "end" if tick == 100 else "middle"
        drawing.add(_text(at(str(tick)), 6, f"{tick}%", anchor=anchor))
    return drawing


def scale_words(headline: Headline) -> str:
    """The score scale in a sentence."""
    words = f"A line from 0% to 100% with the score at {headline.percent}%"
    if headline.low is None or headline.high is None or headline.low == headline.high:
        return f"{words}."
    return f"{words} and the range from {headline.low}% to {headline.high}%."


def section_words(section: str, bars: Sequence[ProfileBar]) -> str:
    """The profile chart of a section in words."""
    rows = "; ".join(f"{bar.item_id}: {bar.state}" for bar in bars)
    return f"{section}: levels beside their targets. {capital(rows)}."


def profile_chart(profile: Profile, bars: list[ProfileBar]) -> Drawing:
    """A row per item: a bar up to its level, a mark at its target."""
    height = _HEADER + _ROW * len(bars) + 4
    drawing = Drawing(COLUMN, height)
    left, span = _LABELS, COLUMN - _LABELS - 14
    for share, name in profile.marks:
        x = left + span * float(share)
        drawing.add(Line(x, 2, x, height - _HEADER + 2, strokeColor=_RULE, strokeWidth=0.5))
        for row, word in enumerate(two_lines(name)):
            drawing.add(_text(x, height - 12 - 9 * row, word))
    for number, bar in enumerate(bars):
        _draw_bar(drawing, bar, height - _HEADER - _ROW * (number + 1), left, span)
    return drawing


def _draw_bar(drawing: Drawing, bar: ProfileBar, base: float, left: float, span: float) -> None:
    drawing.add(_text(0, base + 6.5, bar.item_id, anchor="start", font=BOLD, size=9, colour=_INK))
    lines = simpleSplit(typeset(bar.title), BODY, 8.5, _LABELS - 34)[:2]
    for number, line in enumerate(lines):
        lift = 6.5 if len(lines) == 1 else 11.0 - 9 * number
        drawing.add(_text(26, base + lift, line, anchor="start", size=8.5, colour=_INK))
    target = left + span * float(bar.target_share)
    if bar.share is None:
        drawing.add(_text(left + 5, base + 6.5, bar.state, anchor="start", size=8.5))
    else:
        drawing.add(_rect(left, base + 5, span, 8, fillColor=_SHADE, strokeColor=None))
        length = span * float(bar.share)
        drawing.add(_rect(left, base + 5, max(length, 2), 8, fillColor=_BRAND, strokeColor=None))
    if bar.target:
        drawing.add(_diamond(target, base + 9))


def _rect(x: float, y: float, width: float, height: float, **looks: Any) -> Rect:
    return Rect(x, y, width, height, **looks)


def _diamond(x: float, y: float) -> Polygon:
    points = [x, y + 5.5, x + 5.5, y, x, y - 5.5, x - 5.5, y]
    return Polygon(points, fillColor=HexColor(colours.PAPER), strokeColor=_TARGET, strokeWidth=1.6)


def _text(
    x: float,
    y: float,
    text: str,
    *,
    anchor: Anchor = "middle",
    font: str = BODY,
    size: float = 8,
    colour: Color = _QUIET,
) -> String:
    # The space keeps a reader from joining it to the next text of the drawing.
    return String(x, y, f"{typeset(text)} ", fontName=font, fontSize=size, fillColor=colour, textAnchor=anchor)


def legend() -> Drawing:
    """What the bar and the mark of the profile chart mean."""
    drawing = Drawing(COLUMN, 16)
    drawing.add(_rect(0, 4, 22, 8, fillColor=_BRAND, strokeColor=None))
    drawing.add(_text(27, 5, "level now", anchor="start", size=9))
    drawing.add(_diamond(96, 8))
    drawing.add(_text(106, 5, "target", anchor="start", size=9))
    return drawing
