"""Planning workshops: which items, in which order, for how long, and how the room decides."""

from __future__ import annotations

import pytest
from flask import Flask

from audit.core.decisions import DecisionRule, RuleKind
from audit.core.people import Person, Role
from audit.core.workshops import AgendaItem, Basis, Plan, StepKind
from audit.operations import closing, groups, room_steps
from audit.operations.rooms import run_room
from audit.operations.workplace import Workplace
from tests.rooms import Room
from tests.teams import SLUG, contributors, member, rate
from tests.web.client import Page, PageClient, words
from tests.web.conftest import enter
from tests.web.filling import answer, opened, sign_off

AUDIT = f"/authorities/{SLUG}/audits/1"
NEW = f"{AUDIT}/workshops/new"
ALL = f"{NEW}?step=2&basis=all&minutes=10"
MARKUP = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def audit(workplace: Workplace, lead: Person, client: PageClient) -> str:
    return opened(workplace, lead)


def saved(workplace: Workplace, lead: Person, workshop_id: int = 1) -> Plan:
    return run_room(workplace, lead, SLUG, workshop_id).workshop.plan


def change_page(workshop_id: int = 1) -> str:
    return f"/authorities/{SLUG}/workshops/{workshop_id}/plan"


def places(page: Page) -> dict[str, str]:
    """The items with a place, in the order of the table."""
    names = [each.get("name") or "" for each in page.all("input")]
    found = {name.removeprefix("place_"): page.value(name) for name in names if name.startswith("place_")}
    return {item_id: place for item_id, place in found.items() if place}


def contest(workplace: Workplace, lead: Person) -> None:
    """Five people answer three items, R5 with the widest spread, and answering closes."""
    people = contributors(workplace, 5)
    for item_id, levels in (("R2", [2, 2, 2, 2, 2]), ("R5", [0, 0, 4, 4, 4]), ("R9", [1, 2, 2, 3, 4])):
        rate(workplace, 1, item_id, people, levels)
    closing.close_answering(workplace, lead, SLUG, 1)


def test_an_audit_without_workshops_says_what_one_is(client: PageClient) -> None:
    page = client.get(client.get(AUDIT).link("Workshops"))
    assert page.address == f"{AUDIT}/workshops"
    assert "People vote on each from their phones without seeing how others vote" in page.text
    assert client.get(page.link("Plan a workshop")).heading == "Plan a workshop"


def test_a_plan_is_saved_as_it_was_typed(client: PageClient, workplace: Workplace, lead: Person) -> None:
    typed = {
        "title": "  Our   day ",
        "day": "3/12/2026",
        "begins": "9.30",
        "groups": "North\n\n  South   side ",
        "answered": "y",
        "rule": "two_thirds",
        "quorum": "6",
        "place_R12": "1",
        "place_R1": "12",
        "minutes_R12": "25",
        "place_R7": "",
    }
    page = client.submit(ALL, answer(client.get(ALL), typed))
    assert "The workshop is planned." in page.text
    for said in ("Our day", "3 December 2026, 9.30am to 11.35am", "11 conditions, 2 hours 5 minutes", "Two thirds."):
        assert said in page.text
    ids = ["R12", "R2", "R3", "R4", "R5", "R6", "R8", "R9", "R10", "R11", "R1"]
    assert saved(workplace, lead) == Plan(
        title="Our day",
        agenda=tuple(AgendaItem(each, 25 if each == "R12" else 10) for each in ids),
        basis=Basis.CHOSEN,
        rule=DecisionRule(RuleKind.TWO_THIRDS, quorum=6),
        day="2026-12-03",
        begins="09:30",
        groups=("North", "South side"),
        answered_before=True,
    )


def test_what_is_not_typed_has_a_sensible_value(client: PageClient, workplace: Workplace, lead: Person) -> None:
    groups.name_groups(workplace, lead, SLUG, {}, ["Directorate", "Agency"])
    client.submit(ALL, answer(client.get(ALL), {}))
    plan = saved(workplace, lead)
    assert (plan.title, plan.day, plan.begins, plan.groups) == ("Workshop", "", "", ("Agency", "Directorate"))
    assert (plan.basis, plan.minutes, plan.rule) == (Basis.ALL, 120, DecisionRule())
    assert not plan.answered_before


def test_whether_people_answered_alone_is_told_from_the_answers(
    client: PageClient, workplace: Workplace, lead: Person
) -> None:
    assert "So far nobody has begun to answer." in client.get(ALL).text
    rate(workplace, 1, "R1", contributors(workplace, 2)[:1], [2])
    page = client.get(ALL)
    assert "So far 1 of 3 people have begun to answer." in page.text
    client.submit(ALL, answer(page, {}))
    assert saved(workplace, lead).answered_before
    closing.close_answering(workplace, lead, SLUG, 1)
    page = client.get(ALL)
    assert "1 of 3 people answered alone." in page.text
    assert "So far" not in page.text


