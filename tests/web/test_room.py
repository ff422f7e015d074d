"""The room of a workshop on a phone, without JavaScript: what it shows at each step, and how votes are taken."""

from __future__ import annotations

import html5lib
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from audit.core.audits import AuditDetails
from audit.core.decisions import DecisionRule, RuleKind
from audit.core.people import Authority, Person
from audit.core.round_results import Pile
from audit.core.workshops import AgendaItem, Plan, StepKind
from audit.operations import feedback, paper_ballots, room_doors, room_steps
from audit.operations.audits import open_audit
from audit.operations.rooms import desk_of, run_room
from audit.operations.workplace import Workplace
from audit.reports.workshop_words import CONSENSUS_MEANS, FEW_PHONES, NO_VOTES, TOO_FEW
from tests.rooms import Room
from tests.web.client import Page, PageClient

AGENDA = (AgendaItem("R1", 10), AgendaItem("R2", 5), AgendaItem("R3", 5))
PLAN = Plan("A day together", AGENDA, rule=DecisionRule(RuleKind.MAJORITY), groups=("North", "Health"))


@pytest.fixture
def room(workplace: Workplace, lead: Person, testshire: Authority) -> Room:
    audit = open_audit(workplace, lead, testshire.slug, AuditDetails("recommendations", "Autumn 2026"))
    made = Room(workplace, lead, testshire.slug, audit.id, PLAN)
    made.open([f"Person {n}" for n in range(9)])
    return made


@pytest.fixture
def phone(stranger: PageClient, room: Room) -> PageClient:
    """The phone of Ann, who has joined as one of eleven."""
    stranger.get(f"/join/{room.code}")
    stranger.submit(f"/join/{room.code}", {"name": "Ann", "group": "Health"})
    return stranger


def here(phone: PageClient, room: Room) -> Page:
    return phone.get(f"/room/{room.code}")


def voting(room: Room) -> str:
    found = run_room(*room.place, room.id).voting
    assert found is not None
    return str(found.id)


def vote(room: Room, choice: str, confidence: str = "") -> dict[str, str]:
    return {"round": voting(room), "choice": choice, "confidence": confidence}


def checked(page: Page) -> dict[str, str]:
    return {
        field.get("name") or "": field.get("value") or ""
        for field in page.all("input")
        if field.get("checked") is not None
    }


def by_script(phone: PageClient, path: str, fields: dict[str, str]) -> TestResponse:
    token = phone.last.token if phone.last else ""
    return phone.browser.post(path, data={"csrf_token": token, **fields}, headers={"Accept": "application/json"})


def count(room: Room) -> int:
    return run_room(*room.place, room.id).voted


def test_between_two_votes_it_says_what_comes_next(phone: PageClient, room: Room) -> None:
    page = here(phone, room)
    assert page.heading == "Wait for the next vote"
    assert "0 of 3 items done" in page.text
    assert "Next on the agenda: R1" in page.text
    assert "People in the room: 11" in page.text
    assert page.link("Refresh") == f"/room/{room.code}"


