"""Accepting invitations."""

from __future__ import annotations

import pytest
from flask import Flask

from audit.core.mailboxes import Mailbox
from audit.core.people import Role
from audit.operations import sign_in
from audit.operations.authorities import create_authority, membership_for
from audit.operations.invitations import invite
from audit.operations.people import known_person, person_with_email
from audit.operations.workplace import Workplace
from tests.web.client import PageClient
from tests.web.conftest import enter
from tests.web.test_members import JO, PEOPLE, invited, member


def test_opening_the_link_does_nothing_and_the_button_accepts(
    client: PageClient, stranger: PageClient, workplace: Workplace
) -> None:
    link = invited(client, f"Jo O'Bloggs <{JO}>")
    for _ in range(3):
        page = stranger.get(link)
    assert "Lee O’Neill (lead@testshire.gov.uk) invites jo@testshire.gov.uk to Testshire as contributor." in page.text
    assert page.value("name") == "Jo O'Bloggs"
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert person_with_email(workplace, JO) is None
    assert stranger.submit(link, {"name": "Jo O'Bloggs"}).heading == "Testshire"
    assert "Jo O’Bloggs (you)" in stranger.get(PEOPLE).text
    assert "An invitation works once" in stranger.get(link, 410).text


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "Jo\x07"])
def test_a_name_is_asked_for(client: PageClient, stranger: PageClient, workplace: Workplace, name: str) -> None:
    link = invited(client)
    stranger.get(link)
    page = stranger.refuse(link, {"name": name})
    assert len(page.errors) == 1
    assert person_with_email(workplace, JO) is None
    assert stranger.submit(link, {"name": "Jo"}).heading == "Testshire"


def test_somebody_else_is_told_whose_invitation_it_is(client: PageClient, workplace: Workplace) -> None:
    link = invited(client)
    page = client.get(link)
    assert "You are signed in as Lee O’Neill (lead@testshire.gov.uk)." in page.text
    assert "That sign-in ends when you accept." in page.text
    client.submit(link, {"name": "Jo Bloggs"})
    page = client.get(PEOPLE)
    assert "Jo Bloggs (you)" in page.text
    assert "Lee O’Neill (you)" not in page.text


def test_who_is_known_signs_in_first_and_comes_back(
    app: Flask, client: PageClient, stranger: PageClient, workplace: Workplace
) -> None:
    """The lead sees the link: it must not sign the lead in as a consultant who has other authorities."""
    fay = known_person(workplace, "fay@consulting.example", "Fay Facilitator")
    create_authority(workplace, fay, "Othershire")
    link = invited(client, fay.email, "facilitator")
    other = invited(client, "new@testshire.gov.uk")
    for browser in (client, stranger):
        token = browser.get(other).token
        assert "Sign in as fay@consulting.example first" in browser.get(link).text
        page = browser.refuse(link, {"csrf_token": token, "name": "Fay"})
        assert page.heading == "Invitation to Testshire"
        assert browser.browser.get("/authorities/othershire").status_code != 200
    assert person_with_email(workplace, fay.email) == fay
    stranger.get(link)
    own = f"/sign-in/{sign_in.issue_link(workplace, fay.email)}"
    stranger.get(own)
    page = stranger.submit(own)
    assert page.address == link
    assert "name" not in {field.get("name") for field in page.all("input")}
    assert stranger.submit(link).heading == "Testshire"
    assert membership_for(workplace, fay, "testshire").role is Role.FACILITATOR


def test_a_member_learns_that_nothing_changes(app: Flask, client: PageClient, workplace: Workplace) -> None:
    link = invited(client, role="lead")
    jo = member(workplace, Role.VIEWER)
    browser = enter(app, workplace, JO)
    assert "belongs to Testshire already, as viewer. Accepting changes nothing." in browser.get(link).text
    assert "You belonged to Testshire already, as viewer. Nothing has changed." in browser.submit(link).text
    assert membership_for(workplace, jo, "testshire").role is Role.VIEWER


def test_a_link_that_leads_nowhere_has_a_page(stranger: PageClient, client: PageClient) -> None:
    page = stranger.get("/invitations/made-up", 410)
    assert page.link("Go to sign-in") == "/sign-in"
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert client.get("/invitations/made-up", 410).link("Go to your authorities") == "/authorities"


def test_who_came_by_a_copied_link_signs_in_by_a_link_for_another_authority(
    client: PageClient, stranger: PageClient, workplace: Workplace
) -> None:
    link = invited(client)
    stranger.get(link)
    stranger.submit(link, {"name": "Jo Bloggs"})
    assert "This sign-in opens one authority only" in stranger.get("/authorities").text
    other = known_person(workplace, "other@othershire.gov.uk")
    create_authority(workplace, other, "Othershire")
    (made,) = invite(workplace, other, "othershire", [Mailbox(JO)], Role.VIEWER)
    page = stranger.get(f"/invitations/{made.token}")
    assert "this sign-in opens one other authority only. A link shows that the address is yours" in page.text
    own = f"/sign-in/{sign_in.issue_link(workplace, JO)}"
    stranger.get(own)
    assert stranger.submit(own).address == f"/invitations/{made.token}"
    assert stranger.submit(f"/invitations/{made.token}").heading == "Othershire"
