"""The contents: a field that a word processor can update, with its entries filled in already."""

from __future__ import annotations

from collections.abc import Sequence

from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from audit.reports.docx.lines import Run
from audit.reports.docx.oxml import begin_field, bookmark_name, element, end_field
from audit.reports.docx.writer import Writer
from audit.reports.parts import Part


def contents(writer: Writer, parts: Sequence[Part]) -> None:
    """A link to each part. Page numbers come with the first update, since only a word processor knows the pages."""
    paragraphs = [writer.text("Contents", "TOCHeading"), *(_entry(writer, part) for part in parts)]
    begin = paragraphs[1]
    first = begin._p.xpath("./w:hyperlink")[0]
    begin_field(begin, r'TOC \o "1-1" \h \z')
    begin._p.append(first)
    end_field(paragraphs[-1])
    block = element("sdt")
    block.append(_properties())
    content = element("sdtContent")
    block.append(content)
    paragraphs[0]._p.addprevious(block)
    for paragraph in paragraphs:
        content.append(paragraph._p)


def _entry(writer: Writer, part: Part) -> Paragraph:
    return writer.line("TOC1", Run(part.title, "Hyperlink", bookmark_name("part", part.key)))


def _properties() -> BaseOxmlElement:
    properties, kind = element("sdtPr"), element("docPartObj")
    kind.append(element("docPartGallery", val="Table of Contents"))
    kind.append(element("docPartUnique"))
    properties.append(kind)
    return properties
