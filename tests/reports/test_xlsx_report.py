"""The report as a workbook: its sheets, its numbers, and what no cell may do."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from audit.core.bank_loader import load_bank
from audit.core.numbers import percent
from audit.core.responses import Answers, RatingState, Response
from audit.reports.gap_report import GapReport, Length
from audit.reports.xlsx.reading import parse_answer_file
from audit.reports.xlsx.render import render_xlsx
from tests.reports.reading import COVER, extremes, mixed, report_on

BANK = load_bank("recommendations")
SIGNS = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    '=HYPERLINK("http://x.example","y")',
    "{=1}",
    "http://x.example",
)
SHEETS = ["Summary", "Items", "Gaps", "Plan", "Findings cited", "Method and limits", "Answers"]


def book_of(report: GapReport, answers: Answers, bank: Any = BANK) -> Any:
    return load_workbook(BytesIO(render_xlsx(report, bank, answers)))


def made(items: dict[str, Response], length: Length = Length.FULL, **cover: Any) -> tuple[GapReport, Answers]:
    return report_on(BANK, items, cover=replace(COVER, **cover), length=length), Answers(items)


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    header, *rows = sheet.iter_rows()
    return [{head.value: cell for head, cell in zip(header, row, strict=True)} for row in rows]


def shown(cell: Any) -> str:
    """A number as a spreadsheet shows it."""
    if cell.number_format == "0.0%":
        return f"{cell.value:.1%}"
    if "/" in cell.number_format:
        below = int(cell.number_format.partition("/")[2])
        return f"{round(cell.value * below)}/{below}"
    return str(cell.value)


def width_of(sheet: Any, column: int) -> float:
    return next(float(each.width) for each in sheet.column_dimensions.values() if each.min <= column <= each.max)


def words_of(book: Any) -> str:
    return "\n".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None)


def test_the_sheets_stand_in_order_with_frozen_headers_and_filters() -> None:
    book = book_of(*made(mixed(BANK)))
    assert book.sheetnames == SHEETS
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes is not None, sheet.title
        assert sheet.auto_filter.ref.startswith("A1:"), sheet.title
        assert sheet.print_title_rows == "$1:$1", sheet.title
        assert all(cell.font.bold and cell.value for cell in sheet[1]), sheet.title


def test_words_are_wrapped_and_no_column_is_narrower_than_its_longest_word() -> None:
    texts = Response(RatingState.RATED, 1, "Why", None, "Now", "Needs", "How")
    for sheet in book_of(*made({**mixed(BANK), "R1": texts})).worksheets[1:]:
        for column in sheet.iter_cols():
            words = [word for cell in column for word in re.split(r"[\s/_]", str(cell.value or "")) if "." not in word]
            assert max(map(len, words)) <= width_of(sheet, column[0].column) + 2, (sheet.title, column[0].value)
            assert all(cell.alignment.wrap_text for cell in column if isinstance(cell.value, str)), sheet.title


def test_numbers_are_numbers_with_the_digits_of_the_report() -> None:
    report, answers = made(mixed(BANK))
    book = book_of(report, answers)
    items = {row["Item"].value: row for row in rows_of(book["Items"])}
    for bar in report.profile.bars:
        row = items[bar.item_id]
        assert (row["Score"].value is None) == (bar.share is None)
        if bar.share is not None:
            assert shown(row["Score"]) == f"{percent(bar.share)}%"
            assert f"{row['Level'].value}, " == bar.state[:3]
    assert [shown(row["Share of the whole gap"]) for row in rows_of(book["Gaps"])] == [gap.share for gap in report.gaps]
    assert [row["Level"].value for row in rows_of(book["Gaps"])] == [int(gap.level[0]) for gap in report.gaps]
    summary = {row[0].value: row[1] for row in book["Summary"].iter_rows()}
    assert shown(summary["Score"]) == f"{report.headline.percent}%"
    assert shown(summary["Lowest it could be"]) == f"{report.headline.low}%"


def test_weights_show_as_the_report_writes_them() -> None:
    bank = load_bank("key-ingredients")
    items = mixed(bank)
    report = report_on(bank, items)
    weights = [shown(row["Weight"]) for row in rows_of(book_of(report, Answers(items), bank)["Items"])]
    assert weights == [answer.weight for answer in report.answers]


def test_section_scores_are_numbers_with_their_range() -> None:
    bank = load_bank("key-ingredients")
    items = mixed(bank)
    report = report_on(bank, items)
    lines = {row[0].value: row for row in book_of(report, Answers(items), bank)["Summary"].iter_rows()}
    for section in report.sections:
        row = lines[section.title]
        assert shown(row[1]) == section.percent
        assert f"{shown(row[2])} to {shown(row[3])}" == section.span or section.span.startswith("no range")


@pytest.mark.parametrize("length", Length)
def test_every_finding_that_is_named_stands_on_the_sheet_of_findings(length: Length) -> None:
    book = book_of(*made(mixed(BANK), length))
    listed = {row["Finding"].value for row in rows_of(book["Findings cited"])}
    named = set(re.findall(r"\b[A-Z]{3,4}-\d{3}\b", words_of(book)))
    assert named - {"SHA-256"} == listed


def test_a_notice_stands_on_the_summary_and_on_every_printed_page() -> None:
    book = book_of(*made(mixed(BANK), notice="Illustrative reading & no more."))
    assert "Illustrative reading & no more." in [row[1].value for row in book["Summary"].iter_rows()]
    assert all("Illustrative reading && no more." in sheet.oddHeader.center.text for sheet in book)
    assert "Notice" not in words_of(book_of(*made(mixed(BANK))))


@pytest.mark.parametrize("sign", SIGNS)
def test_no_text_becomes_a_formula_or_a_link(sign: str) -> None:
    answer = Response(RatingState.RATED, 1, sign, None, sign, sign, sign)
    report, answers = made(dict.fromkeys(BANK.items, answer), authority=sign, title=sign)
    book = book_of(report, answers)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.hyperlink is None for cell in cells)
    given = [row["how_to_progress"].value for row in rows_of(book["Answers"]) if row["rating"].value == 1]
    assert given == [sign] * len(BANK.items)
    assert {cell.number_format for cell in cells if cell.value == sign} == {"@"}


@pytest.mark.parametrize("length", Length)
def test_reports_at_the_edges_are_written_and_give_the_answers_back(length: Length) -> None:
    for name, report in extremes(length).items():
        bank = load_bank(report.bank.id)
        data = render_xlsx(report, bank, Answers())
        assert load_workbook(BytesIO(data)).sheetnames == SHEETS, name
        assert list(parse_answer_file(data, "report.xlsx", bank).items) == list(bank.items), name


def test_the_same_report_gives_the_same_bytes() -> None:
    report, answers = made(mixed(BANK))
    assert render_xlsx(report, BANK, answers) == render_xlsx(report, BANK, answers)


def test_the_properties_say_what_it_is() -> None:
    properties = book_of(*made(mixed(BANK))).properties
    assert properties.title == "Gap report: Testshire Council"
    assert properties.creator == "Plumbline"
    assert properties.created.isoformat() == "2026-11-21T00:00:00"


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    texts = "𝔸" * 10_000
    prompts = {"S1": Response(what_happens_now=texts, what_needs_to_happen=texts)}
    items = {"R1": Response(RatingState.RATED, 1, texts, None, texts)}
    report = report_on(BANK, items, prompts)
    long = replace(report, gaps=(replace(report.gaps[0], notes=(texts, texts)),))
    book = book_of(long, Answers(items, prompts))
    (row,) = rows_of(book["Gaps"])
    note = row["What to know of the answer"].value
    assert note.endswith("(The rest is too long for a cell. The other formats have it.)")
    assert len(note.encode("utf-16-le")) // 2 <= 32_767
    assert row["Reason"].value == texts


def test_a_gap_of_the_table_has_one_step_and_where_it_was_published() -> None:
    report = extremes()["all at the bottom"]
    rows = rows_of(book_of(report, Answers({}))["Gaps"])
    for gap, row in zip(report.gaps, rows, strict=True):
        steps = [f"{step} ({finding_id})" for step, finding_id in gap.steps]
        told = gap in report.told_gaps
        assert row["Steps to consider"].value.splitlines() == (steps if told else steps[:1])
        assert row["Where it was published"].value.startswith("Innovation Programme synthesis 2017, Appendix 2, p. 3")
