"""Answers in a workbook: what is written comes back identical, in every format."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook

from audit.core.answer_rows import COLUMNS
from audit.core.answer_writing import write_answers, write_answers_json
from audit.core.bank import Bank
from audit.core.responses import Answers, Confidence, RatingState, Response
from audit.reports.xlsx.fill_in import render_fill_in
from audit.reports.xlsx.reading import parse_answer_file
from audit.reports.xlsx.render import render_xlsx
from tests.core.test_answer_file_properties import answers as any_answers
from tests.core.test_answer_files import BANK
from tests.making import rated
from tests.reports.reading import report_on


def read(data: bytes, bank: Bank = BANK, name: str = "answers.xlsx") -> Answers:
    return parse_answer_file(data, name, bank)


def sheet_of(data: bytes, name: str = "Answers") -> Any:
    return load_workbook(BytesIO(data))[name]


def saved(rows: Sequence[Any], title: str = "Answers") -> bytes:
    """A workbook as another program writes it."""
    book, out = Workbook(), BytesIO()
    assert book.active is not None
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@settings(max_examples=60)
@given(any_answers)
def test_answers_come_back_identical_from_every_format(answers: Answers) -> None:
    from_csv = read(write_answers(BANK, answers).encode("utf-8-sig"), name="answers.csv")
    assert {name: from_csv.of(name) for name in BANK.items} == {name: answers.of(name) for name in BANK.items}
    assert read(write_answers_json(BANK, answers).encode(), name="answers.json") == from_csv
    assert read(render_fill_in(BANK, answers)) == from_csv


def test_the_workbook_of_the_report_gives_the_answers_back(bank: Bank) -> None:
    ids = list(bank.items)
    text = 'Two\nlines, "quoted"; =1+1 _x0041_ x005F_ é 𝔸 &amp; <b>'
    full = Response(RatingState.RATED, 2, f"+{text}", Confidence.HIGH, text, f"-{text}", f"@{text}", target=3)
    items = {ids[0]: full, ids[1]: Response(RatingState.NOT_APPLICABLE, reason=f"={text}"), ids[2]: rated(0, target=4)}
    prompts = {name: Response(what_happens_now=text) for name in bank.prompts}
    answers = Answers(items, prompts)
    back = read(render_xlsx(report_on(bank, items, prompts), bank, answers), bank)
    assert {name: back.of(name) for name in bank.items} == {name: answers.of(name) for name in bank.items}
    assert back.prompts == prompts
    assert back == read(write_answers(bank, answers).encode(), bank, "answers.csv")


def test_the_empty_workbook_has_a_row_for_each_item_with_its_levels_beside_it(bank: Bank) -> None:
    header, *rows = sheet_of(render_fill_in(bank, prompts=False)).iter_rows(values_only=True)
    assert set(COLUMNS) <= set(header)
    lines = [dict(zip(header, row, strict=True)) for row in rows]
    assert [line["item"] for line in lines] == list(bank.items)
    for line, item in zip(lines, bank.items.values(), strict=True):
        assert (line["title"], line["asks"]) == (item.title, item.prompt)
        levels = {f"level {level.number} {level.name}": item.descriptors[level.number] for level in bank.scale.levels}
        assert {heading: line[heading] for heading in levels} == levels
        assert all(line[column] is None for column in COLUMNS if column != "item")


def test_prompts_have_rows_where_they_are_asked_for(bank: Bank) -> None:
    assert read(render_fill_in(bank, prompts=False), bank).prompts == {}
    assert list(read(render_fill_in(bank), bank).prompts) == list(bank.prompts)


def test_the_lists_offer_what_is_read(bank: Bank) -> None:
    data = render_fill_in(bank, prompts=False)
    sheet, guide = sheet_of(data), sheet_of(data, "How to fill this in")
    offered: dict[str, list[str]] = {}
    for rule in sheet.data_validations.dataValidation:
        assert rule.type == "list"
        place = rule.formula1.rpartition("!")[2].replace("$", "")
        values = [cell.value for (cell,) in guide[place]] if ":" in place else place.strip('"').split(",")
        offered[sheet.cell(1, next(iter(rule.sqref.ranges)).min_col).value] = values
    levels = [f"{level.number} {level.name}" for level in bank.scale.levels]
    assert offered == {
        "rating": [*levels, "na", "dk"],
        "confidence": ["low", "medium", "high"],
        "target": levels,
    }
    for number, words in enumerate(levels):
        rows = [["item", "rating", "target"], [next(iter(bank.items)), words, words.upper()]]
        assert read(saved(rows), bank).items == {next(iter(bank.items)): rated(number, target=number)}


def test_the_guide_says_what_to_write(bank: Bank) -> None:
    guide = sheet_of(render_fill_in(bank), "How to fill this in")
    words = " ".join(str(cell.value) for row in guide.iter_rows() for cell in row if cell.value)
    for needed in (*COLUMNS, bank.caution, f"{bank.id} {bank.version}", "Never name a child or a family"):
        assert needed in words


def test_the_same_answers_give_the_same_bytes(bank: Bank) -> None:
    assert render_fill_in(bank) == render_fill_in(bank)


def test_what_is_filled_in_is_read(bank: Bank) -> None:
    book = load_workbook(BytesIO(render_fill_in(bank, prompts=False)))
    sheet = book["Answers"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    filled = {
        "rating": "2 " + bank.scale.level(2).name,
        "confidence": "high",
        "target": 4,
        "how_to_progress": "By\nMay",
    }
    for name, value in filled.items():
        sheet.cell(2, columns[name]).value = value
    sheet.cell(2, columns["title"]).value = "=A1"
    out = BytesIO()
    book.save(out)
    first = next(iter(bank.items))
    expected = Response(RatingState.RATED, 2, confidence=Confidence.HIGH, how_to_progress="By\nMay", target=4)
    assert read(out.getvalue(), bank).of(first) == expected


@pytest.mark.parametrize(("rating", "level"), [(2, 2), (2.0, 2), ("2", 2), (" half ", 2), ("2  HALF", 2), (0, 0)])
def test_a_rating_may_be_a_number_or_words(rating: object, level: int) -> None:
    assert read(saved([["item", "rating"], ["R1", rating]])).items == {"R1": rated(level)}


def test_the_only_sheet_is_read_whatever_its_name_and_blank_rows_are_skipped() -> None:
    rows = [[], ["rating", None, "item", None], [], [1, None, "R1", "  "], [None, None, " "], ["dk", None, "R2"]]
    read_back = read(saved(rows, "My sheet"))
    assert [response.level for response in read_back.items.values()] == [1, None]
    assert list(read_back.items) == ["R1", "R2"]


def test_content_says_what_a_file_is_and_not_its_name() -> None:
    rows = [["item", "rating"], ["R1", 1]]
    for name in ("answers.csv", "answers.json", "answers"):
        assert read(saved(rows), name=name).items == {"R1": rated(1)}
    assert read(b'\xef\xbb\xbf\n[{"item": "R1", "rating": 1}]', name="answers.csv").items == {"R1": rated(1)}


def test_formatted_pieces_and_escaped_characters_are_one_text() -> None:
    data = saved([["item", "rating", "reason"], ["R1", 1, "PLACE"]])
    piece = "<r><t>One </t></r><r><rPr><b/></rPr><t>two_x000D_\nthree _x005F_x0041_</t></r><rPh><t>no</t></rPh>"
    changed = with_part(data, "xl/worksheets/sheet1.xml", lambda text: text.replace("<t>PLACE</t>", piece))
    assert read(changed).of("R1").reason == "One two\nthree _x0041_"


def with_part(data: bytes, name: str, change: Any) -> bytes:
    """The workbook with one part changed."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for member in old.namelist():
            text = old.read(member)
            new.writestr(member, change(text.decode()).encode() if member == name else text)
    return out.getvalue()
