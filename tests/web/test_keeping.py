"""The page on which a lead says how long audits are kept, and takes all data out."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from audit.core.people import Person, Role
from audit.operations import erasing, retention
from audit.operations.workplace import Workplace
from tests.clock import Clock
from tests.teams import member, rate
from tests.web.client import PageClient
from tests.web.conftest import enter
from tests.web.filling import opened

PAGE = "/authorities/testshire/keeping"
LINK = "Keeping and taking out: how long, and all data as a file"


def test_the_page_says_what_the_rule_means(
    client: PageClient, workplace: Workplace, lead: Person, clock: Clock
) -> None:
    opened(workplace, lead)
    page = client.get(
        client.get("/authorities/testshire").link("Keeping and taking out: how long, and all data as a file")
    )
    assert "Self-audit of 12 conditions, Autumn 2026 21 November 2026 Never by rule" in page.text
    page = client.submit(PAGE, {"months": "24"})
    assert page.value("months") == "24"
    assert "The rule is saved." in page.text
    assert "21 November 2026 After 21 November 2028, if nobody changes it" in page.text
    clock.move(days=3 * 365)
    client = enter(client.app, workplace, lead.email)
    assert "Next time the command runs" in client.get(PAGE).text
    assert client.submit(PAGE, {"months": ""}).value("months") == ""


def test_the_trail_says_what_the_rule_removed(
    client: PageClient, app: Flask, workplace: Workplace, lead: Person, clock: Clock
) -> None:
    opened(workplace, lead)
    retention.set_months(workplace, lead, "testshire", 6)
    clock.move(days=400)
    retention.clear(workplace, dry=False)
    page = enter(app, workplace, lead.email).get("/authorities/testshire/trail")
    says = "Whoever runs the server removed an audit by the retention rule: Self-audit of 12 conditions, Autumn 2026,"
    assert f"{says} last changed on 21 November 2026." in page.text


@pytest.mark.parametrize("wrong", ["5", "241", "-6", "soon", "6.5", "٦", "99999"])
def test_a_rule_that_is_none_is_refused(client: PageClient, wrong: str) -> None:
    client.get(PAGE)
    page = client.refuse(PAGE, {"months": wrong})
    assert page.errors[0].startswith("Enter a whole number from 6 to 240")
    assert page.value("months") == wrong


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.FACILITATOR, Role.VIEWER])
def test_only_leads_come_here(app: Flask, workplace: Workplace, client: PageClient, role: Role) -> None:
    visitor = enter(app, workplace, member(workplace, "Ann", role).email)
    assert "Keeping and taking out" not in visitor.get("/authorities/testshire").text
    visitor.get(PAGE, status=403)
    visitor.refuse(f"{PAGE}/take-out", {"form": "db"}, status=403)


def test_all_data_is_taken_out_without_what_others_answered_alone(
    client: PageClient, workplace: Workplace, lead: Person, tmp_path: Path
) -> None:
    opened(workplace, lead)
    ann = member(workplace, "Ann")
    rate(workplace, 1, "R1", [ann, lead], [1, 3])
    client.get(PAGE)
    answer = client.send(f"{PAGE}/take-out", {"form": "db"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Testshire - All data - 21 November 2026.db"'
    assert answer.headers["Cache-Control"] == "no-store"
    path = tmp_path / "taken.db"
    path.write_bytes(answer.data)
    answer.close()
    with closing(sqlite3.connect(path)) as taken:
        assert taken.execute("SELECT reason FROM revisions").fetchall() == [("As Lee sees it",)]
    answer = client.send(f"{PAGE}/take-out", {"form": "json"})
    document = json.loads(answer.data)
    answer.close()
    assert [row["did"] for row in document["trail"]].count("took out the data of the authority") == 2
    assert "As Ann sees it" not in answer.text
    assert client.send(f"{PAGE}/take-out", {"form": "exe"}).status_code == 404


def test_a_server_that_runs_shows_nothing_of_what_was_erased(
    app: Flask, client: PageClient, workplace: Workplace, lead: Person
) -> None:
    audit = opened(workplace, lead)
    client.get(audit)
    erasing.erase_authority(Workplace(workplace.folder, workplace.now), "testshire")
    answer = client.browser.get(audit)
    assert (answer.status_code, answer.location) == (302, "/sign-in")
    visitor = enter(app, workplace, "new@testshire.gov.uk")
    visitor.get(audit, status=404)
    visitor.get("/authorities/new")
    page = visitor.submit("/authorities/new", {"name": "Testshire"})
    assert "No audit has been opened yet." in page.text
