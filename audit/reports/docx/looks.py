"""What the document looks like, style by style, so that whoever edits it changes a look in one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audit.reports import colours
from audit.reports.docx.measures import COLUMN, WIDE_COLUMN, twips

GRID, LEVELS = "ReportTable", "ReportLevels"


@dataclass(frozen=True)
class Look:
    """A style: its id and name, the style that it changes, the one that follows it, and what it changes.

    ``paragraph`` and ``run`` hold properties as WordprocessingML, in the order of its schema; ``table`` whole elements.
    """

    id: str
    name: str
    based: str = "Normal"
    follow: str = ""
    paragraph: str = ""
    run: str = ""
    kind: str = "paragraph"
    table: str = ""


def looks(accent: str) -> Iterator[Look]:
    """Every style of the document. Headings and rules are set in ``accent``, ``#rrggbb``."""
    accent = hex_of(accent)
    yield Look("Normal", "Normal")
    yield Look("DefaultParagraphFont", "Default Paragraph Font", kind="character")
    yield from _headings(accent)
    yield from _texts(accent)
    yield from _boxes(accent)
    yield from _lists()
    yield from _cells(accent)
    yield from _furniture()
    yield from _words(accent)
    yield from _tables(accent)


def _headings(accent: str) -> Iterator[Look]:
    yield Look("Title", "Title", follow="Subtitle", paragraph=_space(360, 40, 240), run=_type(28, accent, bold=True))
    yield Look("Subtitle", "Subtitle", paragraph=_space(0, 60, 252), run=_type(15, _QUIET))
    sizes = ((1, 20, 480, 120, accent), (2, 15, 320, 80, accent), (3, 12, 200, 40, hex_of(colours.INK)))
    for level, size, before, after, colour in sizes:
        yield Look(
            f"Heading{level}",
            f"heading {level}",
            follow="Normal",
            paragraph=f'{_KEPT}{_space(before, after, 252)}<w:outlineLvl w:val="{level - 1}"/>',
            run=_type(size, colour, bold=True),
        )
    outside = f'{_KEPT}{_space(480, 120, 252)}<w:outlineLvl w:val="9"/>'
    yield Look("TOCHeading", "TOC Heading", "Heading1", "Normal", outside)
    yield Look("TOC1", "toc 1", paragraph=f"<w:keepLines/>{_tab(COLUMN)}{_space(0, 60)}")


def _texts(accent: str) -> Iterator[Look]:
    yield Look("ReportLead", "Report Lead", follow="Normal", paragraph=_KEPT + _space(0, 160), run=_type(13))
    yield Look("ReportSmall", "Report Small", paragraph=_space(80, 100, 264), run=_type(10.5, _QUIET))
    yield Look("ReportItemSource", "Report Item Source", "ReportSmall", paragraph=_KEPT)
    yield Look("ReportScore", "Report Score", paragraph=f"{_KEPT}{_space(120, 80, 240)}", run=_type(16, accent))
    yield Look("Caption", "caption", follow="Normal", paragraph=f"{_KEPT}{_space(200, 80)}", run=_type(10.5, _QUIET))
    # A section of pages ends in a paragraph of its own, which would else show as an empty line.
    yield Look("ReportBreak", "Report Break", paragraph=_space(0, 0, 20, "exact"), run=_type(1))


def _boxes(accent: str) -> Iterator[Look]:
    boxes = (
        ("ReportNotice", "Report Notice", colours.NOTICE, colours.NOTICE_TINT),
        ("ReportWarning", "Report Warning", colours.CONTRARY, colours.CONTRARY_TINT),
    )
    for style, name, edge, tint in boxes:
        bar = f'<w:left w:val="single" w:sz="24" w:space="8" w:color="{hex_of(edge)}"/>'
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{hex_of(tint)}"/>'
        yield Look(style, name, paragraph=f'<w:pBdr>{bar}</w:pBdr>{shade}{_space(120, 120)}<w:ind w:left="220"/>')
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{accent}"/>'
    yield Look(
        "ReportBand", "Report Band", "Header", paragraph=f"{shade}{_tab(COLUMN)}", run=_type(10, hex_of(colours.PAPER))
    )


def _lists() -> Iterator[Look]:
    for number, style, name in ((1, "ListBullet", "List Bullet"), (2, "ListNumber", "List Number")):
        listed = f'<w:numPr><w:numId w:val="{number}"/></w:numPr>'
        indent = '<w:ind w:left="360" w:hanging="360"/>'
        yield Look(style, name, paragraph=f"{listed}{_space(0, 80)}{indent}")
    yield Look("ReportFinding", "Report Finding", "ListBullet", "ReportFindingSource", f"{_KEPT}{_space(0, 30)}")
    yield Look(
        "ReportFindingSource",
        "Report Finding Source",
        "ReportSmall",
        "ReportFinding",
        f'<w:keepLines/>{_space(0, 140, 264)}<w:ind w:left="360"/>',
    )
    yield Look(
        "ReportFindingLater",
        "Report Finding Later",
        follow="ReportFinding",
        paragraph=f'{_KEPT}{_space(0, 30)}<w:ind w:left="360"/>',
    )


