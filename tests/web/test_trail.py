"""The trail on its page: what it says, who reads it, how it is narrowed, checked and taken out."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from audit.core.audits import EvidenceLink
from audit.core.people import Person, Role
from audit.core.responses import Answers, Confidence, RatingState, Response
from audit.core.trail import TrailRow, faults
from audit.core.trail_files import read_trail
from audit.operations import answering, assigning, importing, moderation, restoring
from audit.operations.trail import PAGE_SIZE
from audit.operations.workplace import Workplace
from audit.store.connection import write
from audit.web.trail import sentence
from tests.clock import Clock
from tests.making import rated
from tests.web.client import Page, PageClient, words
from tests.web.conftest import enter
from tests.web.filling import opened
from tests.web.test_assigning import join

TRAIL = "/authorities/testshire/trail"
# Stands in every text that people type into answers.
MARK = "Rosebud"


@pytest.fixture
def audit(workplace: Workplace, lead: Person, client: PageClient) -> str:
    return opened(workplace, lead)


def rows(page: Page) -> list[str]:
    """What the rows say, without when and the audit."""
    return [words(list(row.iter("td"))[1]) for row in page.all("tr") if list(row.iter("td"))]


def run(workplace: Workplace, statement: str) -> None:
    """Write to the file past Plumbline."""
    with workplace.authority("testshire") as file, write(file):
        file.execute(statement)


def test_the_page_says_in_sentences_who_did_what_newest_first(
    client: PageClient, workplace: Workplace, lead: Person, audit: str, clock: Clock
) -> None:
    clock.forward(timedelta(hours=1))
    answering.save_response(workplace, lead, "testshire", 1, "R4", rated(2))
    assigning.assign(workplace, lead, "testshire", 1, [("R4", lead.id)])
    page = client.get(client.get("/authorities/testshire").link("Trail: who did what and when"))
    assert rows(page) == [
        "Lee O’Neill assigned R4 to Lee O’Neill.",
        "Lee O’Neill answered R4: revision 1.",
        "Lee O’Neill opened an audit: Self-audit of 12 conditions, Autumn 2026.",
    ]
    assert "3 rows, newest first" in page.text
    assert page.text.count("21 November 2026, 3.05pm") == 2


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("settled", "R4", "at level 2"), "Lee settled R4 at level 2."),
        (("signed off", None, "Version 1."), "Lee signed off: Version 1."),
        (("closed answering", None, ""), "Lee closed answering."),
        (("added a group", None, "Atlantic team"), "Lee added a group: Atlantic team."),
    ],
)
def test_sentences(row: tuple[str, str | None, str], says: str) -> None:
    did, item, detail = row
    assert sentence(TrailRow(1, "", 1, "Lee", did, 1, item, detail, "")) == says


def test_it_is_narrowed_by_person_audit_and_deed(
    client: PageClient, workplace: Workplace, lead: Person, audit: str
) -> None:
    ann = join(workplace, "Ann")
    opened(workplace, lead, "key-ingredients")
    answering.save_response(workplace, ann, "testshire", 1, "R1", rated(2))
    answering.save_response(workplace, lead, "testshire", 2, "T1", rated(2))
    assert rows(client.get(f"{TRAIL}?person={ann.id}")) == ["Ann answered R1: revision 1."]
    assert len(rows(client.get(f"{TRAIL}?audit=2"))) == 2
    assert len(rows(client.get(f"{TRAIL}?did=answered"))) == 2
    page = client.get(f"{TRAIL}?did=answered&person={lead.id}&audit=2")
    assert rows(page) == ["Lee O’Neill answered T1: revision 1."]
    assert page.link("Show everything") == TRAIL
    for address in (f"{TRAIL}?did=nothing", f"{TRAIL}?person=99", f"{TRAIL}?did=answered&person={ann.id}&audit=2"):
        assert "Nothing was found." in client.get(address).text
    for address in (
        "?page=0",
        "?page=-4",
        "?page=x",
        "?page=99999999999999",
        "?person=%F0%9F%98%80",
        "?audit=" + "9" * 30,
    ):
        assert rows(client.get(TRAIL + address))


def test_a_long_trail_comes_in_pages(client: PageClient, workplace: Workplace, lead: Person, audit: str) -> None:
    for number in range(PAGE_SIZE):
        answering.save_response(workplace, lead, "testshire", 1, "R1", rated(number % 5), seen=number)
    page = client.get(f"{TRAIL}?person={lead.id}")
    assert len(rows(page)) == PAGE_SIZE
    assert "Page 1 of 2." in page.text
    page = client.get(page.link("Older"))
    assert rows(page) == ["Lee O’Neill opened an audit: Self-audit of 12 conditions, Autumn 2026."]
    assert f"person={lead.id}" in page.link("Newer")


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.FACILITATOR, Role.VIEWER])
def test_only_leads_read_it(app: Flask, workplace: Workplace, audit: str, role: Role) -> None:
    visitor = enter(app, workplace, join(workplace, "Ann", role).email)
    for path in (TRAIL, f"{TRAIL}/check", f"{TRAIL}/trail.json", f"{TRAIL}/trail.csv"):
        visitor.get(path, 403)
    assert "Trail" not in visitor.get("/authorities/testshire").text


def test_the_check_names_what_was_changed(client: PageClient, workplace: Workplace, lead: Person, audit: str) -> None:
    answering.save_response(workplace, lead, "testshire", 1, "R1", rated(2))
    page = client.get(client.get(TRAIL).link("Check that no row was changed or taken out"))
    assert page.heading == "The trail is whole"
    assert "2 rows, none changed or missing." in page.text
    run(workplace, "UPDATE trail SET at = 'soon' WHERE id = 2")
    page = client.get(f"{TRAIL}/check")
    assert page.heading == "The trail does not fit together"
    assert "Row 2 was changed, or the row before it was." in page.text
    assert "soon" in client.get(TRAIL).text


def test_it_is_taken_out_as_json_and_csv(client: PageClient, workplace: Workplace, lead: Person, audit: str) -> None:
    answering.save_response(workplace, lead, "testshire", 1, "R1", rated(2))
    answer = client.browser.get(f"{TRAIL}/trail.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Testshire - Trail - 21 November 2026.json"'
    trail = read_trail(answer.data, "trail.json")
    assert [row.did for row in trail.rows] == ["opened an audit", "answered"]
    assert list(faults(trail)) == []
    answer = client.browser.get(f"{TRAIL}/trail.csv")
    assert answer.mimetype == "text/csv"
    lines = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert [line["sha256"] for line in lines] == [row.sha256 for row in trail.rows]


def test_nothing_that_people_write_in_answers_reaches_the_trail(
    client: PageClient, workplace: Workplace, lead: Person, audit: str
) -> None:
    place = (workplace, lead, "testshire", 1)
    full = Response(RatingState.RATED, 2, MARK, Confidence.LOW, MARK, MARK, MARK, 3)
    links = (EvidenceLink(f"https://{MARK}.example", "2026-11-21", MARK),)
    answering.save_response(*place, "R1", full, links)
    answering.save_response(*place, "R1", rated(1), (), 1)
    answering.restore(*place, "R1", 1)
    answering.save_response(*place, "S1", Response(what_happens_now=MARK))
    importing.import_answers(*place, Answers({"R2": full, "R3": Response(RatingState.NOT_APPLICABLE, reason=MARK)}))
    run(workplace, "UPDATE audits SET state = 'moderated'")
    moderation.settle(*place, "R1", full, links)
    moderation.settle(*place, "R1", replace(rated(1), reason="Other"), (), 1)
    restoring.restore_settled(*place, "R1", 1)
    held = client.browser.get(f"{TRAIL}/trail.json").get_data(as_text=True)
    assert {row["did"] for row in json.loads(held)["rows"]} >= {
        "answered",
        "restored",
        "imported answers",
        "settled",
        "restored what was settled for",
    }
    assert MARK.casefold() not in held.casefold()
