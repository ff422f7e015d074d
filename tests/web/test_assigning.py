"""Assigning items on a page, what is yours to do, and what the page of an item says of it."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from audit.core.people import Person, Role
from audit.operations import sign_in
from audit.operations.assigning import assign, assignments_of
from audit.operations.workplace import Workplace
from audit.store import people
from audit.store.connection import write
from tests.clock import Clock
from tests.web.client import Page, PageClient, words
from tests.web.conftest import enter
from tests.web.filling import answer, fields, opened, sign_off


@pytest.fixture
def audit(workplace: Workplace, lead: Person, client: PageClient) -> str:
    return opened(workplace, lead)


def join(workplace: Workplace, name: str, role: Role = Role.CONTRIBUTOR, address: str = "") -> Person:
    link = sign_in.issue_link(workplace, f"{address or name.lower()}@testshire.gov.uk", name)
    person = sign_in.person_of_link(workplace, link)
    with workplace.registry() as registry, write(registry):
        people.add_membership(registry, person.id, "testshire", role)
    return person


def asked(workplace: Workplace, lead: Person) -> dict[str, list[str]]:
    found = assignments_of(workplace, lead, "testshire", 1).by_item
    return {name: [each.name for each in those] for name, those in found.items()}


def titles(page: Page, heading: str) -> list[str]:
    """The titles of the tasks below a heading of the task list."""
    parts: list[Element] = [each for each in page.first("main").iter() if each.tag in ("h2", "ul")]
    at = next(number for number, each in enumerate(parts) if words(each) == heading)
    return [words(each).split()[0] for each in parts[at + 1].iter("li")]


def test_one_list_for_each_item_and_prompt_is_saved_at_once(
    client: PageClient, workplace: Workplace, lead: Person, audit: str
) -> None:
    ann, bob = join(workplace, "Ann"), join(workplace, "Bob")
    page = client.get(client.get(audit).link("Who answers what"))
    assert {name for name in fields(page) if name.startswith("choice-")} == {
        f"choice-{name}" for name in [*(f"R{number}" for number in range(1, 13)), "S1", "S2", "S3"]
    }
    page = client.submit(
        f"{audit}/assigning",
        answer(page, {"choice-R1": str(ann.id), "choice-R2": str(bob.id), "choice-S1": str(bob.id)}),
    )
    assert "Saved: 3 changes." in page.text
    assert asked(workplace, lead) == {"R1": ["Ann"], "R2": ["Bob"], "S1": ["Bob"]}
    page = client.submit(f"{audit}/assigning", answer(page, {"choice-R1": "", "choice-R2": str(ann.id)}))
    assert "Saved: 3 changes." in page.text
    assert asked(workplace, lead) == {"R2": ["Ann"], "S1": ["Bob"]}
    page = client.submit(f"{audit}/assigning", fields(page))
    assert "Nothing was changed." in page.text


def test_one_person_gets_many_items_and_keeps_those_shared_with_others(
    client: PageClient, workplace: Workplace, lead: Person, audit: str
) -> None:
    ann, bob = join(workplace, "Ann"), join(workplace, "Bob")
    assign(workplace, lead, "testshire", 1, [("R1", bob.id)])
    page = client.get(client.get(f"{audit}/assigning").link("Choose for Ann"))
    assert "Assigned to Bob" in page.text
    path = f"{audit}/assigning/people/{ann.id}"
    client.submit(path, {"shown": "", "asked": ["R1", "R3", "no such item"]})
    assert asked(workplace, lead) == {"R1": ["Ann", "Bob"], "R3": ["Ann"]}
    page = client.get(f"{audit}/assigning")
    assert page.html.count("As it is: assigned to Ann and Bob") == 1
    client.submit(f"{audit}/assigning", fields(page))
    assert asked(workplace, lead) == {"R1": ["Ann", "Bob"], "R3": ["Ann"]}
    client.get(path)
    client.submit(path, {"shown": "R1 R3", "asked": ["R3"]})
    assert asked(workplace, lead) == {"R1": ["Bob"], "R3": ["Ann"]}


def test_two_leads_at_once_do_not_undo_each_other(
    client: PageClient, workplace: Workplace, lead: Person, audit: str
) -> None:
    ann, bob = join(workplace, "Ann"), join(workplace, "Bob")
    page = client.get(f"{audit}/assigning")
    assign(workplace, lead, "testshire", 1, [("R5", bob.id)])
    client.submit(f"{audit}/assigning", answer(page, {"choice-R1": str(ann.id)}))
    assert asked(workplace, lead) == {"R5": ["Bob"], "R1": ["Ann"]}


def test_a_choice_that_is_gone_is_asked_again_and_nothing_is_lost(
    client: PageClient, workplace: Workplace, lead: Person, audit: str
) -> None:
    ann, bob = join(workplace, "Ann"), join(workplace, "Bob")
    page = client.get(f"{audit}/assigning")
    join(workplace, "Bob", Role.VIEWER)
    sent = answer(page, {"choice-R1": str(ann.id), "choice-R2": str(bob.id)})
    page = client.refuse(f"{audit}/assigning", sent)
    assert page.errors == ["Who answers R2 was changed while you were choosing. Choose again."]
    assert fields(page)["choice-R1"] == str(ann.id)
    assert asked(workplace, lead) == {}


def test_who_has_left_is_named_and_two_of_a_name_are_told_apart(
    client: PageClient, workplace: Workplace, lead: Person, audit: str
) -> None:
    ann = join(workplace, "Ann")
    join(workplace, "Sam Same", address="sam1")
    join(workplace, "Sam Same", address="sam2")
    assign(workplace, lead, "testshire", 1, [("R1", ann.id)])
    with workplace.registry() as registry, write(registry):
        registry.execute("DELETE FROM memberships WHERE person_id = ?", [ann.id])
    page = client.get(f"{audit}/assigning")
    assert "As it is: was assigned to Ann, who has left" in page.text
    assert "Choose for Sam Same (sam1@testshire.gov.uk)" in page.text
    assert "Choose for Ann" not in page.text
    client.get(f"{audit}/assigning/people/{ann.id}", 404)


def test_twenty_people_and_twenty_ingredients_fit_on_a_page(
    client: PageClient, workplace: Workplace, lead: Person
) -> None:
    audit = opened(workplace, lead, "key-ingredients")
    everyone = [join(workplace, f"Person{number}") for number in range(20)]
    page = client.get(f"{audit}/assigning")
    assert len(page.html) < 300_000
    names = [f"{part}{number}" for part, most in (("T", 6), ("C", 6), ("W", 8)) for number in range(1, most + 1)]
    choices = {f"choice-{name}": str(person.id) for name, person in zip(names, everyone, strict=True)}
    page = client.submit(f"{audit}/assigning", answer(page, choices))
    assert "Saved: 20 changes." in page.text


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.VIEWER])
def test_only_those_who_manage_see_the_page(app: Flask, workplace: Workplace, audit: str, role: Role) -> None:
    person = join(workplace, "Ann", role)
    ann = enter(app, workplace, person.email)
    ann.get(f"{audit}/assigning", 403)
    ann.get(f"{audit}/assigning/people/{person.id}", 403)


def test_after_closing_the_page_only_tells(client: PageClient, workplace: Workplace, lead: Person, audit: str) -> None:
    ann = join(workplace, "Ann")
    assign(workplace, lead, "testshire", 1, [("R1", ann.id)])
    page = client.get(f"{audit}/assigning")
    sign_off(workplace, audit)
    client.refuse(f"{audit}/assigning", answer(page, {"choice-R1": ""}), 409)
    page = client.get(f"{audit}/assigning")
    assert "Answering is closed" in page.text
    assert "Assigned to Ann" in page.text
    assert not list(page.first("main").iter("form"))


def test_what_is_yours_to_do_comes_first_and_what_is_left_before_what_is_done(
    app: Flask, workplace: Workplace, lead: Person, audit: str
) -> None:
    person = join(workplace, "Ann")
    ann = enter(app, workplace, person.email)
    assert "Yours to do" not in ann.get(audit).text
    assign(workplace, lead, "testshire", 1, [("R2", person.id), ("R7", person.id), ("S1", person.id)])
    page = ann.get(audit)
    assert titles(page, "Yours to do") == ["R2", "R7", "S1"]
    assert "Assigned to you. 3 of 3 left." in page.text
    everything = [
        words(each).split()[0] for each in page.all("li") if "govuk-task-list__item" in (each.get("class") or "")
    ]
    assert sorted(everything[:15]) == sorted([*(f"R{number}" for number in range(1, 13)), "S1", "S2", "S3"])
    assert everything[:3] == ["R2", "R7", "S1"]
    ann.submit(f"{audit}/items/R2", answer(ann.get(f"{audit}/items/R2"), {"rating": "2"}))
    assert titles(ann.get(audit), "Yours to do") == ["R7", "S1", "R2"]


def test_the_page_of_an_item_says_what_an_assignment_means(
    app: Flask, client: PageClient, workplace: Workplace, lead: Person, audit: str
) -> None:
    ann, bob, cat = (join(workplace, name) for name in ("Ann", "Bob", "Cat"))
    visitor = enter(app, workplace, ann.email)
    assign(workplace, lead, "testshire", 1, [("R1", ann.id), ("R2", ann.id), ("R2", bob.id), ("S1", ann.id)])
    alone = "Assigned to you. What you write counts for the team until it is settled."
    assert alone in visitor.get(f"{audit}/items/R1").text
    assert alone in visitor.get(f"{audit}/prompts/S1").text
    assert "Assigned to you and 1 other." in visitor.get(f"{audit}/items/R2").text
    assign(workplace, lead, "testshire", 1, [("R2", cat.id)])
    assert "Assigned to you and 2 others." in visitor.get(f"{audit}/items/R2").text
    assert "Assigned to you" not in visitor.get(f"{audit}/items/R3").text
    assert "Assigned to you" not in client.get(f"{audit}/items/R1").text


def test_an_answer_from_before_is_the_persons_to_make_the_teams(
    app: Flask, workplace: Workplace, lead: Person, audit: str, clock: Clock
) -> None:
    ann = join(workplace, "Ann")
    visitor, before = enter(app, workplace, ann.email), "You wrote this answer before"
    page = visitor.get(f"{audit}/items/R2")
    visitor.submit(f"{audit}/items/R2", answer(page, {"rating": "2"}))
    clock.move(minutes=1)
    assign(workplace, lead, "testshire", 1, [("R2", ann.id), ("R3", ann.id)])
    assert before not in visitor.get(f"{audit}/items/R3").text
    page = visitor.get(f"{audit}/items/R2")
    assert f"{before}, so it still counts as one among others. Save it again" in page.text
    visitor.submit(f"{audit}/items/R2", fields(page))
    assert before not in visitor.get(f"{audit}/items/R2").text
