"""The desk of a workshop: what its facilitator sees and does, two of them at once, and what is never lost."""

from __future__ import annotations

import pytest
from flask import Flask

from audit.core.decisions import DecisionRule, RuleKind
from audit.core.people import Authority, Person, Role
from audit.core.rooms import Phase
from audit.core.workshops import AgendaItem, Plan, StepKind
from audit.operations import closing, feedback, room_steps, seats, talking
from audit.operations.moderation import settled_history
from audit.operations.rooms import RoomState, desk_of, run_room
from audit.operations.seats import Holder
from audit.operations.workplace import Workplace
from audit.reports.workshop_words import CONSENSUS_MEANS
from tests.clock import Clock
from tests.rooms import Room
from tests.teams import member
from tests.web.client import Page, PageClient, words
from tests.web.conftest import enter
from tests.web.filling import answer, opened, sign_off

SLUG = "testshire"
MARKUP = "<script>alert(1)</script>{{ 7*7 }}'"
AGENDA = (AgendaItem("R1", 10), AgendaItem("R5", 8), AgendaItem("R12", 12))


@pytest.fixture
def audit(workplace: Workplace, lead: Person, testshire: Authority) -> str:
    return opened(workplace, lead)


def room_of(workplace: Workplace, lead: Person, audit: str, rule: RuleKind = RuleKind.FACILITATOR) -> Room:
    plan = Plan("Our day", AGENDA, rule=DecisionRule(rule), groups=("North", "South"), answered_before=True)
    return Room(workplace, lead, SLUG, int(audit.rpartition("/")[2]), plan)


@pytest.fixture
def room(workplace: Workplace, lead: Person, audit: str) -> Room:
    """A workshop that is planned, and whose rule is the facilitator's word."""
    return room_of(workplace, lead, audit)


@pytest.fixture
def voting(room: Room) -> Room:
    """R1 is open, and six people have voted."""
    room.open([f"Guest {number}" for number in range(8)])
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote([0, 0, 3, 4, 4, None])
    return room


@pytest.fixture
def revealed(voting: Room) -> Room:
    voting.step(StepKind.REVEAL, "R1")
    return voting


@pytest.fixture
def other(app: Flask, workplace: Workplace, testshire: Authority) -> PageClient:
    """A second facilitator, at a desk of her own."""
    person = member(workplace, "Fay", Role.FACILITATOR)
    return enter(app, workplace, person.email)


def desk(room: Room) -> str:
    return f"/authorities/{SLUG}/workshops/{room.id}/desk"


def state(room: Room) -> RoomState:
    return run_room(*room.place, room.id)


def press(page: Page, button: str, changes: dict[str, str] | None = None) -> tuple[str, dict[str, str]]:
    """Where a button of the page sends its form, and what it sends."""
    main = page.first("main")
    for each in main.iter("button"):
        if words(each) == button:
            around = [form for form in main.iter("form") if any(each is inner for inner in form.iter())]
            form = around[0] if around else page.by_id(each.get("form") or "")
            sent = {field.get("name") or "": field.get("value") or "" for field in form.iter("input")}
            sent = answer(page, {}) if form.get("id") == "desk-talk" else sent
            name = each.get("name")
            sent |= {name: each.get("value") or ""} if name else {}
            return each.get("formaction") or form.get("action") or page.address, {**sent, **(changes or {})}
    raise AssertionError(f"there is no button {button}")


def pressed(client: PageClient, page: Page, button: str, changes: dict[str, str] | None = None) -> Page:
    return client.submit(*press(page, button, changes))


SETTLING = {"rating": "2", "reason": "We heard three teams.", "what_happens_now": "Half do."}


