"""A phone in a workshop: it follows the room by itself, and a vote outlasts reloads and a lost connection."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from audit.core.audits import AuditDetails
from audit.core.workshops import AgendaItem, Plan, StepKind
from audit.operations import room_doors, sign_in
from audit.operations.audits import open_audit
from audit.operations.authorities import create_authority
from audit.operations.rooms import desk_of, run_room
from audit.operations.workplace import Workplace
from tests.browser.visiting import PATIENCE
from tests.rooms import Room

pytestmark = pytest.mark.browser
PLAN = Plan("A day together", (AgendaItem("R1", 10), AgendaItem("R2", 5)))
SIZE = ViewportSize(width=360, height=740)


@pytest.fixture
def room(workplace: Workplace) -> Room:
    token = sign_in.issue_link(workplace, "lead@testshire.gov.uk", "Lee Lead")
    lead = sign_in.person_of_link(workplace, token)
    create_authority(workplace, lead, "Testshire")
    audit_id = open_audit(workplace, lead, "testshire", AuditDetails("recommendations", "Autumn 2026")).id
    made = Room(workplace, lead, "testshire", audit_id, PLAN)
    made.open(["Ben", "Cy", "Di"])
    return made


@pytest.fixture
def phone(browser: Browser, address: str, room: Room) -> Iterator[Page]:
    """Ann's, in the room."""
    context = browser.new_context(viewport=SIZE)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{address}/join/{room.code}")
    page.get_by_label("Your name").fill("Ann")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wait for the next vote")
    yield page
    context.close()


def choose(phone: Page, words: str) -> None:
    phone.get_by_label(words, exact=True).check()


def send(phone: Page) -> None:
    phone.locator("[data-submit]").click()


def heading(phone: Page, ends: str) -> None:
    expect(phone.get_by_role("heading", level=1)).to_contain_text(ends)


def voted(room: Room) -> int:
    return run_room(*room.place, room.id).voted


def test_it_follows_the_room_and_tells_those_who_hear_it(phone: Page, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    heading(phone, ": your vote")
    assert "your vote - Plumbline" in phone.title()
    expect(phone.locator("[data-says]")).to_contain_text("Vote now on R1")
    expect(phone.locator("[data-time]")).to_contain_text("Time left:")
    room.vote([1, 1, 4])
    expect(phone.locator("[data-voted]")).to_have_text("3")
    room.step(StepKind.REVEAL, "R1")
    heading(phone, ": result")
    expect(phone.locator("[data-says]")).to_contain_text("Level 4, embedded: 1")


def test_a_vote_is_sent_without_leaving_and_stands_after_a_reload(phone: Page, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    heading(phone, ": your vote")
    send(phone)
    expect(phone.locator("#choice-error")).to_be_visible()
    expect(phone.get_by_label("0, not in place", exact=True)).to_be_focused()
    # Anywhere on the descriptor will do.
    phone.locator("#choice-3-hint").click(force=True)
    send(phone)
    expect(phone.locator("[data-vote-said]")).to_contain_text("Your vote is in: level 3")
    # Where the button is, too: what stands above the form is out of sight by then.
    expect(phone.locator("[data-vote-in]")).to_contain_text("Your vote is in: level 3")
    expect(phone.locator("[data-vote-in]")).to_be_in_viewport()
    expect(phone.locator("#choice-error")).to_have_count(0)
    assert voted(room) == 1
    phone.reload()
    expect(phone.get_by_label("3, mostly in place", exact=True)).to_be_checked()
    expect(phone.get_by_role("button", name="Change my vote")).to_be_visible()


def test_what_was_chosen_stays_while_others_vote_and_while_somebody_is_sent_out(phone: Page, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    heading(phone, ": your vote")
    choose(phone, "2, partly in place")
    room.vote([1, 1, 4])
    expect(phone.locator("[data-voted]")).to_have_text("3")
    first = desk_of(*room.place, room.id).seats[0]
    room_doors.send_out(*room.place, room.id, first.id)
    expect(phone.locator("[data-voted]")).to_have_text("2")
    expect(phone.get_by_label("2, partly in place", exact=True)).to_be_checked()
    expect(phone.locator("[data-vote-said]")).to_be_hidden()


def test_a_vote_without_a_connection_is_sent_when_it_is_back(phone: Page, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    heading(phone, ": your vote")
    phone.context.set_offline(True)
    choose(phone, "2, partly in place")
    send(phone)
    expect(phone.locator("[data-notice]")).to_contain_text("Not sent yet: no connection.")
    assert voted(room) == 0
    phone.context.set_offline(False)
    expect(phone.locator("[data-vote-said]")).to_contain_text("Your vote is in: level 2")
    expect(phone.locator("[data-notice]")).to_be_empty()
    assert voted(room) == 1


def test_a_vote_that_comes_too_late_is_told_so_and_sent_for_no_other_round(phone: Page, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    heading(phone, ": your vote")
    phone.context.set_offline(True)
    choose(phone, "2, partly in place")
    send(phone)
    expect(phone.locator("[data-notice]")).to_contain_text("Not sent yet")
    room.step(StepKind.SKIP, "R1")
    room.step(StepKind.OPEN_ITEM, "R2")
    phone.context.set_offline(False)
    expect(phone.locator("[data-notice]")).to_contain_text("Your vote may not have been counted.")
    heading(phone, "R2 ")
    assert phone.locator("input[name=choice]:checked").count() == 0
    assert voted(room) == 0


def test_whoever_is_sent_out_is_told_so(phone: Page, room: Room) -> None:
    room_doors.send_out(*room.place, room.id, desk_of(*room.place, room.id).seats[-1].id)
    heading(phone, "You have no seat in this workshop any more")