def test_the_agenda_holds_one_section(client: PageClient, workplace: Workplace, lead: Person) -> None:
    assert "One section" not in client.get(NEW).text, "this bank has one section only"
    opened(workplace, lead, "key-ingredients")
    new = f"/authorities/{SLUG}/audits/2/workshops/new"
    assert "One section" in client.get(new).text
    address = f"{new}?step=2&basis=section&section=culture&minutes=7"
    page = client.get(address)
    assert places(page) == {f"C{number}": str(number) for number in range(1, 7)}
    assert "6 ingredients, 42 minutes together." in page.text
    client.submit(address, answer(page, {}))
    assert saved(workplace, lead).basis is Basis.SECTION
    for section in ("", "nowhere", MARKUP):
        page = client.get(f"{new}?step=2&basis=section&section={section}&minutes=7")
        assert page.errors == ["Choose one of the sections."]


def test_the_agenda_holds_items_that_are_chosen(client: PageClient) -> None:
    page = client.get(f"{NEW}?step=2&basis=chosen&items=R9&items=R2&items=made-up&minutes=5")
    assert places(page) == {"R2": "1", "R9": "2"}
    page = client.get(f"{NEW}?step=2&basis=chosen&items=made-up&minutes=5")
    assert page.errors == ["Choose at least one condition."]


def test_the_most_contested_come_first_once_answering_is_closed(
    client: PageClient, workplace: Workplace, lead: Person
) -> None:
    address = f"{NEW}?step=2&basis=contested&most=2&minutes=10"
    page = client.get(address)
    assert page.errors == ["Choose what you will talk about."]
    assert "Close answering to see on which items they agree least." in page.text
    contest(workplace, lead)
    page = client.get(address)
    assert next(iter(places(page))) == "R5"
    assert len(places(page)) == 2
    client.submit(address, answer(page, {}))
    assert saved(workplace, lead).basis is Basis.CONTESTED
    page = client.get(change_page())
    client.submit(change_page(), answer(page, {"place_R1": "9"}))
    assert saved(workplace, lead).basis is Basis.CONTESTED, "what is left still tells of the answers"


@pytest.mark.parametrize("most", ["", "0", "13", "-1", "two", "2.5", "9" * 10])
def test_how_many_contested_items_is_a_whole_number(
    client: PageClient, workplace: Workplace, lead: Person, most: str
) -> None:
    contest(workplace, lead)
    page = client.get(f"{NEW}?step=2&basis=contested&most={most}&minutes=10")
    assert page.errors == ["“How many of them” must be a whole number from 1 to 12."]
    assert page.value("most") == most


@pytest.mark.parametrize("minutes", ["", "0", "-1", "121", "1e9", "1000000000", "ten", "٣"])
def test_minutes_are_a_whole_number(client: PageClient, minutes: str) -> None:
    page = client.get(f"{NEW}?step=2&basis=all&minutes={minutes}")
    assert page.errors == ["“Minutes for each condition” must be a whole number from 1 to 120."]
    page = client.refuse(ALL, answer(client.get(ALL), {"minutes_R3": minutes}))
    assert page.errors == ["The minutes for R3 must be a whole number from 1 to 120."]
    assert page.value("minutes_R3") == minutes
    assert "The time of all together is shown once places and minutes are right." in page.text


def test_minutes_of_what_is_left_out_do_not_matter(client: PageClient, workplace: Workplace, lead: Person) -> None:
    client.submit(ALL, answer(client.get(ALL), {"place_R3": "", "minutes_R3": "soon"}))
    assert "R3" not in saved(workplace, lead).item_ids


@pytest.mark.parametrize("place", ["0", "-1", "first", "1.5", "1000", MARKUP])
def test_a_place_is_a_whole_number(client: PageClient, place: str) -> None:
    page = client.refuse(ALL, answer(client.get(ALL), {"place_R3": place}))
    assert page.errors == ["The place of R3 must be a whole number from 1. Empty it to leave R3 out."]


def test_two_items_cannot_have_one_place(client: PageClient) -> None:
    page = client.refuse(ALL, answer(client.get(ALL), {"place_R3": "1", "place_R4": "1"}))
    said = "has the same place as R1. Give each a place of its own."
    assert page.errors == [f"R3 {said}", f"R4 {said}"]