def test_a_whole_item_is_run_from_the_desk_alone(client: PageClient, room: Room, workplace: Workplace) -> None:
    page = client.get(desk(room))
    assert page.heading == "Our day"
    assert "people can no longer answer this audit alone" in page.text
    page = pressed(client, page, "Open the room")
    assert "Next: R1" in page.text
    code = desk_of(*room.place, room.id).code
    assert code is not None
    assert f"{code.code[:3]} {code.code[3:]}" in page.text
    page = pressed(client, page, "Open R1 for a blind vote")
    assert page.heading.startswith("R1 ")
    for level in range(4):
        token = seats.join(workplace, code.code, Holder(), f"Guest {level}", "")
        room.holders.append(Holder((token,)))
    room.code = code.code
    room.vote([1, 2, 2, 2])
    page = pressed(client, client.get(desk(room)), "Reveal the votes")
    assert "Level 2, partly in place (the middle)" in page.text
    page = pressed(client, page, "Settle R1", {**SETTLING, "owner": "Head of practice", "notes": "Much was said."})
    assert "It is settled." in page.text
    assert "Settled: level 2" in page.text
    assert "Next: R5" in page.text
    settled = state(room).settlement("R1")
    assert settled is not None
    assert (settled.level, settled.reason, settled.owner) == (2, "We heard three teams.", "Head of practice")
    talk = talking.talk_on(*room.place, room.id, "R1")
    assert talk is not None
    assert talk.fields["notes"] == "Much was said."
    page = pressed(client, page, "Close the workshop")
    assert "The workshop is closed." in page.text
    assert desk_of(*room.place, room.id).expired


def test_while_people_vote_the_desk_tells_their_number_and_nothing_else(client: PageClient, voting: Room) -> None:
    page = client.get(desk(voting))
    assert "Voted6" in page.text
    assert "In the room9" in page.text
    before = page.html
    voting.vote([4, 4, 4, 4, 4, 4])
    page = client.get(desk(voting))
    same = [line for line in page.html.splitlines() if "nonce" not in line and "csrf_token" not in line]
    assert same == [line for line in before.splitlines() if "nonce" not in line and "csrf_token" not in line]


def test_a_reveal_shows_words_numbers_rule_and_movement(client: PageClient, revealed: Room) -> None:
    page = client.get(desk(revealed))
    assert "Two camps" in page.text
    assert "6 of 9 in the room voted." in page.text
    rows = {words(row[0]): words(row[1]) for row in page.all("tr") if row[0].get("scope") == "row"}
    assert rows["Level 4, embedded"] == "2"
    assert rows["Don’t know"] == "1"
    assert "The facilitator settles after the talk." in page.text
    page = pressed(client, page, "Vote again")
    assert "Blind vote, round 2." in page.text
    assert "Two camps" not in page.text
    revealed.vote([3, 3, 3, 3, 3, 3])
    page = pressed(client, page, "Reveal the votes")
    assert "Since the round before, 2 people moved up" in page.text.replace("two people", "2 people")
    both = {words(row[0]): [words(cell) for cell in row[1:3]] for row in page.all("tr") if row[0].get("scope") == "row"}
    assert both["Level 3, mostly in place (the middle)"] == ["6", "1"]


def test_of_two_votes_nothing_is_shown(client: PageClient, room: Room) -> None:
    room.open(["A", "B", "C"])
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote([0, 4])
    room.step(StepKind.REVEAL, "R1")
    page = client.get(desk(room))
    assert "Fewer than 3 voted" in page.text
    assert "How people voted" not in page.html


@pytest.mark.parametrize(("rule", "chosen"), [(RuleKind.MEDIAN, "3"), (RuleKind.FACILITATOR, None)])
def test_the_level_is_chosen_beforehand_only_where_the_rule_decides(
    client: PageClient, workplace: Workplace, lead: Person, audit: str, rule: RuleKind, chosen: str | None
) -> None:
    room = room_of(workplace, lead, audit, rule)
    room.open(["A", "B", "C"])
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote([3, 3, 2])
    room.step(StepKind.REVEAL, "R1")
    page = client.get(desk(room))
    assert answer(page, {}).get("rating") == chosen
    page = pressed(client, page, "Keep what is typed", {"rating": "1"})
    assert answer(page, {})["rating"] == "1"
    page = pressed(client, page, "Vote again")
    room.vote([2, 2, 2])
    page = pressed(client, page, "Reveal the votes")
    # What somebody chose after an earlier vote is no choice after this one.
    assert answer(page, {}).get("rating") == ("2" if chosen else None)


