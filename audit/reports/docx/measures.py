"""The page's measures, in millimetres and in twentieths of a point."""

from __future__ import annotations

PAGE = (210, 297)
MARGIN = 22
# How far the text and the running head and foot stand from the edge of the page.
TOP, FURNITURE = 27, 11
COLUMN = PAGE[0] - 2 * MARGIN
WIDE_COLUMN = PAGE[1] - 2 * MARGIN


def twips(millimetres: float) -> int:
    """Millimetres as whole twentieths of a point."""
    return round(millimetres * 1440 / 25.4)
