"""The typeface of the PDF: Source Sans, from the package font-source-sans-pro, embedded."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from reportlab.graphics.shapes import STATE_DEFAULTS
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

BODY = "SourceSans"
BOLD = "SourceSans-Bold"
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
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))
        addMapping(BODY, bold, italic, name)
    # Every drawing begins in this font, even one without text, and a font that is not embedded would enter the file.
    STATE_DEFAULTS["fontName"] = BODY