def test_settling_asks_for_a_level_and_a_reason_and_loses_nothing(client: PageClient, revealed: Room) -> None:
    page = client.get(desk(revealed))
    address, sent = press(page, "Settle R1", {"notes": "Said.", "what_happens_now": "Half do."})
    page = client.refuse(address, sent)
    assert sorted(page.errors) == ["Choose what the team settles on.", "Say why the team settles on this."]
    assert (page.value("notes"), page.value("what_happens_now")) == ("Said.", "Half do.")
    page = client.refuse(address, {**answer(page, {}), "rating": "not_applicable"})
    assert page.errors == ["Say why this does not apply to your service."]
    assert client.get(desk(revealed)).value("notes") == "Said."
    assert state(revealed).room.phase is Phase.REVEALED


def test_what_is_typed_is_kept_with_every_button(client: PageClient, revealed: Room) -> None:
    for number, button in enumerate(
        ("Keep what is typed", "Vote again", "Undo: opening another vote on R1", "Park R1")
    ):
        page = client.get(desk(revealed))
        typed = {"notes": f"Said {number}."} if "notes" in answer(page, {}) else {}
        pressed(client, page, button, typed)
        talk = talking.talk_on(*revealed.place, revealed.id, "R1")
        assert talk is not None
        if typed:
            assert talk.fields["notes"] == f"Said {number}."


def test_a_reveal_pressed_twice_reveals_once_and_says_nothing(client: PageClient, voting: Room) -> None:
    address, sent = press(client.get(desk(voting)), "Reveal the votes")
    client.submit(address, sent)
    steps = state(voting).steps
    page = client.submit(address, sent)
    assert state(voting).steps == steps
    assert "Nothing was done" not in page.text


def test_of_two_facilitators_one_step_counts_and_the_other_is_told(
    client: PageClient, other: PageClient, voting: Room
) -> None:
    hers, mine = other.get(desk(voting)), client.get(desk(voting))
    pressed(other, hers, "Reveal the votes")
    steps = state(voting).steps
    for button in ("Park R1", "Skip R1", "Reveal the votes", "Undo: opening the vote on R1"):
        page = client.refuse(*press(mine, button), status=409)
        assert "Fay Testperson revealed the votes in between. Nothing was done." in page.text
        assert "Two camps" in page.text
    assert state(voting).steps == steps


def test_what_is_typed_survives_a_step_that_somebody_else_took(
    client: PageClient, other: PageClient, revealed: Room
) -> None:
    mine = client.get(desk(revealed))
    pressed(other, other.get(desk(revealed)), "Park R1")
    address, sent = press(mine, "Settle R1", {**SETTLING, "notes": "My notes."})
    page = client.refuse(address, sent, status=409)
    assert "What you typed on R1 is kept." in page.text
    pressed(client, page, "Open again R1")
    revealed.vote([2, 2, 2])
    page = pressed(client, client.get(desk(revealed)), "Reveal the votes")
    assert page.value("notes") == "My notes."
    assert page.value("reason") == "We heard three teams."


@pytest.mark.parametrize(("button", "notes"), [("Bring the two together", "Mine.\n\nHers."), ("Keep mine", "Mine.")])
def test_two_who_type_on_one_item_see_both_texts_and_lose_neither(
    client: PageClient, other: PageClient, revealed: Room, button: str, notes: str
) -> None:
    mine = client.get(desk(revealed))
    pressed(other, other.get(desk(revealed)), "Keep what is typed", {"notes": "Hers.", "reason": "Her reason."})
    address, sent = press(mine, "Settle R1", {**SETTLING, "notes": "Mine.", "reason": ""})
    page = client.refuse(address, sent, status=409)
    assert page.heading == "Somebody else was typing on this item"
    assert {"Mine.", "Hers.", "Her reason."} <= {words(each) for each in page.all("div", "p")}
    assert state(revealed).room.phase is Phase.REVEALED
    page = pressed(client, page, button)
    assert page.value("notes") == notes
    assert page.value("reason") == ("Her reason." if "together" in button else "")
    assert page.value("what_happens_now") == "Half do."


