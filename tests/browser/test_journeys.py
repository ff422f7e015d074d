"""Whole audits on an empty instance, and what was typed stands in the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from audit.core.bank import Bank
from audit.core.bank_loader import load_bank
from audit.operations import sign_in
from audit.operations.workplace import Workplace
from tests.browser.hands import Hands, Keyboard, Mouse
from tests.browser.journey import Journey, answers, squeezed
from tests.browser.page_list import ROWS
from tests.browser.visiting import PATIENCE, Visitor
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser


@pytest.fixture
def link(workplace: Workplace, address: str) -> str:
    return f"{address}/sign-in/{sign_in.issue_link(workplace, 'lead@testshire.gov.uk', 'Lee Lead')}"


@pytest.fixture(params=[True])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    watch = Watch(context, address)
    yield context.new_page()
    context.close()
    watch.check()


def test_the_whole_recommendations_audit_by_mouse(page: Page, link: str, tmp_path: Path) -> None:
    bank = load_bank("recommendations")
    _travel(Mouse(page), bank, [*bank.items, *bank.prompts], link, tmp_path)


def test_the_whole_key_ingredients_audit_by_keyboard(page: Page, link: str, tmp_path: Path) -> None:
    bank = load_bank("key-ingredients")
    _travel(Keyboard(page), bank, [*bank.prompts, *bank.items], link, tmp_path)


@pytest.mark.parametrize("page", [False], indirect=True)
def test_without_scripts(page: Page, link: str, tmp_path: Path) -> None:
    bank = load_bank("recommendations")
    _travel(Mouse(page), bank, list(bank.items)[:5], link, tmp_path)


def _travel(hands: Hands, bank: Bank, names: Sequence[str], link: str, folder: Path) -> None:
    journey = Journey(hands, bank)
    journey.begin(link)
    said = answers(bank, names)
    journey.answer(said)
    rated = [each for each in said if each.rating]
    evidence = ("https://testshire.gov.uk/minutes", "21 November 2026", "Minutes of the board")
    journey.add_evidence(rated[0].asked, *evidence)
    changed = "On second thoughts we can show more"
    reason = "Reason for the rating"
    first, second = [each for each in rated if reason in each.texts][:2]
    journey.change(second.asked, first.rating or "", reason, changed)

    checked = squeezed(journey.check())
    report = journey.download(folder)
    journey.leave()
    old = second.texts[reason]
    typed = [text for each in said for text in each.texts.values() if text != old]
    for text in map(squeezed, [*typed, changed, *evidence]):
        assert text in checked
    assert squeezed(old) not in checked + report
    missing = [text for text in [*typed, changed, evidence[0]] if squeezed(text) not in report]
    assert not missing


def test_the_report_names_the_evidence(visitor: Visitor) -> None:
    row = next(row for row in ROWS if row.name == "report-hostile")
    page, _ = visitor.show(row)
    assert "https://testshire.gov.uk/" in page.get_by_role("main").inner_text()
