"""What somebody tries who wants in, wants to see a vote, or wants to stop the others: none of it works."""

from __future__ import annotations

import pytest
from flask import Flask

from audit.core.audits import AuditDetails
from audit.core.people import Authority, Person, Role
from audit.core.round_results import Pile
from audit.core.workshops import AgendaItem, Plan, StepKind
from audit.operations import authorities, erasing, groups, paper_ballots, room_steps
from audit.operations.audits import open_audit
from audit.operations.people import known_person
from audit.operations.rooms import desk_of, run_room
from audit.operations.workplace import Workplace
from audit.store import people
from audit.store.connection import write
from audit.web.code_limits import FOR_WRONG_CODES
from audit.web.security import MOST_FIELDS
from tests.rooms import Room
from tests.web.client import PageClient
from tests.web.conftest import enter

AGENDA = (AgendaItem("R1", 10), AgendaItem("R2", 5))
PLAN = Plan("A day together", AGENDA, groups=("North", "Health"))
ALLOWED = int(FOR_WRONG_CODES.split()[0])
FORM = "application/x-www-form-urlencoded"


def opened(workplace: Workplace, lead: Person, slug: str, plan: Plan = PLAN) -> Room:
    """A room of nine phones, of which five are in the group North."""
    audit = open_audit(workplace, lead, slug, AuditDetails("recommendations", "Autumn 2026"))
    made = Room(workplace, lead, slug, audit.id, plan)
    made.open([f"Person {n}" for n in range(9)])
    return made


@pytest.fixture
def room(workplace: Workplace, lead: Person, testshire: Authority) -> Room:
    return opened(workplace, lead, testshire.slug)


def guesses(app: Flask, addresses: list[str]) -> list[int]:
    """What a guess from each of these addresses is answered with."""
    browser = app.test_client()
    return [browser.get("/join/CDFGHJ", environ_base={"REMOTE_ADDR": each}).status_code for each in addresses]


def test_whoever_has_a_whole_network_of_addresses_guesses_no_more_codes(app: Flask, room: Room) -> None:
    one_network = [f"2001:db8:0:1::{number:x}" for number in range(ALLOWED + 1)]
    assert guesses(app, one_network) == [404] * ALLOWED + [429]
    assert guesses(app, ["2001:db8:0:2::1"]) == [404], "the network beside it is another customer's"


def test_addresses_of_both_kinds_that_are_one_are_counted_as_one(app: Flask, room: Room) -> None:
    assert guesses(app, ["::ffff:192.0.2.7"] * ALLOWED) == [404] * ALLOWED
    assert guesses(app, ["::ffff:192.0.2.7", "::ffff:192.0.2.8", "192.0.2.8"]) == [429, 404, 404]


def test_a_made_up_header_makes_no_new_address(app: Flask, room: Room) -> None:
    browser = app.test_client()
    found = [
        browser.get("/join/CDFGHJ", headers={"X-Forwarded-For": f"192.0.2.{number}"}).status_code
        for number in range(ALLOWED + 1)
    ]
    assert found[-1] == 429


@pytest.mark.parametrize("path", ["/join", "/room/CDFGHJ/vote", "/sign-in"])
def test_a_form_of_endless_fields_is_put_away_unread(app: Flask, stranger: PageClient, path: str) -> None:
    """To show them all again took the server minutes, in which nobody could vote."""
    just, over = (b"&".join(b"%d=x" % number for number in range(most)) for most in (MOST_FIELDS, MOST_FIELDS + 1))
    assert stranger.browser.post(path, data=just, content_type=FORM).status_code == 400
    answer = stranger.browser.post(path, data=over, content_type=FORM)
    assert answer.status_code == 413
    assert len(answer.data) < 10_000


def test_who_would_rather_not_say_is_in_no_group(
    app: Flask, workplace: Workplace, lead: Person, testshire: Authority, room: Room
) -> None:
    """Also a member whom the authority has put into one; who says nothing at all is in her own."""
    groups.name_groups(workplace, lead, testshire.slug, {}, ["North"])
    (north,) = groups.groups_of(workplace, lead, testshire.slug).names
    for name, sent, group in (("Mo", {"group": ""}, ""), ("Ann", {}, "North"), ("Bo", {"group": "Health"}, "Health")):
        member = known_person(workplace, f"{name}@testshire.gov.uk", name)
        with workplace.registry() as registry, write(registry):
            people.add_membership(registry, member.id, testshire.slug, Role.CONTRIBUTOR)
        groups.put_people(workplace, lead, testshire.slug, {member.id: north})
        visitor = enter(app, workplace, member.email)
        visitor.get(f"/join/{room.code}")
        visitor.submit(f"/join/{room.code}", sent)
        seat = desk_of(*room.place, room.id).seats[-1]
        assert (seat.name, seat.group) == (name, group)


def test_ballots_that_one_knows_open_no_small_group_of_phones(client: PageClient, room: Room) -> None:
    """One phone of Health voted at level 4; four ballots that the facilitator made up bring the group to five."""
    room.step(StepKind.OPEN_ITEM, "R1")
    room.holders[:] = [*room.holders[::2], room.holders[1]]
    room.vote([2, 2, 2, 2, 2, 4])
    voting = run_room(*room.place, room.id).voting
    assert voting is not None
    pile = Pile("Health", {0: 4, 1: 0, 2: 0, 3: 0, 4: 0})
    paper_ballots.count_first(*room.place, room.id, voting.id, pile)
    assert paper_ballots.count_again(*room.place, room.id, voting.id, pile) == ()
    room.step(StepKind.REVEAL, "R1")
    result = run_room(*room.place, room.id).result
    assert result is not None
    assert result.voted == 10
    # Nor North alone: whoever takes it and the ballots off the total has the one vote.
    assert [(each.name, each.spread) for each in result.groups] == [("Health", None), ("North", None)]


def test_what_an_erased_authority_showed_is_not_shown_to_its_successor(
    app: Flask, workplace: Workplace, lead: Person, room: Room
) -> None:
    """The second has the same name, and its workshop the same number and as many votes and steps."""

    def shown(of: Room, item_id: str) -> str:
        of.step(StepKind.OPEN_ITEM, item_id)
        browser = app.test_client()
        return "".join(browser.get(f"/live/{of.keys.live}{what}").text for what in ("", "/phone", "/screen"))

    assert "R1" in shown(room, "R1")
    erasing.erase_authority(workplace, "testshire")
    again = known_person(workplace, lead.email, lead.name)
    authorities.create_authority(workplace, again, "Testshire")
    second = opened(workplace, again, "testshire", Plan("Another day", AGENDA[1:], groups=("North", "Health")))
    text = shown(second, "R2")
    assert second.id == room.id
    assert "R2" in text
    assert "R1" not in text
    assert "A day together" not in text


def test_a_page_that_was_left_open_changes_nothing_in_the_record_of_who_was_there(
    client: PageClient, room: Room
) -> None:
    desk = f"/authorities/testshire/workshops/{room.id}"
    seat = desk_of(*room.place, room.id).seats[0]
    client.get(f"{desk}/desk/people")
    room_steps.close_room(*room.place, room.id, room.seen)
    assert "The workshop is closed." in client.refuse(f"{desk}/desk/people/{seat.id}/out", status=409).text
    assert "Person 0" in client.get(f"{desk}/record").text
