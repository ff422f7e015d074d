"""The run sheet: times, words and items as planned, two pages for the twelve conditions, and no fault as a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from audit.core.bank_loader import bank_ids, load_bank
from audit.core.decisions import DecisionRule, RuleKind
from audit.core.workshops import AgendaItem, Basis, Plan
from audit.reports.build import Cover
from audit.reports.pdf.run_sheet import render_run_sheet
from audit.reports.run_sheet import RunSheet, build_run_sheet, clock_words, when_words
from audit.reports.wording import typographic
from audit.reports.workshop_words import PRIVACY, rule_words
from tests.reports.tagged import failures, structure

COVER = Cover("Testshire", "Autumn workshop", "21 November 2026", subtitle="Autumn 2026, whole service")
PLAN = Plan("Autumn workshop", (AgendaItem("R2", 10), AgendaItem("R1", 25)), day="2026-12-03", begins="09:50")
WIDE = tuple(f"Agency {number:02} {'W' * 50}" for number in range(12))


def sheet_of(
    plan: Plan = PLAN,
    bank_id: str = "recommendations",
    cover: Cover = COVER,
    smallest: int = 5,
    contested: Sequence[str] = (),
    *,
    answering: bool = True,
) -> RunSheet:
    return build_run_sheet(plan, load_bank(bank_id), cover, smallest, contested, answering=answering)


def whole(bank_id: str, plan: Plan = PLAN, minutes: int = 10) -> Plan:
    return replace(plan, agenda=tuple(AgendaItem(item_id, minutes) for item_id in load_bank(bank_id).items))


def pages_of(data: bytes) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(BytesIO(data)).pages]


def text_of(sheet: RunSheet) -> str:
    return " ".join(pages_of(render_run_sheet(sheet)))


def fact(sheet: RunSheet, name: str) -> str:
    return dict(sheet.facts)[name]


def test_each_item_starts_when_those_before_it_end() -> None:
    sheet = sheet_of()
    assert [(row.starts, row.item_id, row.minutes) for row in sheet.rows] == [("9.50am", "R2", 10), ("10am", "R1", 25)]
    assert (sheet.starts_title, sheet.ends, sheet.total) == ("Starts", "10.25am", "35 minutes")
    assert fact(sheet, "When") == "3 December 2026, 9.50am to 10.25am"
    assert fact(sheet, "Agenda") == "Two conditions, 35 minutes."


def test_without_a_time_the_agenda_counts_minutes_from_the_start() -> None:
    sheet = sheet_of(replace(PLAN, day="", begins=""))
    assert [row.starts for row in sheet.rows] == ["0 min", "10 min"]
    assert (sheet.starts_title, sheet.ends) == ("After", "35 min")
    assert fact(sheet, "When") == "No day is set yet."


@pytest.mark.parametrize(
    ("begins", "minutes", "words"),
    [
        ("00:00", 0, "12am"),
        ("09:05", 0, "9.05am"),
        ("11:50", 10, "12pm"),
        ("13:00", 65, "2.05pm"),
        ("23:50", 20, "12.10am"),
    ],
)
def test_a_time_is_written_as_the_pages_write_it(begins: str, minutes: int, words: str) -> None:
    assert clock_words(begins, minutes) == words


def test_the_day_alone_and_the_time_alone_are_said() -> None:
    assert when_words(replace(PLAN, begins="")) == "3 December 2026"
    assert when_words(replace(PLAN, day="")) == "9.50am to 10.25am"


def test_the_talk_begins_with_the_items_own_question_and_what_to_look_for() -> None:
    bank, sheet = load_bank("recommendations"), sheet_of()
    text = text_of(sheet)
    for row in sheet.rows:
        item = bank.items[row.item_id]
        assert (row.title, row.question, row.look_for) == (item.title, item.prompt, item.look_for[0])
        assert typographic(f"{item.id} {item.title}") in text
        assert typographic(f"{item.prompt} Look for: {item.look_for[0]}.") in text


def test_the_decision_rule_and_the_quorum_stand_in_words() -> None:
    rule = DecisionRule(RuleKind.TWO_THIRDS, 7)
    text = text_of(sheet_of(replace(PLAN, rule=rule)))
    assert typographic(rule_words(rule)) in text
    assert "At least seven votes must be cast." in text


def test_what_people_are_told_of_their_votes_is_there_to_read_out() -> None:
    assert PRIVACY in text_of(sheet_of())


def test_groups_and_their_threshold_are_said_only_where_there_are_groups() -> None:
    without, beside = text_of(sheet_of()), text_of(sheet_of(replace(PLAN, groups=("Council", "Health")), smallest=7))
    for words in ("Groups to choose from", "A group is shown", "by group"):
        assert words not in without
    assert "Groups to choose from. Council and Health." in beside
    assert "A group is shown by itself only if 7 or more of it voted." in beside
    assert "Sort the ballots by group" in beside


def test_whether_people_answered_alone_and_what_comes_first_is_said() -> None:
    assert "Nobody answered alone before the workshop." in text_of(sheet_of())
    contested = replace(PLAN, answered_before=True, basis=Basis.CONTESTED)
    text = text_of(sheet_of(contested, contested=["R9", "R2", "R1"]))
    assert "People answered alone before the workshop. Opening the room closes those answers." in text
    assert "Those on which people agree least come first." in text


@pytest.mark.parametrize(
    ("contested", "words"),
    [
        (["R2", "R9", "R1"], "35 minutes. Those on which people agree least come first."),
        (["R1", "R9", "R2"], "35 minutes. Chosen by how far people disagree, in an order of your own."),
        (["R2"], "35 minutes. Chosen by how far people disagree, in an order of your own."),
        ([], "35 minutes. Chosen by how far people disagree."),
    ],
)
def test_that_the_least_agreed_come_first_is_said_only_while_it_is_true(contested: list[str], words: str) -> None:
    sheet = sheet_of(replace(PLAN, basis=Basis.CONTESTED), contested=contested)
    assert fact(sheet, "Agenda").endswith(words)
    assert fact(sheet_of(contested=contested), "Agenda").endswith("35 minutes.")


def test_nothing_is_said_to_close_what_is_closed_already() -> None:
    sheet = sheet_of(replace(PLAN, answered_before=True), answering=False)
    assert fact(sheet, "Before") == "People answered alone before the workshop. Answering is closed."


def test_twelve_conditions_fit_on_two_pages_with_all_that_helps_on_the_day() -> None:
    groups = ("Council", "Health", "Police", "Schools")
    rule = DecisionRule(RuleKind.MEDIAN, 8)
    pages = pages_of(render_run_sheet(sheet_of(whole("recommendations", replace(PLAN, groups=groups, rule=rule)))))
    assert len(pages) == 2
    for title in ("How a round goes", "Agenda"):
        assert title in pages[0]
    for title in ("Where people disagree", "If the Wi-Fi fails", "What stays private", "11.50am End"):
        assert title in pages[1]
    assert [f"Page {number}" in page for number, page in enumerate(pages, start=1)] == [True, True]


def test_the_agenda_is_one_table_whose_header_is_read_once(tmp_path: Path) -> None:
    text = structure(render_run_sheet(sheet_of(whole("key-ingredients"), "key-ingredients")), tmp_path)
    assert [text.count(f" {kind}\n") for kind in ("Table", "TR")] == [1, 1 + 20 + 1]
    assert text.count("To get the talk going") == 1
    assert text.startswith('Document\n  H1\n    "Run sheet: Autumn workshop')


@pytest.mark.parametrize("bank_id", bank_ids())
@pytest.mark.parametrize("title", ["Day", "W" * 120, "😀 \u202e<b>x</b> & HACK-151"])
def test_no_run_sheet_has_a_fault(bank_id: str, title: str) -> None:
    plan = whole(
        bank_id, replace(PLAN, title=title, groups=WIDE, rule=DecisionRule(RuleKind.CONSENSUS, 5)), minutes=120
    )
    assert failures(render_run_sheet(sheet_of(plan, bank_id))) == []


def test_an_illustrative_reading_is_marked_on_every_page() -> None:
    cover = replace(COVER, notice="Illustrative reading")
    pages = pages_of(render_run_sheet(sheet_of(whole("recommendations"), cover=cover)))
    assert len(pages) > 1
    assert all("Illustrative reading" in page for page in pages)


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert render_run_sheet(sheet_of()) == render_run_sheet(sheet_of())
