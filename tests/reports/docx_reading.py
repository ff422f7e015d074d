"""Reading DOCX reports, as Word and as a reader of their elements."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn

from audit.reports.docx.render import render_docx
from audit.reports.gap_report import GapReport, Length
from tests.reports.reading import extremes


def made(report: GapReport) -> Word:
    return Document(BytesIO(render_docx(report)))


@cache
def file_of(name: str, length: Length = Length.FULL) -> bytes:
    return render_docx(extremes(length)[name])


@cache
def document_of(name: str, length: Length = Length.FULL) -> Word:
    return Document(BytesIO(file_of(name, length)))


def paragraphs_of(document: Word) -> list[tuple[str, str]]:
    """The style id and text of each paragraph, in tables and contents too."""
    return [
        (str(paragraph.style), "".join(str(text) for text in paragraph.xpath(".//w:t | .//w:noBreakHyphen")))
        for paragraph in document.element.body.iter(qn("w:p"))
    ]


def text_of(document: Word) -> str:
    return "\n".join(text for _, text in paragraphs_of(document))


def headings_of(document: Word) -> list[tuple[int, str]]:
    return [(int(style[-1]), text) for style, text in paragraphs_of(document) if re.fullmatch(r"Heading\d", style)]


def attribute(element: Any, path: str, name: str = "val") -> str | None:
    found = element.xpath(path)
    return str(found[0].get(qn(f"w:{name}"))) if found else None
