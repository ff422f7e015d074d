"""Answering items and prompts: the form, saving, drafts, history and findings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from audit.core.audits import EvidenceLink
from audit.core.bank_loader import bank_ids, load_bank
from audit.core.library_loader import load_library
from audit.core.people import Person
from audit.core.responses import Confidence, RatingState, Response
from audit.operations import answering
from audit.operations.workplace import Workplace
from tests.clock import Clock
from tests.web.client import PageClient
from tests.web.filling import FULL, answer, fields, newest, opened, sign_off


@pytest.fixture
def audit(workplace: Workplace, lead: Person, client: PageClient) -> str:
    return opened(workplace, lead)


def save(client: PageClient, path: str, changes: Mapping[str, str], then: str = "next") -> None:
    client.submit(path, {**answer(client.get(path), changes), "then": then})


@pytest.mark.parametrize("bank_id", bank_ids())
def test_every_page_of_a_bank_passes_and_leads_to_the_next(
    client: PageClient, workplace: Workplace, lead: Person, bank_id: str
) -> None:
    audit, bank = opened(workplace, lead, bank_id), load_bank(bank_id)
    for name, item in bank.items.items():
        page = client.get(f"{audit}/items/{name}")
        assert item.source.place in page.text
        assert all(level.name.lower() in page.text for level in bank.scale.levels)
    for name in bank.prompts:
        client.get(f"{audit}/prompts/{name}")


def test_a_full_answer_is_kept_and_shown_as_it_was_typed(
    client: PageClient, workplace: Workplace, lead: Person, audit: str
) -> None:
    client.get(f"{audit}/items/R1")
    page = client.submit(f"{audit}/items/R1", {**FULL, "seen": "0"})
    assert page.address == f"{audit}/items/R2"
    saved = newest(workplace, lead, audit, "R1")
    assert saved.response == Response(
        state=RatingState.RATED,
        level=2,
        reason="Ten cases were read.",
        confidence=Confidence.MEDIUM,
        what_happens_now="Half of the teams do.\nThe others don't.",
        what_needs_to_happen='All teams "do".',
        how_to_progress="The principal social worker, by March.",
        target=4,
    )
    assert saved.links == (EvidenceLink("https://example.gov.uk/audit.pdf", "2026-03-01", "Page 3"),)
    shown = fields(client.get(f"{audit}/items/R1"))
    assert {name: shown[name] for name in FULL} == FULL


@pytest.mark.parametrize("text", ["One\nTwo\n\n  Three", 'It\'s "quoted"', "<b>&amp;</b>", "tab\there", "שלום ‏و"])
def test_saving_again_untouched_makes_no_revision(
    client: PageClient, workplace: Workplace, lead: Person, audit: str, text: str
) -> None:
    texts = dict.fromkeys(["reason", "what_happens_now", "what_needs_to_happen", "how_to_progress"], text)
    save(client, f"{audit}/items/R1", {"rating": "not_applicable", "na_reason": text, **texts, "reason": ""})
    assert newest(workplace, lead, audit, "R1").response.reason == text
    for _ in range(2):
        save(client, f"{audit}/items/R1", {})
    assert newest(workplace, lead, audit, "R1").number == 1
    assert newest(workplace, lead, audit, "R1").response.what_happens_now == text


@pytest.mark.parametrize(
    ("rating", "state"),
    [
        ("dont_know", RatingState.DONT_KNOW),
        ("unanswered", RatingState.UNANSWERED),
        ("", RatingState.UNANSWERED),
    ],
)
def test_the_other_states(
    client: PageClient, workplace: Workplace, lead: Person, audit: str, rating: str, state: RatingState
) -> None:
    save(client, f"{audit}/items/R1", {"rating": rating, "what_happens_now": "Words."})
    assert newest(workplace, lead, audit, "R1").response == Response(state, what_happens_now="Words.")


def test_a_rating_can_be_cleared_and_the_texts_stay(
    client: PageClient, workplace: Workplace, lead: Person, audit: str
) -> None:
    save(client, f"{audit}/items/R1", FULL)
    save(client, f"{audit}/items/R1", {"rating": "unanswered"})
    response = newest(workplace, lead, audit, "R1").response
    assert response.state is RatingState.UNANSWERED
    assert response.what_happens_now == FULL["what_happens_now"]


def test_not_applicable_needs_a_reason(client: PageClient, audit: str) -> None:
    page = client.get(f"{audit}/items/R1")
    page = client.refuse(f"{audit}/items/R1", answer(page, {"rating": "not_applicable", "how_to_progress": "Kept"}))
    assert page.errors == ["Say why this does not apply to your service."]
    assert page.link("Say why this does not apply to your service.") == "#na_reason"
    assert page.value("how_to_progress") == "Kept"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"na_reason": "None here."}, "None here."),
        ({"reason": "None here."}, "None here."),
        ({"na_reason": "None here.", "reason": "Read in May."}, "None here.\nRead in May."),
        ({"na_reason": "Same.", "reason": "Same."}, "Same."),
    ],
)
def test_a_reason_counts_wherever_it_was_typed(
    client: PageClient, workplace: Workplace, lead: Person, audit: str, typed: dict[str, str], kept: str
) -> None:
    for number, rating in enumerate(["not_applicable", "2"], start=1):
        save(client, f"{audit}/items/R{number}", {"rating": rating, **typed})
        assert newest(workplace, lead, audit, f"R{number}").response.reason == kept


def test_the_reason_why_it_did_not_apply_goes_when_it_is_rated(
    client: PageClient, workplace: Workplace, lead: Person, audit: str
) -> None:
    save(client, f"{audit}/items/R1", {"rating": "not_applicable", "na_reason": "None here."})
    save(client, f"{audit}/items/R1", {"rating": "1"})
    assert newest(workplace, lead, audit, "R1").response.reason == ""


def test_two_reasons_together_have_the_limit_of_one(client: PageClient, audit: str) -> None:
    page = client.get(f"{audit}/items/R1")
    both = {"rating": "not_applicable", "na_reason": "a" * 6000, "reason": "b" * 6000}
    page = client.refuse(f"{audit}/items/R1", answer(page, both))
    assert page.errors == ["Keep the reason to 10,000 characters in all."]


def test_where_saving_leads(client: PageClient, audit: str) -> None:
    page = client.get(f"{audit}/items/R12")
    assert client.submit(f"{audit}/items/R12", {"then": "next"}).address == f"{audit}/prompts/S1"
    client.get(f"{audit}/prompts/S3")
    assert client.submit(f"{audit}/prompts/S3", {"then": "next"}).address == f"{audit}/check"
    client.get(f"{audit}/items/R12")
    page = client.submit(f"{audit}/items/R12", {"seen": "1", "then": "later"})
    assert page.address == f"{audit}?saved=R12"


def test_another_link_is_added_and_nothing_is_lost(client: PageClient, audit: str) -> None:
    page = client.get(f"{audit}/items/R1")
    for rows in (2, 3, 4, 5):
        sent = answer(page, {**FULL, "what_happens_now": "Typed.", "then": "link"})
        page = client.refuse(f"{audit}/items/R1", sent)
        assert page.value(f"links-{rows - 1}-url") == ""
        assert page.value("what_happens_now") == "Typed."
        assert page.value("links-0-note") == "Page 3"
    assert "Add another link" not in page.text
    assert client.get(f"{audit}/items/R1").text.count("did not save it") == 1


def test_links_are_checked_one_by_one(client: PageClient, audit: str) -> None:
    page = client.get(f"{audit}/items/R1")
    wrong = {
        "links-0-url": "https://example.gov.uk",
        "links-1-url": "javascript:alert(1)",
        "links-1-note": "Kept",
        "links-2-dated": "soon",
        "links-3-url": "http://[bad",
        "links-4-url": "https://example.gov.uk/a b",
    }
    page = client.refuse(f"{audit}/items/R1", answer(page, wrong))
    assert page.errors == [
        "Enter an address that begins with https:// or http://, without spaces.",
        "Enter the address of this evidence, or empty its date and note.",
        "Enter a date such as 21 November 2026, or leave it empty.",
        "Enter an address that begins with https:// or http://, without spaces.",
        "Enter an address that begins with https:// or http://, without spaces.",
    ]
    assert {name: page.value(name) for name in wrong} == wrong


@pytest.mark.parametrize("typed", ["21 November 2026", "21 Nov 2026", "21/11/2026", "2026-11-21"])
def test_dates_are_read_as_people_write_them(
    client: PageClient, workplace: Workplace, lead: Person, audit: str, typed: str
) -> None:
    save(client, f"{audit}/items/R1", {"links-0-url": "https://example.gov.uk", "links-0-dated": typed})
    assert newest(workplace, lead, audit, "R1").links[0].dated == "2026-11-21"


def test_an_emptied_row_takes_the_link_out(client: PageClient, workplace: Workplace, lead: Person, audit: str) -> None:
    save(client, f"{audit}/items/R1", {**FULL, "links-1-url": "https://second.gov.uk"})
    save(client, f"{audit}/items/R1", {"links-0-url": "", "links-0-dated": "", "links-0-note": ""})
    assert newest(workplace, lead, audit, "R1").links == (EvidenceLink("https://second.gov.uk"),)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"rating": "9"}, "Choose a rating from the list."),
        ({"target": "9"}, "Choose a target from the list."),
        ({"confidence": "total"}, "Choose how sure you are from the list."),
    ],
)
def test_choices_that_are_not_there(client: PageClient, audit: str, changes: dict[str, str], error: str) -> None:
    page = client.get(f"{audit}/items/R1")
    page = client.refuse(f"{audit}/items/R1", answer(page, {"how_to_progress": "Kept", **changes}))
    assert page.errors == [error]
    assert page.value("how_to_progress") == "Kept"


def test_compound_items_say_how_their_parts_are_meant(client: PageClient, workplace: Workplace, lead: Person) -> None:
    audit = opened(workplace, lead, "key-ingredients")
    assert "Either of these is enough:" in client.get(f"{audit}/items/W2").text
    assert "All of these are meant:" in client.get(f"{audit}/items/W6").text


def test_the_page_warns_and_names_the_limit_and_the_default_target(client: PageClient, audit: str) -> None:
    page = client.get(f"{audit}/items/R3")
    assert "Never name a child or a family" in page.text
    assert "up to 10,000 characters" in page.text
    assert "As in the whole audit: 3, mostly in place" in page.text
    assert "Conditions which promote good practice, 3 of 12" in page.text


def test_the_chosen_findings_stand_on_the_page_and_all_on_their_own(client: PageClient, audit: str) -> None:
    library, bank = load_library(), load_bank("recommendations")
    chosen, every = library.choose(bank, bank.items["R4"]), library.touching("R4")
    page = client.get(f"{audit}/items/R4")
    assert all(finding.place in page.text for finding in chosen.all)
    assert page.link(f"All {len(every)} findings on R4, and what they come to") == "/evidence/items/R4"


def test_prompts_are_answered_in_words(client: PageClient, workplace: Workplace, lead: Person) -> None:
    audit = opened(workplace, lead, "key-ingredients")
    save(client, f"{audit}/prompts/Q1", {"what_happens_now": "Forms."})
    assert newest(workplace, lead, audit, "Q1").response == Response(what_happens_now="Forms.")
    page = client.get(f"{audit}/prompts/Q1")
    assert page.value("what_happens_now") == "Forms."
    page = client.refuse(f"{audit}/prompts/Q1", answer(page, {"how_to_progress": "x" * 10_001}))
    assert page.errors == ["“How you will progress this” must be 10,000 characters or fewer. You have entered 10,001."]
    client.get(f"{audit}/items/Q1/history")


@pytest.mark.parametrize("path", ["items/R99", "items/S1", "prompts/R1", "prompts/X", "items/R99/history"])
def test_what_is_not_there_is_not_found(client: PageClient, audit: str, path: str) -> None:
    client.get(f"{audit}/{path}", 404)


# Drafts


def send_draft(client: PageClient, path: str, data: Mapping[str, str]) -> int:
    """As the page's script does: the token in a header."""
    token = client.last.token if client.last else ""
    return client.browser.post(f"{path}/draft", data=dict(data), headers={"X-CSRFToken": token}).status_code


