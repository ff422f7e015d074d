"""Elements of WordprocessingML that python-docx has no words for: fields, bookmarks and links."""

from __future__ import annotations

import re

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

_NAME_LENGTH = 40


def element(tag: str, /, **attributes: str) -> BaseOxmlElement:
    """An element ``w:tag`` with attributes of the same namespace."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def bookmark_name(kind: str, key: str) -> str:
    """A name that Word takes for a bookmark: letters, digits and underscores, 40 at most."""
    return re.sub(r"\W", "_", f"{kind}_{key}", flags=re.ASCII)[:_NAME_LENGTH]


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark around all that the paragraph holds. ``number`` stands once in the document."""
    start, end = element("bookmarkStart", id=str(number), name=name), element("bookmarkEnd", id=str(number))
    runs = paragraph._p.xpath("./w:r | ./w:hyperlink")
    runs[0].addprevious(start)
    paragraph._p.append(end)


def add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Put a field at the end of the paragraph; ``shown`` stands there until it is updated."""
    begin_field(paragraph, instruction)
    paragraph.add_run(shown)
    end_field(paragraph)


def begin_field(paragraph: Paragraph, instruction: str) -> None:
    """Begin a field, which may go on over several paragraphs."""
    _mark(paragraph, "begin")
    code = element("instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    paragraph.add_run()._r.append(code)
    _mark(paragraph, "separate")


def end_field(paragraph: Paragraph) -> None:
    """End the field that was begun last."""
    _mark(paragraph, "end")


def _mark(paragraph: Paragraph, kind: str) -> None:
    paragraph.add_run()._r.append(element("fldChar", fldCharType=kind))
