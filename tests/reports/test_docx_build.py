"""The report as DOCX: lists, tables, pages, styles and properties, and the file itself."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from audit.core.bank_loader import load_bank
from audit.core.responses import RatingState, Response
from audit.reports.build import Cover
from audit.reports.docx.render import render_docx
from audit.reports.gap_report import Length
from audit.reports.parts import FOOT_NOTE
from audit.reports.wording import COLUMN_TITLES, capital, typographic
from tests.reports.docx_reading import attribute, document_of, file_of, headings_of, made, paragraphs_of
from tests.reports.reading import extremes, mixed, report_on

REPORTS = extremes()
NOTICE = Cover("Testshire", "Gap report", "1 May 2026", notice="Illustrative reading of a paper", about="About it.")


@pytest.fixture(params=REPORTS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_contents_are_filled_in_and_lead_to_every_part(name: str) -> None:
    body = document_of(name).element.body
    entries = body.xpath(".//w:sdt//w:hyperlink")
    titles = ["".join(entry.xpath(".//w:t/text()")) for entry in entries]
    assert titles == [text for level, text in headings_of(document_of(name)) if level == 1]
    assert body.xpath("string(.//w:sdt//w:instrText)").strip() == r'TOC \o "1-1" \h \z'
    marks = [mark.get(qn("w:fldCharType")) for mark in body.xpath(".//w:sdt//w:fldChar")]
    assert marks == ["begin", "separate", "end"]


def test_every_link_leads_to_a_place_that_stands_once(name: str) -> None:
    body = document_of(name).element.body
    names = [str(mark.get(qn("w:name"))) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names)
    assert {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} <= set(names)
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", each) for each in names)


def test_lists_are_real_lists(name: str) -> None:
    document, report = document_of(name), REPORTS[name]
    styles = [style for style, _ in paragraphs_of(document)]
    assert styles.count("ListNumber") == len(report.priorities)
    assert styles.count("ListBullet") >= len(report.headline.sentences)
    for style in ("ListBullet", "ListNumber"):
        number = attribute(document.styles.element, f"./w:style[@w:styleId='{style}']//w:numId")
        numbering = document.part.numbering_part.element
        assert attribute(numbering, f"./w:num[@w:numId='{number}']/w:abstractNumId") == number


def test_every_table_has_a_title_and_one_header_row_that_is_repeated(name: str) -> None:
    for table in document_of(name).tables:
        assert attribute(table._tbl, "./w:tblPr/w:tblCaption")
        assert attribute(table._tbl, "./w:tblPr/w:tblLook", "firstRow") == "1"
        assert [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows][:2] == [True, False]
        assert all(cell.text for cell in table.rows[0].cells)
        assert table._tbl.xpath(".//w:gridSpan | .//w:vMerge | .//w:tc//w:tbl") == []
        assert len(table.columns) == len(table.rows[0].cells)


def test_rows_stay_whole_unless_they_are_long() -> None:
    bank = load_bank("recommendations")
    short, long = "Two teams have it.", "Two teams have it. " * 200
    given = {
        "R1": Response(RatingState.RATED, 1, what_happens_now=short),
        "R2": Response(RatingState.RATED, 1, what_happens_now=long),
    }
    document = made(report_on(bank, given, length=Length.BRIEF))
    plan = next(table for table in document.tables if table.rows[0].cells[1].text == COLUMN_TITLES[0])
    assert [bool(row._tr.xpath("./w:trPr/w:cantSplit")) for row in plan.rows] == [True, True, False]


def test_no_picture_lacks_an_alternative_text(name: str) -> None:
    for drawing in document_of(name).element.body.iter(qn("wp:docPr")):
        assert drawing.get("descr")


def test_the_profile_says_each_level_and_target_in_words_beside_its_bar() -> None:
    report = REPORTS["a mixture"]
    tables = [table for table in document_of("a mixture").tables if table.rows[0].cells[-1].text == "Levels"]
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows[1:]]
    for row, bar in zip(rows, report.profile.bars, strict=True):
        assert row[:3] == [
            typographic(f"{bar.item_id} {bar.title}"),
            capital(bar.state).replace("'", "’"),
            capital(bar.target),
        ]
    bars = {row[1]: row[3] for row in rows}
    assert bars["0, not in place"] == "○○○·"
    assert bars["4, embedded"] == "●●●●"
    assert bars["Not answered"] == ""


def test_the_language_is_british_english_throughout(name: str) -> None:
    document = document_of(name)
    assert attribute(document.styles.element, "./w:docDefaults//w:lang") == "en-GB"
    assert document.core_properties.language == "en-GB"
    assert document.element.body.xpath(".//w:lang") == []


def test_the_file_says_what_it_is_and_is_dated_with_the_report() -> None:
    properties = document_of("a mixture").core_properties
    assert (properties.title, properties.author) == ("Gap report: Testshire Council", "Testshire Council")
    assert (properties.subject, properties.comments) == ("Self-audit of 12 conditions", "")
    assert properties.created == properties.modified == datetime(2026, 11, 21, tzinfo=UTC)


def test_an_illustrative_reading_is_not_put_down_to_the_authority() -> None:
    bank = load_bank("recommendations")
    assert made(report_on(bank, mixed(bank), cover=NOTICE)).core_properties.author == "Plumbline"


def test_pages_are_a4_and_upright_but_for_the_plan() -> None:
    bank = load_bank("recommendations")
    said = Response(RatingState.RATED, 1, what_happens_now="Two teams have it.")
    document = made(report_on(bank, {**mixed(bank), "R3": said}))
    upright, wide = (Mm(210), Mm(297), WD_ORIENT.PORTRAIT), (Mm(297), Mm(210), WD_ORIENT.LANDSCAPE)
    sizes = [(section.page_width, section.page_height, section.orientation) for section in document.sections]
    assert [(round(w.mm), round(h.mm), way) for w, h, way in sizes if w and h] == [
        (round(w.mm), round(h.mm), way) for w, h, way in (upright, wide, upright)
    ]
    blocks = list(document.sections[1].iter_inner_content())
    assert next(block.text for block in blocks if hasattr(block, "text")) == "Plan"
    assert [cell.text for cell in next(b for b in blocks if not hasattr(b, "text")).rows[0].cells] == [
        "Condition",
        *COLUMN_TITLES,
    ]


def test_without_any_text_the_plan_needs_no_pages_of_its_own() -> None:
    assert len(document_of("nothing answered").sections) == 1


def test_every_page_is_numbered_and_names_the_report_and_the_notice() -> None:
    bank = load_bank("recommendations")
    said = Response(RatingState.RATED, 1, what_happens_now="Two teams have it.")
    document = made(report_on(bank, {"R3": said}, cover=NOTICE))
    assert [section.different_first_page_header_footer for section in document.sections] == [True, False, False]
    heads = [section.header for section in document.sections]
    for head in heads:
        assert [paragraph.text for paragraph in head.paragraphs] == ["Testshire: Gap report", NOTICE.notice]
    first = document.sections[0]
    assert NOTICE.notice in [paragraph.text for paragraph in first.first_page_header.paragraphs]
    for foot in (first.first_page_footer, *(section.footer for section in document.sections)):
        assert foot.paragraphs[0].text == f"{typographic(FOOT_NOTE)}\tPage 1"
        assert foot._element.xpath("string(.//w:instrText)").strip() == "PAGE"


def test_the_accent_colours_headings_and_band() -> None:
    bank = load_bank("recommendations")
    styles = made(report_on(bank, mixed(bank), cover=Cover("A", "T", "1 May 2026", accent="#6b1f4d"))).styles.element
    for style in ("Title", "Heading1", "Heading2"):
        assert attribute(styles, f"./w:style[@w:styleId='{style}']//w:color") == "6B1F4D"
    assert attribute(styles, "./w:style[@w:styleId='ReportBand']//w:shd", "fill") == "6B1F4D"


def test_every_style_that_is_used_is_there_and_based_on_one_that_is(name: str) -> None:
    document = document_of(name)
    known = {style.get(qn("w:styleId")) for style in document.styles.element.iter(qn("w:style"))}
    with ZipFile(BytesIO(file_of(name))) as archive:
        texts = [archive.read(part).decode() for part in archive.namelist() if part.endswith(".xml")]
    used = {
        style
        for text in texts
        for style in re.findall(r'<w:(?:pStyle|rStyle|tblStyle|basedOn|next) w:val="(\w+)"', text)
    }
    assert used <= known


def test_the_same_report_gives_the_same_bytes() -> None:
    report = REPORTS["one item answered"]
    assert render_docx(report) == render_docx(report)
    with ZipFile(BytesIO(render_docx(report))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "docProps/thumbnail.jpeg" not in archive.namelist()


def test_no_line_ends_inside_the_id_of_a_finding() -> None:
    said = Response(RatingState.RATED, 1, "As HACK-151 and\tREES-107 say.", None, "Self-assessment of R1.")
    document = made(report_on(load_bank("recommendations"), {"R1": said}))
    texts = [str(text) for text in document.element.body.xpath(".//w:t/text()")]
    assert [text for text in texts if re.search(r"[A-Z]{3,4}-\d{3}", text)] == []
    hyphens = document.element.body.xpath(".//w:noBreakHyphen")
    assert len(hyphens) > 10
    lines = [text for _, text in paragraphs_of(document)]
    assert "As HACK-151 and\tREES-107 say." in [paragraph.text for paragraph in document.paragraphs]
    assert "Self-assessment of R1." in lines


def test_each_gap_of_the_table_has_a_step_with_its_finding() -> None:
    report, document = REPORTS["all at the bottom"], document_of("all at the bottom")
    table = next(each for each in document.tables if each.cell(0, 1).text == "Level, and what was said")
    assert len(table.rows) == len(report.other_gaps) + 1 > 1
    for row, gap in zip(table.rows[1:], report.other_gaps, strict=True):
        step, finding_id = gap.steps[0]
        assert row.cells[2].text.endswith(typographic(f" To consider (our suggestion). {step} ({finding_id})"))


def test_prompts_stand_with_their_ids() -> None:
    words = Response(what_happens_now="Caseloads are counted weekly.")
    document = made(report_on(load_bank("recommendations"), {"R1": Response()}, {"S1": words}))
    assert (2, "S1 Caseloads are manageable and managed") in headings_of(document)


def test_long_texts_on_what_is_to_be_done_are_told_in_the_plan() -> None:
    long = "A post in each team, with time for it and somebody to lead. " * 5
    said = Response(RatingState.RATED, 1, what_needs_to_happen=long.strip())
    lines = [text for _, text in paragraphs_of(made(report_on(load_bank("recommendations"), {"R1": said})))]
    assert lines.count(long.strip()) == 1
    assert lines.count("What is to be done stands in the plan.") == 1
