"""The document around the text: pages, running heads and feet, properties and settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.section import Section, _Footer, _Header
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from audit.reports import colours
from audit.reports.docx.lines import Run, fill, write
from audit.reports.docx.measures import FURNITURE, MARGIN, PAGE, TOP
from audit.reports.docx.oxml import add_field
from audit.reports.docx.styles import LANGUAGE, set_lists, set_styles
from audit.reports.docx.writer import Writer
from audit.reports.gap_report import GapReport
from audit.reports.parts import FOOT_NOTE
from audit.reports.wording import typographic

# The version of Word whose layout the document asks for: 2013 and later.
_LAYOUT = "15"
_LEFTOVERS = {
    RELATIONSHIP_TYPE.THUMBNAIL,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
}


@dataclass(frozen=True)
class Front:
    """What stands around the text: whose it is, what it is called and made from, and what each foot says.

    ``notice`` stands on every page and marks an illustrative reading; else it is empty. ``accent`` is the colour of the
    band on top as ``#rrggbb``, or empty for Plumbline's own.
    """

    title: str
    authority: str
    instrument: str
    made_on: str
    notice: str
    accent: str
    foot: str = FOOT_NOTE


def front_of(report: GapReport) -> Front:
    """What stands around the text of a gap report."""
    return Front(report.title, report.authority, report.bank.title, report.made_on, report.notice, report.accent)


def new_document(front: Front) -> Word:
    """An empty A4 document with styles, heads and feet and properties."""
    document = Document()
    set_styles(document, front.accent or colours.BRAND)
    set_lists(document)
    _set_settings(document)
    _set_properties(document, front)
    _drop_leftovers(document)
    first = document.sections[0]
    first.different_first_page_header_footer = True
    _set_pages(first, sideways=False)
    _band(first, front)
    _running(first, front, sideways=False)
    return document


def begin_section(writer: Writer, front: Front, *, sideways: bool) -> None:
    """Go on on a new page, upright or sideways."""
    section = writer.document.add_section(WD_SECTION.NEW_PAGE)
    before = writer.document.element.body.p_lst[-1]
    before.style = "ReportBreak"
    section.different_first_page_header_footer = False
    _set_pages(section, sideways=sideways)
    _running(section, front, sideways=sideways)


def _set_pages(section: Section, *, sideways: bool) -> None:
    width, height = reversed(PAGE) if sideways else PAGE
    section.orientation = WD_ORIENT.LANDSCAPE if sideways else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = section.bottom_margin = Mm(MARGIN)
    section.top_margin = Mm(TOP)
    section.header_distance = section.footer_distance = Mm(FURNITURE)


def _band(section: Section, front: Front) -> None:
    """The head and foot of the first page."""
    head = section.first_page_header
    fill(_emptied(head), "ReportBand", Run(" Plumbline", "Strong"), Run(f"\t{front.instrument} "))
    _notice(head, front)
    _foot(section.first_page_footer, "Footer", front.foot)


def _running(section: Section, front: Front, *, sideways: bool) -> None:
    """The head and foot of the other pages."""
    fill(_emptied(section.header), "ReportRunningHead", Run(f"{front.authority}: {front.title}"))
    _notice(section.header, front)
    _foot(section.footer, "ReportWideFooter" if sideways else "Footer", front.foot)


def _notice(head: _Header, front: Front) -> None:
    if front.notice:
        write(head, "ReportRunningNotice", Run(front.notice))


def _foot(foot: _Footer, style: str, words: str) -> None:
    paragraph = fill(_emptied(foot), style, Run(f"{words}\tPage "))
    add_field(paragraph, "PAGE", "1")


def _emptied(place: _Header | _Footer) -> Paragraph:
    place.is_linked_to_previous = False
    first: Paragraph = place.paragraphs[0]
    return first


def _set_properties(document: Word, front: Front) -> None:
    properties = document.core_properties
    author = "Plumbline" if front.notice else typographic(front.authority)
    properties.title = typographic(f"{front.title}: {front.authority}")
    properties.subject = typographic(front.instrument)
    properties.author = properties.last_modified_by = author
    properties.comments = typographic(front.notice)
    properties.language = LANGUAGE
    properties.created = properties.modified = _day(front.made_on)


def _day(day: str) -> datetime:
    """A day in words, ``21 November 2026``; a text that is no day gives the year 2000."""
    try:
        return datetime.strptime(day, "%d %B %Y")
    except ValueError:
        return datetime(2000, 1, 1)


def _set_settings(document: Word) -> None:
    settings = document.settings.element
    for language in settings.xpath("./w:themeFontLang"):
        language.set(qn("w:val"), LANGUAGE)
    for mode in settings.xpath("./w:compat/w:compatSetting[@w:name='compatibilityMode']"):
        mode.set(qn("w:val"), _LAYOUT)
    # The template says that its spelling is checked and asks for a preview, which would be of an empty page.
    for old in settings.xpath("./w:proofState | ./w:savePreviewPicture | ./w:zoom | ./w:rsids"):
        settings.remove(old)


def _drop_leftovers(document: Word) -> None:
    """Leave out the template's picture of an empty page, and its second set of styles for Word 2010."""
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, found in relations.items() if found.reltype in _LEFTOVERS]:
            del relations[key]
