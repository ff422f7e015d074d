"""Signing off in the browser: what the lead reads first, what is kept, and what each role sees of it."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

import pytest
from flask import Flask

from audit.core.audits import EvidenceLink
from audit.core.bank_loader import load_bank
from audit.core.people import Person, Role
from audit.core.responses import RatingState, Response
from audit.operations import moderation, sign_in, signing
from audit.operations.answering import save_response
from audit.operations.authorities import change_authority
from audit.operations.closing import close_answering, open_answering
from audit.operations.workplace import Workplace
from audit.reports.proof.check import check_pdf
from audit.reports.proof.verdict import Outcome
from audit.store import people
from audit.store.connection import write
from tests.clock import Clock
from tests.making import rated
from tests.reports.tagged import failures
from tests.web.client import Page, PageClient
from tests.web.conftest import enter
from tests.web.filling import answer, opened

SLUG = "testshire"
HOME = f"/authorities/{SLUG}"
STATEMENT = 'We stand by this <b>"reading"</b>.\nWe begin with R1 & R2.'
ACCENT = {"name": "Testshire", "ons_code": "", "accent": ""}


def member(app: Flask, workplace: Workplace, role: Role) -> PageClient:
    """The browser of a member in this role."""
    email = f"{role.value}@elsewhere.example"
    person = sign_in.person_of_link(workplace, sign_in.issue_link(workplace, email, role.value.capitalize()))
    with workplace.registry() as registry, write(registry):
        people.add_membership(registry, person.id, SLUG, role)
    return enter(app, workplace, email)


@pytest.fixture
def real_pdf() -> None:
    """Asked for by tests that look into the PDF: all others are quicker without."""


@pytest.fixture(autouse=True)
def _quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "real_pdf" not in request.fixturenames:
        monkeypatch.setattr("audit.web.signed_report.render_checkable_pdf", lambda *_: b"%PDF-1.7 in short")


@pytest.fixture
def audit(client: PageClient, workplace: Workplace, lead: Person) -> str:
    """The address of an audit with two answers."""
    address = opened(workplace, lead)
    number = number_of(address)
    full = Response(RatingState.RATED, 2, "Ten cases were read.", how_to_progress="The PSW, by March.")
    link = EvidenceLink("https://testshire.gov.uk/audit", "2026-03-01", "Page 3")
    save_response(workplace, lead, SLUG, number, "R1", full, (link,))
    save_response(workplace, lead, SLUG, number, "R2", rated(1))
    save_response(workplace, lead, SLUG, number, "R3", Response(RatingState.DONT_KNOW))
    return address


@pytest.fixture
def closed(audit: str, workplace: Workplace, lead: Person) -> str:
    """The same once answering is closed."""
    close_answering(workplace, lead, SLUG, number_of(audit))
    return audit


def number_of(address: str) -> int:
    return int(address.rpartition("/")[2])


def settle(workplace: Workplace, person: Person, address: str, item_id: str, level: int) -> None:
    response = Response(RatingState.RATED, level, "We talked about it.")
    moderation.settle(workplace, person, SLUG, number_of(address), item_id, response)


def sign(client: PageClient, address: str, statement: str = STATEMENT) -> Page:
    page = client.get(f"{address}/sign-off")
    return client.submit(f"{address}/sign-off", answer(page, {"statement": statement, "read": "y"}))


def reopen(client: PageClient, address: str, because: str = "R2 was settled by mistake.") -> Page:
    client.get(f"{address}/reopen")
    return client.submit(f"{address}/reopen", {"because": because})


def bytes_of(client: PageClient, path: str) -> bytes:
    response = client.browser.get(path)
    assert response.status_code == 200
    return bytes(response.data)


def test_the_page_says_what_is_complete_and_what_is_not(
    client: PageClient, closed: str, workplace: Workplace, lead: Person
) -> None:
    settle(workplace, lead, closed, "R4", 4)
    text = client.get(f"{closed}/sign-off").text
    assert "You sign version 1 of the report as Lee O’Neill, lead." in text
    assert "3 of 12 conditions are at answers that nobody settled" in text
    assert "8 of 12 conditions are without any answer" in text
    assert "1 of 12 conditions is at “don’t know”" in text
    assert "1 of 2 gaps is without a word on who will do what" in text
    assert "Two camps" not in text
    assert client.last is not None
    assert client.last.link("Read the whole report") == f"{closed}/report?length=appendix"


def test_a_full_audit_is_complete(client: PageClient, closed: str, workplace: Workplace, lead: Person) -> None:
    for item_id in load_bank("recommendations").items:
        settle(workplace, lead, closed, item_id, 4)
    text = client.get(f"{closed}/sign-off").text
    for words in ("Every answer is settled", "Every condition has an answer", "No condition stands at"):
        assert words in text
    assert "Nothing that is rated stands below its target" in text


def test_two_camps_are_named_where_enough_people_answered(
    client: PageClient, audit: str, workplace: Workplace, lead: Person
) -> None:
    number = number_of(audit)
    for count, level in enumerate([0, 0, 4, 4, 0]):
        link = sign_in.issue_link(workplace, f"{count}@testshire.gov.uk", f"Number {count}")
        person = sign_in.person_of_link(workplace, link)
        with workplace.registry() as registry, write(registry):
            people.add_membership(registry, person.id, SLUG, Role.CONTRIBUTOR)
        save_response(workplace, person, SLUG, number, "R5", rated(level))
        if count < 3:
            save_response(workplace, person, SLUG, number, "R6", rated(level))
    close_answering(workplace, lead, SLUG, number)
    text = client.get(f"{audit}/sign-off").text
    assert "On one condition people stand in two camps" in text
    camps = text.partition("people stand in two camps")[2].partition("without any answer")[0]
    assert "R5 " in camps
    assert "R6 " not in camps.partition("Answered")[0], "three people are too few to say so"
    settle(workplace, lead, audit, "R5", 2)
    assert "two camps" not in client.get(f"{audit}/sign-off").text


@pytest.mark.usefixtures("real_pdf")
def test_the_report_is_kept_byte_for_byte_with_the_signature_on_it(
    client: PageClient, closed: str, workplace: Workplace, lead: Person
) -> None:
    page = sign(client, closed)
    assert page.address == f"{closed}/versions?signed=1"
    assert "The audit is signed off. Version 1 of the report is kept." in page.text
    assert "21 November 2026, 2.05pm, by Lee O’Neill" in page.text
    html, pdf = signing.signed_files(workplace, lead, SLUG, number_of(closed), 1)
    assert bytes_of(client, page.link("Read version 1 as a page")) == html
    assert bytes_of(client, page.link("Download version 1 as PDF")) == pdf
    for data in (html, pdf):
        assert hashlib.sha256(data).hexdigest() in page.text
    words = html.decode()
    assert "Signed off by Lee O’Neill, lead, on 21 November 2026. Version 1." in words
    assert "We stand by this &lt;b&gt;“reading”&lt;/b&gt;." in words
    assert words.index("Signed off by") < words.index('id="summary"')
    assert 'id="answers"' in words, "everything is told"
    assert not re.search(r'href="(?!#)(?!https://testshire\.gov\.uk/audit)', words), "it leads to no page of Plumbline"


@pytest.mark.usefixtures("real_pdf")
def test_the_pdf_can_be_checked_and_read_aloud(
    client: PageClient, closed: str, workplace: Workplace, lead: Person
) -> None:
    sign(client, closed, f"{STATEMENT}\n" + "A long statement. " * 100)
    _, pdf = signing.signed_files(workplace, lead, SLUG, number_of(closed), 1)
    assert check_pdf(pdf).outcome is Outcome.AGREES
    assert failures(pdf) == []
    response = client.browser.get(f"{closed}/versions/1.pdf")
    assert response.mimetype == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store"
    assert "signed version 1.pdf" in response.headers["Content-Disposition"]


def test_the_kept_page_may_load_nothing(client: PageClient, closed: str) -> None:
    sign(client, closed)
    response = client.browser.get(f"{closed}/versions/1")
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"statement": " \n "}, "Enter a statement"),
        ({"statement": "x" * 2001}, "2,000 characters or fewer. You have entered 2,001"),
        ({"statement": "a\x07b"}, "control character"),
        ({"read": ""}, "tick that you have read it"),
    ],
)
def test_a_fault_is_named_and_nothing_is_signed(
    client: PageClient, closed: str, workplace: Workplace, lead: Person, changes: dict[str, str], says: str
) -> None:
    page = client.get(f"{closed}/sign-off")
    sent = {key: value for key, value in {"statement": "Ours.", "read": "y", **changes}.items() if value}
    page = client.refuse(f"{closed}/sign-off", answer(page, sent))
    assert len(page.errors) == 1
    assert says in page.errors[0]
    assert page.value("statement") == sent["statement"].strip().replace("\x07", "\ufffd")
    assert signing.signed_versions(workplace, lead, SLUG, number_of(closed)).kept == ()


def test_what_changed_since_is_shown_before_anything_is_signed(
    client: PageClient, closed: str, workplace: Workplace, lead: Person
) -> None:
    page = client.get(f"{closed}/sign-off")
    settle(workplace, lead, closed, "R2", 3)
    page = client.refuse(f"{closed}/sign-off", answer(page, {"statement": "Ours, we think.", "read": "y"}), 409)
    assert "The report has changed since you opened this page" in page.text
    assert "Lee O’Neill settled R2" in page.text
    assert page.value("statement") == "Ours, we think."
    assert "checked" not in page.by_id("read").attrib
    assert signing.signed_versions(workplace, lead, SLUG, number_of(closed)).kept == ()
    page = client.submit(f"{closed}/sign-off", answer(page, {"read": "y"}))
    assert page.heading == "Signed versions"


def test_a_form_with_a_fault_still_names_the_report_that_was_shown_first(
    client: PageClient, closed: str, workplace: Workplace, lead: Person
) -> None:
    page = client.get(f"{closed}/sign-off")
    settle(workplace, lead, closed, "R2", 3)
    page = client.refuse(f"{closed}/sign-off", answer(page, {"statement": ""}))
    page = client.refuse(f"{closed}/sign-off", answer(page, {"statement": "Ours.", "read": "y"}), 409)
    assert "settled R2" in page.text


def test_what_stands_beside_the_answers_is_part_of_what_is_signed(
    client: PageClient, closed: str, workplace: Workplace, lead: Person
) -> None:
    page = client.get(f"{closed}/sign-off")
    change_authority(workplace, lead, SLUG, **{**ACCENT, "name": "Othershire"})
    page = client.refuse(f"{closed}/sign-off", answer(page, {"statement": "Ours.", "read": "y"}), 409)
    assert "No answer was changed" in page.text


@pytest.mark.parametrize("seen", ["", "x", "9" * 400 + ".a", "-1.", "0.abc", "².x"])
def test_a_form_that_names_no_report_signs_nothing(client: PageClient, closed: str, seen: str) -> None:
    page = client.get(f"{closed}/sign-off")
    client.refuse(f"{closed}/sign-off", answer(page, {"statement": "Ours.", "read": "y", "seen": seen}), 409)


def test_the_day_does_not_make_a_report_another(client: PageClient, closed: str, clock: Clock) -> None:
    page = client.get(f"{closed}/sign-off")
    clock.forward(timedelta(hours=11))
    page = client.submit(f"{closed}/sign-off", answer(page, {"statement": "Ours.", "read": "y"}))
    assert "22 November 2026, 1.05am" in page.text
    html = bytes_of(client, f"{closed}/versions/1").decode()
    assert "Made on 22 November 2026" in html
    assert "on 22 November 2026. Version 1." in html


def test_a_lead_who_comes_second_keeps_her_statement(
    app: Flask, client: PageClient, closed: str, workplace: Workplace
) -> None:
    other = member(app, workplace, Role.LEAD)
    page = other.get(f"{closed}/sign-off")
    sign(client, closed)
    page = other.refuse(f"{closed}/sign-off", answer(page, {"statement": "Mine.", "read": "y"}), 409)
    assert "signed off already" in page.text
    assert page.value("typed-1") == "Mine."
    assert len(page.all("textarea")) == 1, "the tick is nothing to copy"
    assert other.follow(other.browser.get(f"{closed}/sign-off")).heading == "Signed versions"


def test_while_people_answer_there_is_nothing_to_sign(
    client: PageClient, closed: str, workplace: Workplace, lead: Person
) -> None:
    page = client.get(f"{closed}/sign-off")
    open_answering(workplace, lead, SLUG, number_of(closed))
    page = client.refuse(f"{closed}/sign-off", answer(page, {"statement": "Mine.", "read": "y"}), 409)
    assert "Close answering first" in page.text
    assert page.value("typed-1") == "Mine."
    assert "Close answering first" in client.get(f"{closed}/sign-off", 409).text
    assert "not signed off" in client.get(f"{closed}/reopen", 409).text


def test_opening_again_needs_a_reason_that_all_can_read(
    app: Flask, client: PageClient, closed: str, workplace: Workplace
) -> None:
    sign(client, closed)
    page = client.get(f"{closed}/reopen")
    assert client.refuse(f"{closed}/reopen", {"because": " "}).errors == [
        "Enter a reason. It stands beside the signed version."
    ]
    before = bytes_of(client, f"{closed}/versions/1")
    page = reopen(client, closed, "R2 is <wrong>.")
    assert "The audit is open again" in page.text
    viewer = member(app, workplace, Role.VIEWER)
    page = viewer.get(f"{closed}/versions")
    assert "A new version is being prepared" in page.text
    assert "R2 is <wrong>." in page.text
    assert bytes_of(viewer, f"{closed}/versions/1") == before
    page = sign(client, closed, "Now it is right.")
    assert page.text.index("Version 2") < page.text.index("Version 1")
    assert bytes_of(viewer, f"{closed}/versions/1") == before
    assert b"Version 2." in bytes_of(viewer, f"{closed}/versions/2")
    viewer.get(f"{closed}/versions/3", 404)


def test_a_viewer_sees_signed_versions_and_nothing_else(
    app: Flask, client: PageClient, closed: str, workplace: Workplace
) -> None:
    viewer = member(app, workplace, Role.VIEWER)
    page = viewer.get(HOME)
    assert "Not yet signed off" in page.text
    assert "Autumn 2026" in page.text
    for words in ("answered", "Results", "Gap report", "Answer", "closed", "settled"):
        assert words not in page.text
    assert not [each for each in page.all("a") if f"{closed}" in (each.get("href") or "")]
    assert "not yet signed off" in viewer.get(f"{closed}/versions").text
    refused = ["results", "results/working", "plan", "report"]
    for path in refused:
        viewer.get(f"{closed}/{path}", 403)
    sign(client, closed)
    page = viewer.get(HOME)
    assert "Version 1, signed off on 21 November 2026 by Lee O’Neill" in page.text
    links = {each.get("href") for each in page.all("a") if closed in (each.get("href") or "")}
    assert links == {f"{closed}/versions", f"{closed}/versions/1"}
    for path in refused:
        viewer.get(f"{closed}/{path}", 403)
    for path in ("answers.json", "answers.csv", "answers.xlsx", "report.xlsx", "report.docx", "report.pdf"):
        assert viewer.browser.get(f"{closed}/{path}").status_code == 403
    for path in ("sign-off", "reopen"):
        viewer.get(f"{closed}/{path}", 403)
    reopen(client, closed)
    assert "A new version is being prepared" in viewer.get(HOME).text


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.FACILITATOR])
def test_others_read_the_signed_version_beside_their_own_pages(
    app: Flask, client: PageClient, closed: str, workplace: Workplace, role: Role
) -> None:
    other = member(app, workplace, role)
    assert "Not yet signed off" in other.get(HOME).text
    sign(client, closed)
    page = other.get(f"{closed}/results")
    assert "This audit is signed off" in page.text
    assert page.link("Read version 1, signed off on 21 November 2026") == f"{closed}/versions/1"
    assert b"Read version 1, which is signed" in bytes_of(other, f"{closed}/report")
    reopen(client, closed)
    assert "A new version is being prepared" in other.get(f"{closed}/results").text
    for path in ("sign-off", "reopen"):
        other.get(f"{closed}/{path}", 403)
    assert "Open the audit again" not in other.get(f"{closed}/versions").text


def test_a_stranger_cannot_tell_that_anything_is_signed(
    app: Flask, client: PageClient, closed: str, workplace: Workplace
) -> None:
    sign(client, closed)
    other = enter(app, workplace, "other@otherton.gov.uk")
    for path in ("versions", "versions/1", "versions/1.pdf", "sign-off", "reopen"):
        real = other.get(f"{closed}/{path}", 404)
        made_up = other.get(f"/authorities/nowhere/audits/1/{path}", 404)
        assert real.text == made_up.text


def test_a_form_for_a_signed_audit_is_refused_with_what_was_typed(
    client: PageClient, audit: str, workplace: Workplace, lead: Person
) -> None:
    page = client.get(f"{audit}/items/R6")
    typed = answer(page, {"rating": "2", "what_happens_now": "Half of the teams do."})
    close_answering(workplace, lead, SLUG, number_of(audit))
    sign(client, audit)
    page = client.refuse(f"{audit}/items/R6", typed, 409)
    assert "signed off" in page.text
    assert "Half of the teams do." in [each.text for each in page.all("textarea")]


def test_files_that_no_longer_fit_are_pointed_out(client: PageClient, closed: str, workplace: Workplace) -> None:
    page = sign(client, closed)
    assert "no longer have the hashes" not in page.text
    with workplace.authority(SLUG) as file, write(file):
        file.execute("UPDATE versions SET page = ?", [b"<p>Another report</p>"])
    assert "no longer have the hashes" in client.get(f"{closed}/versions").text


def test_a_renderer_that_fails_leaves_the_audit_as_it_was(
    client: PageClient, closed: str, workplace: Workplace, lead: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no fonts")

    monkeypatch.setattr("audit.web.signing.render_signed", broken)
    client.app.testing = False
    client.app.config["PROPAGATE_EXCEPTIONS"] = False
    page = client.get(f"{closed}/sign-off")
    page = client.refuse(f"{closed}/sign-off", answer(page, {"statement": "Mine.", "read": "y"}), 500)
    assert page.value("typed-1") == "Mine."
    monkeypatch.undo()
    assert signing.signed_versions(workplace, lead, SLUG, number_of(closed)).kept == ()
    assert sign(client, closed).heading == "Signed versions"
