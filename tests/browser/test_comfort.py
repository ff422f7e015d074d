"""What scripts add: drafts that keep themselves, a note that says so, and no way to lose a text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from audit.core.audits import AuditDetails
from audit.operations import sign_in
from audit.operations.audits import open_audit
from audit.operations.authorities import create_authority
from audit.operations.workplace import Workplace
from tests.browser.axe import violations
from tests.browser.visiting import PATIENCE
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser
NOW = "What happens now"
REASON = "Reason for the rating"
# Longer than the script waits before it keeps a draft.
PAUSE = 3500


@pytest.fixture
def context(browser: Browser, workplace: Workplace, address: str) -> Iterator[BrowserContext]:
    """A lead who is signed in and has opened an audit."""
    token = sign_in.issue_link(workplace, "lead@testshire.gov.uk", "Lee Lead")
    lead = sign_in.person_of_link(workplace, token)
    create_authority(workplace, lead, "Testshire")
    open_audit(workplace, lead, "testshire", AuditDetails("recommendations", "Autumn 2026"))
    opened = browser.new_context()
    opened.set_default_timeout(PATIENCE)
    page = opened.new_page()
    page.goto(f"{address}/sign-in/{token}")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", level=1, name="Your authorities").wait_for()
    page.close()
    yield opened
    opened.close()


@pytest.fixture
def item(address: str) -> str:
    return f"{address}/authorities/testshire/audits/1/items/R1"


def _open(context: BrowserContext, item: str) -> Page:
    page = context.new_page()
    page.clock.install()
    page.goto(item)
    return page


def _say(page: Page, text: str) -> None:
    page.get_by_label(NOW).fill(text)


def _kept(page: Page) -> int:
    """Wait for the script to send the draft. Returns the status of the answer."""
    with page.expect_response("**/draft") as waiting:
        page.clock.fast_forward(PAUSE)
    return waiting.value.status


def test_what_was_typed_is_offered_again_after_the_window_was_closed(
    context: BrowserContext, item: str, address: str
) -> None:
    watch = Watch(context, address)
    page = _open(context, item)
    page.get_by_label("2, partly in place", exact=True).check()
    _say(page, "Half a thought, “quoted” & <b>marked</b>")
    expect(page.get_by_role("status").filter(has_text="Not saved yet.")).to_be_visible()
    assert _kept(page) == 204
    expect(page.get_by_text("Not saved yet. A draft is kept for you.")).to_be_visible()
    assert not violations(page)
    page.close()

    page = _open(context, item)
    expect(page.get_by_text("did not save it.")).to_be_visible()
    expect(page.get_by_label(NOW)).to_have_value("")
    page.get_by_role("link", name="Use it").click()
    expect(page.get_by_label(NOW)).to_have_value("Half a thought, “quoted” & <b>marked</b>")
    expect(page.get_by_label("2, partly in place", exact=True)).to_be_checked()
    page.get_by_role("button", name="Save and continue").click()
    page.goto(item)
    expect(page.get_by_label(NOW)).to_have_value("Half a thought, “quoted” & <b>marked</b>")
    expect(page.get_by_text("did not save it.")).to_have_count(0)
    watch.check()


def test_a_draft_can_be_discarded(context: BrowserContext, item: str) -> None:
    page = _open(context, item)
    _say(page, "Half a thought")
    _kept(page)
    page.goto(item)
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_label(NOW)).to_have_value("")
    expect(page.get_by_text("did not save it.")).to_have_count(0)


def test_leaving_with_words_that_nobody_keeps_is_not_silent(context: BrowserContext, item: str) -> None:
    page = _open(context, item)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_label(NOW).press_sequentially("Half a thought")
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(page.get_by_label(NOW)).to_have_value("Half a thought")
    # What is saved may be left without a question.
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1, name="R2")).to_be_visible()
    assert asked == ["beforeunload"]


def test_two_windows(context: BrowserContext, item: str) -> None:
    first, second = _open(context, item), _open(context, item)
    _say(first, "From the first window")
    first.get_by_label(REASON).fill("The reason of the first")
    _say(second, "From the second window")
    first.get_by_role("button", name="Save and continue").click()
    first.get_by_role("heading", level=1, name="R2").wait_for()
    second.get_by_role("button", name="Save and continue").click()
    main = second.get_by_role("main")
    expect(main).to_contain_text("saved elsewhere while you were typing")
    expect(main).to_contain_text("From the first window")
    expect(main).to_contain_text("From the second window")

    second.get_by_role("button", name="Bring the two together").click()
    expect(second.get_by_label(NOW)).to_have_value("From the second window")
    # Only the first window wrote a reason, so that one stands.
    expect(second.get_by_label(REASON)).to_have_value("The reason of the first")
    second.get_by_role("button", name="Save and continue").click()
    second.goto(item)
    expect(second.get_by_label(NOW)).to_have_value("From the second window")
    second.goto(f"{item}/history")
    expect(second.get_by_role("main")).to_contain_text("From the first window")


def test_a_session_that_ended_while_typing_loses_no_text(
    context: BrowserContext, item: str, address: str, workplace: Workplace
) -> None:
    page, other = _open(context, item), context.new_page()
    _say(page, "A long thought")
    other.goto(item)
    other.get_by_role("button", name="Sign out").click()
    other.get_by_role("link", name="Sign in").first.wait_for()
    assert _kept(page) != 204
    expect(page.get_by_role("status").filter(has_text="no draft could be kept")).to_be_visible()

    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("heading", level=1, name="This form has expired").wait_for()
    expect(page.get_by_label(NOW)).to_have_value("A long thought")
    assert not violations(page)

    # Signing in again leads back to the form.
    page.get_by_role("link", name="Open the form again").click()
    page.get_by_role("heading", level=1, name="Sign in").wait_for()
    page.goto(f"{address}/sign-in/{sign_in.issue_link(workplace, 'lead@testshire.gov.uk')}")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(item)


def test_a_session_that_ended_and_began_again_loses_no_text(
    context: BrowserContext, item: str, address: str, workplace: Workplace
) -> None:
    page, other = _open(context, item), context.new_page()
    _say(page, "A long thought")
    other.goto(f"{address}/sign-in/{sign_in.issue_link(workplace, 'lead@testshire.gov.uk')}")
    other.get_by_role("button", name="Sign in").click()
    other.get_by_role("heading", level=1, name="Your authorities").wait_for()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("main").get_by_text("A long thought").or_(page.get_by_label(NOW))).to_be_visible()
    expect(page.get_by_label(NOW)).to_have_value("A long thought")