def test_a_script_keeps_what_is_typed_and_is_told_the_number(
    client: PageClient, other: PageClient, revealed: Room
) -> None:
    page = client.get(desk(revealed))
    address, sent = press(page, "Keep what is typed", {"notes": "One."})
    said = [
        client.browser.post(address, data={**sent, **more}, headers={"Accept": "application/json"})
        for more in ({}, {"notes": "Two.", "talk": "1"}, {"notes": "Three.", "talk": "1"}, {"owner": "x" * 121})
    ]
    assert [(each.status_code, (each.json or {}).get("number")) for each in said] == [
        (200, 1),
        (200, 2),
        (409, None),
        (422, None),
    ]
    assert "Somebody else has typed" in (said[2].json or {})["problem"]
    assert client.get(desk(revealed)).value("notes") == "Two."


def test_notes_that_no_page_can_hold_are_refused_and_stay_in_the_form(client: PageClient, revealed: Room) -> None:
    page = client.get(desk(revealed))
    for button in ("Keep what is typed", "Vote again", "Settle R1"):
        address, sent = press(page, button, {**SETTLING, "notes": "x" * 10_001})
        refused = client.refuse(address, sent)
        assert any("must be 10,000 characters or fewer" in each for each in refused.errors)
        assert refused.value("notes") == "x" * 10_001
    assert state(revealed).room.phase is Phase.REVEALED
    revealed.step(StepKind.PARK, "R1")
    refused = client.refuse(address, sent, status=409)
    assert refused.heading == "What you typed could not be kept"
    assert "x" * 10_001 in refused.html


def test_an_item_that_is_opened_again_shows_what_was_settled(
    client: PageClient, workplace: Workplace, lead: Person, revealed: Room
) -> None:
    pressed(client, client.get(desk(revealed)), "Settle R1", SETTLING)
    pressed(client, client.get(desk(revealed)), "Open again R1")
    revealed.vote([3, 3, 3])
    page = pressed(client, client.get(desk(revealed)), "Reveal the votes")
    assert "Settled before" in page.text
    assert "level 2, partly in place" in page.text
    assert page.value("what_happens_now") == "Half do."
    pressed(client, page, "Settle R1", {"rating": "3", "reason": "We looked again."})
    history = settled_history(workplace, lead, SLUG, 1, "R1")
    assert [each.response.level for each in history] == [3, 2]


def test_what_was_settled_elsewhere_in_between_is_not_written_over(
    client: PageClient, other: PageClient, revealed: Room
) -> None:
    page = client.get(desk(revealed))
    address = f"/authorities/{SLUG}/audits/1/moderation/items/R1"
    other.get(address)
    other.submit(address, {"rating": "4", "reason": "Elsewhere.", "seen": "0", "then": "later"})
    refused = client.refuse(*press(page, "Settle R1", SETTLING), status=409)
    assert "changed on another page in between" in refused.text
    assert "Elsewhere." in refused.text
    assert refused.value("reason") == "We heard three teams."


def test_taking_back_says_beforehand_what_becomes_of_votes(client: PageClient, voting: Room) -> None:
    page = client.get(desk(voting))
    assert "Votes that are in are thrown away." in page.text
    page = pressed(client, page, "Reveal the votes")
    assert "these votes are set aside and count for nothing, and a new blind vote begins" in page.text
    page = pressed(client, page, "Undo: revealing the votes on R1")
    assert "The votes that were revealed are taken back. Ask everybody to vote again." in page.text
    assert "Voted0" in page.text
    page = pressed(client, page, "Skip R1")
    page = pressed(client, page, "Undo: skipping R1")
    assert page.heading.startswith("R1 ")