def test_errors_are_summed_up_in_the_order_of_the_page(client: PageClient) -> None:
    wrong = {"title": "", "day": "soon", "place_R1": "x", "minutes_R2": "0", "groups": "x" * 61, "quorum": "x"}
    page = client.refuse(ALL, answer(client.get(ALL), wrong))
    begins = [
        "Enter a title",
        "“Day” must be",
        "The place of R1",
        "The minutes for R2",
        "The name of group 1",
        "“Quorum”",
    ]
    assert len(page.errors) == len(begins)
    for said, beginning in zip(page.errors, begins, strict=True):
        assert said.startswith(beginning)


def test_an_agenda_has_an_item(client: PageClient) -> None:
    page = client.get(ALL)
    page = client.refuse(ALL, answer(page, {f"place_{item_id}": "" for item_id in places(page)}))
    assert page.errors == ["Give at least one condition a place on the agenda."]


def test_the_order_and_the_time_can_be_seen_before_saving(
    client: PageClient, workplace: Workplace, lead: Person
) -> None:
    typed = {"place_R12": "1", "place_R1": "20", "minutes_R12": "25", "title": "Our day", "then": "look"}
    page = client.refuse(ALL, answer(client.get(ALL), typed))
    assert not page.errors
    assert [words(each).split()[0] for each in page.all("th") if each.get("scope") == "row"] == [
        *("R12", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10", "R11", "R1")
    ]
    assert "12 conditions, 2 hours 15 minutes together." in page.text
    assert page.value("title") == "Our day"
    assert "No workshop is planned yet." in client.get(f"{AUDIT}/workshops").text


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("title", "", "Enter a title for the workshop."),
        ("title", "x" * 10_000, "“Title” must be 120 characters or fewer. You have entered 10,000."),
        ("title", "Day\u202eyad", "“Title” holds a character that cannot be seen. Type it again."),
        ("day", "soon", "“Day” must be a date such as 21 November 2026. You can leave it empty."),
        ("day", "31/2/2026", "“Day” must be a date such as 21 November 2026. You can leave it empty."),
        ("begins", "25:00", "“Begins at” must be a time such as 9:30 or 14:00. You can leave it empty."),
        ("begins", "at nine", "“Begins at” must be a time such as 9:30 or 14:00. You can leave it empty."),
        ("quorum", "-1", "“Quorum” must be a whole number from 1 to 999. Leave it empty for none."),
        ("quorum", "1e3", "“Quorum” must be a whole number from 1 to 999. Leave it empty for none."),
        ("quorum", "5", "A quorum needs a rule by which votes decide. Choose another rule, or leave it empty."),
        ("rule", "loudest", "Choose how the room decides."),
    ],
)
def test_each_field_says_what_would_be_right(client: PageClient, name: str, text: str, error: str) -> None:
    page = client.refuse(ALL, answer(client.get(ALL), {name: text}))
    assert page.errors == [error]
    if name != "rule":
        assert page.value(name) == text


@pytest.mark.parametrize("text", ["", "0", "0.00", "1.01", "2", "-0.5", "half", "80%", "0,8", "1e-1", "٠.٥", "nan"])
def test_a_consensus_is_a_number_up_to_one(client: PageClient, text: str) -> None:
    page = client.refuse(ALL, answer(client.get(ALL), {"rule": "consensus", "consensus": text}))
    assert page.errors == ["“Consensus that is needed” must be a number from 0.01 to 1.00, such as 0.80."]


@pytest.mark.parametrize(
    ("text", "hundredths"), [("0.01", 1), (".5", 50), ("0.8", 80), ("0.85", 85), ("1", 100), ("1.00", 100)]
)
def test_the_consensus_is_kept_in_hundredths(
    client: PageClient, workplace: Workplace, lead: Person, text: str, hundredths: int
) -> None:
    client.submit(ALL, answer(client.get(ALL), {"rule": "consensus", "consensus": text}))
    assert saved(workplace, lead).rule == DecisionRule(RuleKind.CONSENSUS, consensus=hundredths)


def test_a_consensus_matters_only_where_the_rule_asks_for_one(
    client: PageClient, workplace: Workplace, lead: Person
) -> None:
    client.submit(ALL, answer(client.get(ALL), {"rule": "median", "consensus": "half"}))
    assert saved(workplace, lead).rule == DecisionRule(RuleKind.MEDIAN)


