"""What people paste: stored whole or refused clearly, and shown escaped everywhere."""

from __future__ import annotations

import pytest

from audit.core.people import Person
from audit.operations.workplace import Workplace
from tests.web.client import Page, PageClient
from tests.web.filling import answer, newest, opened

MARKUP = '<script>alert(1)</script><img src=x onerror="alert(2)">{{ 7*7 }}\'"&amp;</textarea></form>'
TURNED = "‮gnal‬ ‏עברית‏ العربية ⁦x⁩"
TEXTS = ("reason", "what_happens_now", "what_needs_to_happen", "how_to_progress")
EVERYWHERE = ("", "/check", "/items/R1", "/items/R1/history", "/results", "/plan")


@pytest.fixture
def audit(workplace: Workplace, lead: Person, client: PageClient) -> str:
    return opened(workplace, lead)


def alerts(page: Page) -> list[str]:
    """Elements that could only come from what was typed."""
    return [each.tag for each in page.all("img")] + [
        "script" for each in page.all("script") if "alert" in (each.text or "")
    ]


@pytest.mark.parametrize(
    "text", [MARKUP, TURNED, "a\u2028b\u00a0c\u200d😀", "=cmd|' /C calc'!A0", "\tTab", "%s {0} \\n"]
)
def test_texts_are_stored_whole_and_shown_escaped(
    client: PageClient, workplace: Workplace, lead: Person, audit: str, text: str
) -> None:
    path = f"{audit}/items/R1"
    sent = {**dict.fromkeys(TEXTS, text), "rating": "1", "links-0-url": "https://example.gov.uk", "links-0-note": text}
    client.submit(path, answer(client.get(path), sent))
    saved = newest(workplace, lead, audit, "R1")
    assert saved.response.texts == (text.strip(),) * 3
    assert saved.response.reason == text.strip()
    assert saved.links[0].note == " ".join(text.split())
    for place in EVERYWHERE:
        assert not alerts(client.get(f"{audit}{place}")), place
    page = client.get(path)
    assert [page.value(name) for name in TEXTS] == [text.strip()] * 4


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x85", "\x9f"])
def test_control_characters_are_refused_by_name(client: PageClient, audit: str, character: str) -> None:
    path, text = f"{audit}/items/R1", f"before{character}after"
    page = client.get(path)
    page = client.refuse(path, answer(page, dict.fromkeys([*TEXTS, "na_reason"], text)))
    assert len(page.errors) == 5
    assert all(f"holds the control character U+{ord(character):04X}" in error for error in page.errors)
    assert [page.value(name) for name in TEXTS] == ["before�after"] * 4


def test_control_characters_in_a_line_are_refused_too(client: PageClient, audit: str) -> None:
    path = f"{audit}/items/R1"
    sent = {"links-0-url": "https://example.gov.uk", "links-0-note": "be\x07fore", "links-0-dated": "1 May\x002026"}
    page = client.refuse(path, answer(client.get(path), sent))
    assert [error.split("U+")[1][:4] for error in page.errors] == ["0000", "0007"]


@pytest.mark.parametrize("character", ["x", "ש", "😀", "\n."])
def test_100_000_characters_are_refused_and_stay_in_the_field(client: PageClient, audit: str, character: str) -> None:
    path, text = f"{audit}/items/R1", (character * 100_000)[:100_000].strip()
    page = client.refuse(path, answer(client.get(path), {"what_happens_now": text}))
    assert "must be 10,000 characters or fewer. You have entered" in page.errors[0]
    assert page.value("what_happens_now") == text


def test_every_text_at_its_limit_is_stored(client: PageClient, workplace: Workplace, lead: Person, audit: str) -> None:
    path, text = f"{audit}/items/R1", "é" * 10_000
    client.submit(path, answer(client.get(path), dict.fromkeys(TEXTS, text)))
    assert newest(workplace, lead, audit, "R1").response.texts == (text,) * 3


def test_100_000_characters_in_every_field_at_once(client: PageClient, audit: str) -> None:
    path = f"{audit}/items/R1"
    page = client.get(path)
    filled = {
        **dict.fromkeys([*TEXTS, "na_reason"], "x" * 100_000),
        "rating": "x" * 1000,
        "links-0-note": "x" * 100_000,
    }
    page = client.refuse(path, answer(page, {**filled, "links-0-url": f"https://{'x' * 100_000}"}))
    assert len(page.errors) == 8
    assert page.value("reason") == "x" * 100_000


@pytest.mark.parametrize("name", ["links-0-url", "links-0-dated"])
@pytest.mark.parametrize(
    "text", [MARKUP, TURNED, "data:text/html,x", "https://", "//example.gov.uk", "https://a\u202eb.uk"]
)
def test_addresses_and_dates_are_refused(client: PageClient, audit: str, name: str, text: str) -> None:
    path = f"{audit}/items/R1"
    sent = {"links-0-url": "https://example.gov.uk", name: text}
    page = client.refuse(path, answer(client.get(path), sent))
    assert page.errors
    assert page.value(name) == " ".join(text.split())
    assert not alerts(page)


def test_odd_forms_break_nothing(client: PageClient, audit: str) -> None:
    path = f"{audit}/items/R1"
    page = client.get(path)
    for sent in (
        {"seen": "-1"},
        {"seen": "9" * 5000},
        {"seen": "x"},
        {"links-²-url": "https://example.gov.uk"},
        {"links-99999999999999999999-url": "https://example.gov.uk"},
        {"then": "nonsense"},
    ):
        assert client.send(path, {**answer(page, sent), "csrf_token": page.token}).status_code == 302
    client.get(path)


def test_steps_out_of_turn_break_nothing(client: PageClient, audit: str) -> None:
    path = f"{audit}/items/R1"
    client.get(path)
    for then, status in (("merge", 200), ("theirs", 302), ("link", 200)):
        sent = client.send(path, {"then": then, "before": "7", "seen": "3", "rating": "99"})
        assert sent.status_code == status
    client.get(path)


def test_hostile_drafts_are_offered_safely(client: PageClient, audit: str) -> None:
    path = f"{audit}/items/R1"
    page = client.get(path)
    data = {
        "rating": MARKUP,
        "reason": MARKUP,
        "what_happens_now": "a\x00b" + TURNED,
        "links-0-url": MARKUP,
        "seen": "1e9",
    }
    sent = client.browser.post(f"{path}/draft", data=data, headers={"X-CSRFToken": page.token})
    assert sent.status_code == 204
    assert not alerts(client.get(path))
    page = client.get(f"{path}?draft=use")
    assert not alerts(page)
    assert page.value("reason") == MARKUP


def test_hostile_texts_on_the_page_of_two_versions(client: PageClient, audit: str) -> None:
    path = f"{audit}/items/R1"
    first = answer(client.get(path), {"reason": MARKUP, "what_happens_now": TURNED})
    client.submit(path, answer(client.get(path), {"reason": "Saved"}))
    page = client.refuse(path, first, 409)
    assert not alerts(page)
    assert page.value("reason") == MARKUP
    assert not alerts(client.refuse(path, {**first, "then": "merge", "seen": "1"}))


def test_a_hostile_period_is_shown_escaped(client: PageClient) -> None:
    new = "/authorities/testshire/audits/new?bank=recommendations"
    client.get(new)
    sent = {"period": MARKUP, "scope": "team", "team": MARKUP, "weighting": "equal", "target": "3"}
    page = client.submit(new, sent)
    assert not alerts(page)
    for place in EVERYWHERE:
        assert not alerts(client.get(f"{page.address}{place}")), place