def test_after_a_close_is_taken_back_a_new_code_is_offered(client: PageClient, voting: Room) -> None:
    voting.step(StepKind.PARK, "R1")
    page = pressed(client, client.get(desk(voting)), "Close the workshop")
    page = pressed(client, page, "Undo: closing the workshop")
    assert "The join code has expired" in page.text
    page = pressed(client, client.get(f"{desk(voting)}/people"), "Make a new join code")
    assert "There is a new join code." in page.text
    assert not desk_of(*voting.place, voting.id).expired


def test_feedback_shows_once_three_have_answered(client: PageClient, workplace: Workplace, voting: Room) -> None:
    voting.step(StepKind.PARK, "R1")
    room_steps.close_room(*voting.place, voting.id, voting.seen)
    for number, holder in enumerate(voting.holders[:3]):
        assert "Yes:" not in client.get(desk(voting)).text, number
        feedback.say(workplace, voting.code, holder, "heard", "yes")
    assert "Could you say what you think? Yes: 3" in client.get(desk(voting)).text


def test_people_are_shown_as_they_named_themselves_and_can_be_sent_out(
    client: PageClient, workplace: Workplace, room: Room
) -> None:
    room.open([MARKUP, ""])
    page = client.get(f"{desk(room)}/people")
    assert [words(each) for each in page.all("th") if each.get("scope") == "row"] == [
        MARKUP,
        "No name",
        "Lee O’Neill",
    ]
    assert not [each for each in page.all("script") if "alert" in (each.text or "")]
    assert "With an account" in page.text
    first = desk_of(*room.place, room.id).seats[0]
    page = client.submit(f"{desk(room)}/people/{first.id}/out")
    assert "2 people" in page.text
    assert captions(page) == ["2 people", "Sent out"]
    assert client.send(f"{desk(room)}/people/{first.id}/out").status_code == 404
    assert seats.was_sent_out(workplace, room.code, room.holders[0])


def captions(page: Page) -> list[str]:
    return [words(each) for each in page.all("caption")]


def test_somebody_sent_out_by_mistake_is_let_back_in(client: PageClient, workplace: Workplace, room: Room) -> None:
    room.open(["Ann", "Ben"])
    people = f"{desk(room)}/people"
    assert captions(client.get(people)) == ["3 people"]
    ann = desk_of(*room.place, room.id).seats[0]
    page = client.submit(f"{people}/{ann.id}/out")
    assert captions(page) == ["2 people", "Sent out"]
    page = pressed(client, page, "Let back in Ann, sent out, number 1")
    assert "The seat is given back." in page.text
    assert captions(page) == ["3 people"]
    assert seats.seat_here(workplace, room.code, room.holders[0]) is not None
    assert client.send(f"{people}/{ann.id}/in").status_code == 404
    client.submit(f"{people}/{ann.id}/out")
    room_steps.close_room(*room.place, room.id, room.seen)
    page = client.get(people)
    assert captions(page) == ["2 people", "Sent out"]
    assert not [each for each in page.all("button") if "Let back in" in words(each)]
    client.refuse(f"{people}/{ann.id}/in", {}, status=409)


def test_the_desk_leads_from_its_top_to_taking_back(client: PageClient, revealed: Room) -> None:
    page = client.get(desk(revealed))
    assert page.link("Take back the last step") == "#take-back"
    assert words(page.by_id("take-back")) == "Take back the last step"


def test_a_result_that_was_revealed_can_be_left_above_and_below_what_is_typed(
    client: PageClient, revealed: Room
) -> None:
    buttons = [words(each) for each in client.get(desk(revealed)).first("main").iter("button")]
    for name in ("Vote again", "Park R1"):
        assert buttons.count(name) == 2
        below = len(buttons) - 1 - buttons[::-1].index(name)
        assert buttons.index(name) < buttons.index("Settle R1") < below


