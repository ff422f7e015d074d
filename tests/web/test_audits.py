"""Opening an audit, its task list, and checking its answers."""

from __future__ import annotations

import pytest

from audit.core.audits import AuditDetails, ScopeKind
from audit.core.bank_loader import bank_ids, load_bank
from audit.core.people import Authority, Person, Role
from audit.core.responses import RatingState, Response
from audit.operations import sign_in
from audit.operations.answering import save_response
from audit.operations.audits import audits_of
from audit.operations.workplace import Workplace
from audit.store import people
from tests.web.client import PageClient, words
from tests.web.conftest import enter
from tests.web.filling import FULL, opened, sign_off

NEW = "/authorities/testshire/audits/new"
DETAILS = {"period": "Autumn 2026", "scope": "whole", "weighting": "equal", "target": "3"}


def test_the_banks_are_offered_with_their_summaries(client: PageClient) -> None:
    page = client.get(NEW)
    for bank_id in bank_ids():
        assert load_bank(bank_id).title in page.text


def test_no_bank_chosen_is_an_error(client: PageClient) -> None:
    assert client.get(f"{NEW}?step=2").errors == ["Choose a question bank."]
    assert client.get(f"{NEW}?bank=nonsense&step=2").errors == ["Choose a question bank."]


@pytest.mark.parametrize("bank_id", bank_ids())
def test_the_form_offers_what_the_bank_has_and_says_whose_it_is(client: PageClient, bank_id: str) -> None:
    bank, page = load_bank(bank_id), client.get(f"{NEW}?bank={bank_id}")
    for weighting in bank.weightings:
        assert weighting.title in page.text
        assert weighting.rule[:30] in page.text
    assert f"{bank.default_target.number}, mostly in place (usual target)" in page.text
    assert "Plumbline’s own" in page.text


def test_an_audit_is_opened(client: PageClient, workplace: Workplace, lead: Person) -> None:
    client.get(f"{NEW}?bank=recommendations")
    page = client.submit(f"{NEW}?bank=recommendations", DETAILS)
    assert page.heading == "Self-audit of 12 conditions"
    assert "0 of 12 rated" in page.text
    [audit] = audits_of(workplace, lead, "testshire")
    assert audit.details == AuditDetails("recommendations", "Autumn 2026")


def test_scope_weighting_and_target_are_kept(client: PageClient, workplace: Workplace, lead: Person) -> None:
    client.get(f"{NEW}?bank=key-ingredients")
    sent = {"period": " Spring\n2027 ", "scope": "team", "team": "Duty", "weighting": "evidence", "target": "4"}
    client.submit(f"{NEW}?bank=key-ingredients", {**sent, "locality": "North"})
    [audit] = audits_of(workplace, lead, "testshire")
    assert audit.details == AuditDetails("key-ingredients", "Spring 2027", ScopeKind.TEAM, "Duty", "evidence", 4)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"period": "  "}, "Enter a period, such as “Autumn 2026”."),
        ({"period": "x" * 121}, "“Period” must be 120 characters or fewer. You have entered 121."),
        ({"period": "a\x07b"}, "“Period” holds the control character U+0007."),
        ({"period": "\u202eevil"}, "“Period” holds a character that cannot be seen. Type it again."),
        ({"scope": ""}, "Choose what the audit covers."),
        ({"scope": "galaxy"}, "Choose what the audit covers."),
        ({"scope": "locality", "locality": " "}, "Enter the name of the locality."),
        ({"scope": "team", "team": " "}, "Enter the name of the team."),
        ({"weighting": "mine"}, "Choose how the score weighs each answer."),
        ({"target": "9"}, "Choose the level that you aim at."),
    ],
)
def test_a_fault_is_named_and_what_was_typed_stays(client: PageClient, changes: dict[str, str], error: str) -> None:
    client.get(f"{NEW}?bank=recommendations")
    page = client.refuse(f"{NEW}?bank=recommendations", {**DETAILS, "locality": "Old", **changes})
    assert len(page.errors) == 1
    assert page.errors[0].startswith(error)
    kept = changes.get("locality", "Old")
    assert page.value("locality") == kept.strip()


def test_the_task_list_shows_every_state(client: PageClient, workplace: Workplace, lead: Person) -> None:
    audit = opened(workplace, lead)
    states = {
        "R1": Response(RatingState.RATED, 2),
        "R2": Response(RatingState.NOT_APPLICABLE, reason="We have none."),
        "R5": Response(RatingState.DONT_KNOW),
        "R6": Response(what_happens_now="Some words."),
        "S1": Response(what_happens_now="Some words."),
        "S2": Response(),
    }
    for name, response in states.items():
        save_response(workplace, lead, "testshire", 1, name, response)
    page = client.get(audit)
    rows = [words(row) for row in page.all("li") if "govuk-task-list__item" in (row.get("class") or "")]
    shown = {row.split()[0]: row for row in rows}
    assert shown["R1"].endswith("2, partly in place")
    assert shown["R2"].endswith("Not applicable")
    assert shown["R5"].endswith("Don’t know")
    assert shown["R6"].endswith("Text only")
    assert shown["R7"].endswith("Not started")
    assert shown["S1"].endswith("Answered")
    assert shown["S2"].endswith("Not started")
    assert "1 of 12 rated" in page.text
    for label in ("Check your answers", "Results", "Gap report", "Plan"):
        assert page.link(label)


