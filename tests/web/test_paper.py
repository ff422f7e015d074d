"""Counting paper ballots: twice, the second time without seeing the first, and only for the vote that is open."""

from __future__ import annotations

import pytest

from audit.core.people import Authority, Person
from audit.core.workshops import AgendaItem, Plan, StepKind
from audit.operations.rooms import run_room
from audit.operations.workplace import Workplace
from tests.rooms import Room
from tests.web.client import Page, PageClient, words
from tests.web.filling import answer, opened

SLUG = "testshire"
COUNTED = {"level_0": "2", "level_3": "4", "level_4": "11", "dont_know": "1", "sure_high": "9"}


@pytest.fixture
def room(workplace: Workplace, lead: Person, testshire: Authority) -> Room:
    """R1 is open for a vote. Three people in the room have a phone that works."""
    audit = opened(workplace, lead)
    plan = Plan("Our day", (AgendaItem("R1", 10), AgendaItem("R5", 8)))
    room = Room(workplace, lead, SLUG, int(audit.rpartition("/")[2]), plan)
    room.open(["A", "B", "C"])
    room.step(StepKind.OPEN_ITEM, "R1")
    return room


@pytest.fixture
def grouped(workplace: Workplace, lead: Person, testshire: Authority) -> Room:
    audit = opened(workplace, lead)
    plan = Plan("Our day", (AgendaItem("R1", 10),), groups=("North", "South"))
    room = Room(workplace, lead, SLUG, int(audit.rpartition("/")[2]), plan)
    room.open(["A"])
    room.step(StepKind.OPEN_ITEM, "R1")
    return room


def ballots(room: Room) -> str:
    return f"/authorities/{SLUG}/workshops/{room.id}/ballots"


def voted(room: Room) -> int:
    return run_room(*room.place, room.id).voted


def enter(client: PageClient, page: Page, then: str, numbers: dict[str, str]) -> Page:
    return client.submit(page.address.partition("?")[0], answer(page, {**numbers, "then": then}))


def test_ballots_count_once_both_counts_are_the_same(client: PageClient, room: Room) -> None:
    page = client.get(ballots(room))
    assert "Paper ballots and votes from phones are added up." in page.text
    page = enter(client, page, "first", COUNTED)
    assert page.heading == "Count the same ballots again"
    assert voted(room) == 0
    assert not any(page.value(name) for name in COUNTED)
    assert "18" not in page.text
    page = enter(client, page, "again", COUNTED)
    assert "18 ballots entered." in page.text
    assert voted(room) == 18
    room.vote([1, 1, 1])
    assert voted(room) == 21
    room.step(StepKind.REVEAL, "R1")
    result = run_room(*room.place, room.id).result
    assert result is not None
    assert result.spread is not None
    assert result.spread.levels == {0: 2, 1: 3, 2: 0, 3: 4, 4: 11}


def test_counts_that_differ_are_named_line_by_line_and_count_for_nothing(client: PageClient, room: Room) -> None:
    page = enter(client, client.get(ballots(room)), "first", COUNTED)
    unlike = {**COUNTED, "level_3": "5", "sure_high": "", "sure_low": "9"}
    page = client.refuse(ballots(room), answer(page, {**unlike, "then": "again"}))
    assert page.heading == "The two counts are not the same"
    named = [words(each) for each in page.all("li") if each.get("class") is None]
    assert [line for line in named if "Level" in line or "ure" in line] == [
        "Level 3, mostly in place",
        "Very sure",
        "Not sure",
    ]
    assert "Level 4" not in page.text
    assert voted(room) == 0
    page = client.get(f"{ballots(room)}?group=")
    assert page.heading == "Count the same ballots again"
    assert "18 ballots entered." in enter(client, page, "again", COUNTED).text


def test_a_first_count_that_was_wrong_is_thrown_away(client: PageClient, room: Room) -> None:
    page = enter(client, client.get(ballots(room)), "first", {"level_1": "3"})
    page = client.submit(ballots(room), answer(page, {"then": "throw"}))
    assert page.heading == "Count paper ballots"
    assert "Counted so far" not in page.text
    page = enter(client, page, "first", COUNTED)
    assert "18 ballots entered." in enter(client, page, "again", COUNTED).text


def test_who_comes_to_count_a_second_time_finds_the_count_that_waits(
    client: PageClient, room: Room, grouped: Room
) -> None:
    enter(client, client.get(ballots(room)), "first", COUNTED)
    assert client.get(ballots(room)).heading == "Count the same ballots again"
    page = client.get(ballots(grouped))
    assert "All ballots together, or those that name no group" in page.text
    enter(client, page, "first", {**COUNTED, "group": "North"})
    page = client.get(ballots(grouped))
    assert page.text.index("Counted so far") < page.text.index("Whose ballots are these?")
    # Those of the group that is counted would count twice.
    assert "All ballots together" not in page.text
    assert "Throw this count away: North" in page.text


def test_the_desk_says_that_ballots_were_counted_only_once(client: PageClient, room: Room) -> None:
    desk = f"/authorities/{SLUG}/workshops/{room.id}/desk"
    says = "Some paper ballots were counted only once."
    assert says not in client.get(desk).text
    page = enter(client, client.get(ballots(room)), "first", COUNTED)
    assert says in client.get(desk).text
    enter(client, page, "again", COUNTED)
    assert says not in client.get(desk).text


