"""Small tagged documents for tests, and what a validator and poppler say of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject
from reportlab.platypus import Flowable, SimpleDocTemplate

from audit.reports.pdf.fonts import BODY, register_fonts
from audit.reports.pdf.styles import TEXT
from audit.reports.pdf.tagging import TaggedCanvas, TaggedParagraph
from tests.reports.reading import poppler


def paragraph(text: str, role: str = "P") -> TaggedParagraph:
    register_fonts()
    return TaggedParagraph(text, TEXT, role=role)


def build(story: Sequence[Flowable], canvas: type[TaggedCanvas] = TaggedCanvas, **options: Any) -> bytes:
    """The bytes of a tagged document of these flowables."""
    register_fonts()
    file = BytesIO()
    settings = {"title": "Small document", "author": "Tester", "lang": "en-GB", "invariant": 1, **options}
    SimpleDocTemplate(file, initialFontName=BODY, **settings).build(list(story), canvasmaker=canvas)
    return file.getvalue()


def failures(data: bytes) -> list[str]:
    """What a validator holds against the file as PDF/UA-1. The test skips where the validator is not installed."""
    page = pytest.importorskip("page", reason="page-validation is not installed: pip install page-validation")
    report = page.validate_pdf_bytes(data, profile="ua1")
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def structure(data: bytes, folder: Path) -> str:
    """The structure with its text, as poppler reads it, without what depends on numbers of objects."""
    path = folder / "structure.pdf"
    path.write_bytes(data)
    lines = poppler("pdfinfo", "-struct-text", path).splitlines()
    kept = (line.rstrip() for line in lines if not re.match(r"\s+(Object \d|/BBox)", line))
    return "\n".join(line.replace(" (block)", "").replace(" (inline)", "") for line in kept) + "\n"


def texts_under(data: bytes, key: str) -> list[str]:
    """What stands under this key in the elements of the structure."""
    pdf = PdfReader(BytesIO(data))
    numbers = range(1, cast(int, pdf.trailer["/Size"]))
    objects = (pdf.get_object(IndirectObject(number, 0, pdf)) for number in numbers)
    return [str(each[key]) for each in objects if isinstance(each, DictionaryObject) and "/S" in each and key in each]
