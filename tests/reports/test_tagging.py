"""The tagging layer alone, with small documents."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from reportlab.graphics.shapes import Drawing, Rect
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Spacer

from audit.reports.pdf.fonts import BODY
from audit.reports.pdf.styles import BULLET, TEXT
from audit.reports.pdf.tagging import (
    Figure,
    ListItem,
    ListMark,
    TableTags,
    TaggedCanvas,
    TaggedContents,
    TaggedParagraph,
    layout_table,
    tagged_table,
)
from tests.reports.tagged import build, failures, paragraph, structure

FONT = [("FONTNAME", (0, 0), (-1, -1), BODY), ("GRID", (0, 0), (-1, -1), 0.5, "black")]


def words(count: int, word: str = "word") -> str:
    return " ".join([word] * count)


def drawing() -> Drawing:
    picture = Drawing(100, 20)
    picture.add(Rect(0, 0, 50, 10))
    return picture


def test_a_document_of_every_kind_is_valid() -> None:
    story: list[Flowable] = [
        paragraph("Title", "H1"),
        paragraph('See <a href="https://example.org">the whole page</a> and <u>more</u>.'),
        ListItem("First", BULLET, "•"),
        Figure(drawing(), "A box"),
        tagged_table([["A", "B"], ["1", "2"]], TableTags(), style=FONT),
    ]
    data = build(story)
    assert failures(data) == []
    info = PdfReader(BytesIO(data))
    catalog: Any = info.trailer["/Root"]
    assert catalog["/Lang"] == "en-GB"
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalog["/Metadata"].get_data()


def test_the_same_story_gives_the_same_bytes() -> None:
    assert build([paragraph("Title", "H1")]) == build([paragraph("Title", "H1")])


def test_a_paragraph_over_several_pages_is_one_element(tmp_path: Path) -> None:
    data = build([paragraph(words(3000))])
    assert len(PdfReader(BytesIO(data)).pages) > 1
    text = structure(data, tmp_path)
    assert text.count("  P\n") == 1
    assert len(re.findall(r"\bword\b", text)) == 3000


def test_a_line_ends_with_a_space_unless_a_word_goes_on(tmp_path: Path) -> None:
    text = structure(build([paragraph(words(60, "whole")), paragraph("long" * 100)]), tmp_path)
    assert "wholewhole" not in text
    assert "long" * 100 in text


def test_a_link_holds_its_words_in_their_place_and_says_where_it_leads(tmp_path: Path) -> None:
    data = build([paragraph('Before <a href="https://example.org">the linked words</a> after.')])
    assert structure(data, tmp_path) == (
        'Document\n  P\n    "Before "\n    Link\n      "the linked words"\n    " after. "\n'
    )
    annotation: Any = PdfReader(BytesIO(data)).pages[0]["/Annots"]
    assert annotation[0]["/Contents"] == "the linked words"


def test_a_link_over_two_lines_is_one_element_with_two_annotations(tmp_path: Path) -> None:
    text = f'<a href="https://example.org">{words(30)}</a>'
    for markup in (text, f"Before {text} after"):
        data = build([paragraph(markup)])
        assert structure(data, tmp_path).count("Link\n") == 1
        annotations: Any = PdfReader(BytesIO(data)).pages[0]["/Annots"]
        assert len(annotations) == 2
        assert failures(build([paragraph("T", "H1"), paragraph(markup)])) == []


def test_a_list_holds_its_items_with_label_and_body_over_pages(tmp_path: Path) -> None:
    mark = ListMark()
    items = [ListItem(f"Item {number} {words(200)}", BULLET, "•", within=mark) for number in range(9)]
    items.append(ListItem('<a href="https://example.org">Linked</a>', BULLET, "•", within=mark))
    text = structure(build(items), tmp_path)
    assert text.count("  L:\n") == 1
    assert "/ListNumbering /Disc" in text
    assert [text.count(f" {kind}\n") for kind in ("LI", "Lbl", "LBody", "Link")] == [10, 10, 10, 1]
    assert text.count('"•"') == 10


def test_a_table_over_pages_is_one_element_and_says_its_header_once(tmp_path: Path) -> None:
    rows = [[[paragraph(f"Row {number}")], f"Value {number}"] for number in range(90)]
    table = tagged_table([["Name", "What"], *rows], TableTags(header_columns=1), repeatRows=1, style=FONT)
    data = build([paragraph("T", "H1"), table])
    assert failures(data) == []
    assert len(PdfReader(BytesIO(data)).pages) > 1
    text = structure(data, tmp_path)
    assert [text.count(f" {kind}\n") for kind in ("Table", "TR", "TH:", "TD")] == [1, 91, 2 + 90, 90]
    assert text.count('"What"') == 1
    assert (text.count("/Scope /Column"), text.count("/Scope /Row")) == (2, 90)


def test_rows_with_one_key_are_one_row_and_tables_with_shared_tags_one_table(tmp_path: Path) -> None:
    tags = TableTags(header_columns=1)
    first = tagged_table([["Name", "What"], ["A", "begins"]], tags, ["a"], style=FONT)
    again = [TaggedParagraph("A, continued", TEXT, role="Artifact")]
    second = tagged_table([["Name", "What"], [again, "ends"], ["B", "alone"]], tags, ["a", "b"], style=FONT)
    data = build([paragraph("T", "H1"), first, PageBreak(), second])
    assert failures(data) == []
    text = structure(data, tmp_path)
    assert [text.count(f" {kind}\n") for kind in ("Table", "TR")] == [1, 3]
    assert "continued" not in text
    assert text.index("begins") < text.index("ends") < text.index('"B"')


def test_a_table_of_data_is_never_split_inside_a_row() -> None:
    with pytest.raises(ValueError, match="rows with one key"):
        tagged_table([["A"]], TableTags(), splitInRow=1)


def test_a_layout_is_no_table_and_is_read_left_then_right_over_pages(tmp_path: Path) -> None:
    left = [paragraph(words(2000, "left")), paragraph("Left end")]
    right = [paragraph(words(500, "right")), paragraph("Right end")]
    data = build([layout_table([left, right], splitInRow=1, style=FONT)])
    text = structure(data, tmp_path)
    assert "Table" not in text
    assert text.index("left") < text.index("Left end") < text.index("right") < text.index("Right end")


def test_a_figure_has_its_alternative_and_its_place() -> None:
    data = build([Figure(drawing(), "A box, half as wide as the page")], pageCompression=0)
    assert b"/Alt (A box, half as wide as the page)" in data
    assert re.search(rb"/BBox \[ [\d.]+ [\d.]+ [\d.]+ [\d.]+ \]", data)
    with pytest.raises(ValueError, match="alternative"):
        Figure(drawing(), " ")


def test_inside_an_artifact_nothing_is_tagged(tmp_path: Path) -> None:
    class Furniture(Flowable):
        def draw(self) -> None:
            canvas: Any = self.canv
            with canvas.artifact("Header"), canvas.content("P"), canvas.artifact():
                canvas.drawString(0, 0, "Running head")
            with canvas.artifact():
                text = paragraph('<a href="https://example.org">Away</a>')
                text.wrap(100, 100)
                text.drawOn(canvas, 0, 0)

    data = build([paragraph("T", "H1"), Furniture()])
    assert failures(data) == []
    assert structure(data, tmp_path) == 'Document\n  H1\n    "T "\n'


class WithContents(BaseDocTemplate):
    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802
        if isinstance(flowable, TaggedParagraph) and flowable.mark.kind in ("H2", "H3"):
            text, level = flowable.getPlainText(), int(flowable.mark.kind[1]) - 2
            self.canv.bookmarkPage(text)
            self.notify("TOCEntry", (level, text, self.page, text))


def with_contents(headings: dict[str, str]) -> bytes:
    file = BytesIO()
    document = WithContents(file, title="T", lang="en-GB", initialFontName=BODY)
    document.addPageTemplates([PageTemplate("page", [Frame(50, 50, 300, 400)])])
    parts = [part for name, role in headings.items() for part in (PageBreak(), paragraph(name, role), Spacer(1, 1))]
    document.multiBuild([paragraph("T", "H1"), TaggedContents(TEXT, BULLET), *parts], canvasmaker=TaggedCanvas)
    return file.getvalue()


def test_contents_link_to_what_they_name(tmp_path: Path) -> None:
    data = with_contents({"One": "H2", "Two": "H2"})
    assert failures(data) == []
    entry = '    TOCI\n      Reference\n        Link\n          "{} "\n          "{}"\n'
    assert f"  TOC\n{entry.format('One', 2)}{entry.format('Two', 3)}" in structure(data, tmp_path)
    links: Any = PdfReader(BytesIO(data)).pages[0]["/Annots"]
    assert [link["/Contents"] for link in links] == ["One, page 2", "Two, page 3"]


def test_contents_of_two_levels_hold_the_lower_in_the_entry_above_it(tmp_path: Path) -> None:
    data = with_contents({"One": "H2", "Under": "H3", "Also": "H3", "Two": "H2"})
    assert failures(data) == []
    contents = structure(data, tmp_path).partition("  H2\n")[0].partition("  TOC\n")
    lines = [line for line in "".join(contents[1:]).splitlines() if re.search(r'TOC|"[A-Z]\w+ "', line)]
    assert [line.replace('"', "").rstrip() for line in lines] == [
        "  TOC",
        "    TOCI",
        "          One",
        "      TOC",
        "        TOCI",
        "              Under",
        "        TOCI",
        "              Also",
        "    TOCI",
        "          Two",
    ]


def test_a_file_is_packed_and_holds_the_same(tmp_path: Path) -> None:
    def story() -> list[Flowable]:
        return [paragraph("T", "H1"), *(paragraph(f"Paragraph {number}") for number in range(900))]

    packed, plain = build(story()), build(story(), pageCompression=0)
    assert len(packed) < len(plain) / 4
    assert b"/StructElem" in plain
    assert b"/StructElem" not in packed
    assert structure(packed, tmp_path) == structure(plain, tmp_path)
    assert failures(packed) == []
    assert len(PdfReader(BytesIO(packed), strict=True).pages) == len(PdfReader(BytesIO(plain), strict=True).pages)
