"""The projector: large, read only, blind before the reveal, and with nothing on it that is private."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from audit.core.audits import AuditDetails
from audit.core.bank_loader import load_bank
from audit.core.decisions import DecisionRule, RuleKind
from audit.core.people import Authority, Person
from audit.core.rooms import Phase
from audit.core.round_results import Pile
from audit.core.workshops import AgendaItem, Plan, StepKind
from audit.operations import paper_ballots, room_doors, room_steps, seats
from audit.operations.audits import open_audit
from audit.operations.rooms import run_room
from audit.operations.seats import Holder
from audit.operations.workplace import Workplace
from audit.reports.workshop_words import CONSENSUS_MEANS, FEW_PHONES, NO_VOTES
from audit.web.wall import MOST_OF_A_REASON, beginning
from tests.clock import Clock
from tests.rooms import Room
from tests.web.client import Page, PageClient, words

NAMES = [f"Person Number{n}" for n in range(6)]
SVG, RECT = "{http://www.w3.org/2000/svg}svg", "{http://www.w3.org/2000/svg}rect"
BANK = load_bank("recommendations")
PLAN = Plan(
    "A day together",
    (AgendaItem("R1", 10), AgendaItem("R2", 5), AgendaItem("R5", 1)),
    rule=DecisionRule(RuleKind.MAJORITY),
    groups=("North", "South"),
)


@pytest.fixture
def room(workplace: Workplace, lead: Person, testshire: Authority) -> Room:
    """A room of seven: six phones, three in each group, and the lead."""
    audit = open_audit(workplace, lead, testshire.slug, AuditDetails("recommendations", "Autumn 2026"))
    made = Room(workplace, lead, testshire.slug, audit.id, PLAN)
    made.open(NAMES)
    return made


def wall(stranger: PageClient, room: Room, look: str = "") -> Page:
    """What hangs on the wall. It is the same page as the fragment that the script fetches."""
    page = stranger.get(f"/screen/{room.keys.screen}{look}")
    fragment = stranger.browser.get(f"/live/{room.keys.live}/screen")
    assert fragment.status_code == 200
    for line in fragment.text.splitlines():
        assert line.strip() in page.html
    return page


def reveal(room: Room, *levels: int | None) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote(list(levels))
    room.step(StepKind.REVEAL, "R1")


def on_paper(room: Room, pile: Pile) -> None:
    """Ballots of the open round, counted twice."""
    voting = run_room(*room.place, room.id).voting
    assert voting is not None
    for count in (paper_ballots.count_first, paper_ballots.count_again):
        count(*room.place, room.id, voting.id, pile)


def spread(page: Page) -> list[list[str]]:
    """The rows of the large chart, cell by cell."""
    body = page.first("tbody")
    return [[words(cell) for cell in row.iter() if cell.tag in ("th", "td")] for row in body.iter("tr")]


def test_before_the_first_item_it_says_how_to_join(stranger: PageClient, room: Room) -> None:
    page = wall(stranger, room)
    assert page.heading == "A day together"
    assert "Go to localhost/join" in page.text
    assert f"type the code {room.code[:3]} {room.code[3:]}" in page.text
    assert "People in the room: 7" in page.text
    assert "0 of 3 items done" in page.text
    assert f"Next R1 {BANK.items['R1'].title} (10 minutes)".replace("'", "’") in page.text
    assert [each.get("aria-label") for each in page.all(SVG)] == ["QR code of the address to join with"]


def test_a_locked_room_shows_no_code(workplace: Workplace, lead: Person, stranger: PageClient, room: Room) -> None:
    room_doors.lock(workplace, lead, "testshire", room.id, locked=True)
    page = wall(stranger, room)
    assert "Nobody new can join now." in page.text
    assert room.code not in page.html
    assert room.code[:3] not in page.text
    assert not page.all(SVG)


def test_a_code_that_has_expired_is_not_shown(clock: Clock, stranger: PageClient, room: Room) -> None:
    clock.move(hours=room_doors.CODE_HOURS + 1)
    page = stranger.get(f"/screen/{room.keys.screen}")
    assert "Nobody new can join now." in page.text
    assert room.code[:3] not in page.text


def test_a_vote_shows_the_question_and_how_many_have_voted(stranger: PageClient, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote([3, 3, None])
    text = wall(stranger, room).text
    assert f"R1 {BANK.items['R1'].title}".replace("'", "’") in text
    assert BANK.items["R1"].prompt.replace("'", "’") in text
    assert "0 Not in place 1 Early steps 2 Partly in place 3 Mostly in place 4 Embedded" in text
    assert "3 of 7 have voted" in text
    assert "Time left 10 minutes" in text


def test_a_blind_vote_leaves_no_trace_on_the_wall(stranger: PageClient, room: Room) -> None:
    """The page for four votes of one kind and for four of another differs in nothing, but for the script's nonce."""
    room.step(StepKind.OPEN_ITEM, "R1")
    pages = []
    for votes in ([0, 0, 0, 0], [4, None, 4, 2]):
        room.vote(list(votes))
        page = wall(stranger, room)
        assert "4 of 7 have voted" in page.text
        pages.append(re.sub(r'nonce="[^"]*"', "", page.html))
    assert pages[0] == pages[1]


