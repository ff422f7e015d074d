"""Giving a document its styles and its two kinds of list, in place of those of python-docx."""

from __future__ import annotations

from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from audit.reports import colours
from audit.reports.docx.looks import Look, hex_of, looks

FONT = "Arial"
LANGUAGE = "en-GB"
_DEFAULTS = {"Normal", "DefaultParagraphFont", "TableNormal"}


def set_styles(document: Word, accent: str) -> None:
    """Give the document the styles of a report and no others, in the colour ``accent``, ``#rrggbb``."""
    sheet = document.styles.element
    for old in sheet.xpath("./w:style | ./w:docDefaults"):
        sheet.remove(old)
    sheet.insert(0, parse_xml(_document_defaults()))
    for look in looks(accent):
        sheet.append(parse_xml(_style_xml(look)))


def set_lists(document: Word) -> None:
    """Give the document a bulleted and a numbered list, and no others."""
    numbering = document.part.numbering_part.element
    for old in list(numbering):
        numbering.remove(old)
    for number, style, kind, mark in ((1, "ListBullet", "bullet", "•"), (2, "ListNumber", "decimal", "%1.")):
        numbering.append(parse_xml(_list_xml(number, style, kind, mark)))
    for number in (1, 2):
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
        )


def _list_xml(number: int, style: str, kind: str, mark: str) -> str:
    return (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{style}"/>'
        f'<w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr>'
        "</w:lvl></w:abstractNum>"
    )


def _document_defaults() -> str:
    fonts = "".join(f' w:{script}="{FONT}"' for script in ("ascii", "eastAsia", "hAnsi", "cs"))
    return (
        f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr><w:rFonts{fonts}/>"
        f'<w:color w:val="{hex_of(colours.INK)}"/><w:sz w:val="24"/><w:szCs w:val="24"/>'
        f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )


def _style_xml(look: Look) -> str:
    marks = f' w:type="{look.kind}" w:styleId="{look.id}"'
    if look.id in _DEFAULTS:
        marks += ' w:default="1"'
    if look.name.startswith("Report "):
        marks += ' w:customStyle="1"'
    based = "" if look.id in _DEFAULTS else f'<w:basedOn w:val="{look.based}"/>'
    follow = f'<w:next w:val="{look.follow}"/>' if look.follow else ""
    paragraph = f"<w:pPr>{look.paragraph}</w:pPr>" if look.paragraph else ""
    run = f"<w:rPr>{look.run}</w:rPr>" if look.run else ""
    return (
        f'<w:style {nsdecls("w")}{marks}><w:name w:val="{look.name}"/>{based}{follow}<w:uiPriority w:val="1"/>'
        f"<w:qFormat/>{paragraph}{run}{look.table}</w:style>"
    )