def test_a_draft_is_kept_offered_used_and_gone_once_saved(client: PageClient, audit: str, clock: Clock) -> None:
    path = f"{audit}/items/R1"
    save(client, path, FULL)
    page = client.get(path)
    clock.forward(timedelta(minutes=5))
    typed = answer(page, {"what_happens_now": "Typed, isn't it?\nTwice", "csrf_token": "", "unknown": "x"})
    assert send_draft(client, path, typed) == 204
    page = client.get(path)
    assert "You typed an answer here on 21 November 2026, 2.10pm and did not save it." in page.text
    assert page.value("what_happens_now") == FULL["what_happens_now"]
    page = client.get(f"{path}?draft=use")
    assert page.value("what_happens_now") == "Typed, isn't it?\nTwice"
    assert page.value("seen") == "1"
    client.submit(path, fields(page))
    assert "did not save it" not in client.get(path).text


def test_a_draft_is_discarded(client: PageClient, audit: str) -> None:
    path = f"{audit}/items/R1"
    page = client.get(path)
    send_draft(client, path, answer(page, {"reason": "Typed"}))
    client.get(path)
    page = client.submit(f"{path}/draft/discard")
    assert page.address == path
    assert "did not save it" not in page.text


def test_a_draft_that_says_what_is_saved_is_not_offered(client: PageClient, audit: str) -> None:
    path = f"{audit}/items/R1"
    sent = answer(client.get(path), FULL)
    client.submit(path, sent)
    client.get(path)
    assert send_draft(client, path, sent) == 204
    assert "did not save it" not in client.get(path).text