def _cells(accent: str) -> Iterator[Look]:
    yield Look("ReportCell", "Report Cell", paragraph=_space(40, 40, 259), run=_type(10.5))
    yield Look("ReportTightCell", "Report Tight Cell", "ReportCell", paragraph=_space(10, 10, 252), run=_type(9.5))
    yield Look("ReportCellNumber", "Report Cell Number", "ReportCell", paragraph='<w:jc w:val="right"/>')
    head = _type(10.5, accent, bold=True)
    yield Look("ReportCellHeading", "Report Cell Heading", "ReportCell", paragraph="<w:keepNext/>", run=head)
    yield Look(
        "ReportCellNumberHeading", "Report Cell Number Heading", "ReportCellHeading", paragraph='<w:jc w:val="right"/>'
    )


def _furniture() -> Iterator[Look]:
    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{hex_of(colours.RULE)}"/></w:pBdr>'
    small = _type(9.5, _QUIET)
    yield Look("Header", "header", paragraph=_space(0, 0, 240), run=small)
    yield Look("ReportRunningHead", "Report Running Head", "Header", paragraph=rule)
    notice = _type(9.5, hex_of(colours.NOTICE), bold=True)
    yield Look("ReportRunningNotice", "Report Running Notice", "Header", paragraph=_space(60, 0, 240), run=notice)
    yield Look("Footer", "footer", paragraph=f"{_tab(COLUMN)}{_space(0, 0, 240)}", run=small)
    yield Look(
        "ReportWideFooter",
        "Report Wide Footer",
        "Footer",
        paragraph=f'<w:tabs><w:tab w:val="clear" w:pos="{twips(COLUMN)}"/>'
        f'<w:tab w:val="right" w:pos="{twips(WIDE_COLUMN)}"/></w:tabs>',
    )


def _words(accent: str) -> Iterator[Look]:
    def word(style: str, name: str, run: str) -> Look:
        return Look(style, name, "DefaultParagraphFont", run=run, kind="character")

    yield word("Strong", "Strong", "<w:b/><w:bCs/>")
    yield word("Hyperlink", "Hyperlink", f'<w:color w:val="{accent}"/><w:u w:val="single"/>')
    yield word("ReportSourceLink", "Report Source Link", f'{_type(10.5, accent)}<w:u w:val="single"/>')
    yield word("ReportQuiet", "Report Quiet", _type(10.5, _QUIET))
    yield word("ReportScoreNumber", "Report Score Number", _type(34, accent, bold=True))
    yield word("ReportContrary", "Report Contrary", f'<w:color w:val="{hex_of(colours.CONTRARY)}"/>')
    # Wide apart, so that the marks of a bar can be counted.
    apart = '<w:spacing w:val="30"/>'
    for name, colour in (("Reached", accent), ("To Reach", hex_of(colours.TARGET)), ("Beyond", _QUIET)):
        style = f"Report{name.replace(' ', '')}"
        yield word(style, f"Report {name}", f'<w:color w:val="{colour}"/>{apart}<w:sz w:val="28"/><w:szCs w:val="28"/>')


def _tables(accent: str) -> Iterator[Look]:
    plain = (
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>"
    )
    yield Look("TableNormal", "Normal Table", kind="table", table=plain)
    yield Look(GRID, "Report Table", "TableNormal", kind="table", table=_grid_look(accent))
    yield Look(LEVELS, "Report Levels", "TableNormal", kind="table", table=_levels_look())


def _grid_look(accent: str) -> str:
    rule = f'w:val="single" w:sz="4" w:space="0" w:color="{hex_of(colours.RULE)}"'
    strong = f'w:val="single" w:sz="8" w:space="0" w:color="{accent}"'
    return (
        f"<w:tblPr><w:tblBorders><w:bottom {rule}/><w:insideH {rule}/></w:tblBorders><w:tblCellMar>"
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="180" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders><w:bottom {strong}/></w:tcBorders>'
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    )


def _levels_look() -> str:
    gap = f'<w:insideV w:val="single" w:sz="48" w:space="0" w:color="{hex_of(colours.PAPER)}"/>'
    return (
        f"<w:tblPr><w:tblBorders>{gap}</w:tblBorders><w:tblCellMar>"
        '<w:left w:w="140" w:type="dxa"/><w:right w:w="140" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )


def _space(before: int, after: int, line: int = 276, rule: str = "auto") -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="{rule}"/>'


def _type(points: float, colour: str = "", *, bold: bool = False) -> str:
    size = round(points * 2)
    weight = "<w:b/><w:bCs/>" if bold else ""
    ink = f'<w:color w:val="{colour}"/>' if colour else ""
    return f'{weight}{ink}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _tab(millimetres: float) -> str:
    return f'<w:tabs><w:tab w:val="right" w:pos="{twips(millimetres)}"/></w:tabs>'


def hex_of(colour: str) -> str:
    """A colour ``#rrggbb`` as WordprocessingML writes it."""
    return colour.removeprefix("#").upper()


_QUIET = hex_of(colours.QUIET)
_KEPT = "<w:keepNext/><w:keepLines/>"
