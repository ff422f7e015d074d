"""Embedded fonts whose characters can all be read back."""

from __future__ import annotations

import re

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream
from reportlab.pdfbase.ttfonts import TTFont

# ReportLab maps code 0 of every font to U+0000, though it never draws it.
_FORBIDDEN = re.compile(r"^(<[0-9A-F]+>) <(?:0000|FEFF|FFFE)>$", re.MULTILINE)
_REPLACEMENT = r"\1 <FFFD>"


class EmbeddedFont(TTFont):
    """A TrueType font whose map to Unicode has none of the values that PDF/UA forbids."""

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802  (ReportLab's name)
        """Put the font into the document."""
        before = set(doc.idToObject)
        super().addObjects(doc)
        for name in set(doc.idToObject) - before:
            stream = doc.idToObject[name]
            if name.startswith("toUnicodeCMap:") and isinstance(stream, PDFStream):
                stream.content = _FORBIDDEN.sub(_REPLACEMENT, stream.content)
