"""A gap report as the bytes of a workbook: a sheet to read, sheets to work on, and the answers to import again."""

from __future__ import annotations

from fractions import Fraction

from audit.core.answer_rows import COLUMNS
from audit.core.answer_writing import answer_cells
from audit.core.bank import Bank
from audit.core.numbers import percent
from audit.core.responses import Answers
from audit.reports.gap_report import GapReport, Length, ProfileBar
from audit.reports.item_parts import AnswerRow, PromptAnswer
from audit.reports.parts import METHOD_TITLE, column_titles, statement
from audit.reports.xlsx.gap_sheet import gaps_table
from audit.reports.xlsx.properties import Properties
from audit.reports.xlsx.sheets import Book, Column, Table, Value
from audit.reports.xlsx.summary_sheet import write_summary
from audit.reports.xlsx.values import level_number, percentage, whole_or_text
from audit.reports.xlsx.words import ANSWERS_SHEET
from audit.reports.xlsx.workshop_sheet import workshops_table

_NUMBERS = ("rating", "target")


def render_xlsx(report: GapReport, bank: Bank, answers: Answers) -> bytes:
    """The report as XLSX. The same report gives the same bytes.

    ``bank`` and ``answers`` are what the report was built from. The report itself cannot give the answers back: it
    shows a default target and a chosen one alike, and leaves prompts out that nobody answered.
    """
    subject = f"{report.bank.title}, version {report.bank.version}"
    properties = Properties(f"{report.title}: {report.authority}", subject, statement(report), report.made_on)
    book = Book(properties, report.notice)
    write_summary(book, report)
    tables = [_items(report), gaps_table(report), _plan(report), _in_words(report), _links(report), _cited(report)]
    for table in [*tables, workshops_table(report), _method(report), answers_table(bank, answers)]:
        if table:
            book.table(table)
    return book.finished()


def answers_table(bank: Bank, answers: Answers) -> Table:
    """The answers in the columns of an answers file."""
    widths = {"item": 8, "rating": 9, "confidence": 12, "target": 9}
    return Table(
        ANSWERS_SHEET,
        tuple(Column(name, widths.get(name, 50)) for name in COLUMNS),
        [[_answer(name, cells[name]) for name in COLUMNS] for cells in answer_cells(bank, answers)],
        frozen=1,
    )


def _answer(column: str, text: str) -> Value:
    return whole_or_text(text) if column in _NUMBERS else text


def _items(report: GapReport) -> Table:
    given = {answer.item_id: answer for answer in report.answers}
    return Table("Items", _ITEM_COLUMNS, [_item(bar, given[bar.item_id], report) for bar in report.profile.bars])


_ITEM_COLUMNS = (
    Column("Item", 8),
    Column("Title", 34),
    Column("Section", 24),
    Column("Rating", 24),
    Column("Level", 8),
    Column("Target level", 8),
    Column("Score", 10),
    Column("Target score", 10),
    Column("Share of the whole gap", 12),
    Column("Weight", 9),
    Column("Confidence", 12),
    Column("Reason", 50),
    Column("What has undone this strength elsewhere", 50),
)


def _item(bar: ProfileBar, answer: AnswerRow, report: GapReport) -> list[Value]:
    shares = {gap.item_id: gap.share for gap in report.gaps}
    endangers = {each.item_id: each.endangers for each in report.strengths if report.length is not Length.BRIEF}
    danger = endangers.get(bar.item_id)
    return [
        bar.item_id,
        bar.title,
        bar.section,
        bar.state,
        level_number(bar.state),
        level_number(bar.target),
        None if bar.share is None else percentage(percent(bar.share)),
        percentage(percent(bar.target_share)) if bar.target else None,
        percentage(shares.get(bar.item_id)),
        Fraction(answer.weight),
        answer.confidence,
        answer.reason,
        f"{danger.says} {danger.cited}" if danger else None,
    ]


def _plan(report: GapReport) -> Table:
    ranks = {gap.item_id: gap.rank for gap in report.gaps}
    columns: tuple[Column, ...] = (
        Column("Item", 8),
        Column("Title", 34),
        Column("Priority", 9),
        Column("Level and target", 28),
        *_texts(report),
    )
    rows: list[list[Value]] = [
        [row.item_id, row.title, ranks.get(row.item_id), row.levels, row.said.now, row.said.needs, row.said.progress]
        for row in report.plan.rows
    ]
    if any(row.who for row in report.plan.rows):
        columns = (*columns, Column("Who", 30))
        rows = [[*cells, row.who] for cells, row in zip(rows, report.plan.rows, strict=True)]
    return Table("Plan", columns, rows, empty="Nothing was written yet.")


def _in_words(report: GapReport) -> Table | None:
    """The answers to questions that change no score, or None where there is none to lay out."""
    prompts = () if report.length is Length.BRIEF else (*report.opening, *report.supplementary)
    columns = (
        Column("Question", 10),
        Column("Title", 34),
        Column("About", 40),
        Column("Bears on", 14),
        *_texts(report),
    )
    return Table("In words", columns, [_prompt(prompt) for prompt in prompts]) if prompts else None


def _texts(report: GapReport) -> list[Column]:
    return [Column(title, 50) for title in column_titles(report)]


def _prompt(prompt: PromptAnswer) -> list[Value]:
    said = prompt.said
    return [prompt.prompt_id, prompt.title, prompt.about, prompt.touches, said.now, said.needs, said.progress]


def _links(report: GapReport) -> Table | None:
    """Where the evidence for answers lies, or None where nobody named any."""
    links = () if report.length is Length.BRIEF else report.evidence
    columns = (Column("Item", 8), Column("Where", 60), Column("Dated", 20), Column("Note", 60))
    return (
        Table("Evidence", columns, [[each.item_id, each.url, each.dated, each.note] for each in links], 1)
        if links
        else None
    )


def _cited(report: GapReport) -> Table:
    columns = (
        Column("Finding", 12),
        Column("Where it stands", 44),
        Column("How firm it is", 18),
        Column("What it says", 100),
    )
    rows = [[source.id, source.place, source.strength, source.says] for source in report.sources]
    return Table("Findings cited", columns, rows, 1, "This report cites no findings.")


def _method(report: GapReport) -> Table:
    rows = [[passage.heading, words] for passage in report.method for words in passage.paragraphs]
    rows += [["References", f"{each.full} Findings cited: {each.cited}."] for each in report.references]
    return Table(METHOD_TITLE, (Column("About", 34), Column("What to know", 120)), rows, 1)