def test_a_consensus_says_what_it_means_and_only_where_there_is_one(client: PageClient, revealed: Room) -> None:
    said = f"of 1: {CONSENSUS_MEANS}"
    assert said in client.get(desk(revealed)).text
    page = pressed(client, client.get(desk(revealed)), "Vote again")
    revealed.vote([0, 1])
    assert CONSENSUS_MEANS not in pressed(client, page, "Reveal the votes").text


def test_a_long_agenda_is_told_in_hours(client: PageClient, workplace: Workplace, lead: Person, audit: str) -> None:
    plan = Plan("Our day", (AgendaItem("R1", 90), AgendaItem("R2", 25)))
    room = Room(workplace, lead, SLUG, int(audit.rpartition("/")[2]), plan)
    page = client.get(desk(room))
    assert "1 hour 55 minutes in all." in page.text
    assert "1 hour 30 minutes" in page.text


def test_a_locked_room_says_so_and_opens_again(client: PageClient, room: Room) -> None:
    room.open(["A"])
    page = pressed(client, client.get(f"{desk(room)}/people"), "Lock the room")
    assert "The room is locked: nobody new can join." in client.get(desk(room)).text
    pressed(client, page, "Unlock the room")
    assert state(room).workshop.locked is False


def test_an_expired_code_is_named_and_replaced(
    app: Flask, workplace: Workplace, testshire: Authority, lead: Person, clock: Clock, room: Room
) -> None:
    room.open(["A"])
    clock.move(hours=13)
    client = enter(app, workplace, lead.email)
    assert "The join code has expired: nobody new can join." in client.get(desk(room)).text
    pressed(client, client.get(f"{desk(room)}/people"), "Make a new join code")
    assert desk_of(*room.place, room.id).expired is False


def test_a_room_that_got_no_code_offers_one(client: PageClient, room: Room) -> None:
    room_steps.open_room(*room.place, room.id, 0)
    assert "There is no join code yet: nobody can join. Make a join code" in client.get(desk(room)).text
    pressed(client, client.get(f"{desk(room)}/people"), "Make a join code")
    assert "There is no join code yet" not in client.get(desk(room)).text


def test_the_desk_warns_where_phones_cannot_reach_it(client: PageClient, room: Room) -> None:
    room.open(["A"])
    assert "Phones cannot reach this address." in client.get(desk(room)).text


def test_once_the_audit_is_signed_off_the_desk_only_tells(
    client: PageClient, revealed: Room, audit: str, workplace: Workplace
) -> None:
    page = client.get(desk(revealed))
    address, sent = press(page, "Settle R1", {**SETTLING, "notes": "Typed."})
    sign_off(workplace, audit)
    refused = client.refuse(address, sent, status=409)
    assert "Typed." in refused.html
    page = client.get(desk(revealed))
    assert "signed off, so the workshop cannot go on" in page.text
    assert not list(page.first("main").iter("form"))


def test_before_the_room_is_open_there_is_no_code_to_be_made(client: PageClient, room: Room) -> None:
    client.get(desk(room))
    refused = client.refuse(f"{desk(room)}/code", status=409)
    assert "The room is not open, so nobody can join." in refused.text


def test_an_audit_that_is_closed_already_says_nothing_of_closing_it(
    client: PageClient, workplace: Workplace, lead: Person, room: Room
) -> None:
    closing.close_answering(workplace, lead, SLUG, 1)
    assert "answer this audit alone" not in client.get(desk(room)).text


def test_made_up_steps_and_items_lead_nowhere(client: PageClient, voting: Room) -> None:
    client.get(desk(voting))
    seen = str(state(voting).seen)
    for sent in ({"kind": "settle", "item": "R1"}, {"kind": "open_item", "item": "R2"}, {"kind": "", "item": "R1"}):
        assert client.send(f"{desk(voting)}/step", {**sent, "seen": seen}).status_code == 404
    assert client.send(f"{desk(voting)}/keep", {"item": "R9", "talk": "0", "notes": "x"}).status_code == 404
