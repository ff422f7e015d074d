"""The typeface of the PDF: Source Sans, from the package font-source-sans-pro, embedded."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal
from unicodedata import category

from reportlab.graphics.shapes import STATE_DEFAULTS
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics

from audit.reports.pdf.tagging import EmbeddedFont
from audit.reports.wording import typographic

BODY = "SourceSans"
BOLD = "SourceSans-Bold"
BOX = "☐"
_FACES: dict[tuple[Literal[0, 1], Literal[0, 1]], tuple[str, str]] = {
    (0, 0): (BODY, "SourceSansPro-Regular.ttf"),
    (1, 0): (BOLD, "SourceSansPro-Semibold.ttf"),
    (0, 1): ("SourceSans-Italic", "SourceSansPro-It.ttf"),
    (1, 1): ("SourceSans-BoldItalic", "SourceSansPro-SemiboldIt.ttf"),
}


@cache
def register_fonts() -> None:
    """Make the faces known to ReportLab, once."""
    spec = find_spec("font_source_sans_pro")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("the package font-source-sans-pro is not installed")
    folder = Path(spec.submodule_search_locations[0]) / "files"
    for (bold, italic), (name, file) in _FACES.items():
        pdfmetrics.registerFont(EmbeddedFont(name, str(folder / file)))
        addMapping(BODY, bold, italic, name)
    # Every drawing begins in this font, even one without text, and a font that is not embedded would enter the file.
    STATE_DEFAULTS["fontName"] = BODY


def typeset(text: str) -> str:
    """The text as it is drawn: with typographic marks, and a box for each character that the typeface lacks."""
    return typographic(text).translate(_stand_ins(frozenset(text)))


def lacks(text: str) -> bool:
    """Whether the typeface lacks a character of the text."""
    return bool(_stand_ins(frozenset(text)))


def _stand_ins(characters: frozenset[str]) -> dict[int, str]:
    """What stands for each character without a glyph: nothing for an invisible one, else a box."""
    font: Any = pdfmetrics.getFont(BODY)
    glyphs = font.face.charToGlyph
    missing = [character for character in characters if ord(character) not in glyphs and character not in "\n\t\r"]
    return {ord(character): "" if category(character).startswith("C") else BOX for character in missing}