@pytest.mark.parametrize(
    ("lines", "errors"),
    [
        ("\n".join(f"Group {number}" for number in range(13)), ["Enter 12 groups or fewer. You have entered 13."]),
        ("North\n" + "x" * 61, ["The name of group 2 must be 60 characters or fewer. It has 61."]),
        ("North\nnorth", ["Groups 1 and 2 are both called “north”. Give each a name of its own."]),
        ("North\x07", ["The name of group 1 holds a character that cannot be seen. Type it again."]),
        ("people without a GROUP", ["Choose another name for group 1."]),
    ],
)
def test_groups_are_few_short_and_told_apart(client: PageClient, lines: str, errors: list[str]) -> None:
    page = client.refuse(ALL, answer(client.get(ALL), {"groups": lines}))
    assert len(page.errors) == len(errors)
    for error in errors:
        assert error in page.text


def test_twelve_groups_of_sixty_characters_are_kept(client: PageClient, workplace: Workplace, lead: Person) -> None:
    names = tuple(f"{number:02}".ljust(60, "x") for number in range(12))
    client.submit(ALL, answer(client.get(ALL), {"groups": "\r\n".join(names)}))
    assert saved(workplace, lead).groups == names


def test_markup_is_shown_as_it_was_typed(client: PageClient, workplace: Workplace, lead: Person) -> None:
    page = client.submit(ALL, answer(client.get(ALL), {"title": MARKUP, "groups": MARKUP}))
    assert MARKUP in page.text
    page = client.get(change_page())
    assert (page.value("title"), page.value("groups")) == (MARKUP, MARKUP)
    assert not [each for each in page.all("script") if "alert" in (each.text or "")]


def test_a_plan_is_changed(client: PageClient, workplace: Workplace, lead: Person) -> None:
    client.submit(ALL, answer(client.get(ALL), {"rule": "median", "quorum": "4", "day": "3 December 2026"}))
    page = client.get(client.get(f"{AUDIT}/workshops").link("Change the plan of Workshop"))
    assert (page.heading, page.value("day"), page.value("quorum")) == ("Change the plan", "3 December 2026", "4")
    page = client.submit(page.address, answer(page, {"title": "Half a day", "day": "", "place_R2": "", "quorum": ""}))
    assert "The plan is saved." in page.text
    plan = saved(workplace, lead)
    assert (plan.title, plan.day, plan.basis, plan.rule) == (
        "Half a day",
        "",
        Basis.CHOSEN,
        DecisionRule(RuleKind.MEDIAN),
    )
    assert len(plan.agenda) == 11


def test_of_two_who_change_a_plan_the_second_is_told(client: PageClient, workplace: Workplace, lead: Person) -> None:
    client.submit(ALL, answer(client.get(ALL), {"title": "Our day"}))
    page = client.get(change_page())
    client.submit(page.address, answer(page, {"title": "Theirs"}))
    late = client.refuse(page.address, answer(page, {"title": "Mine"}))
    assert "Somebody else has changed this plan" in late.text
    assert (late.value("title"), saved(workplace, lead).title) == ("Mine", "Theirs")
    client.submit(late.address, answer(late, {}))
    assert saved(workplace, lead).title == "Mine"


def test_items_are_chosen_afresh_and_the_rest_stays(client: PageClient, workplace: Workplace, lead: Person) -> None:
    client.submit(ALL, answer(client.get(ALL), {"title": "Our day", "rule": "majority"}))
    page = client.get(client.get(change_page()).link("Choose what to talk about afresh"))
    assert page.heading == "Choose what to talk about"
    address = f"{change_page()}?step=2&basis=chosen&items=R4&minutes=15"
    client.submit(address, answer(client.get(address), {}))
    plan = saved(workplace, lead)
    assert (plan.title, plan.rule.kind) == ("Our day", RuleKind.MAJORITY)
    assert plan.agenda == (AgendaItem("R4", 15),)


def test_the_page_says_what_opening_the_room_does(client: PageClient, workplace: Workplace, lead: Person) -> None:
    assert "When you open the room on the day, answering closes" in client.get(ALL).text
    closing.close_answering(workplace, lead, SLUG, 1)
    assert "answering closes" not in client.get(ALL).text


@pytest.fixture
def room(workplace: Workplace, lead: Person) -> Room:
    """A room over R1 and R2, of which R1 is settled and R2 parked."""
    made = Room(workplace, lead, SLUG, 1, Plan("Day", (AgendaItem("R1", 10), AgendaItem("R2", 10))))
    made.open(["Ann", "Bob", "Cat"])
    made.step(StepKind.OPEN_ITEM, "R1")
    made.vote([1, 2, 3])
    made.step(StepKind.REVEAL, "R1")
    made.settle("R1", 2, "We agree.")
    made.step(StepKind.OPEN_ITEM, "R2")
    made.step(StepKind.PARK, "R2")
    return made


