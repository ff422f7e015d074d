"""Joining a workshop on a phone: by its code, with no account, and the seat that the device keeps."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from audit.core.audits import AuditDetails
from audit.core.people import Authority, Person, Role
from audit.core.workshops import AgendaItem, Plan
from audit.operations import room_doors, room_steps, sign_in
from audit.operations.audits import open_audit
from audit.operations.people import known_person
from audit.operations.rooms import desk_of
from audit.operations.workplace import Workplace
from audit.store import people
from audit.store.connection import write
from audit.web.code_limits import FOR_WRONG_CODES
from audit.web.limits import limiter
from tests.clock import Clock
from tests.rooms import Room
from tests.web.client import Page, PageClient
from tests.web.conftest import enter

PLAN = Plan("A day together", (AgendaItem("R1", 10), AgendaItem("R2", 5)), groups=("North", "Health"))


@pytest.fixture
def room(workplace: Workplace, lead: Person, testshire: Authority) -> Room:
    audit = open_audit(workplace, lead, testshire.slug, AuditDetails("recommendations", "Autumn 2026"))
    made = Room(workplace, lead, testshire.slug, audit.id, PLAN)
    made.open([])
    return made


def joined(visitor: PageClient, room: Room, **fields: str) -> Page:
    visitor.get(f"/join/{room.code}")
    return visitor.submit(f"/join/{room.code}", fields)


def names(room: Room) -> list[tuple[str, str]]:
    return [(seat.name, seat.group) for seat in desk_of(*room.place, room.id).seats]


def cookie_line(visitor: PageClient, path: str, fields: dict[str, str] | None = None) -> str:
    return visitor.send(path, fields).headers.get("Set-Cookie", "")


def typed(visitor: PageClient, code: str, status: int = 200) -> list[str]:
    visitor.get("/join")
    return visitor.refuse("/join", {"code": code}, status).errors


@pytest.mark.parametrize("write", [str.lower, lambda code: f" {code[:3]} {code[3:]} ", lambda code: "-".join(code)])
def test_a_code_is_taken_in_any_case_and_with_spaces_or_hyphens(stranger: PageClient, room: Room, write) -> None:  # type: ignore[no-untyped-def]
    stranger.get("/join")
    page = stranger.submit("/join", {"code": write(room.code)})
    assert page.heading == "Join: A day together"
    assert "Testshire" in page.text


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("", "Enter the code that is on the screen in the room."),
        ("CDF", "Codes have 6 letters and digits, such as CDF GHJ."),
        ("CDFGH0", "There is no 0 in any code."),
        ("abc123", "There is no 1 or 2 or A or B in any code."),
        ("<b>joi", "Codes have 6 letters and digits"),
        ("ſßıİ", "Codes have 6 letters and digits"),
        ("C" * 10_000, "must be 100 characters or fewer"),
        ("CDF\x00GHJ", "control character U+0000"),
    ],
)
def test_what_cannot_be_a_code_is_told_in_words(stranger: PageClient, code: str, says: str) -> None:
    (told,) = typed(stranger, code)
    assert says in told


def test_a_code_that_opens_nothing_is_told_so_wherever_it_stands(stranger: PageClient) -> None:
    assert "There is no workshop with this code" in typed(stranger, "CDFGHJ", 404)[0]
    assert "There is no workshop with this code" in stranger.get("/join/CDFGHJ", 404).errors[0]
    assert "There is no workshop with this code" in stranger.get("/room/CDFGHJ", 404).errors[0]
    assert stranger.get("/join/what-is-this", 404).value("code") == "what-is-this"


def test_a_guest_joins_with_or_without_a_name_and_a_group(app: Flask, room: Room) -> None:
    assert joined(PageClient(app), room, name=" Ann   Lee ", group="Health").heading == "Wait for the next vote"
    assert "You are here without a name." in joined(PageClient(app), room, name="", group="").text
    assert names(room)[1:] == [("Ann Lee", "Health"), ("", "")]


def test_privacy_is_told_before_joining(stranger: PageClient, room: Room) -> None:
    assert "Nobody sees how you voted, not even whoever runs the workshop." in stranger.get(f"/join/{room.code}").text


def test_no_group_is_asked_for_where_the_workshop_has_none(
    workplace: Workplace, lead: Person, testshire: Authority, stranger: PageClient
) -> None:
    audit = open_audit(workplace, lead, testshire.slug, AuditDetails("recommendations", "Winter 2026"))
    bare = Room(workplace, lead, testshire.slug, audit.id, Plan("Bare", (AgendaItem("R1", 10),)))
    bare.open([])
    assert "group" not in stranger.get(f"/join/{bare.code}").text.casefold()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": "x" * 10_000}, "“Your name” must be 60 characters or fewer. You have entered 10,000."),
        ({"name": "Ann\x07"}, "control character U+0007"),
        ({"name": "Ann", "group": "Finance"}, "Choose a group from the list."),
    ],
)
def test_a_name_or_group_that_is_not_taken_is_told_in_words(
    stranger: PageClient, room: Room, fields: dict[str, str], says: str
) -> None:
    stranger.get(f"/join/{room.code}")
    (told,) = stranger.refuse(f"/join/{room.code}", fields).errors
    assert says in told
    assert len(names(room)) == 1


def test_markup_in_a_name_is_text(stranger: PageClient, room: Room) -> None:
    page = joined(stranger, room, name="<script>alert(1)</script>")
    assert "<script>alert(1)</script>" in page.text
    assert "<script>alert" not in page.html


def test_a_device_that_has_a_seat_goes_straight_to_the_room(stranger: PageClient, room: Room) -> None:
    joined(stranger, room, name="Ann")
    stranger.get("/join")
    assert stranger.follow(stranger.send(f"/join/{room.code}", {"name": "Ben"})).heading == "Wait for the next vote"
    answer = stranger.browser.get(f"/join/{room.code}")
    assert answer.location == f"/room/{room.code}"
    assert names(room)[1:] == [("Ann", "")]


def test_who_is_signed_in_as_a_member_joins_as_herself(
    app: Flask, workplace: Workplace, testshire: Authority, room: Room
) -> None:
    mo = known_person(workplace, "mo@testshire.gov.uk", "Mo Dlamini")
    with workplace.registry() as registry, write(registry):
        people.add_membership(registry, mo.id, testshire.slug, Role.VIEWER)
    visitor = enter(app, workplace, mo.email)
    page = visitor.get(f"/join/{room.code}")
    assert "You are signed in as Mo Dlamini, and join under this name." in page.text
    assert "Your name" not in page.text
    assert "You are here as Mo Dlamini" in visitor.submit(f"/join/{room.code}", {"name": "Somebody else"}).text


def test_who_is_signed_in_and_no_member_joins_as_a_guest(app: Flask, workplace: Workplace, room: Room) -> None:
    known_person(workplace, "far@othershire.gov.uk", "Fay Away")
    visitor = enter(app, workplace, "far@othershire.gov.uk")
    assert "Fay Away" not in visitor.get(f"/join/{room.code}").text
    visitor.submit(f"/join/{room.code}", {"name": "Fay"})
    assert names(room)[1:] == [("Fay", "")]


def test_a_room_without_a_seat_leads_to_joining(stranger: PageClient, room: Room) -> None:
    assert stranger.browser.get(f"/room/{room.code}").location == f"/join/{room.code}"


def test_whoever_was_sent_out_is_told_so_and_cannot_come_back(stranger: PageClient, room: Room) -> None:
    joined(stranger, room, name="Ann")
    seat = desk_of(*room.place, room.id).seats[1]
    room_doors.send_out(*room.place, room.id, seat.id)
    for path in (f"/room/{room.code}", f"/join/{room.code}"):
        assert stranger.get(path, 403).heading == "You have no seat in this workshop any more"
    stranger.get("/join")
    assert "has taken your seat away" in stranger.refuse(f"/join/{room.code}", {"name": "Ann"}, 403).text


def test_a_locked_room_lets_nobody_new_in(stranger: PageClient, app: Flask, room: Room) -> None:
    joined(stranger, room, name="Ann")
    room_doors.lock(*room.place, room.id, locked=True)
    late = PageClient(app)
    assert "The room is locked: nobody new can join." in late.get(f"/join/{room.code}", 409).text
    assert stranger.get(f"/room/{room.code}").heading == "Wait for the next vote"


def test_a_code_that_was_replaced_or_is_too_old_says_so(
    app: Flask, clock: Clock, room: Room, stranger: PageClient
) -> None:
    joined(stranger, room, name="Ann")
    newer = room_doors.new_code(*room.place, room.id).code
    assert "This code has expired." in PageClient(app).get(f"/join/{room.code}", 410).text
    assert stranger.get(f"/room/{room.code}").heading == "Wait for the next vote"
    clock.move(hours=13)
    assert "This code has expired." in PageClient(app).get(f"/join/{newer}", 410).text


def test_a_workshop_that_is_over_lets_nobody_in(stranger: PageClient, room: Room) -> None:
    room_steps.close_room(*room.place, room.id, room.seen)
    page = stranger.get(f"/join/{room.code}", 410)
    assert "This workshop is over." in page.text
    assert "A day together" in page.text


def test_the_seat_outlasts_the_browser_where_nobody_is_signed_in(stranger: PageClient, room: Room) -> None:
    stranger.get(f"/join/{room.code}")
    line = cookie_line(stranger, f"/join/{room.code}", {"name": "Ann"})
    assert re.search(r"Expires=\w{3}, \d\d \w{3} \d{4}", line)
    assert "HttpOnly" in line
    assert "SameSite=Lax" in line
    # It is not sent anew with each page.
    assert "Set-Cookie" not in stranger.browser.get(f"/room/{room.code}").headers


def test_a_sign_in_ends_with_the_browser_also_where_somebody_joins(
    app: Flask, workplace: Workplace, room: Room
) -> None:
    known_person(workplace, "far@othershire.gov.uk", "Fay Away")
    visitor = enter(app, workplace, "far@othershire.gov.uk")
    visitor.get(f"/join/{room.code}")
    line = cookie_line(visitor, f"/join/{room.code}", {"name": "Fay"})
    assert line
    assert "Expires" not in line


def test_signing_in_later_keeps_the_seat_and_still_ends_with_the_browser(
    stranger: PageClient, workplace: Workplace, room: Room
) -> None:
    joined(stranger, room, name="Ann")
    known_person(workplace, "ann@testshire.gov.uk", "Ann Lee")
    link = f"/sign-in/{sign_in.issue_link(workplace, 'ann@testshire.gov.uk')}"
    stranger.get(link)
    line = cookie_line(stranger, link)
    assert line.startswith("plumbline=")
    assert "Expires" not in line
    assert "You are here as Ann." in stranger.get(f"/room/{room.code}").text
    stranger.get("/account")
    stranger.send("/sign-out")
    assert stranger.browser.get(f"/room/{room.code}").location == f"/join/{room.code}"


def test_a_device_keeps_its_newest_seats(workplace: Workplace, lead: Person, stranger: PageClient, room: Room) -> None:
    rooms = [room]
    for _ in range(5):
        audit = open_audit(workplace, lead, "testshire", AuditDetails("recommendations", "Winter 2026"))
        rooms.append(Room(workplace, lead, "testshire", audit.id, PLAN))
        rooms[-1].open([])
    for each in rooms:
        joined(stranger, each, name="Ann")
    for each in rooms[1:]:
        assert "You are here as Ann." in stranger.get(f"/room/{each.code}").text
    assert stranger.browser.get(f"/room/{room.code}").location == f"/join/{room.code}"


def test_guessing_codes_ends_and_says_when_to_go_on(app: Flask, stranger: PageClient, room: Room) -> None:
    seated = PageClient(app)
    joined(seated, room, name="Ann")
    limiter.reset()
    allowed = int(FOR_WRONG_CODES.split()[0])
    # Typing nothing, or what can be no code, is no guess.
    typed(stranger, "CDFGH0")
    for guess in range(allowed):
        path = ("/join/CDFGHJ", "/room/CDFGHJ")[guess % 2]
        stranger.get(path, 404)
    stopped = stranger.browser.get(f"/join/{room.code}")
    assert stopped.status_code == 429
    assert 0 < int(stopped.headers["Retry-After"]) <= 901
    stranger.get("/join")
    assert stranger.send("/join", {"code": room.code}).status_code == 429
    # Who has a seat goes on, though the whole building has one address.
    assert seated.get(f"/room/{room.code}").heading == "Wait for the next vote"


def test_a_whole_room_with_one_address_gets_in_at_once(app: Flask, room: Room) -> None:
    limiter.reset()
    for _ in range(60):
        visitor = PageClient(app)
        visitor.get("/join")
        assert visitor.send("/join", {"code": room.code}).status_code == 302
        visitor.get(f"/join/{room.code}")
        assert visitor.send(f"/join/{room.code}", {"name": ""}).status_code == 302
    assert len(names(room)) == 61


def test_a_script_with_the_code_does_not_fill_the_room(app: Flask, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.operations.seats.MOST_SEATS", 2)
    joined(PageClient(app), room, name="Ann")
    assert "This workshop is full." in PageClient(app).get(f"/join/{room.code}", 409).text