def test_the_reveal_shows_the_spread_and_what_it_means(stranger: PageClient, room: Room) -> None:
    reveal(room, 0, 0, 2, 4, 4, None)
    page = wall(stranger, room)
    assert spread(page) == [
        ["0 Not in place", "2"],
        ["1 Early steps", "0"],
        ["2 Partly in place", "1"],
        ["3 Mostly in place", "0"],
        ["4 Embedded", "2"],
        ["Don’t know", "1"],
        ["Not applicable", "0"],
    ]
    assert words(page.first("caption")) == "How 6 people voted"
    assert "Two camps There are two groups of votes with a dip between them." in page.text
    assert f"Consensus 0.20 of 1. {CONSENSUS_MEANS}" in page.text
    assert "The decision rule does not decide: no choice has more than half of the votes." in page.text


def test_the_largest_bar_fills_its_place(stranger: PageClient, room: Room) -> None:
    reveal(room, 1, 1, 1, 1, 2, 2)
    widths = [each.get("width") for each in wall(stranger, room).first("tbody").iter(RECT)]
    assert widths == ["0.00", "100.00", "50.00", "0.00", "0.00", "0.00", "0.00"]


def test_a_second_round_stands_beside_the_first_on_one_scale(stranger: PageClient, room: Room) -> None:
    reveal(room, 0, 0, 0, 4, 4, 4)
    room.step(StepKind.VOTE_AGAIN, "R1")
    blind = wall(stranger, room)
    assert "Round 2" in blind.text
    assert not blind.all("table")
    room.vote([2] * 6)
    room.step(StepKind.REVEAL, "R1")
    page = wall(stranger, room)
    assert [words(each) for each in page.first("thead").iter("th")] == ["Choice", "Round 1", "Round 2"]
    assert spread(page)[0] == ["0 Not in place", "3", "0"]
    assert spread(page)[2] == ["2 Partly in place the middle", "0", "6"]
    widths = [each.get("width") for each in page.first("tbody").iter(RECT)]
    assert widths[:6] == ["50.00", "0.00", "0.00", "0.00", "0.00", "100.00"]
    newest = [each for each in page.all("td") if each.get("class") == "app-wall__newest"]
    assert [words(each) for each in newest] == ["0", "0", "6", "0", "0", "0", "0"]
    assert "Since the round before, three people moved up and three people moved down." in page.text


def test_groups_below_the_threshold_are_not_told_apart(stranger: PageClient, room: Room) -> None:
    reveal(room, 0, 1, 2, 3, 4, 4)
    text = wall(stranger, room).text
    assert "North" not in text
    assert "Two groups are not shown, so that nobody can tell how one person voted." in text


