"""A workbook that cannot be trusted or understood is refused in one line, with its sheet, row and column."""

from __future__ import annotations

import contextlib
import time
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from audit.core.errors import AnswersError
from audit.core.responses import Answers
from audit.reports.xlsx.fill_in import render_fill_in
from audit.reports.xlsx.package import SIZE_LIMIT, UNPACKED_LIMIT
from audit.reports.xlsx.reading import parse_answer_file
from tests.core.test_answer_files import BANK
from tests.core.test_answer_refusals import COLUMNS, ON_SCALE
from tests.reports.test_xlsx_answers import saved, with_part

GOOD = render_fill_in(BANK)
SHEET = "xl/worksheets/sheet1.xml"
DAMAGED = ": this workbook is damaged. Open it in a spreadsheet, save it as XLSX, and try again."
NO_WORKBOOK = ": this is not an XLSX workbook. Save it as XLSX in a spreadsheet."
TOO_MUCH = ": this workbook unpacks to far more than answers need. Copy the answers into a new template."
DOCTYPE = ": this workbook declares a document type, which no spreadsheet writes."
FORMULA = "this is a formula. Put what it shows in its place, as text."
A_DATE = "the spreadsheet takes this for a date. Format the cell as text and write it again."
MISSING = ': the sheet "Answers" is missing. Fill in a workbook from "template".'


def refusal(data: bytes, name: str = "a.xlsx") -> AnswersError:
    with pytest.raises(AnswersError) as caught:
        parse_answer_file(data, name, BANK)
    return caught.value


def edited(change: Callable[[Any], object], rows: list[list[Any]] | None = None) -> bytes:
    book, out = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Answers"
    for row in rows or [["item", "rating", "reason"], ["R1", 1, "Why"]]:
        sheet.append(row)
    change(sheet)
    book.save(out)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def added(name: str, data: bytes, base: bytes = GOOD) -> bytes:
    """The workbook with one part more."""
    out = BytesIO(base)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, data)
    return out.getvalue()


def two_sheets() -> bytes:
    return edited(
        lambda sheet: [sheet.parent.create_sheet("Two"), sheet.parent.remove(sheet), sheet.parent.create_sheet("One")]
    )


def locked() -> bytes:
    data = bytearray(GOOD)
    place = data.index(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 1)
    return bytes(data)


def cell(value: Any, place: str = "C2") -> bytes:
    return edited(lambda sheet: sheet.__setitem__(place, value))