def test_a_vote_shows_the_item_its_descriptors_and_all_choices(phone: PageClient, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    page = here(phone, room)
    state = run_room(*room.place, room.id)
    assert state.item is not None
    assert page.heading.startswith("R1 ")
    assert page.heading.endswith(": your vote")
    assert "Voted: 0 of 11 people" in page.text
    for descriptor in state.item.descriptors.values():
        assert " ".join(descriptor.replace("'", "’").split())[:40] in page.text
    choices = [field.get("value") for field in page.all("input") if field.get("name") == "choice"]
    assert choices == ["0", "1", "2", "3", "4", "dont_know", "not_applicable"]
    assert checked(page) == {"confidence": ""}


@pytest.mark.parametrize(
    ("choice", "words"),
    [("3", "level 3, mostly in place"), ("dont_know", "don’t know"), ("not_applicable", "not applicable")],
)
def test_a_vote_is_taken_and_shown_again(phone: PageClient, room: Room, choice: str, words: str) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    here(phone, room)
    page = phone.submit(f"/room/{room.code}/vote", vote(room, choice, "high"))
    assert f"Your vote is in: {words}. You can change it until the reveal." in page.text
    assert checked(page) == {"choice": choice, "confidence": "high"}
    assert "Voted: 1 of 11" in page.text


def test_a_vote_that_is_cast_twice_counts_once_as_it_was_cast_last(phone: PageClient, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    here(phone, room)
    phone.submit(f"/room/{room.code}/vote", vote(room, "3", "low"))
    page = phone.submit(f"/room/{room.code}/vote", vote(room, "1"))
    assert "Your vote is in: level 1" in page.text
    assert checked(page) == {"choice": "1", "confidence": ""}
    assert count(room) == 1


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "Choose a level, “Don’t know” or “Not applicable”."),
        ({"choice": "5"}, "Choose one of the answers on the list."),
        ({"choice": "-1"}, "Choose one of the answers on the list."),
        ({"choice": "<b>"}, "Choose one of the answers on the list."),
        ({"choice": "unanswered"}, "Choose one of the answers on the list."),
        ({"choice": "2", "confidence": "certain"}, "Choose one of the answers on the list."),
        ({"choice": "9" * 10_000}, "Choose one of the answers on the list."),
    ],
)
def test_nothing_chosen_or_a_forged_level_is_told_on_the_page(
    phone: PageClient, room: Room, fields: dict[str, str], says: str
) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    here(phone, room)
    page = phone.refuse(f"/room/{room.code}/vote", {"round": voting(room), **fields}, 400)
    assert page.errors == [says]
    assert count(room) == 0


