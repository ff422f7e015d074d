"""The published form: its rows page by page, blank and filled, and what any text does to it."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from pypdf import PdfReader
from reportlab.lib.styles import ParagraphStyle

from audit.core.bank import Bank
from audit.core.bank_loader import load_bank
from audit.core.library import Library
from audit.core.responses import Answers, RatingState, Response
from audit.reports.build import Cover
from audit.reports.form import ROWS, build_form, page_sizes, publication_of
from audit.reports.pdf.blocks import para, paras
from audit.reports.pdf.fitting import Measures, Row, height_of, place
from audit.reports.pdf.fonts import register_fonts
from audit.reports.pdf.form import render_form
from audit.reports.wording import COLUMN_TITLES, typographic
from tests.making import DONT_KNOW, NOT_APPLICABLE, make_bank, make_item, make_section, rated
from tests.reports.reading import mixed, poppler
from tests.strategies import trees

RECOMMENDATIONS = load_bank("recommendations")
CHECKLIST = load_bank("key-ingredients")
NOBODY = Cover("", "A form", "21 November 2026")
COVER = Cover("Testshire", "A form", "21 November 2026", subtitle="Autumn 2026, whole service")
# Words that no bank holds.
SENTENCE = "Okapi zebra lemur heron ibis. "
LONG = (SENTENCE * 333).strip()


def pages_of(bank: Bank, answers: Answers | None = None, cover: Cover = NOBODY) -> list[str]:
    """The text of each page, on one line."""
    pdf = PdfReader(BytesIO(render_form(build_form(bank, cover, answers))))
    for page in pdf.pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)
    return [re.sub(r"\s+", " ", page.extract_text()) for page in pdf.pages]


def rows_of(bank: Bank, pages: list[str]) -> list[list[str]]:
    """The ids of the items whose rows begin on each page."""
    names = {item.id: typographic(f"{item.id} {item.title}") for item in bank.items.values()}
    return [[item_id for item_id, name in names.items() if name in page] for page in pages]


@pytest.mark.parametrize(("bank", "counts"), [(RECOMMENDATIONS, [7, 5]), (CHECKLIST, [6, 6, 4, 4])], ids=["12", "20"])
def test_a_blank_form_has_the_published_rows_on_each_page(bank: Bank, counts: list[int]) -> None:
    pages = pages_of(bank)
    rows = rows_of(bank, pages)
    assert [len(ids) for ids in rows] == counts
    assert [item_id for ids in rows for item_id in ids] == list(bank.items)
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(counts)}" in page
        for title in COLUMN_TITLES:
            assert title in page
    for item in bank.items.values():
        assert any(typographic(item.prompt) in page for page in pages)


def test_the_file_is_two_sound_pages_of_a4_sideways(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(render_form(build_form(RECOMMENDATIONS, COVER, Answers(mixed(RECOMMENDATIONS)))))
    info = poppler("pdfinfo", path)
    assert re.search(r"Pages: +2\n", info)
    assert "Page size:       841.89 x 595.276 pts (A4)" in info
    assert "Title:           A form: Testshire, Autumn 2026, whole service" in info
    assert "CreationDate:    Sat Nov 21" in info
    fonts = poppler("pdffonts", path).splitlines()[2:]
    assert fonts
    assert all("SourceSans" in line for line in fonts), fonts


@pytest.mark.parametrize(
    ("count", "sizes"),
    [
        (0, []),
        (1, [1]),
        (7, [7]),
        (8, [4, 4]),
        (10, [5, 5]),
        (11, [7, 4]),
        (12, [7, 5]),
        (14, [7, 7]),
        (15, [5, 5, 5]),
        (20, [7, 7, 6]),
    ],
)
def test_how_the_rows_of_a_section_are_split(count: int, sizes: list[int]) -> None:
    assert page_sizes(count) == sizes


def test_no_split_loses_a_row_or_leaves_a_page_nearly_empty() -> None:
    for count in range(200):
        sizes = page_sizes(count)
        assert sum(sizes) == count
        assert all(size <= ROWS for size in sizes)
        assert len(sizes) < 2 or min(sizes) >= 4


@given(trees())
def test_every_item_of_any_bank_has_one_row(bank: Bank) -> None:
    form = build_form(bank, NOBODY)
    assert sorted(row.item_id for page in form.pages for row in page.rows) == sorted(bank.items)
    assert all(page.rows for page in form.pages)


def test_each_section_of_a_nested_bank_starts_a_page() -> None:
    inner = make_section("inner", *[make_item(f"I{n}") for n in range(9)])
    outer = make_section("outer", make_item("O"), inner)
    pages = pages_of(make_bank(make_item("A"), outer))
    heads = ["Small bank What happens now", "Title of outer What", *["Title of inner What"] * 2]
    assert len(pages) == len(heads)
    for head, page in zip(heads, pages, strict=True):
        assert head in page


def test_a_blank_form_holds_no_answer_and_room_for_names() -> None:
    for page in pages_of(RECOMMENDATIONS):
        assert "Authority: ____" in page
        assert "Date: ____" in page
        for level in RECOMMENDATIONS.scale.levels:
            assert level.name.lower() not in page.lower()
        assert not re.search(r"\d%|target|Not applicable|Don.t know|score", page)


def test_a_form_says_whose_it_is_and_carries_the_notice_on_every_page() -> None:
    cover = Cover("Testshire", "A form", "1 May 2026", notice="Illustrative reading", subtitle="Autumn 2026")
    for answers in (None, Answers({"R8": rated(1)})):
        for page in pages_of(RECOMMENDATIONS, answers, cover):
            for words in ("A form", "Testshire, Autumn 2026", "Illustrative reading"):
                assert words in page
            assert "____" not in page
            assert ("1 May 2026" in page) is (answers is not None)


def test_every_page_says_where_its_rows_come_from(library: Library) -> None:
    for bank in (RECOMMENDATIONS, CHECKLIST):
        publication = publication_of(bank, library)
        assert publication is not None
        foot = build_form(bank, NOBODY, None, publication).foot
        assert foot.startswith(f'The rows come from "{publication.title}"')
        for words in (publication.authors, publication.published, bank.source.place, f"{bank.id}, version 1.0.0"):
            assert words in foot
        assert "The wording is Plumbline's own" in foot
        assert "Never name a child or a family" in foot
        filled = build_form(bank, NOBODY, Answers(), publication)
        assert "The wording and the levels are Plumbline's own" in filled.foot
        text = re.sub(r"\s+", " ", PdfReader(BytesIO(render_form(filled))).pages[-1].extract_text())
        assert typographic(filled.foot) in text


def test_the_wording_of_another_bank_is_not_said_to_be_ours(library: Library) -> None:
    bank = make_bank(make_item("A"))
    assert publication_of(bank, library) is None
    assert build_form(bank, NOBODY).foot.startswith("Rows and wording: Small bank (question bank small, version 1.0.0)")


def test_a_changed_bank_names_the_publication_by_its_title(library: Library) -> None:
    publication = publication_of(RECOMMENDATIONS, library)
    assert publication is not None
    foot = build_form(RECOMMENDATIONS, NOBODY, None, publication, ours=False).foot
    assert foot.startswith(
        "Rows and wording: Self-audit of 12 conditions (question bank recommendations, version 1.0.0)"
    )
    assert f'after "{publication.title}" ({publication.authors}, {publication.published}), Appendix 2' in foot
    assert publication.id not in foot
    assert "Plumbline's own" not in foot


def test_the_form_of_a_reading_of_others_does_not_speak_to_its_reader() -> None:
    cover = Cover("Testshire", "A form", "1 May 2026", notice="Illustrative reading")
    for page in pages_of(RECOMMENDATIONS, Answers(), cover):
        assert "How this is to be progressed" in page
        assert "How you will" not in page


def test_a_filled_form_shows_every_text_and_standing_and_no_score() -> None:
    answers = {
        "R1": Response(RatingState.RATED, 2, "", None, "Now one.\nNow two.", "Needs this.", "By May."),
        "R2": rated(1, target=4),
        "R3": NOT_APPLICABLE,
        "R4": DONT_KNOW,
        "R9": Response(what_happens_now="Text only."),
    }
    pages = pages_of(RECOMMENDATIONS, Answers(answers))
    assert [len(ids) for ids in rows_of(RECOMMENDATIONS, pages)] == [7, 5]
    for words in ("Now one. Now two.", "Needs this.", "By May.", "Not applicable: We have none.", "Don’t know"):
        assert words in pages[0]
    assert "2, partly in place; target 3, mostly in place" in pages[0]
    assert "1, early steps; target 4, embedded" in pages[0]
    assert "Text only." in pages[1]
    assert "target" not in pages[1]
    assert not re.search(r"\d%|\d\.\d(?!\.)|score|weight", " ".join(pages).replace("version 1.0.0", ""))


def test_a_filled_form_with_little_text_keeps_the_pages_of_the_blank_one() -> None:
    short = Response(RatingState.RATED, 1, "", None, SENTENCE * 4, SENTENCE * 4, SENTENCE * 4)
    pages = pages_of(RECOMMENDATIONS, Answers(dict.fromkeys(RECOMMENDATIONS.items, short)))
    assert [len(ids) for ids in rows_of(RECOMMENDATIONS, pages)] == [7, 5]


def test_long_texts_go_on_on_further_pages_and_nothing_is_lost() -> None:
    long = Response(RatingState.RATED, 1, "", None, LONG, SENTENCE * 3, LONG)
    pages = pages_of(RECOMMENDATIONS, Answers({"R1": long, "R12": long}), COVER)
    assert len(pages) > 8
    words = " ".join(pages).split()
    for word in SENTENCE.split():
        assert words.count(word) == 2 * (2 * 333 + 3)
    assert sorted(item_id for ids in rows_of(RECOMMENDATIONS, pages) for item_id in ids) == sorted(
        RECOMMENDATIONS.items
    )
    assert sum("R1, continued" in page for page in pages) == sum("R12, continued" in page for page in pages) > 2
    for number, page in enumerate(pages, start=1):
        assert "Conditions which promote good practice What happens now What needs to happen" in page
        assert f"Page {number} of {len(pages)}" in page


HOSTILE = '<b>bold</b> & <font size="90">big</font> </para> &nbsp; \u202eright to left'


@pytest.mark.parametrize(
    "text", [LONG, "x" * 10_000, HOSTILE, "£ – ’ “ ” • ŵ ŷ Ŵ", "a\n\n\nb\tc", "😀 ع 中", "1\n" * 900]
)
def test_any_text_that_an_answer_may_hold_is_laid_out(text: str) -> None:
    answers = {
        "R1": Response(RatingState.RATED, 1, text, None, text, text, text),
        "R2": Response(RatingState.NOT_APPLICABLE, reason=text),
    }
    shown = " ".join(pages_of(RECOMMENDATIONS, Answers(answers)))
    if text == HOSTILE:
        assert shown.count("<b>bold</b> & <font size=“90”>big</font> </para> &nbsp;") == 4
    if text[0] == "x":
        assert shown.count("x") > 40_000


def test_a_bank_with_endless_titles_is_laid_out() -> None:
    words = "Condition by condition and " * 200
    items = [replace(make_item(name), title=words, prompt=words) for name in "AB"]
    cover = Cover(words, words, words, notice=words, subtitle=words)
    bank = make_bank(replace(make_section("S", *items), title=words))
    pages = pages_of(bank, Answers({"A": rated(1)}), cover)
    assert " ".join(pages).count("by condition and") > 4 * 200


def test_the_same_form_gives_the_same_bytes() -> None:
    form = build_form(CHECKLIST, COVER, Answers(mixed(CHECKLIST)))
    assert render_form(form) == render_form(form)


STYLE = ParagraphStyle("ten", fontName="SourceSans", fontSize=8, leading=10)


def row(lines: int) -> Row:
    return Row((paras("a\n" * lines, STYLE),), para("continued", STYLE))


@pytest.mark.parametrize(
    ("lines", "heights"),
    [
        ([1, 1], [[50, 50]]),
        ([1, 1, 8], [[10, 10, 80]]),
        ([1, 1, 6], [[20, 20, 60]]),
        ([5, 5, 5, 5], [[50, 50], [50, 50]]),
        ([6, 2, 2, 2], [[100], [33, 33, 33]]),
        ([10], [[100]]),
        ([25, 1], [[100], [100], [70, 30]]),
    ],
)
def test_rows_share_the_height_of_as_few_pages_as_hold_them(lines: list[int], heights: list[list[int]]) -> None:
    register_fonts()
    pages = place([row(count) for count in lines], Measures((100.0,), 100.0, 0.0, 0.0))
    assert [[round(placed.height) for placed in page] for page in pages] == heights
    for page in pages:
        for placed in page:
            assert height_of(placed.row.cells[0], 100, 1000) <= placed.height + 0.001
