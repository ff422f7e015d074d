"""The people of an authority: the page, inviting, roles and removing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from audit.core.audits import AuditDetails
from audit.core.people import Person, Role
from audit.operations.audits import open_audit
from audit.operations.people import known_person
from audit.operations.workplace import Workplace
from audit.store import people
from audit.store.connection import write
from audit.web.app import create_app
from audit.web.settings import Settings
from tests.clock import Clock
from tests.web.client import Page, PageClient
from tests.web.conftest import enter
from tests.web.post_office import PostOffice, post_office

PEOPLE = "/authorities/testshire/people"
INVITE = f"{PEOPLE}/invite"
JO = "jo@testshire.gov.uk"


def member(workplace: Workplace, role: Role, email: str = JO, name: str = "Jo Bloggs") -> Person:
    person = known_person(workplace, email, name)
    with workplace.registry() as registry, write(registry):
        people.add_membership(registry, person.id, "testshire", role, workplace.now().isoformat())
    return person


def links(page: Page) -> list[str]:
    """The links that are shown for copying, without the server."""
    found = [each.get("value") or "" for each in page.all("input") if each.get("data-copy")]
    assert all(link.startswith("http://localhost/invitations/") for link in found)
    return [link.removeprefix("http://localhost") for link in found]


def invited(client: PageClient, addresses: str = JO, role: str = "contributor") -> str:
    """The path of the link of a new invitation."""
    client.get(INVITE)
    (link,) = links(client.refuse(INVITE, {"people": addresses, "role": role}))
    return link


def test_the_page_lists_people_by_role(client: PageClient, workplace: Workplace) -> None:
    member(workplace, Role.VIEWER, name="Jo <b>Bloggs</b>")
    assert client.get("/authorities/testshire").link("People") == PEOPLE
    page = client.get(PEOPLE)
    assert page.text.index("Lee O’Neill (you)") < page.text.index("Contributors") < page.text.index("Jo <b>Bloggs</b>")
    assert "lead@testshire.gov.uk Since 21 November 2026 Last active: not yet" in page.text
    assert page.link("Invite people") == INVITE
    assert "Open invitations None." in page.text


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.VIEWER, Role.FACILITATOR])
def test_others_see_no_more_of_the_page_than_they_need(
    app: Flask, workplace: Workplace, client: PageClient, role: Role
) -> None:
    member(workplace, Role.CONTRIBUTOR, "al@testshire.gov.uk", "Al Other")
    member(workplace, role)
    invited(client, "new@testshire.gov.uk")
    page = enter(app, workplace, JO).get(PEOPLE)
    assert "Al Other" in page.text
    assert "lead@testshire.gov.uk" in page.text
    assert "Last active" not in page.text
    assert "Change role" not in page.text
    shown = role is Role.FACILITATOR
    assert ("al@testshire.gov.uk" in page.text) is shown
    assert ("new@testshire.gov.uk" in page.text) is shown


def test_many_are_invited_at_once_and_each_gets_a_link(client: PageClient, workplace: Workplace) -> None:
    member(workplace, Role.VIEWER)
    client.get(INVITE)
    typed = f"Al O'Other <al@testshire.gov.uk>\r\n\r\n{JO}\r\nBo@testshire.gov.uk"
    page = client.refuse(INVITE, {"people": typed, "role": "contributor"})
    assert page.heading == "2 people invited"
    assert len(set(links(page))) == 2
    assert "jo@testshire.gov.uk is a member already, as viewer. Nothing has changed." in page.text
    assert "until 5 December 2026, 2.05pm" in page.text
    listed = client.get(PEOPLE)
    assert "al@testshire.gov.uk" in listed.text
    assert "/invitations/" not in listed.text


def test_a_fault_names_its_line_and_nobody_is_invited(client: PageClient) -> None:
    client.get(INVITE)
    typed = "al@testshire.gov.uk\r\nno address\r\n\r\nAL@testshire.gov.uk"
    page = client.refuse(INVITE, {"people": typed, "role": "contributor"})
    assert page.errors == [
        "Line 2: “no address” is not an e-mail address. Enter one such as name@example.gov.uk.",
        "Line 4: al@testshire.gov.uk is on line 1 too. Take one of them out.",
    ]
    assert "Line 4" in "".join(page.by_id("people-error").itertext())
    assert page.value("people") == typed.replace("\r\n", "\n")
    assert "Open invitations None." in client.get(PEOPLE).text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"people": " \r\n", "role": "viewer"}, "Enter at least one e-mail address."),
        ({"people": JO}, "Choose a role."),
        ({"people": JO, "role": "operator"}, "Choose a role."),
        ({"people": "\n".join(f"p{n}@example.org" for n in range(51)), "role": "viewer"}, "There are 51 addresses."),
        ({"people": "<script>\u202e</script>", "role": "viewer"}, "Line 1:"),
    ],
)
def test_what_is_missing_is_said(client: PageClient, data: dict[str, str], says: str) -> None:
    client.get(INVITE)
    (error,) = client.refuse(INVITE, data).errors
    assert error.startswith(says)


def test_a_facilitator_is_offered_two_roles_and_gets_no_other(
    app: Flask, workplace: Workplace, client: PageClient
) -> None:
    member(workplace, Role.FACILITATOR)
    fay = enter(app, workplace, JO)
    page = fay.get(INVITE)
    assert [each.get("value") for each in page.all("input") if each.get("type") == "radio"] == ["contributor", "viewer"]
    assert fay.refuse(INVITE, {"people": "al@testshire.gov.uk", "role": "lead"}).errors == ["Choose a role."]
    invited(client, "boss@testshire.gov.uk", "lead")
    assert "Make a new link" not in fay.get(PEOPLE).text


def test_an_invitation_is_made_again_and_withdrawn(client: PageClient, stranger: PageClient, clock: Clock) -> None:
    first = invited(client)
    clock.forward(timedelta(days=15))
    page = enter_again(client)
    assert "Expired on 5 December 2026, 2.05pm" in page.text
    actions = [each.get("action") or "" for each in page.first("main").iter("form")]
    (second,) = links(client.refuse(actions[0]))
    assert "withdrawn, or a newer one was sent" in stranger.get(first, 410).text
    assert stranger.get(second).heading == "Invitation to Testshire"
    page = client.get(PEOPLE)
    actions = [each.get("action") or "" for each in page.first("main").iter("form")]
    page = client.submit(actions[1])
    assert "The invitation of jo@testshire.gov.uk is withdrawn" in page.text
    assert "Open invitations None." in page.text
    stranger.get(second, 410)


def enter_again(client: PageClient) -> Page:
    """The page of people for the lead, whose session has ended."""
    workplace = client.app.extensions["plumbline.workplace"]
    client.browser = enter(client.app, workplace, "lead@testshire.gov.uk").browser
    return client.get(PEOPLE)


def test_a_role_is_changed(app: Flask, workplace: Workplace, client: PageClient) -> None:
    jo = member(workplace, Role.CONTRIBUTOR)
    browser = enter(app, workplace, JO)
    browser.get(f"{PEOPLE}/invite", 403)
    page = client.get(f"{PEOPLE}/{jo.id}/role")
    assert page.heading == "Role of Jo Bloggs"
    assert "Jo Bloggs is now lead." in client.submit(page.address, {"role": "lead"}).text
    browser.get(f"{PEOPLE}/invite")


def test_the_only_lead_can_neither_leave_nor_step_down(client: PageClient, lead: Person) -> None:
    says = "Lee O’Neill is the only lead. Make somebody else a lead first."
    address = f"{PEOPLE}/{lead.id}"
    assert "This is your own role" in client.get(f"{address}/role").text
    assert client.refuse(f"{address}/role", {"role": "viewer"}).errors == [says]
    assert "this is you" in client.get(f"{address}/remove").text
    assert client.refuse(f"{address}/remove").errors == [says]
    assert "Lee O’Neill (you)" in client.get(PEOPLE).text


def test_somebody_removed_sees_nothing_with_the_next_page(
    app: Flask, workplace: Workplace, client: PageClient, lead: Person
) -> None:
    jo = member(workplace, Role.CONTRIBUTOR)
    audit = open_audit(workplace, lead, "testshire", AuditDetails("recommendations", "Autumn 2026"))
    tasks = f"/authorities/testshire/audits/{audit.id}"
    browser = enter(app, workplace, JO)
    browser.get(f"{tasks}/items/R1")
    page = client.get(f"{PEOPLE}/{jo.id}/remove")
    assert "Access ends at once" in page.text
    assert "the trail keeps the name" in page.text
    assert "Jo Bloggs no longer has access." in client.submit(page.address).text
    browser.refuse(f"{tasks}/items/R1", {"rating": "2"}, 404)
    for path in ("/authorities/testshire", tasks, f"{tasks}/items/R1", f"{tasks}/results", PEOPLE):
        assert "Testshire" not in browser.get(path, 404).html
    assert "You do not belong to an authority yet" in browser.get("/authorities").text
    client.get(f"{PEOPLE}/{jo.id}/remove", 404)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture
def mailing(workplace: Workplace, client: PageClient, office: PostOffice) -> PageClient:
    """The lead, where a mail server is set up."""
    key = "a key for tests, drawn by no one at all"
    address = "https://plumbline.testshire.example"
    made = create_app(workplace, Settings(workplace.folder, key, mail=office.server, address=address))
    made.testing = True
    return enter(made, workplace, "lead@testshire.gov.uk")


def test_where_a_mail_server_is_set_up_links_are_sent_and_not_shown(mailing: PageClient, office: PostOffice) -> None:
    assert "Plumbline sends it by e-mail" in mailing.get(INVITE).text
    page = mailing.refuse(INVITE, {"people": f"Jo <{JO}>\nal@testshire.gov.uk", "role": "viewer"})
    assert "Sent by e-mail jo@testshire.gov.uk al@testshire.gov.uk" in page.text
    assert "/invitations/" not in page.html
    letter = office.letters[0]
    assert (letter["To"], letter["Subject"]) == (JO, "Invitation to Testshire in Plumbline")
    text = letter.get_content()
    assert "Lee O'Neill (lead@testshire.gov.uk) invites you to Testshire in Plumbline, as viewer." in text
    assert "by 5 December 2026 to accept" in text
    link = next(line for line in text.splitlines() if line.startswith("https://plumbline.testshire.example/"))
    path = link.removeprefix("https://plumbline.testshire.example")
    visitor = PageClient(mailing.app)
    assert visitor.get(path).heading == "Invitation to Testshire"
    # Who came by a letter has shown that the address is theirs.
    visitor.submit(path, {"name": "Jo"})
    assert visitor.get("/authorities").link("Add an authority") == "/authorities/new"


def test_a_letter_that_could_not_be_sent_leaves_its_link_to_copy(mailing: PageClient, office: PostOffice) -> None:
    office.refuses = {JO: "550 No such mailbox"}
    mailing.get(INVITE)
    page = mailing.refuse(INVITE, {"people": f"{JO}\nal@testshire.gov.uk", "role": "viewer"})
    assert "Sent by e-mail al@testshire.gov.uk" in page.text
    assert "Could not be sent: copy the link" in page.text
    shown = [each.get("value") or "" for each in page.all("input") if each.get("data-copy")]
    assert len(shown) == 1
    assert shown[0].startswith("https://plumbline.testshire.example/invitations/")