def test_a_vote_after_the_reveal_is_told_so_and_the_page_shows_where_the_room_is(phone: PageClient, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    here(phone, room)
    late = vote(room, "3")
    room.vote([1, 1, 1])
    room.step(StepKind.REVEAL, "R1")
    page = phone.refuse(f"/room/{room.code}/vote", late, 409)
    assert page.heading.endswith(": result")
    assert "Your vote was not counted: the votes on R1 were revealed before it came." in page.text
    assert "How 3 people voted" in page.text


@pytest.mark.parametrize("forged", ["", "x", "0", "99999", "9" * 40])
def test_a_vote_for_no_round_is_not_counted(phone: PageClient, room: Room, forged: str) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    here(phone, room)
    page = phone.refuse(f"/room/{room.code}/vote", {"choice": "2", "round": forged}, 409)
    assert "Your vote was not counted" in page.text
    assert count(room) == 0


def test_an_unsent_choice_does_not_count_for_another_item(phone: PageClient, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    here(phone, room)
    old = vote(room, "4")
    room.step(StepKind.SKIP, "R1")
    room.step(StepKind.OPEN_ITEM, "R2")
    page = phone.refuse(f"/room/{room.code}/vote", old, 409)
    assert page.heading.startswith("R2 ")
    assert "R1 is not open now" in page.text
    assert checked(page) == {"confidence": ""}
    assert count(room) == 0


def test_a_script_is_answered_in_one_sentence(phone: PageClient, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    here(phone, room)
    path, fields = f"/room/{room.code}/vote", vote(room, "2")
    answers = [by_script(phone, path, fields), by_script(phone, path, {"round": fields["round"]})]
    answers.append(by_script(phone, path, {**fields, "choice": "7"}))
    room.step(StepKind.SKIP, "R1")
    answers.append(by_script(phone, path, fields))
    assert [answer.status_code for answer in answers] == [200, 400, 400, 409]
    assert all(answer.get_json()["said"] for answer in answers)
    ann = desk_of(*room.place, room.id).seats[-1]
    room_doors.send_out(*room.place, room.id, ann.id)
    refused = by_script(phone, path, fields)
    assert (refused.status_code, refused.get_json()["said"]) == (
        403,
        "You have no seat in this workshop. Join it to vote.",
    )
    unknown = by_script(phone, "/room/CDFGHJ/vote", fields)
    assert unknown.status_code == 404
    assert "no workshop with this code" in unknown.get_json()["said"]


def test_whoever_was_sent_out_sees_nothing_more(phone: PageClient, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    here(phone, room)
    fields = vote(room, "2")
    phone.submit(f"/room/{room.code}/vote", fields)
    room_doors.send_out(*room.place, room.id, desk_of(*room.place, room.id).seats[-1].id)
    assert phone.refuse(f"/room/{room.code}/vote", fields, 403).heading.startswith("You have no seat")
    assert count(room) == 0


def test_a_result_is_shown_in_words_and_numbers_beside_the_bars(phone: PageClient, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote([0, 0, 0, 0, 4, 4, 4, 4, None])
    room.step(StepKind.REVEAL, "R1")
    page = here(phone, room)
    assert "Two camps" in page.text
    assert "Ask each camp what it has seen." in page.text
    assert "Level 0, not in place: 4" in page.text
    assert "Level 4, embedded: 4" in page.text
    assert "Don’t know: 1" in page.text
    assert "The decision rule does not decide" in page.text
    assert "What speaks for it" in page.text
    assert "What qualifies or contradicts it" in page.text
    assert all(svg.get("aria-hidden") == "true" for svg in page.all("svg"))


def test_a_second_round_stands_beside_the_first_with_who_moved(phone: PageClient, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote([0, 0, 0, 4, 4])
    room.step(StepKind.REVEAL, "R1")
    room.step(StepKind.VOTE_AGAIN, "R1")
    assert here(phone, room).heading.endswith(": your vote, round 2")
    assert "Two camps" not in here(phone, room).text
    room.vote([1, 1, 1, 1, 4])
    room.step(StepKind.REVEAL, "R1")
    page = here(phone, room)
    assert "Level 1, early steps (the middle): 4 (0 in round 1)" in page.text
    assert "three people moved up, one person moved down and one person stayed" in page.text


def test_groups_show_only_from_the_threshold(phone: PageClient, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote([0, 4, 0, 4, 0, 4, 0, 4, 0])
    room.step(StepKind.REVEAL, "R1")
    page = here(phone, room)
    assert "By group" in page.text
    assert "Not shown: fewer than 5 voted" in page.text


def test_a_consensus_says_what_it_means(phone: PageClient, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote([2, 2, 2])
    room.step(StepKind.REVEAL, "R1")
    assert f"Consensus 1.00 of 1. {CONSENSUS_MEANS}" in here(phone, room).text


def test_where_nobody_voted_there_is_nothing_on_few_votes(phone: PageClient, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    room.step(StepKind.REVEAL, "R1")
    text = here(phone, room).text
    assert f"Nobody voted {NO_VOTES}" in text
    assert TOO_FEW not in text
    assert "Consensus" not in text
    assert "decision rule" not in text


def test_few_phones_beside_paper_say_why_the_votes_are_not_shown(phone: PageClient, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    for count in (paper_ballots.count_first, paper_ballots.count_again):
        count(*room.place, room.id, int(voting(room)), Pile("", {0: 1, 1: 2, 2: 1, 3: 0, 4: 0}))
    room.vote([0, 4])
    room.step(StepKind.REVEAL, "R1")
    text = here(phone, room).text
    assert f"The votes are not shown {FEW_PHONES}" in text
    assert "Level 0" not in text


def test_a_reveal_that_was_taken_back_is_said(phone: PageClient, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    assert "taken back" not in here(phone, room).text
    room.vote([0, 1, 2])
    room.step(StepKind.REVEAL, "R1")
    room_steps.undo(*room.place, room.id, room.seen)
    assert "are taken back and count for nothing. Please vote again." in here(phone, room).text


def test_two_votes_are_not_shown(phone: PageClient, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote([0, 4])
    room.step(StepKind.REVEAL, "R1")
    page = here(phone, room)
    assert "Too few votes to show" in page.text
    assert "Level 0" not in page.text


def test_how_an_item_ended_is_shown_with_its_reason_as_text(phone: PageClient, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote([2, 2, 2])
    room.step(StepKind.REVEAL, "R1")
    room.settle("R1", 2, "We agree <b>now</b>.")
    page = here(phone, room)
    assert "settled at level 2, partly in place" in page.text
    assert "We agree <b>now</b>." in page.text
    assert "1 of 3 items done" in page.text
    room.step(StepKind.OPEN_ITEM, "R2")
    room.step(StepKind.PARK, "R2")
    assert "parked, to come back to it" in here(phone, room).text
    assert "Next on the agenda: R3" in here(phone, room).text
    room.step(StepKind.SKIP, "R3")
    assert "skipped" in here(phone, room).text
    assert "Next on the agenda: R2" in here(phone, room).text


def test_at_the_end_three_questions_take_one_tap_each(phone: PageClient, room: Room) -> None:
    room_steps.close_room(*room.place, room.id, room.seen)
    page = here(phone, room)
    assert page.heading == "The workshop is over"
    assert "You can close this page." in page.text
    phone.submit(f"/room/{room.code}/feedback", {"heard": "no"})
    page = phone.submit(f"/room/{room.code}/feedback", {"heard": "partly"})
    buttons = [each for each in page.all("button") if each.get("aria-pressed") == "true"]
    assert [(each.get("name"), each.get("value")) for each in buttons] == [("heard", "partly")]
    for holder in room.holders[:2]:
        feedback.say(room.place[0], room.code, holder, "heard", "yes")
    assert feedback.said_of(*room.place, room.id) == {"heard": {"partly": 1, "yes": 2}}


def test_feedback_that_was_not_asked_for_or_comes_too_soon_is_refused(phone: PageClient, room: Room) -> None:
    phone.get("/join")
    assert "The workshop is not over yet." in phone.refuse(f"/room/{room.code}/feedback", {"heard": "yes"}, 409).text
    room_steps.close_room(*room.place, room.id, room.seen)
    for fields in ({}, {"heard": "<b>"}, {"liked": "yes"}):
        assert by_script(phone, f"/room/{room.code}/feedback", fields).status_code == 400


def test_what_all_phones_get_is_sound_and_holds_nothing_of_one_seat(app: Flask, phone: PageClient, room: Room) -> None:
    def fragment() -> str:
        text = app.test_client().get(f"/live/{room.keys.live}/phone").get_data(as_text=True)
        parser = html5lib.HTMLParser(strict=True)
        parser.parseFragment(text)
        return text

    room.step(StepKind.OPEN_ITEM, "R1")
    here(phone, room)
    phone.submit(f"/room/{room.code}/vote", vote(room, "3"))
    shown = fragment()
    assert "data-vote" in shown
    for word in ("checked=", "csrf_token", room.code, "Ann", "Your vote is in"):
        assert word not in shown.replace('value="" checked', "")
    room.vote([1, 1, 1])
    room.step(StepKind.REVEAL, "R1")
    assert "How 4 people voted" in fragment()
    room.step(StepKind.PARK, "R1")
    assert "Wait for the next vote" in fragment()
    room_steps.close_room(*room.place, room.id, room.seen)
    assert "The workshop is over" in fragment()


def test_the_page_says_where_its_script_reads_on(phone: PageClient, room: Room) -> None:
    page = here(phone, room)
    main = page.first("main")
    assert main.get("data-live") == f"/live/{room.keys.live}"
    state = phone.browser.get(main.get("data-live") or "").get_json()
    assert state["at"] == main.get("data-at")
    assert [each.get("role") for each in page.all("p", "div") if each.get("data-says") is not None] == ["status"]
    assert page.response.headers["Cache-Control"] == "no-store"
