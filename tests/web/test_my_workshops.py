"""A consultant's desk: the workshops of all her authorities, and using the agenda of one again."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from audit.core.audits import AuditDetails
from audit.core.decisions import DecisionRule, RuleKind
from audit.core.people import Person, Role
from audit.core.workshops import AgendaItem, Basis, Plan
from audit.operations import authorities, sign_in, workshops
from audit.operations.audits import open_audit
from audit.operations.rooms import run_room
from audit.operations.workplace import Workplace
from audit.store import people
from audit.store.connection import write
from tests.teams import SLUG, member
from tests.web.client import PageClient
from tests.web.conftest import enter
from tests.web.filling import answer, opened, sign_off

PAGE = "/workshops"
OTHER = "othershire"
PLAN = Plan(
    title="Testshire and its troubles",
    agenda=(AgendaItem("R9", 12), AgendaItem("R2", 7)),
    basis=Basis.CHOSEN,
    rule=DecisionRule(RuleKind.MAJORITY, quorum=4),
    day="2026-12-03",
    groups=("Testshire North",),
)


def again(visitor: PageClient, title: str = PLAN.title) -> str:
    """Where the agenda of a workshop of Testshire can be used again."""
    return visitor.get(PAGE).link(f"Use this agenda again of {title}, Testshire")


def key_of(address: str) -> str:
    return parse_qs(urlsplit(address).query)["again"][0]


@pytest.fixture
def fay(app: Flask, workplace: Workplace, lead: Person, client: PageClient) -> PageClient:
    """A consultant of two authorities, each with an audit on the same bank, signed in."""
    person = member(workplace, "Fay", Role.FACILITATOR)
    otto = sign_in.person_of_link(workplace, sign_in.issue_link(workplace, "otto@othershire.gov.uk", "Otto"))
    authorities.create_authority(workplace, otto, "Othershire")
    with workplace.registry() as registry, write(registry):
        people.add_membership(registry, person.id, OTHER, Role.FACILITATOR)
    opened(workplace, lead)
    open_audit(workplace, otto, OTHER, AuditDetails("recommendations", "Spring 2027"))
    return enter(app, workplace, person.email)


def test_without_a_workshop_the_page_says_what_one_is(fay: PageClient) -> None:
    page = fay.get(PAGE)
    assert "vote on each from their phones" in page.text
    assert "open an audit of one of your authorities" in page.text


def test_workshops_of_all_authorities_are_listed_with_the_ways_on(
    fay: PageClient, workplace: Workplace, lead: Person
) -> None:
    workshops.plan_workshop(workplace, lead, SLUG, 1, PLAN)
    person = sign_in.person_of_link(workplace, sign_in.issue_link(workplace, "fay@testshire.gov.uk"))
    workshops.plan_workshop(workplace, person, OTHER, 1, Plan("Spring day", (AgendaItem("R1", 5),)))
    page = fay.get(fay.get("/authorities").link("Your workshops"))
    titles = ["".join(each.itertext()).strip() for each in page.all("h2") if "card" in (each.get("class") or "")]
    assert titles == ["Testshire: Testshire and its troubles", "Othershire: Spring day"], "those with a day come first"
    for said in ("3 December 2026", "2 conditions, 19 minutes".replace("2", "two", 1).capitalize(), "Planned"):
        assert said in page.text
    assert fay.get(page.link("Change the plan of Spring day, Othershire")).value("title") == "Spring day"


def test_an_agenda_is_used_again_by_another_authority(fay: PageClient, workplace: Workplace, lead: Person) -> None:
    workshops.plan_workshop(workplace, lead, SLUG, 1, PLAN)
    page = fay.get(fay.get(PAGE).link("Use this agenda again of Testshire and its troubles, Testshire"))
    assert "Title, day and groups stay behind" in page.text
    page = fay.get(page.link("Othershire: Spring 2027, whole service"))
    assert page.address.startswith(f"/authorities/{OTHER}/audits/1/workshops/new")
    assert [page.value(name) for name in ("place_R9", "place_R2", "minutes_R9", "place_R1")] == ["1", "2", "12", ""]
    assert [page.value(name) for name in ("title", "day", "groups", "quorum")] == ["Workshop", "", "", "4"]
    for of_testshire in ("testshire", "troubles"):
        # Also in no link and no hidden field, for the page may be on the wall.
        assert of_testshire not in page.html.lower(), "a page of one authority names no other"
        assert of_testshire not in page.address.lower()
    fay.submit(page.address, answer(page, {}))
    person = sign_in.person_of_link(workplace, sign_in.issue_link(workplace, "fay@testshire.gov.uk"))
    plan = run_room(workplace, person, OTHER, 1).workshop.plan
    assert (plan.agenda, plan.rule, plan.groups) == (PLAN.agenda, PLAN.rule, ())


def test_of_contested_items_only_the_rule_comes_along(fay: PageClient, workplace: Workplace, lead: Person) -> None:
    contested = Plan("Day", PLAN.agenda, Basis.CONTESTED, PLAN.rule)
    workshops.plan_workshop(workplace, lead, SLUG, 1, contested)
    key = key_of(again(fay, "Day"))
    page = fay.get(again(fay, "Day"))
    assert "Only the decision rule comes along." in page.text
    page = fay.get(page.link("Othershire: Spring 2027, whole service"))
    assert "Only the rule comes along: its conditions were picked by how far people disagree" in page.text
    assert page.value("from") == key
    assert "testshire" not in page.html.lower()
    address = f"/authorities/{OTHER}/audits/1/workshops/new?from={key}&step=2&basis=chosen&items=R1&minutes=10"
    page = fay.get(address)
    assert [page.value(name) for name in ("place_R1", "place_R9", "quorum")] == ["1", "", "4"]
    assert "The decision rule comes from the workshop that you chose. Title," in page.text


def test_only_audits_of_the_same_bank_that_are_open_are_offered(
    fay: PageClient, workplace: Workplace, lead: Person
) -> None:
    workshops.plan_workshop(workplace, lead, SLUG, 1, PLAN)
    opened(workplace, lead, "key-ingredients")
    sign_off(workplace, opened(workplace, lead))
    links = [each.get("href") for each in fay.get(again(fay)).all("a") if "/new?" in (each.get("href") or "")]
    assert [str(link).partition("?")[0] for link in links] == [
        f"/authorities/{OTHER}/audits/1/workshops/new",
        f"/authorities/{SLUG}/audits/1/workshops/new",
    ]
    fay.get(f"/authorities/{SLUG}/audits/2/workshops/new?from={key_of(again(fay))}", status=404)


def test_nobody_reaches_the_agenda_of_an_authority_that_is_not_hers(
    app: Flask, fay: PageClient, workplace: Workplace, lead: Person
) -> None:
    workshops.plan_workshop(workplace, lead, SLUG, 1, PLAN)
    otto = enter(app, workplace, "otto@othershire.gov.uk")
    assert "Testshire" not in otto.get(PAGE).text
    otto.get(again(fay), status=404)
    otto.get(f"/authorities/{OTHER}/audits/1/workshops/new?from={key_of(again(fay))}", status=404)


@pytest.mark.parametrize(
    "source", ["x", f"{SLUG}/1", "0" * 32, "é" * 32, "9" * 5000, "<b>"], ids=lambda source: source[:12]
)
def test_an_agenda_that_is_not_there_is_not_found(
    fay: PageClient, workplace: Workplace, lead: Person, source: str
) -> None:
    workshops.plan_workshop(workplace, lead, SLUG, 1, PLAN)
    fay.get(f"{PAGE}?again={source}", status=404)
    fay.get(f"/authorities/{SLUG}/audits/1/workshops/new?from={source}", status=404)


def test_a_workshop_over_a_signed_audit_offers_no_desk(fay: PageClient, workplace: Workplace, lead: Person) -> None:
    workshops.plan_workshop(workplace, lead, SLUG, 1, PLAN)
    desk = f"/authorities/{SLUG}/workshops/1/desk"
    assert desk in fay.get(PAGE).html
    sign_off(workplace, f"/authorities/{SLUG}/audits/1")
    page = fay.get(PAGE)
    assert PLAN.title in page.text
    assert desk not in page.html


def test_who_runs_no_workshops_finds_no_way_there_in_the_header(
    app: Flask, workplace: Workplace, client: PageClient
) -> None:
    ann = enter(app, workplace, member(workplace, "Ann").email)
    assert f'href="{PAGE}"' not in ann.get("/authorities").html
    assert "Leads and facilitators plan and run workshops." in ann.get(PAGE).text
    assert f'href="{PAGE}"' in client.get("/authorities").html