# What is wrong, the file, and what the message says after the file's name.
# fmt: off
IN_A_ROW = [
    ("an unknown rating", cell("good", "B2"), f', sheet Answers, row 2, column rating: "good" {ON_SCALE}'),
    ("half a level", cell(1.5, "B2"), f', sheet Answers, row 2, column rating: "1.5" {ON_SCALE}'),
    ("na without a reason", saved([["item", "rating"], [], ["R1", "na"]]),
     ", sheet Answers, row 3, column reason: na needs a reason. Say why this does not apply to your service."),
    ("an unknown item", cell("Z9", "A2"),
     ', sheet Answers, row 2, column item: "Z9" is no item of small 1.0.0. Known: R1, R2, R3.'),
    ("no item", cell(None, "A2"), ", sheet Answers, row 2, column item: the item is missing. Known: R1, R2, R3."),
    ("an item twice", saved([["item", "rating"], ["R1", 1], ["R1", 2]]),
     ", sheet Answers, row 3, column item: R1 stands twice (first in row 2). Keep one row for each."),
    ("a formula", cell("=1+1", "B2"), f", sheet Answers, row 2, column rating: {FORMULA}"),
    ("a formula in a text", cell('=CONCATENATE("a","b")'), f", sheet Answers, row 2, column reason: {FORMULA}"),
    ("a formula as heading", cell('="rating"', "B1"), f", sheet Answers, row 1, column B: {FORMULA}"),
    ("a date", cell(date(2026, 5, 1)), f", sheet Answers, row 2, column reason: {A_DATE}"),
    ("true", cell(True), ", sheet Answers, row 2, column reason: the spreadsheet takes this for true or false. "
     "Format the cell as text and write it again."),
    ("an error", cell("#REF!"),
     ", sheet Answers, row 2, column reason: this is an error of the spreadsheet. Write the answer again."),
    ("merged cells", edited(lambda sheet: sheet.merge_cells("B2:B3")), ", sheet Answers, row 2, column rating: "
     "the cells B2:B3 are merged. Part them, so that each answer has its own cell."),
    ("merged cells outside", edited(lambda sheet: sheet.merge_cells("AB4:AC9")), ", sheet Answers, row 4, column AB: "
     "the cells AB4:AC9 are merged. Part them, so that each answer has its own cell."),
    ("a cell under no heading", cell("more", "AA2"), ", sheet Answers, row 2, column AA: this cell stands under no "
     "heading. Empty it, or move it into a column of the answers."),
    ("no rating column", saved([["item", "reason"]]),
     ", sheet Answers, row 1, column rating: this column is missing."),
    ("a column misspelt", saved([["item", "rating", "reson"]]),
     ', sheet Answers, row 1, column reson: there is no such column. Did you mean "reason"?'),
    ("a column twice", saved([["item", "rating", "rating"]]),
     ", sheet Answers, row 1, column rating: this column stands twice in the header."),
    ("no header", saved([["R1", 1]]),
     f", sheet Answers, row 1: the header is missing. Name the columns {COLUMNS}."),
    ("an empty sheet", saved([]),
     f", sheet Answers: the sheet is empty. Its first row must name the columns {COLUMNS}."),
    ("a long text", cell("x" * 10_001),
     ", sheet Answers, row 2, column reason: the text has 10,001 characters. Keep it to 10,000."),
    ("half a character", with_part(cell("PLACE"), SHEET, lambda text: text.replace("PLACE", "_xD800_")),
     ", sheet Answers, row 2, column reason: the text holds the control character U+D800. Take it out."),
]
WHOLE = [
    ("a foreign workbook", two_sheets(), MISSING),
    ("a file that is cut off", GOOD[: len(GOOD) // 2], DAMAGED),
    ("a broken part", with_part(GOOD, SHEET, lambda text: text[:-20]), DAMAGED),
    ("a cell that is nowhere", with_part(GOOD, SHEET, lambda text: text.replace('r="B2"', 'r="2B"')), DAMAGED),
    ("a text that is missing", with_part(GOOD, SHEET, lambda text: text.replace("<v>1</v>", "<v>9999</v>")), DAMAGED),
    ("a text before the first", with_part(GOOD, SHEET, lambda text: text.replace("<v>1</v>", "<v>-1</v>")), DAMAGED),
    ("no archive", b"PK\x03\x04 and no more", DAMAGED),
    ("another archive", archive(hello=b"x"), NO_WORKBOOK),
    ("no workbook", b"item,rating\nR1,1\n", NO_WORKBOOK),
    ("an empty file", b"", NO_WORKBOOK),
    ("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 more",
     ": this workbook is in the old format XLS, or has a password. Save it as XLSX without a password."),
    ("a locked archive", locked(), ": this workbook has a password. Save it without one."),
    ("a large file", b"PK\x03\x04" + b"x" * SIZE_LIMIT,
     ": this workbook is larger than 5 MB. Is it an answers file?"),
    ("a part that unpacks to very much", added("xl/media/a.bin", bytes(UNPACKED_LIMIT)), TOO_MUCH),
    ("parts that unpack to much of the same", added("xl/media/a.bin", bytes(5_000_000)), TOO_MUCH),
    ("very many parts", archive(**{f"part{n}": b"" for n in range(501)}), TOO_MUCH),
    ("very many cells", with_part(GOOD, SHEET, lambda text: text.replace("<sheetData>", "<sheetData><row>"
     + "<c/>" * 200_000 + "</row>")), ": this workbook holds far more cells than answers need."),
    ("very deep", with_part(GOOD, SHEET, lambda text: text.replace("<sheetData>", "<a>" * 60 + "</a>" * 60
     + "<sheetData>")), ": this workbook holds far more cells than answers need."),
]
# fmt: on
CASES = [*IN_A_ROW, *WHOLE]


@pytest.mark.parametrize(("data", "message"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_faulty_workbook_is_refused_with_its_place(data: bytes, message: str) -> None:
    assert str(refusal(data)) == f"a.xlsx{message}"


ENTITY = '<!DOCTYPE x [<!ENTITY a "{}">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
PARTS = ["xl/workbook.xml", SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"]


@pytest.mark.parametrize(
    "declared", ["<!DOCTYPE x>", ENTITY, LAUGHS, OUTSIDE], ids=["type", "one", "laughs", "outside"]
)
@pytest.mark.parametrize("part", PARTS)
def test_a_document_type_is_refused_in_every_part_that_is_read(part: str, declared: str) -> None:
    number = with_part(GOOD, SHEET, lambda text: text.replace('t="s"><v>1<', "><v>1<")) if "styles" in part else GOOD
    assert (
        str(refusal(with_part(number, part, lambda text: text.replace("?>", f"?>{declared}", 1)))) == f"a.xlsx{DOCTYPE}"
    )


def test_a_document_type_in_another_encoding_is_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == SHEET:
                text = data.decode().replace("UTF-8", "UTF-16").replace("?>", f"?>{OUTSIDE}", 1)
                data = text.encode("utf-16")
            new.writestr(name, data)
    assert str(refusal(out.getvalue())) == f"a.xlsx{DOCTYPE}"


def test_what_a_workbook_links_to_is_not_looked_up() -> None:
    def outside(text: str) -> str:
        return text.replace('Target="worksheets/sheet1.xml"', 'Target="file:///etc/passwd" TargetMode="External"')

    assert str(refusal(with_part(GOOD, "xl/_rels/workbook.xml.rels", outside))).startswith("a.xlsx")
    up = with_part(GOOD, "xl/_rels/workbook.xml.rels", lambda text: text.replace("worksheets/sheet1", "../../../etc/x"))
    assert str(refusal(up)) == f"a.xlsx{DAMAGED}"


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = added("xl/worksheets/huge.xml", bytes(200_000_000))
    begun = time.perf_counter()
    assert str(refusal(bomb)) == f"a.xlsx{TOO_MUCH}"
    assert time.perf_counter() - begun < 1


def test_an_archive_that_understates_its_size_gives_no_more_than_it_says() -> None:
    data = bytearray(added("a.xml", b"x" * 100_000))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    assert parse_answer_file(bytes(data), "a.xlsx", BANK) == parse_answer_file(GOOD, "a.xlsx", BANK)


def test_a_name_that_stands_twice_in_the_archive_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = added(SHEET, b"<worksheet/>")
    assert str(refusal(data)) == f"a.xlsx{DAMAGED}"


@settings(max_examples=150)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
def test_a_workbook_with_some_bytes_changed_is_read_or_refused(place: int, put: bytes) -> None:
    with contextlib.suppress(AnswersError):
        changed = GOOD[:place] + put + GOOD[place + len(put) :]
        assert isinstance(parse_answer_file(changed, "a.xlsx", BANK), Answers)


STRANGE = """<row r="2">|</row>|<c r="A2"| t="s">| t="b">| s="3">|>|<v>1</v>|<v>1e999</v>|<v>x</v>|<v>٣</v>|<v/>|
<f>1</f>|</c>|<is><t>R1</t></is>| r="ZZZ99"|<mergeCell ref="?"/>| t="zz">"""
pieces = st.sampled_from(STRANGE.split("|"))


@settings(max_examples=150)
@given(st.lists(pieces, max_size=12).map("".join), st.sampled_from(["<sheetData>", '<c r="B2"', "<v>2</v>"]))
def test_a_sheet_with_strange_cells_is_read_or_refused(strange: str, where: str) -> None:
    with contextlib.suppress(AnswersError):
        data = with_part(GOOD, SHEET, lambda text: text.replace(where, where + strange, 1))
        assert isinstance(parse_answer_file(data, "a.xlsx", BANK), Answers)


def test_a_strange_sheet_is_named_as_it_is() -> None:
    message = str(refusal(saved([["item", "reason"]], "x" * 31)))
    assert message == f"a.xlsx, sheet {'x' * 31}, row 1, column rating: this column is missing."
