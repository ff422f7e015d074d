"""The gap report as a page among the others: its findings lead to their own pages."""

from __future__ import annotations

import re

import pytest

from audit.core.bank_loader import load_bank
from audit.core.people import Person
from audit.operations.workplace import Workplace
from audit.reports.gap_report import Length
from tests.reports.reading import mixed
from tests.web.client import PageClient
from tests.web.test_results import Place, opened


@pytest.fixture
def place(client: PageClient, workplace: Workplace, lead: Person) -> Place:
    return opened(client, workplace, lead, mixed(load_bank("recommendations")))


@pytest.mark.parametrize("length", Length)
def test_each_finding_cited_leads_to_its_page(place: Place, length: Length) -> None:
    html = place.file(f"report?length={length.value}").text
    rows = re.findall(r'id="f-([A-Z]+-\d+)"><a href="(/evidence/findings/[A-Z]+-\d+)">', html)
    assert len(rows) == html.count('id="f-') > 0
    assert all(address == f"/evidence/findings/{finding_id}" for finding_id, address in rows)
    finding_id, address = rows[0]
    assert finding_id in place.client.get(address).text


def test_the_policy_of_the_page_lets_links_lead_on(place: Place) -> None:
    policy = place.file("report").headers["Content-Security-Policy"]
    assert "sandbox" not in policy
    assert "navigate-to" not in policy
