"""Boxes and tables of the PDF over pages: nothing torn that fits, and nothing without its heading."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from reportlab.platypus import Flowable, Spacer

from audit.reports import colours
from audit.reports.pdf.boxes import PAGE, Block, Box, Sides
from audit.reports.pdf.fonts import register_fonts
from audit.reports.pdf.grids import grid
from audit.reports.pdf.styles import COLUMN, FOOT, HEAD, MARGIN
from tests.reports.reading import poppler
from tests.reports.tagged import build, failures, paragraph, structure

MARGINS: dict[str, Any] = {"leftMargin": MARGIN, "rightMargin": MARGIN, "topMargin": HEAD, "bottomMargin": FOOT}


def made(*story: Flowable) -> bytes:
    return build([paragraph("Title", "H1"), *story], pagesize=(595.28, 841.89), **MARGINS)


def pages(data: bytes) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(BytesIO(data)).pages]


def finding(name: str, lines: int = 4) -> Block:
    return [paragraph(f"{name} begins. {'Heron ibis okapi zebra. ' * 4 * lines}"), paragraph(f"{name} ends.")]


def box(blocks: list[Block], heading: str = "Evidence") -> Box:
    register_fonts()
    return Box(blocks, colours.SHADE, colours.BRAND, heading)


def test_a_box_over_pages_repeats_its_heading_for_the_eye_and_keeps_each_finding_whole(tmp_path: Path) -> None:
    names = [f"Finding {number}" for number in range(20, 40)]
    data = made(box([finding(name) for name in names]))
    shown = pages(data)
    assert len(shown) > 1
    assert "Evidence, continued" not in shown[0]
    assert all("Evidence, continued" in page for page in shown[1:])
    for name in names:
        [page] = [page for page in shown if f"{name} begins." in page]
        assert f"{name} ends." in page
    text = structure(data, tmp_path)
    assert (text.count('"Evidence "'), text.count("continued"), text.count(" H4\n")) == (1, 0, 1)


def test_a_box_begins_with_a_whole_finding_or_on_the_next_page() -> None:
    shown = pages(made(Spacer(1, PAGE - 80), box([finding("First", 8), finding("Second")])))
    assert "Evidence" not in shown[0]
    assert "Evidence First begins." in shown[1]


def test_a_finding_higher_than_a_page_goes_on_on_the_next() -> None:
    shown = pages(made(box([finding("Endless", 200), finding("Second")])))
    assert len(shown) > 2
    assert sum(page.count("zebra") for page in shown) == 4 * 204
    assert all("Evidence, continued" in page for page in shown[1:])


def lines_of(data: bytes, tmp_path: Path) -> list[str]:
    path = tmp_path / "sides.pdf"
    path.write_bytes(data)
    return poppler("pdftotext", "-layout", path, "-").splitlines()


def test_boxes_stand_beside_each_other_only_where_they_are_about_as_high(tmp_path: Path) -> None:
    for left, right, beside in ((3, 3, True), (9, 1, False), (1, 9, False)):
        sides = Sides(box([finding("For", left)], "Supports"), box([finding("Against", right)], "Limits"))
        data = made(sides)
        assert any("Supports" in line and "Limits" in line for line in lines_of(data, tmp_path)) is beside
        text = structure(data, tmp_path)
        assert text.index("Supports") < text.index("For ends.") < text.index("Limits") < text.index("Against ends.")


def test_boxes_that_do_not_fit_beside_each_other_stand_one_under_the_other(tmp_path: Path) -> None:
    def sides() -> Sides:
        return Sides(box([finding("For")], "Supports"), box([finding("Against")], "Limits"))

    low = lines_of(made(Spacer(1, PAGE - 160), sides()), tmp_path)
    assert not any("Supports" in line and "Limits" in line for line in low)
    assert any("Supports" in line for line in low)


def test_a_long_row_goes_on_under_its_name_and_is_one_row_to_a_reader(tmp_path: Path) -> None:
    register_fonts()
    rows = [["R1 Systems\nhalf of the gap", "Okapi zebra. " * 600], ["R2 Leaders", "Short."]]
    data = made(grid(["Condition", "What was said"], rows, [COLUMN * 0.3, COLUMN * 0.7]))
    shown = pages(data)
    assert len(shown) > 1
    assert all("Condition What was said" in page for page in shown)
    assert all("R1 Systems, continued" in page for page in shown[1:])
    text = structure(data, tmp_path)
    assert [text.count(f" {kind}\n") for kind in ("Table", "TR", "TD")] == [1, 3, 2]
    assert (text.count("R1 Systems"), text.count("continued"), text.count("Okapi")) == (1, 0, 600)
    assert failures(data) == []


def test_a_short_row_is_never_torn() -> None:
    register_fonts()
    rows = [[f"R{number} Name", f"Begins {number}. {'Okapi. ' * 90} Ends {number}."] for number in range(20, 50)]
    shown = pages(made(grid(["Condition", "What was said"], rows, [COLUMN * 0.3, COLUMN * 0.7])))
    assert len(shown) > 1
    assert not any("continued" in page for page in shown)
    for number in range(20, 50):
        assert any(f"Begins {number}." in page and f"Ends {number}." in page for page in shown)


def test_even_pages_are_as_few_and_about_as_full() -> None:
    register_fonts()

    def rows_on_pages(even: float) -> list[int]:
        rows = [[f"R{number} Name", "Okapi. " * 150] for number in range(9)]
        data = made(grid(["Condition", "What was said"], rows, [COLUMN * 0.3, COLUMN * 0.7], even=even))
        return [page.count("Name") for page in pages(data)]

    greedy, shared = rows_on_pages(0), rows_on_pages(PAGE)
    assert len(greedy) == len(shared) > 1
    assert max(shared) - min(shared) < max(greedy) - min(greedy)
