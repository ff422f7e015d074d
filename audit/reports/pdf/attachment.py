"""A file that travels inside a PDF, so that a viewer lists it and a program finds it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
    PDFStream,
    PDFString,
    PDFZCompress,
)

_FILE, _PLACE = "AttachedFile", "AttachedFilePlace"


@dataclass(frozen=True)
class Attachment:
    """A file to attach: its name, its bytes, its MIME type, and a sentence on what it is."""

    name: str
    data: bytes
    kind: str
    says: str


def attach(document: Any, attachment: Attachment, date: str) -> None:
    """Attach a file to ReportLab's document as data that belongs to all of it; ``date`` is in the form of a PDF's."""
    document.Reference(_stream(attachment, date), _FILE)
    file = PDFObjectReference(_FILE)
    place = {
        "Type": PDFName("Filespec"),
        "F": PDFString(attachment.name),
        "UF": PDFString(attachment.name),
        "Desc": PDFString(attachment.says),
        "AFRelationship": PDFName("Data"),
        "EF": PDFDictionary({"F": file, "UF": file}),
    }
    document.Reference(PDFDictionary(place), _PLACE)
    reference = PDFObjectReference(_PLACE)
    names = PDFDictionary({"Names": PDFArray([PDFString(attachment.name), reference])})
    catalog = document.Catalog
    catalog.Names = PDFDictionary({"EmbeddedFiles": names})
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF"]
    catalog.AF = PDFArray([reference])


def _stream(attachment: Attachment, date: str) -> PDFStream:
    # The format asks for this checksum. It finds faults of transport, and nothing rests on it.
    digest = hashlib.md5(attachment.data, usedforsecurity=False).digest()
    facts = {
        "Size": len(attachment.data),
        "CheckSum": PDFString(digest, enc="raw"),
        "CreationDate": PDFString(date),
        "ModDate": PDFString(date),
    }
    entries = {
        "Type": PDFName("EmbeddedFile"),
        "Subtype": f"/{attachment.kind.replace('/', '#2F')}",
        "Params": PDFDictionary(facts),
    }
    return PDFStream(PDFDictionary(entries), attachment.data, [PDFZCompress])
