"""The record of a workshop as a page and as files, and the ways that lead to it."""

from __future__ import annotations

import re
from io import BytesIO

import docx
import pytest
from flask import Flask

from audit.core.audits import AuditDetails
from audit.core.people import Authority, Person, Role
from audit.core.workshops import AgendaItem, Plan, StepKind
from audit.operations import room_steps
from audit.operations.audits import open_audit
from audit.operations.workplace import Workplace
from audit.reports.proof.opening import open_pdf
from tests.clock import Clock
from tests.rooms import Room
from tests.teams import member
from tests.web.client import PageClient
from tests.web.conftest import enter

MARKUP = "<script>alert('x')</script> & {{ 7 * 7 }}"
AGENDA = tuple(AgendaItem(item_id, 10) for item_id in ("R1", "R2", "R3"))
RECORD = "/authorities/testshire/workshops/1/record"
AUDIT = "/authorities/testshire/audits/1"


@pytest.fixture
def room(workplace: Workplace, lead: Person, testshire: Authority, clock: Clock) -> Room:
    """A workshop in which R1 was settled after two votes."""
    audit = open_audit(workplace, lead, testshire.slug, AuditDetails("recommendations", "Autumn 2026"))
    made = Room(workplace, lead, testshire.slug, audit.id, Plan("A day together", AGENDA))
    made.open(["Ann", MARKUP, "Cy", "Dee"])
    made.step(StepKind.OPEN_ITEM, "R1")
    made.vote([0, 0, 4, 4])
    clock.move(minutes=5)
    made.step(StepKind.REVEAL, "R1")
    made.step(StepKind.VOTE_AGAIN, "R1")
    made.vote([2, 2, 2, 3])
    made.step(StepKind.REVEAL, "R1")
    made.settle("R1", 2, MARKUP)
    return made


@pytest.fixture
def closed(room: Room) -> Room:
    room_steps.close_room(*room.place, room.id, room.seen)
    return room


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text.replace("’", "'"))


def test_the_record_says_who_was_there_what_was_voted_and_what_was_settled(client: PageClient, closed: Room) -> None:
    page = client.get(RECORD)
    assert page.heading == "Workshop record: A day together"
    for text in (
        "21 November 2026, 2.05pm to 2.10pm.",
        "five people were in the room",
        "4 of 5 people voted. Level 0: 2; level 4: 2. Consensus 0.00 of 1.",
        "Since the round before, two people moved up and two people moved down.",
        "Settled at level 2, partly in place. Settled by the facilitator after the talk.",
        "Not reached. R2",
        "How each person voted.",
        MARKUP,
    ):
        assert squeezed(text).lower() in squeezed(page.text).lower(), text
    assert "<script>alert" not in page.html


def test_the_files_hold_the_same_and_are_kept_by_no_browser(client: PageClient, closed: Room) -> None:
    pdf, word = client.browser.get(f"{RECORD}.pdf"), client.browser.get(f"{RECORD}.docx")
    texts = [open_pdf(pdf.data).text, "".join(docx.Document(BytesIO(word.data)).element.body.itertext())]
    for answer, text, suffix in zip((pdf, word), texts, ("pdf", "docx"), strict=True):
        assert squeezed("4 of 5 people voted. Level 0: 2; level 4: 2.") in squeezed(text)
        assert squeezed(MARKUP) in squeezed(text)
        assert f"workshop record 1.{suffix}" in answer.headers["Content-Disposition"]
        assert answer.headers["Cache-Control"] == "no-store"


def test_before_it_is_closed_there_is_no_record_and_no_link_to_one(client: PageClient, room: Room) -> None:
    for suffix in ("", ".pdf", ".docx"):
        assert "This workshop is not closed" in client.get(f"{RECORD}{suffix}", 409).text
    assert "/record" not in client.get(f"{AUDIT}/results").html


@pytest.mark.parametrize("page", ["results", "versions", "items/R1/settled", "workshops"])
def test_the_pages_of_the_audit_lead_to_it(client: PageClient, closed: Room, page: str) -> None:
    assert f'href="{RECORD}"' in client.get(f"{AUDIT}/{page}").html


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.VIEWER])
def test_others_read_what_was_settled_in_the_signed_report_only(
    app: Flask, workplace: Workplace, closed: Room, role: Role
) -> None:
    other = enter(app, workplace, member(workplace, "Cora", role).email)
    other.get(RECORD, 403)
    assert RECORD not in other.get(f"{AUDIT}/versions").html


def test_the_report_tells_of_the_workshop_and_the_results_in_a_sentence(client: PageClient, closed: Room) -> None:
    report = client.browser.get(f"{AUDIT}/report?length=full").text
    assert "Appendix: how levels were agreed in workshops" in report
    assert "Vote 1: two camps." in report
    assert "One condition was settled in a workshop" in client.get(f"{AUDIT}/results").text
    brief = client.browser.get(f"{AUDIT}/report?length=brief").text
    assert "One condition was settled in a workshop" in brief
    assert "Vote 1" not in brief


def test_the_plan_names_who_takes_it_on(client: PageClient, closed: Room) -> None:
    assert "Who: <script>alert('x')" in client.get(f"{AUDIT}/plan").text.replace("’", "'")


def test_the_chart_of_a_vote_shows_all_choices(client: PageClient, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R2")
    room.vote([1, None, None, None])
    room.step(StepKind.REVEAL, "R2")
    room.step(StepKind.PARK, "R2")
    room_steps.close_room(*room.place, room.id, room.seen)
    html = client.get(RECORD).html
    said = "level 0: 0, level 1: 1, level 2: 0, level 3: 0, level 4: 0, don’t know: 3, not applicable: 0"
    assert f'aria-label="{said}"' in html
    chart = html.partition(f'aria-label="{said}"')[2].partition("</svg>")[0]
    heights = re.findall(r'<rect [^>]*height="([\d.]+)"', chart)
    assert [float(height) for height in heights] == [pytest.approx(56 / 3, abs=0.1), 56]
    assert 'class="median"' not in chart, "most do not know, so nothing stands in the middle"
    for words in ("Don’t", "know", "Not", "applicable"):
        assert f">{words}</text>" in chart


def test_an_item_that_was_skipped_at_once_has_no_time(client: PageClient, room: Room) -> None:
    room.step(StepKind.SKIP, "R2")
    room_steps.close_room(*room.place, room.id, room.seen)
    page = client.get(RECORD)
    assert page.text.count("Time: ") == 1
    assert "ess than a minute" not in page.text


def test_somebody_who_takes_a_gap_on_is_a_word_on_who_will_do_what(client: PageClient, closed: Room) -> None:
    text = client.get(f"{AUDIT}/sign-off").text
    assert "The plan says of every gap how it will be progressed, or who takes it on." in text
    assert "without a word on who" not in text


def test_a_signed_version_holds_the_workshop(client: PageClient, closed: Room) -> None:
    page = client.get(f"{AUDIT}/sign-off")
    form = {"statement": "We agree.", "read": "y", "seen": page.value("seen")}
    client.submit(f"{AUDIT}/sign-off", form)
    assert "Vote 1: two camps." in client.browser.get(f"{AUDIT}/versions/1").text
