"""The papers of a workshop: to download for who runs it, made of its plan, and shown to nobody else."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader
from werkzeug.test import TestResponse

from audit.core.audits import AuditDetails
from audit.core.demonstrations import NOTICE
from audit.core.people import Person
from audit.core.responses import RatingState, Response
from audit.core.workshops import AgendaItem, Basis, Plan
from audit.operations.answering import save_response
from audit.operations.audits import open_audit
from audit.operations.closing import close_answering
from audit.operations.workplace import Workplace
from audit.operations.workshops import change_plan
from tests.rooms import Room
from tests.web.client import PageClient
from tests.web.conftest import enter

PLAN = Plan("Our day", (AgendaItem("R3", 20), AgendaItem("R1", 10)), begins="09:30", groups=("North",))
PAPERS = {"run-sheet.pdf": "run sheet", "ballots.pdf": "ballots"}


def opened(workplace: Workplace, lead: Person, illustrative: str = "") -> Room:
    details = AuditDetails("recommendations", "Autumn 2026", illustrative=illustrative)
    audit = open_audit(workplace, lead, "testshire", details)
    return Room(workplace, lead, "testshire", audit.id, PLAN)


@pytest.fixture
def room(client: PageClient, workplace: Workplace, lead: Person) -> Room:
    return opened(workplace, lead)


def address(room: Room, paper: str) -> str:
    return f"/authorities/testshire/workshops/{room.id}/{paper}"


def pages_of(response: TestResponse) -> list[str]:
    assert response.status_code == 200
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(BytesIO(response.data)).pages]


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_is_a_file_with_a_name_that_says_what_it_is(client: PageClient, room: Room, paper: str) -> None:
    response = client.browser.get(address(room, paper))
    assert response.mimetype == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store"
    name = f"Testshire - Our day - {PAPERS[paper]}.pdf"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_the_run_sheet_has_the_agenda_with_times_and_whose_it_is(client: PageClient, room: Room) -> None:
    [page] = pages_of(client.browser.get(address(room, "run-sheet.pdf")))
    assert "Run sheet: Our day Testshire, Autumn 2026, whole service" in page
    assert page.index("9.30am R3") < page.index("9.50am R1") < page.index("10am End")
    assert "only if 5 or more of it voted" in page
    assert "21 November 2026" in page


def test_the_ballots_follow_the_agenda_and_a_change_of_it(
    client: PageClient, workplace: Workplace, lead: Person, room: Room
) -> None:
    _, *ballots = pages_of(client.browser.get(address(room, "ballots.pdf")))
    assert [page.split()[0] for page in ballots] == ["R3", "R1"]
    assert all("Your group: North" in page for page in ballots)
    change_plan(workplace, lead, "testshire", room.id, Plan("Our day", (AgendaItem("R12", 5),)))
    _, ballot = pages_of(client.browser.get(address(room, "ballots.pdf")))
    assert ballot.split()[0] == "R12"
    assert "group" not in ballot


def test_the_run_sheet_says_what_closes_and_what_comes_first_only_while_it_is_true(
    client: PageClient, workplace: Workplace, lead: Person, room: Room
) -> None:
    save_response(workplace, lead, "testshire", 1, "R2", Response(RatingState.RATED, 1))
    agenda = (AgendaItem("R1", 5), AgendaItem("R2", 5))
    plan = Plan("Our day", agenda, basis=Basis.CONTESTED, answered_before=True)

    def said() -> str:
        change_plan(workplace, lead, "testshire", room.id, plan)
        return pages_of(client.browser.get(address(room, "run-sheet.pdf")))[0]

    assert "Chosen by how far people disagree. " in said()
    assert "Opening the room closes those answers." in said()
    close_answering(workplace, lead, "testshire", 1)
    assert "Those on which people agree least come first." in said()
    assert "Answering is closed." in said()
    assert "Opening the room" not in said()
    plan = replace(plan, agenda=agenda[::-1])
    assert "Chosen by how far people disagree, in an order of your own." in said()


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_says_nothing_of_any_vote(client: PageClient, room: Room, paper: str) -> None:
    before = client.browser.get(address(room, paper)).data
    room.open(["Ann", "Ben", "Cy"])
    assert client.browser.get(address(room, paper)).data == before


@pytest.mark.parametrize("paper", PAPERS)
def test_an_illustrative_reading_is_marked_on_every_page(
    client: PageClient, workplace: Workplace, lead: Person, paper: str
) -> None:
    room = opened(workplace, lead, "A reading.")
    assert all(NOTICE in page for page in pages_of(client.browser.get(address(room, paper))))


@pytest.mark.parametrize("paper", PAPERS)
def test_strangers_and_workshops_that_are_not_there_give_nothing(
    client: PageClient, stranger: PageClient, app: Flask, workplace: Workplace, room: Room, paper: str
) -> None:
    assert stranger.browser.get(address(room, paper)).location == "/sign-in"
    enter(app, workplace, "other@elsewhere.gov.uk").get(address(room, paper), 404)
    client.get(f"/authorities/testshire/workshops/99/{paper}", 404)