def test_a_refused_save_is_kept_as_a_draft(client: PageClient, audit: str) -> None:
    path = f"{audit}/items/R1"
    page = client.get(path)
    client.refuse(path, answer(page, {"rating": "not_applicable", "how_to_progress": "Long thought"}))
    assert client.get(f"{path}?draft=use").value("how_to_progress") == "Long thought"


def test_prompts_have_drafts_as_well(client: PageClient, audit: str) -> None:
    page = client.get(f"{audit}/prompts/S1")
    assert send_draft(client, f"{audit}/items/S1", answer(page, {"how_to_progress": "Typed"})) == 204
    assert client.get(f"{audit}/prompts/S1?draft=use").value("how_to_progress") == "Typed"


def test_a_draft_needs_the_token(client: PageClient, audit: str) -> None:
    assert client.browser.post(f"{audit}/items/R1/draft", data={"reason": "Forged"}).status_code == 400


# History


def test_history_shows_what_each_save_changed_and_restores(
    client: PageClient, workplace: Workplace, lead: Person, audit: str
) -> None:
    path = f"{audit}/items/R1"
    assert "Nothing has been saved yet." in client.get(f"{path}/history").text
    save(client, path, FULL)
    save(client, path, {"rating": "3", "how_to_progress": "By April."})
    page = client.get(f"{path}/history")
    assert "Version 2, the newest Saved by Lee O’Neill, 21 November 2026, 2.05pm" in page.text
    assert "Restore version 2" not in page.text
    page = client.submit(f"{path}/history", {"number": "1"})
    assert "Restored as version 3." in page.text
    assert newest(workplace, lead, audit, "R1").response.level == 2
    assert newest(workplace, lead, audit, "R1").number == 3
    client.refuse(f"{path}/history", {"number": "77"}, 404)


# Locked


def test_a_signed_off_audit_is_read_only(client: PageClient, workplace: Workplace, lead: Person, audit: str) -> None:
    save(client, f"{audit}/items/R1", FULL)
    save(client, f"{audit}/items/R1", {"rating": "3"})
    open_form = client.get(f"{audit}/items/R1")
    sign_off(workplace, audit)
    for path, words in [
        ("items/R1", "Half of the teams do."),
        ("items/R2", "Not answered"),
        ("prompts/S1", "Not answered"),
    ]:
        page = client.get(f"{audit}/{path}")
        assert "This audit is signed off." in page.text
        assert words in page.text
    assert "Restore" not in client.get(f"{audit}/items/R1/history").text
    page = client.refuse(f"{audit}/items/R1", answer(open_form, {"reason": "Typed too late"}), 409)
    assert "Typed too late" in page.html
    assert send_draft(client, f"{audit}/items/R1", {"reason": "x"}) == 409
    assert newest(workplace, lead, audit, "R1").number == 2
    assert answering.draft_for(workplace, lead, "testshire", 1, "R1") is None
