"""The parts of the report in reading order, save for the first page and those on single items."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from audit.reports.docx.document import begin_section, front_of
from audit.reports.docx.gap_pages import gaps, strengths, together
from audit.reports.docx.measures import WIDE_COLUMN
from audit.reports.docx.oxml import bookmark_name
from audit.reports.docx.profile import profile
from audit.reports.docx.tables import Column, Row, grid
from audit.reports.docx.workshops import workshops
from audit.reports.docx.writer import Writer
from audit.reports.gap_report import GapReport, Length
from audit.reports.item_parts import PromptAnswer
from audit.reports.parts import Part, parts_of, plan_name, without_text
from audit.reports.wording import capital, plural

Lay = Callable[[Writer, GapReport, Part], None]


def lay_out_parts(writer: Writer, report: GapReport) -> None:
    """Every part that the report has at its length. The plan has pages of its own, sideways."""
    sideways = False
    for key, part in parts_of(report).items():
        if (key == "plan" and bool(report.plan_rows)) != sideways:
            sideways = not sideways
            begin_section(writer, front_of(report), sideways=sideways)
        _PARTS[key](writer, report, part)


def _open_items(writer: Writer, report: GapReport, part: Part) -> None:
    writer.part(part)
    noun = report.bank.item_noun
    columns = [Column(capital(noun), 0.36), Column("State", 0.18), Column("What was said", 0.46)]
    rows = [Row([f"{entry.item_id} {entry.title}", entry.state, entry.reason]) for entry in report.open_items]
    grid(writer, f"{capital(plural(noun, 2))} without a rating", columns, rows)


def _opening(writer: Writer, report: GapReport, part: Part) -> None:
    _prompts(writer, part, report.opening)


def _supplementary(writer: Writer, report: GapReport, part: Part) -> None:
    _prompts(writer, part, report.supplementary)


def _prompts(writer: Writer, part: Part, answers: Sequence[PromptAnswer]) -> None:
    writer.part(part)
    for answer in answers:
        writer.heading(2, f"{answer.prompt_id} {answer.title}")
        writer.text(f"{answer.about} Related to {answer.touches}.", "ReportItemSource")
        writer.said(answer.said)


def _plan(writer: Writer, report: GapReport, part: Part) -> None:
    writer.part(part)
    if report.plan.without_text:
        writer.text(without_text(report.plan))
    if not report.plan_rows:
        return
    noun = report.bank.item_noun
    shares = (0.19, 0.31, 0.25, 0.25)
    columns = [Column(title, share) for title, share in zip((capital(noun), *writer.titles), shares, strict=True)]
    rows = [Row([plan_name(row), row.said.now, row.said.needs, row.said.progress]) for row in report.plan_rows]
    grid(writer, f"Plan by {noun}", columns, rows, width=WIDE_COLUMN)


def _evidence(writer: Writer, report: GapReport, part: Part) -> None:
    writer.part(part)
    noun = report.bank.item_noun
    columns = [Column(capital(noun), 0.15), Column("Address", 0.37), Column("Date", 0.18), Column("Note", 0.3)]
    rows = [Row([entry.item_id, entry.url, entry.dated, entry.note]) for entry in report.evidence]
    grid(writer, f"Evidence by {noun}", columns, rows)


def _method(writer: Writer, report: GapReport, part: Part) -> None:
    writer.part(part)
    for passage in report.method:
        writer.heading(2, passage.heading)
        for paragraph in passage.paragraphs:
            writer.text(paragraph)


def _sources(writer: Writer, report: GapReport, part: Part) -> None:
    writer.part(part)
    told = report.length is Length.APPENDIX
    shares = (0.14, 0.22, 0.14, 0.5) if told else (0.13, 0.66, 0.21)
    titles = ("Finding", "Where it stands", "How firm", *(("What was found",) if told else ()))
    rows = [
        Row(
            [source.id, source.place, capital(source.strength), *([source.says] if told else [])],
            bookmark_name("finding", source.id),
        )
        for source in report.sources
    ]
    columns = [Column(title, share) for title, share in zip(titles, shares, strict=True)]
    grid(writer, "Findings", columns, rows, tight=True)


def _references(writer: Writer, report: GapReport, part: Part) -> None:
    writer.part(part)
    columns = [Column("Cited as", 0.27), Column("Publication", 0.57), Column("Findings cited", 0.16, number=True)]
    rows = [Row([entry.short, entry.full, str(entry.cited)]) for entry in report.references]
    grid(writer, "Publications", columns, rows)


def _answers(writer: Writer, report: GapReport, part: Part) -> None:
    writer.part(part)
    noun = report.bank.item_noun
    columns = [
        Column(capital(noun), 0.22),
        Column("Rating, and why", 0.37),
        Column("Target", 0.14),
        Column("Confidence", 0.16),
        Column("Weight", 0.11, number=True),
    ]
    rows = [
        Row(
            [
                f"{row.item_id} {row.title}",
                f"{capital(row.rating)}\n{row.reason}",
                capital(row.target),
                capital(row.confidence),
                row.weight,
            ]
        )
        for row in report.answers
    ]
    grid(writer, f"Answers by {noun}", columns, rows)


_PARTS: dict[str, Lay] = {
    "profile": profile,
    "together": together,
    "gaps": gaps,
    "strengths": strengths,
    "without-rating": _open_items,
    "opening": _opening,
    "supplementary": _supplementary,
    "plan": _plan,
    "evidence": _evidence,
    "method": _method,
    "sources": _sources,
    "references": _references,
    "answers": _answers,
    "workshops": workshops,
}