def test_those_who_named_no_group_are_not_counted_as_a_group(
    workplace: Workplace, stranger: PageClient, room: Room
) -> None:
    room.holders += [Holder((seats.join(workplace, room.code, Holder(), "", None),)) for _ in range(2)]
    reveal(room, 0, 1, 2, 3, 4, 4, 0, 1)
    text = wall(stranger, room).text
    assert "Two groups and those who named no group are not shown, so that" in text


def test_only_those_who_named_no_group_can_be_held_back(workplace: Workplace, stranger: PageClient, room: Room) -> None:
    for group in ("North", "North", "South", "South"):
        room.holders.append(Holder((seats.join(workplace, room.code, Holder(), "", group),)))
    room.holders += [Holder((seats.join(workplace, room.code, Holder(), "", None),)) for _ in range(2)]
    reveal(room, *[2] * 12)
    text = wall(stranger, room).text
    # The smaller group goes with them: else the two could be worked out.
    assert "One group and those who named no group are not shown" in text
    assert "South (5)" in text
    assert "North (5)" not in text


def test_groups_that_may_be_shown_have_charts_with_words(
    workplace: Workplace, stranger: PageClient, room: Room
) -> None:
    for at in range(6):
        token = seats.join(workplace, room.code, Holder(), "", ("North", "South")[at % 2])
        room.holders.append(Holder((token,)))
    reveal(room, 1, 2, 1, 2, 1, 2, 3, 2, 1, 2, 1, None)
    page = wall(stranger, room)
    assert "North (6)" in page.text
    assert "South (6)" in page.text
    labels = [each.get("aria-label") for each in page.all(SVG) if each.get("role") == "img"]
    assert labels == [
        "Level 1, early steps: 5, Level 3, mostly in place: 1",
        "Level 2, partly in place: 5, Don’t know: 1",
    ]
    assert "?: don’t know." in page.text


def test_of_fewer_than_three_votes_only_the_words_are_shown(stranger: PageClient, room: Room) -> None:
    reveal(room, 0, 4)
    page = wall(stranger, room)
    assert "Too few votes to show" in page.text
    assert not page.all("table", RECT)
    assert "groups" not in page.text


def test_few_phones_beside_paper_say_why_the_votes_are_not_shown(stranger: PageClient, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    on_paper(room, Pile("", {0: 1, 1: 2, 2: 1, 3: 0, 4: 0}))
    room.vote([0, 4])
    room.step(StepKind.REVEAL, "R1")
    page = wall(stranger, room)
    assert f"The votes are not shown {FEW_PHONES}" in page.text
    assert "Too few votes" not in page.text
    assert not page.all("table", RECT)


def test_where_nobody_voted_there_is_nothing_on_few_votes(stranger: PageClient, room: Room) -> None:
    reveal(room)
    text = wall(stranger, room).text
    assert f"Nobody voted {NO_VOTES}" in text
    assert "Fewer than" not in text
    assert "decision rule" not in text


def test_what_the_rule_gives_stands_apart_from_the_small_print(stranger: PageClient, room: Room) -> None:
    reveal(room, 2, 2, 2, 2, 1)
    verdict = [each for each in wall(stranger, room).all("p") if each.get("class") == "app-wall__verdict"]
    assert [words(each) for each in verdict] == ["The decision rule gives level 2, partly in place."]


def test_a_reveal_that_was_taken_back_is_said_until_the_next(stranger: PageClient, room: Room) -> None:
    told = "The votes that were revealed are taken back and count for nothing. Please vote again."
    room.step(StepKind.OPEN_ITEM, "R1")
    assert told not in wall(stranger, room).text
    room.vote([1, 2, 3])
    room.step(StepKind.REVEAL, "R1")
    room_steps.undo(*room.place, room.id, room.seen)
    page = wall(stranger, room)
    assert told in page.text
    assert "0 of 7 have voted" in page.text
    room.vote([1, 2, 3])
    room.step(StepKind.REVEAL, "R1")
    assert told not in wall(stranger, room).text
    room.step(StepKind.VOTE_AGAIN, "R1")
    assert told not in wall(stranger, room).text


def test_what_was_settled_stands_there_with_what_comes_next(stranger: PageClient, room: Room) -> None:
    reveal(room, 2, 2, 2)
    room.settle("R1", 2, "We have begun.")
    text = wall(stranger, room).text
    assert "Settled at level 2, partly in place We have begun." in text
    assert f"Next R2 {BANK.items['R2'].title} (5 minutes)" in text
    assert "1 of 3 items done" in text
    assert f"{room.code[:3]} {room.code[3:]}" in text


def test_a_long_reason_is_cut_between_words_and_says_where_the_rest_is(stranger: PageClient, room: Room) -> None:
    reveal(room, 2, 2, 2)
    room.settle("R1", 2, "We have begun to. " * 160)
    page = wall(stranger, room)
    assert "… The whole reason is on your phone." in page.text
    assert page.text.count("We have begun to.") == MOST_OF_A_REASON // len("We have begun to. ")


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("short", 5, "short"),
        ("one two three", 9, "one two"),
        ("one two three", 7, "one"),
        ("x" * 100, 60, "x" * 60),
        ("", 5, ""),
    ],
)
def test_a_text_is_cut_at_a_space_nearby(text: str, most: int, expected: str) -> None:
    assert beginning(text, most) == expected