def test_opening_questions_come_first_where_the_bank_has_them(
    client: PageClient, workplace: Workplace, lead: Person
) -> None:
    page = client.get(opened(workplace, lead, "key-ingredients"))
    titles = [words(each) for each in page.all("h2")]
    assert titles[:2] == ["Before you rate", "Tools and practice"]
    assert "0 of 20 rated" in page.text


def test_contradictions_are_pointed_out(client: PageClient, workplace: Workplace, lead: Person) -> None:
    audit = opened(workplace, lead)
    save_response(workplace, lead, "testshire", 1, "R3", Response(RatingState.RATED, 0))
    save_response(workplace, lead, "testshire", 1, "R4", Response(RatingState.RATED, 2))
    for path in (audit, f"{audit}/check"):
        assert "R4 is rated 2, partly in place, and R3 is rated 0, not in place" in client.get(path).text


def test_a_save_is_confirmed_by_the_name_of_an_item_only(
    client: PageClient, workplace: Workplace, lead: Person
) -> None:
    audit = opened(workplace, lead)
    save_response(workplace, lead, "testshire", 1, "R1", Response(what_happens_now="Two teams have it."))
    save_response(workplace, lead, "testshire", 1, "R2", Response())
    assert "Your answer to R1 is saved." in client.get(f"{audit}?saved=R1").text
    for name in ("Everything", "R2", "R3"):
        assert "is saved" not in client.get(f"{audit}?saved={name}").text


def test_check_your_answers_of_an_empty_audit(client: PageClient, workplace: Workplace, lead: Person) -> None:
    page = client.get(f"{opened(workplace, lead)}/check")
    assert "Not rated (12)" in page.text
    assert "See the results" in page.text


def test_check_your_answers_shows_answers_and_what_is_missing(
    client: PageClient, workplace: Workplace, lead: Person
) -> None:
    audit = opened(workplace, lead)
    client.get(f"{audit}/items/R1")
    client.submit(f"{audit}/items/R1", {**FULL, "seen": "0"})
    client.get(f"{audit}/items/R2")
    client.submit(f"{audit}/items/R2", {"rating": "1", "seen": "0"})
    page = client.get(f"{audit}/check")
    assert "Half of the teams do." in page.text
    assert "https://example.gov.uk/audit.pdf, 1 March 2026, Page 3" in page.text
    assert "Rated, but without a reason (1)" in page.text
    assert "Below target, but silent on what needs to happen (1)" in page.text
    assert "Not rated (10)" in page.text


def test_a_full_audit_misses_nothing(client: PageClient, workplace: Workplace, lead: Person) -> None:
    audit = opened(workplace, lead)
    full = Response(RatingState.RATED, 2, "A reason.", None, "Now.", "Then.", "So.")
    for name in load_bank("recommendations").items:
        save_response(workplace, lead, "testshire", 1, name, full)
    assert "Nothing. Every condition is answered" in client.get(f"{audit}/check").text
    assert "12 of 12 rated" in client.get(audit).text


def test_a_signed_off_audit_says_so(client: PageClient, workplace: Workplace, lead: Person) -> None:
    audit = opened(workplace, lead)
    sign_off(workplace, audit)
    assert "This audit is signed off." in client.get(audit).text
    assert "Read" in client.get(f"{audit}/check").text


def test_strangers_are_asked_to_sign_in(
    stranger: PageClient, workplace: Workplace, lead: Person, testshire: Authority
) -> None:
    audit = opened(workplace, lead)
    for path in (NEW, audit, f"{audit}/check", f"{audit}/items/R1"):
        assert stranger.browser.get(path).status_code == 302


def test_members_of_another_authority_learn_nothing(client: PageClient, workplace: Workplace, lead: Person) -> None:
    audit = opened(workplace, lead)
    sign_in.issue_link(workplace, "other@elsewhere.gov.uk")
    other = enter(client.app, workplace, "other@elsewhere.gov.uk")
    for path in (NEW, audit, f"{audit}/check", f"{audit}/items/R1", f"{audit}/items/R1/history"):
        other.get(path, 404)


def test_a_viewer_sees_nothing_of_an_audit_that_is_not_signed_off(
    client: PageClient, workplace: Workplace, lead: Person
) -> None:
    audit = opened(workplace, lead)
    viewer = sign_in.person_of_link(workplace, sign_in.issue_link(workplace, "viewer@testshire.gov.uk"))
    with workplace.registry() as registry:
        people.add_membership(registry, viewer.id, "testshire", Role.VIEWER)
    visitor = enter(client.app, workplace, viewer.email)
    for path in ("", "/check", "/items/R1", "/items/R1/history", "/results", "/report", "/offline"):
        visitor.get(f"{audit}{path}", 403)
    visitor.refuse(f"{audit}/items/R1", {"rating": "2", "seen": "0"}, 403)
    visitor.get(NEW, 403)