def test_the_list_says_how_far_each_has_come(client: PageClient, room: Room) -> None:
    page = client.get(f"{AUDIT}/workshops")
    assert "Room open" in page.text
    assert "1 of 2 settled, 1 parked" in page.text
    room_steps.close_room(*room.place, room.id, room.seen)
    page = client.get(f"{AUDIT}/workshops")
    assert "Closed" in page.text
    assert "Change the plan" not in page.text


def test_in_an_open_room_the_rule_stays_and_the_rest_changes(client: PageClient, room: Room) -> None:
    page = client.get(change_page())
    assert "The decision rule stays as people were told" in page.text
    assert "rule" not in answer(page, {})
    client.submit(change_page(), answer(page, {"title": "New", "place_R3": "3"}))
    assert saved(*room.place[:2]).item_ids == ("R1", "R2", "R3")


def test_what_was_opened_cannot_be_left_out_and_nothing_typed_is_lost(client: PageClient, room: Room) -> None:
    typed = answer(client.get(change_page()), {"title": "New", "place_R1": ""})
    page = client.refuse(change_page(), typed)
    assert page.errors == ["R1 was opened already, so it stays on the agenda."]
    assert "What you typed is still here." in page.text
    assert page.value("title") == "New"
    assert saved(*room.place[:2]).title == "Day"


def test_an_item_that_was_skipped_without_a_vote_leaves_the_agenda(client: PageClient, room: Room) -> None:
    client.submit(change_page(), answer(client.get(change_page()), {"place_R3": "3"}))
    room.step(StepKind.SKIP, "R3")
    client.submit(change_page(), answer(client.get(change_page()), {"place_R3": ""}))
    assert saved(*room.place[:2]).item_ids == ("R1", "R2")
    room_steps.undo(*room.place, room.id, room.seen)
    room_steps.close_room(*room.place, room.id, room.seen)
    client.get(f"/authorities/{SLUG}/workshops/1/record")


def test_a_refusal_leads_to_the_workshop_that_it_speaks_of(client: PageClient, room: Room) -> None:
    here = f"/authorities/{SLUG}/workshops/1"
    index = "Go to the workshops of this audit"
    assert client.get(f"{here}/record", 409).link("Go to the desk of the workshop") == f"{here}/desk"
    assert client.refuse(f"{AUDIT}/team/open", {}, 409).link(index) == f"{AUDIT}/workshops"
    assert client.get(f"{AUDIT}/sign-off", 409).link(index) == f"{AUDIT}/workshops"
    assert index not in client.get(f"{AUDIT}/reopen", 409).text, "that has nothing to do with a workshop"


def test_a_rule_chosen_before_the_room_was_opened_is_refused(
    client: PageClient, workplace: Workplace, lead: Person
) -> None:
    room = Room(workplace, lead, SLUG, 1, Plan("Day", (AgendaItem("R1", 10),)))
    typed = answer(client.get(change_page()), {"rule": "median"})
    room.open([])
    page = client.refuse(change_page(), typed)
    assert page.errors == ["The room is open, so the decision rule stays as people were told."]
    room_steps.close_room(*room.place, room.id, room.seen)
    page = client.refuse(change_page(), typed)
    assert page.errors == ["The workshop is closed. Its plan stays as it was."]
    assert client.browser.get(change_page()).location == f"{AUDIT}/workshops"


def test_a_signed_audit_takes_no_plan(client: PageClient, workplace: Workplace) -> None:
    client.submit(ALL, answer(client.get(ALL), {}))
    typed = answer(client.get(ALL), {})
    sign_off(workplace, AUDIT)
    assert "no workshop over it can be planned" in client.refuse(ALL, typed, status=409).text
    client.refuse(change_page(), typed, status=409)
    page = client.get(f"{AUDIT}/workshops")
    assert "Plan another workshop" not in page.text
    assert "Change the plan" not in page.text


def test_contributors_and_viewers_plan_nothing(app: Flask, workplace: Workplace, client: PageClient) -> None:
    client.submit(ALL, answer(client.get(ALL), {}))
    for name, role in (("Ann", Role.CONTRIBUTOR), ("Vi", Role.VIEWER)):
        visitor = enter(app, workplace, member(workplace, name, role).email)
        for path in (f"{AUDIT}/workshops", NEW, change_page()):
            visitor.get(path, status=403)
    fay = enter(app, workplace, member(workplace, "Fay", Role.FACILITATOR).email)
    fay.submit(ALL, answer(fay.get(ALL), {}))


def test_a_workshop_that_is_not_there_is_not_found(client: PageClient) -> None:
    client.get(change_page(99), status=404)
    client.get(f"/authorities/{SLUG}/audits/99/workshops", status=404)
