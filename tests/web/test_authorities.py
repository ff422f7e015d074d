"""Authorities: adding, listing, showing, settings, and the walls between them."""

from __future__ import annotations

import pytest
from flask import Flask

from audit.core.audits import AuditDetails
from audit.core.people import Person
from audit.core.responses import RatingState, Response
from audit.operations.answering import save_response
from audit.operations.audits import open_audit
from audit.operations.authorities import membership_for
from audit.operations.workplace import Workplace
from tests.web.client import PageClient
from tests.web.conftest import enter

NEW = "/authorities/new"
SETTINGS = "/authorities/testshire/settings"


def test_an_authority_is_added_with_a_name_alone(client: PageClient) -> None:
    assert "Bournemouth, Christchurch and Poole" in client.get(NEW).html
    page = client.submit(NEW, {"name": "  King's   Lynn &amp; <b>West</b> "})
    assert page.heading == "King’s Lynn &amp; <b>West</b>"
    assert "No audit has been opened yet" in page.text
    assert page.link("Open an audit") == f"{page.address}/audits/new"
    listed = client.get("/authorities")
    assert listed.link("Testshire") == "/authorities/testshire"
    assert listed.link(page.heading) == page.address


def test_code_and_colour_are_taken_in_either_case(client: PageClient, workplace: Workplace, lead: Person) -> None:
    client.get(NEW)
    client.submit(NEW, {"name": "Otherton", "ons_code": "e06000001", "accent": "#7A1F3D"})
    made = membership_for(workplace, lead, "otherton").authority
    assert (made.ons_code, made.accent) == ("E06000001", "#7a1f3d")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", " ", "Enter the name"),
        ("name", "x" * 121, "120 characters or fewer"),
        ("name", "a\x07b", "control character"),
        ("ons_code", "E0600001", "eight digits"),
        ("ons_code", "E0600000١", "eight digits"),
        ("accent", "red", "such as #0f4c5c"),
        ("accent", "#ffdd00", "contrast of 1.34 to 1"),
    ],
)
@pytest.mark.parametrize("path", [NEW, SETTINGS])
def test_a_fault_is_named_and_nothing_typed_is_lost(
    client: PageClient, path: str, field: str, value: str, says: str
) -> None:
    client.get(path)
    typed = {"name": 'The "new" Testshire\'s', "ons_code": "E06000001", "accent": "#7a1f3d", field: value}
    page = client.refuse(path, typed)
    assert len(page.errors) == 1
    assert says in page.errors[0]
    assert [page.value(name) for name in typed] == [
        " ".join(text.split()).replace("\x07", "\ufffd") for text in typed.values()
    ]


def test_settings_change_name_and_colour_and_keep_the_address(client: PageClient) -> None:
    assert client.get(SETTINGS).value("name") == "Testshire"
    page = client.submit(SETTINGS, {"name": "Testshire Council", "ons_code": "E06000001", "accent": "#7a1f3d"})
    assert page.heading == "Testshire Council"
    assert page.address == "/authorities/testshire"
    sheets = [each.get("href") or "" for each in page.all("link")]
    own = next(each for each in sheets if "colours.css" in each)
    style = client.browser.get(own)
    assert style.mimetype == "text/css"
    assert style.text == ":root { --app-accent: #7a1f3d; }\n"
    client.get(SETTINGS)
    page = client.submit(SETTINGS, {"name": "Testshire", "ons_code": "", "accent": ""})
    assert "colours.css" not in page.html


def test_an_authority_lists_its_audits_newest_first(client: PageClient, workplace: Workplace, lead: Person) -> None:
    first = open_audit(workplace, lead, "testshire", AuditDetails("recommendations", "Spring 2026"))
    open_audit(workplace, lead, "testshire", AuditDetails("key-ingredients", "Autumn 2026"))
    for item_id, response in (
        ("R1", Response(RatingState.RATED, 2)),
        ("R2", Response(RatingState.DONT_KNOW)),
        ("R3", Response(what_happens_now="We begin.")),
    ):
        save_response(workplace, lead, "testshire", first.id, item_id, response, (), 0)
    page = client.get("/authorities/testshire")
    assert page.text.index("Autumn 2026") < page.text.index("Spring 2026")
    assert "2 of 12 conditions answered" in page.text
    assert "0 of 20 ingredients answered" in page.text
    assert "21 November 2026 by Lee O’Neill" in page.text


def test_members_of_other_authorities_cannot_tell_that_it_is_there(
    app: Flask, workplace: Workplace, client: PageClient
) -> None:
    other = enter(app, workplace, "other@otherton.gov.uk")
    for path in ("", "/settings", "/colours.css", "/audits/new"):
        real = other.get(f"/authorities/testshire{path}", 404)
        made_up = other.get(f"/authorities/nowhere{path}", 404)
        assert real.text == made_up.text
        assert "Testshire" not in real.html
