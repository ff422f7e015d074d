"""The page that says what is held on whoever reads it, and the file."""

from __future__ import annotations

import json

from flask import Flask

from audit.core.people import Person
from audit.operations.workplace import Workplace
from tests.sessions import begin_session
from tests.teams import member, rate
from tests.web.client import PageClient, words
from tests.web.conftest import enter
from tests.web.filling import opened

PAGE = "/account/data"
LINK = "What Plumbline holds on you, and how to download it"


def test_the_page_counts_and_the_file_holds_what_it_counts(
    client: PageClient, workplace: Workplace, lead: Person
) -> None:
    opened(workplace, lead)
    ann = member(workplace, "Ann")
    rate(workplace, 1, "R1", [lead, ann], [3, 1])
    page = client.get(client.get("/account").link(LINK))
    rows = [words(row) for row in page.all("tr")]
    assert "Your role: lead 1" in rows
    assert "Saved answers, with all earlier revisions 1" in rows
    answer = client.browser.get(page.link("Download all of it (JSON)"))
    assert "What is held on me" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    held = json.loads(answer.data)
    assert [row["reason"] for row in held["authorities"]["testshire"]["answers"]] == ["As Lee sees it"]
    assert "Ann" not in answer.text


def test_somebody_without_an_authority_sees_the_account(app: Flask, workplace: Workplace) -> None:
    page = enter(app, workplace, "new@testshire.gov.uk").get(PAGE)
    assert [words(each) for each in page.all("caption")] == ["Your account"]


def test_who_came_by_a_directory_reads_that_it_is_not_all(
    client: PageClient, workplace: Workplace, lead: Person
) -> None:
    with client.browser.session_transaction() as cookie:
        cookie["token"] = begin_session(workplace, lead.id, "directory:elsewhere")
    page = client.get(PAGE)
    assert "For everything, sign in with a link." in page.text
    assert "Testshire" not in page.text