def test_a_parked_item_is_said_to_be_parked(stranger: PageClient, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    room.step(StepKind.PARK, "R1")
    assert "Parked, to come back to it" in wall(stranger, room).text


def test_nothing_of_a_person_is_on_the_wall(stranger: PageClient, room: Room, lead: Person) -> None:
    """Neither names nor the notes and the owner that the facilitator typed."""
    reveal(room, 2, 2, 2)
    pages = [wall(stranger, room)]
    room.settle("R1", 2, "Reason")
    pages.append(wall(stranger, room))
    for page in pages:
        assert not [name for name in (*NAMES, lead.name, "Lee O’Neill") if name in page.html]


def test_the_end_sums_up(workplace: Workplace, lead: Person, stranger: PageClient, room: Room) -> None:
    reveal(room, 2, 2, 2)
    room.settle("R1", 2, "We have begun.")
    room.step(StepKind.OPEN_ITEM, "R2")
    room.step(StepKind.PARK, "R2")
    room_steps.close_room(workplace, lead, "testshire", room.id, room.seen)
    assert run_room(*room.place, room.id).room.phase is Phase.CLOSED
    page = wall(stranger, room)
    assert "The workshop is over. Thank you." in page.text
    assert "1 item settled 1 item parked 1 item not talked about" in page.text
    assert "Your phone asks three short questions." in page.text
    assert room.code not in page.html


def test_there_is_nothing_to_press_but_the_colours(stranger: PageClient, room: Room) -> None:
    page = wall(stranger, room)
    assert not page.all("form", "button", "input")
    assert [words(each) for each in page.all("a")] == ["Light colours", "Dark colours"]


@pytest.mark.parametrize(
    ("look", "dark"),
    [("", "(prefers-color-scheme: dark)"), ("?dark=1", "always"), ("?light=1", "never")],
)
def test_it_is_dark_as_asked_or_as_the_computer_is(stranger: PageClient, room: Room, look: str, dark: str) -> None:
    page = wall(stranger, room, look)
    sheets = [each for each in page.all("link") if "screen_dark.css" in (each.get("href") or "")]
    assert [each.get("media") or "always" for each in sheets] == ([] if dark == "never" else [dark])


def test_its_address_is_kept_secret(stranger: PageClient, room: Room) -> None:
    answer = wall(stranger, room).response
    assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == ("no-referrer", "no-store")


def test_a_wrong_key_opens_nothing(app: Flask, stranger: PageClient, room: Room) -> None:
    for key in ("made-up", room.keys.live, room.code):
        assert "Page not found" in stranger.get(f"/screen/{key}", 404).heading
