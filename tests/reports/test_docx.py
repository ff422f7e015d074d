"""The report as DOCX: what it says, in which order, and which texts it survives."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from html import unescape

import pytest

from audit.core.bank_loader import load_bank
from audit.core.responses import Confidence, RatingState, Response
from audit.reports.build import Cover
from audit.reports.gap_report import GapReport, Length
from audit.reports.html import render_html
from audit.reports.parts import parts_of, priorities_title, statement
from audit.reports.wording import COLUMN_TITLES, capital, typographic
from tests.making import rated
from tests.reports.docx_reading import document_of, headings_of, made, paragraphs_of, text_of
from tests.reports.reading import extremes, report_on

REPORTS = extremes()
# Every edge at the usual length, and one of them at each of the others.
CASES = [(name, Length.FULL) for name in REPORTS] + [("a mixture", each) for each in (Length.BRIEF, Length.APPENDIX)]


@pytest.fixture(params=REPORTS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_headings_begin_at_the_first_level_and_skip_none(name: str) -> None:
    headings = headings_of(document_of(name))
    levels = [0, *(level for level, _ in headings)]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all(text for _, text in headings)
    assert [text for style, text in paragraphs_of(document_of(name)) if style == "Title"] == ["Gap report"]


def test_the_headings_of_the_first_level_are_the_parts_in_order(name: str) -> None:
    first = [text for level, text in headings_of(document_of(name)) if level == 1]
    assert first == ["Summary", *(typographic(part.title) for part in parts_of(REPORTS[name]).values())]


@pytest.mark.parametrize(("which", "length"), CASES)
def test_the_headings_are_those_of_the_page(which: str, length: Length) -> None:
    found = re.findall(r"<h([2-4])[^>]*>(.*?)</h", render_html(extremes(length)[which]))
    page = [(int(level) - 1, unescape(text)) for level, text in found]
    # The contents are no part of themselves, and two levels stand side by side in a table.
    left_out = ("Contents", "Now: level", "Target: level")
    wanted = [heading for heading in page if not heading[1].startswith(left_out)]
    assert headings_of(document_of(which, length)) == wanted


def texts_of(report: GapReport) -> list[str]:
    """What every format says at the report's length."""
    parts = parts_of(report)
    texts = [text for part in parts.values() for text in (part.title, part.lead)] + first_texts(report)
    told: dict[str, Callable[[GapReport], list[str]]] = {
        "gaps": gap_texts,
        "plan": plan_texts,
        "sources": lambda made: [text for each in made.sources for text in (each.id, each.place)],
        "references": lambda made: [text for each in made.references for text in (each.short, each.full)],
        "method": lambda made: [text for each in made.method for text in (each.heading, *each.paragraphs)],
        "strengths": lambda made: [
            text for each in made.strengths for text in (each.title, each.descriptor, each.reason)
        ],
        "without-rating": lambda made: [text for each in made.open_items for text in (each.title, each.reason)],
        "answers": lambda made: [text for each in made.answers for text in (each.title, each.reason, each.weight)],
    }
    return texts + [text for key, texts_in in told.items() if key in parts for text in texts_in(report)]


def first_texts(report: GapReport) -> list[str]:
    headline = report.headline
    texts = [report.title, report.authority, *headline.sentences, *headline.warnings, statement(report)]
    texts += [f"{headline.percent}%"] if headline.percent else ["Not yet scored"]
    texts += [priorities_title(report)] if report.priorities else []
    for priority in report.priorities:
        texts += [
            f"{priority.item_id} {priority.title}.",
            priority.reason,
            priority.stake.says if priority.stake else "",
        ]
    return texts + [text for line in report.sections for text in (line.title, line.percent, line.span)]


def plan_texts(report: GapReport) -> list[str]:
    rows = [
        (f"{row.item_id} {row.title}", capital(row.levels), row.said.now, row.said.needs, row.said.progress)
        for row in report.plan.rows
    ]
    return [text for row in rows for text in row]


def gap_texts(report: GapReport) -> list[str]:
    texts = []
    for gap in report.told_gaps:
        findings = [*gap.supporting, *gap.contrary, *gap.barriers, *(each.finding for each in gap.tried)]
        texts += [f"{gap.rank}. {gap.item_id} {gap.title}", gap.descriptor, gap.target_descriptor, gap.adds]
        texts += [text for each in findings for text in (each.says, each.id, each.source, each.basis)]
        texts += [part.statement.says for part in gap.synthesis] + [each.statement.says for each in gap.linked]
        texts += [each.became for each in gap.tried] + [step for step, _ in gap.steps]
        texts += [f"{gap.share} of the whole gap", gap.reason, gap.said.now, gap.said.needs, gap.said.progress]
    for gap in report.other_gaps:
        texts += [f"{gap.rank}. {gap.item_id} {gap.title}", f"{gap.share} of the whole gap", gap.reason, gap.said.now]
    return texts


@pytest.mark.parametrize(("which", "length"), CASES)
def test_every_text_of_the_report_is_there(which: str, length: Length) -> None:
    text = text_of(document_of(which, length))
    lines = [line for said in texts_of(extremes(length)[which]) for line in said.splitlines()]
    assert [line for line in lines if typographic(line).strip() not in text] == []


LONG = "Every team has one. " * 499
UNBROKEN = "x" * 10_000
HOSTILE = '<w:b/>{{ 7*7 }} <b>bold</b> & "said" </w:t> &nbsp; ]]> =1+1 \u202eright to left'


@pytest.mark.parametrize("text", [LONG, UNBROKEN, HOSTILE, "£ – ’ “ ” • ŵ ŷ Ŵ", "😀 ع 中"])
def test_any_text_that_people_type_goes_in_literally(text: str) -> None:
    bank = load_bank("recommendations")
    response = Response(RatingState.RATED, 1, text, Confidence.LOW, text, text, text)
    cover = Cover(text[:120], text[:120], "some day", notice=text[:120], about=text, subtitle=text[:120])
    items = {"R1": response, "R2": Response(RatingState.NOT_APPLICABLE, reason=text), "R3": response}
    words = text_of(
        made(report_on(bank, items, {"S1": Response(what_happens_now=text)}, cover, length=Length.APPENDIX))
    )
    assert words.count(typographic(text).strip()) >= 12


def test_line_breaks_become_paragraphs_and_tabs_stay() -> None:
    bank = load_bank("recommendations")
    said = Response(RatingState.RATED, 1, what_happens_now="First line.\n\nSecond\tline.")
    document = made(report_on(bank, {"R1": said}))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[texts.index("First line.") + 1] == "Second\tline."
    plan = next(table for table in document.tables if table.rows[0].cells[1].text == COLUMN_TITLES[0])
    assert [paragraph.text for paragraph in plan.rows[1].cells[1].paragraphs] == ["First line.", "Second\tline."]


def test_no_straight_apostrophe_is_shown(name: str) -> None:
    assert re.findall(r"\w'\w", text_of(document_of(name))) == []


@pytest.mark.parametrize("length", Length)
def test_the_checklist_is_told_at_every_length(length: Length) -> None:
    bank = load_bank("key-ingredients")
    notes = {"Q1": Response(what_happens_now="We talked."), "Q4": Response(what_happens_now="We listened.")}
    report = report_on(bank, dict.fromkeys(bank.items, rated(0)), notes, length=length)
    text = text_of(made(report))
    assert ("We talked." in text) is (length is not Length.BRIEF)
    assert ("Appendix: all answers" in text) is (length is Length.APPENDIX)
