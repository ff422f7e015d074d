"""Taking a PDF apart: the text of its pages, without running heads and feet, and the attached answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader

from audit.reports.proof.payload import NAME
from audit.reports.proof.verdict import Closed, check_kind

PAGES_LIMIT = 300
TEXT_LIMIT = 3_000_000


@dataclass(frozen=True)
class Opened:
    """A PDF's text in the order of its pages, and the bytes of the attached answers, or None where there are none."""

    text: str
    attached: bytes | None


def open_pdf(data: bytes) -> Opened:
    """What is in a PDF. Raises NoPdf or Closed."""
    check_kind(data)
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            raise Closed("This PDF is locked with a password or with rights. Ask for the file as it was made.")
        return Opened(_text(reader), _attached(reader))
    except Closed:
        raise
    except Exception:  # the library may raise anything at all over a file that breaks the rules
        raise Closed("This PDF is damaged: it cannot be read. Ask for the file again.") from None


def _attached(reader: PdfReader) -> bytes | None:
    found: Sequence[bytes] = dict(reader.attachments).get(NAME, ())
    if len(found) > 1:
        raise Closed("This PDF holds several sets of answers. A report by Plumbline has one.")
    return found[0] if found else None


def _text(reader: PdfReader) -> str:
    if len(reader.pages) > PAGES_LIMIT:
        raise Closed(f"This PDF has more than {PAGES_LIMIT} pages. No report by Plumbline is so long.")
    pieces: list[str] = []
    size = 0
    for page in reader.pages:
        pieces.append(_page_text(page))
        size += len(pieces[-1])
        if size > TEXT_LIMIT:
            raise Closed("This PDF holds far more text than any report by Plumbline.")
    return "\n".join(pieces)


def _page_text(page: PageObject) -> str:
    marks: list[bool] = []
    pieces: list[str] = []

    def operator(name: bytes, operands: Any, *_: object) -> None:
        if name in (b"BDC", b"BMC"):
            marks.append(bool(operands) and operands[0] == "/Artifact")
        elif name == b"EMC" and marks:
            marks.pop()

    def text(words: str, *_: object) -> None:
        if not any(marks):
            pieces.append(words)

    page.extract_text(visitor_operand_before=operator, visitor_text=text)
    return "".join(pieces)