def reveals(page: Page, button: str) -> tuple[str, dict[str, str]]:
    """Where a button that reveals sends its form, and what it sends."""
    form = next(each for each in page.all("form") if any(words(inner) == button for inner in each.iter("button")))
    sent = {field.get("name") or "": field.get("value") or "" for field in form.iter("input")}
    return form.get("action") or "", {**sent, "kind": "reveal"}


def test_a_reveal_asks_once_where_ballots_were_counted_only_once(client: PageClient, room: Room) -> None:
    desk = f"/authorities/{SLUG}/workshops/{room.id}/desk"
    before = client.get(desk)
    enter(client, client.get(ballots(room)), "first", COUNTED)
    asked = client.refuse(*reveals(before, "Reveal the votes"), status=409)
    assert asked.heading == "Some paper ballots were counted only once"
    assert asked.link("Count them again") == ballots(room)
    assert run_room(*room.place, room.id).voting is not None
    client.submit(*reveals(asked, "Reveal without these ballots"))
    result = run_room(*room.place, room.id).result
    assert result is not None
    assert (result.voted, result.ballots) == (0, 0)


def test_a_desk_that_shows_the_warning_asks_no_second_time(client: PageClient, grouped: Room) -> None:
    desk = f"/authorities/{SLUG}/workshops/{grouped.id}/desk"
    enter(client, client.get(ballots(grouped)), "first", {**COUNTED, "group": "North"})
    page = client.get(desk)
    assert "Reveal the votes" not in page.text
    assert page.link("Count them again") == ballots(grouped)
    # Another pile has come since the page was shown: about that one nobody was asked.
    enter(client, client.get(ballots(grouped)), "first", {**COUNTED, "group": "South"})
    client.refuse(*reveals(page, "Reveal without these ballots"), status=409)
    client.submit(*reveals(client.get(desk), "Reveal without these ballots"))
    assert run_room(*grouped.place, grouped.id).voting is None


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"level_3": "4.5"}, "“Level 3, mostly in place” must be a whole number from 0 to 500, such as 4."),
        ({"dont_know": "-1"}, "“Don’t know” must be a whole number from 0 to 500, such as 4."),
        ({"level_0": "2", "sure_low": "two"}, "“Not sure” must be a whole number from 0 to 500, such as 4."),
        ({"level_0": "²"}, "“Level 0, not in place” must be a whole number from 0 to 500, such as 4."),
        ({}, "Enter how many ballots there are: all lines are empty."),
        ({"level_0": "400", "level_1": "400"}, "Enter 500 ballots or fewer. These are 800."),
        (
            {"level_0": "2", "sure_high": "3"},
            "How sure people are is counted on 3 ballots, but there are 2.",
        ),
    ],
)
def test_what_is_no_count_is_refused_by_the_name_of_its_line(
    client: PageClient, room: Room, typed: dict[str, str], error: str
) -> None:
    page = client.refuse(ballots(room), answer(client.get(ballots(room)), {**typed, "then": "first"}))
    assert page.errors == [error]
    assert all(page.value(name) == text for name, text in typed.items())
    assert voted(room) == 0


def test_each_group_is_counted_for_itself(client: PageClient, grouped: Room) -> None:
    page = client.get(ballots(grouped))
    refused = client.refuse(ballots(grouped), answer(page, {"level_1": "6", "then": "first"}))
    assert refused.errors == ["Choose a group."]
    for group, number in (("North", "6"), ("South", "5")):
        page = enter(client, client.get(ballots(grouped)), "first", {"group": group, "level_1": number})
        assert f"{group}: counted once" in page.text
        page = enter(client, page, "again", {"level_1": number})
    assert "North 6 ballots entered" in page.text
    assert voted(grouped) == 11
    page = client.get(ballots(grouped))
    sent = answer(page, {"group": "North", "level_1": "9", "then": "first"})
    assert client.refuse(ballots(grouped), sent).errors == ["Choose a group."]
    assert voted(grouped) == 11


def test_two_who_begin_a_first_count_do_not_write_over_each_other(client: PageClient, room: Room) -> None:
    sent = answer(client.get(ballots(room)), {"level_1": "3", "then": "first"})
    client.submit(ballots(room), sent)
    refused = client.refuse(ballots(room), {**sent, "level_1": "4"}, status=409)
    assert "These ballots have been counted already." in refused.text
    page = client.get(f"{ballots(room)}?group=")
    assert "3 ballots entered." in enter(client, page, "again", {"level_1": "3"}).text


@pytest.mark.parametrize("then", ["first", "again", "throw"])
def test_ballots_of_a_vote_that_is_over_are_refused(client: PageClient, room: Room, then: str) -> None:
    sent = answer(client.get(ballots(room)), {**COUNTED, "then": then})
    room.vote([1, 1])
    room.step(StepKind.REVEAL, "R1")
    refused = client.refuse(ballots(room), sent, status=409)
    assert "not open any more, so nothing was counted" in refused.text
    assert "No vote is open now." in refused.text
    room.step(StepKind.PARK, "R1")
    room.step(StepKind.OPEN_ITEM, "R5")
    assert client.refuse(ballots(room), sent, status=409).text.count("not open any more") == 1
    assert voted(room) == 0


def test_a_second_count_without_a_first_is_refused(client: PageClient, room: Room) -> None:
    sent = answer(client.get(ballots(room)), {**COUNTED, "then": "again"})
    assert "There is no first count of these ballots." in client.refuse(ballots(room), sent, status=409).text
