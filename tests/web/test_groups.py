"""The page of groups, and of how few people are shown."""

from __future__ import annotations

from flask import Flask

from audit.core.people import Person, Role
from audit.operations import groups
from audit.operations.workplace import Workplace
from tests.teams import SLUG, member
from tests.web.client import PageClient
from tests.web.conftest import enter
from tests.web.filling import opened

PAGE = f"/authorities/{SLUG}/groups"


def test_groups_are_named_filled_and_removed(workplace: Workplace, lead: Person, client: PageClient) -> None:
    ann = member(workplace, "Ann")
    client.get(PAGE)
    page = client.submit(f"{PAGE}/names", {"new_1": "Directorate", "new_2": "  Partner   agency "})
    assert "The groups are saved." in page.text
    assert [page.value("group_1"), page.value("group_2")] == ["Directorate", "Partner agency"]
    client.submit(f"{PAGE}/people", {f"person_{ann.id}": "2", f"person_{lead.id}": ""})
    assert dict(groups.groups_of(workplace, lead, SLUG).group_of) == {ann.id: 2}
    client.submit(f"{PAGE}/names", {"group_1": "Directorate", "group_2": ""})
    found = groups.groups_of(workplace, lead, SLUG)
    assert (dict(found.names), dict(found.group_of)) == ({1: "Directorate"}, {})


def test_two_groups_cannot_have_one_name(workplace: Workplace, client: PageClient, lead: Person) -> None:
    client.get(PAGE)
    page = client.refuse(f"{PAGE}/names", {"new_1": "Directorate", "new_2": "directorate"})
    assert page.errors == ["Two groups have this name. Give each a name of its own."] * 2
    assert page.value("new_1") == "Directorate"
    page = client.refuse(f"{PAGE}/names", {"new_1": "people without a group"})
    assert "Choose another name." in page.errors[0]
    assert dict(groups.groups_of(workplace, lead, SLUG).names) == {}


def test_people_and_groups_that_are_not_here_are_not_found(client: PageClient, lead: Person) -> None:
    client.get(PAGE)
    client.refuse(f"{PAGE}/people", {"person_999": ""}, status=404)
    client.refuse(f"{PAGE}/people", {f"person_{lead.id}": "99"}, status=404)


def test_the_threshold_is_a_whole_number_from_three_to_fifty_or_unset(client: PageClient) -> None:
    client.get(PAGE)
    for wrong in ("2", "51", "-3", "three", "3.5", "٣"):
        page = client.refuse(f"{PAGE}/threshold", {"smallest": wrong})
        assert page.errors == ["Enter a whole number from 3 to 50, or leave it empty."]
        assert page.value("smallest") == wrong
    assert client.submit(f"{PAGE}/threshold", {"smallest": "3"}).value("smallest") == "3"
    page = client.submit(f"{PAGE}/threshold", {"smallest": ""})
    assert page.value("smallest") == ""
    assert "fewer than 5 of its people" in page.text


def test_a_facilitator_names_groups_and_leaves_the_threshold_alone(
    app: Flask, workplace: Workplace, client: PageClient
) -> None:
    fay = enter(app, workplace, member(workplace, "Fay", Role.FACILITATOR).email)
    page = fay.get(PAGE)
    assert "Only a lead can change this." in page.text
    fay.refuse(f"{PAGE}/threshold", {"smallest": "3"}, status=403)
    ann = enter(app, workplace, member(workplace, "Ann").email)
    ann.get(PAGE, status=403)


def test_who_answers_alone_reads_so(client: PageClient, workplace: Workplace, lead: Person) -> None:
    audit = opened(workplace, lead)
    assert "You are the only one who answers so far" in client.get(audit).text
    member(workplace, "Ann")
    text = client.get(audit).text
    assert "Where fewer than 5 people answered" in text
    groups.set_threshold(workplace, lead, SLUG, 8)
    assert "Where fewer than 8 people answered" in client.get(audit).text
