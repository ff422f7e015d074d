"""Signing in with an authority's own account: who gets in, where to, and what is refused."""

from __future__ import annotations

import base64
import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import requests
from flask import Flask
from joserfc import jwt
from pyotp import TOTP
from werkzeug.test import TestResponse

from audit.core.audits import AuditDetails
from audit.core.mailboxes import Mailbox
from audit.core.people import Authority, Person, Role
from audit.operations import directories, invitations, members, second_factor, sign_in
from audit.operations.audits import open_audit
from audit.operations.authorities import create_authority
from audit.operations.people import known_person
from audit.operations.sessions import BY_LINK
from audit.operations.workplace import Workplace
from audit.web import openid_provider
from tests import identity_provider
from tests.clock import Clock
from tests.identity_provider import CLIENT_ID, OTHER_TENANT, TENANT, IdentityProvider, Sign
from tests.sessions import begin_session
from tests.web.client import Page, PageClient
from tests.web.conftest import enter
from tests.web.walls import USUAL

SIGN_IN = "/authorities/testshire/sign-in"
JO = "jo.bloggs@testshire.gov.uk"
NOT_INVITED = "You have not been invited to Plumbline"
REFUSED = "Your authority’s sign-in service did not sign you in"
DOWN = "Your authority’s sign-in service does not answer"
STALE = "This sign-in has ended"


@pytest.fixture
def provider(workplace: Workplace, clock: Clock, testshire: Authority) -> Iterator[IdentityProvider]:
    """The directory of Testshire."""
    with identity_provider.running(clock) as running:
        directories.set_directory(workplace, running.directory())
        yield running


@pytest.fixture
def jo(workplace: Workplace, lead: Person, testshire: Authority) -> Person:
    """A viewer of Testshire, and the lead of Othershire."""
    person = known_person(workplace, JO, "Jo B")
    create_authority(workplace, person, "Othershire")
    (made,) = invitations.invite(workplace, lead, "testshire", [Mailbox(JO)], Role.VIEWER)
    return invitations.accept(workplace, made.token, person)


def way_back(visitor: PageClient, start: str = f"{SIGN_IN}/start") -> str:
    """The address by which the provider sends the browser back."""
    gone = visitor.browser.get(start)
    assert gone.status_code == 302, gone.text
    answer = requests.get(gone.location, allow_redirects=False, timeout=10)
    assert answer.status_code == 302
    return answer.headers["Location"]


def come_back(visitor: PageClient) -> TestResponse:
    """What the browser gets that has been to the provider."""
    return visitor.browser.get(way_back(visitor))


def refused(visitor: PageClient, status: int = 403) -> Page:
    """The page for somebody who does not get in, and whom every other page still asks to sign in."""
    page = visitor.get(way_back(visitor), status)
    assert visitor.browser.get("/authorities").location == "/sign-in"
    return page


def test_a_member_signs_in_with_the_account_of_the_authority(
    stranger: PageClient, provider: IdentityProvider, jo: Person
) -> None:
    page = stranger.get(SIGN_IN)
    assert page.heading == "Sign in with your authority’s account"
    gone = stranger.browser.get(page.link("Go to your authority’s sign-in page"))
    assert gone.location.startswith(f"{provider.address}/authorize?")
    page = stranger.follow(come_back(stranger))
    assert (page.address, page.heading) == ("/authorities/testshire", "Testshire")
    assert "with the account of your authority" in stranger.get("/account/sessions").text
    assert "To change your password or second factor here, sign in with a link" in stranger.get("/account").text
    stranger.submit("/sign-out")
    assert stranger.browser.get("/authorities").location == "/sign-in"


def test_somebody_invited_becomes_a_member_by_signing_in(
    app: Flask, stranger: PageClient, workplace: Workplace, lead: Person, provider: IdentityProvider
) -> None:
    (made,) = invitations.invite(workplace, lead, "testshire", [Mailbox(JO)], Role.CONTRIBUTOR)
    assert stranger.follow(come_back(stranger)).heading == "Testshire"
    roster = members.roster(workplace, lead, "testshire")
    found = {member.person.name: member.role for member in roster.members}
    assert found == {"Lee O'Neill": Role.LEAD, "Jo Bloggs": Role.CONTRIBUTOR}
    assert roster.invitations == ()
    PageClient(app).get(f"/invitations/{made.token}", 410)
    trail = enter(app, workplace, lead.email).get("/authorities/testshire/trail").text
    assert "Jo Bloggs signed in with the authority’s account" in trail
    assert "Whoever runs the server set the directory for signing in" in trail


def test_the_account_counts_and_not_its_address(
    app: Flask, stranger: PageClient, provider: IdentityProvider, jo: Person
) -> None:
    come_back(stranger)
    provider.claims = {"preferred_username": "jo.married@testshire.gov.uk", "email": "lead@testshire.gov.uk"}
    again = PageClient(app)
    assert again.follow(come_back(again)).heading == "Testshire"
    assert JO in again.get("/account").text


def test_the_address_of_a_member_in_other_hands_opens_nothing(
    app: Flask, stranger: PageClient, provider: IdentityProvider, jo: Person
) -> None:
    come_back(stranger)
    provider.claims = {"oid": "object-of-the-next-jo"}
    page = refused(PageClient(app))
    assert page.heading == "Your account does not fit the person we know"
    assert f"{JO} is linked to another account" in page.text


def test_the_sign_in_of_one_authority_opens_no_other(
    app: Flask, workplace: Workplace, stranger: PageClient, provider: IdentityProvider, jo: Person
) -> None:
    assert enter(app, workplace, JO).get("/authorities/othershire").heading == "Othershire"
    come_back(stranger)
    page = stranger.get("/authorities")
    assert "Testshire" in page.text
    assert "Othershire" not in page.text
    assert "This sign-in opens one authority only" in page.text
    assert "Add an authority" not in page.text
    stranger.get("/authorities/othershire", 404)
    stranger.get("/authorities/othershire/people", 404)
    stranger.get("/authorities/testshire/people")
    assert stranger.get("/account").token
    assert stranger.send("/authorities/new", {"name": "Newshire"}).status_code == 403
    assert stranger.send("/account/password", {"new": "a long one, with words"}).status_code == 403


def test_no_page_of_another_authority_opens(
    workplace: Workplace, stranger: PageClient, provider: IdentityProvider, jo: Person
) -> None:
    open_audit(workplace, jo, "othershire", AuditDetails("recommendations", "Autumn 2026"))
    come_back(stranger)
    token = stranger.get("/authorities").token
    rules = [rule for rule in stranger.app.url_map.iter_rules() if rule.rule.startswith("/authorities/<slug>")]
    tried = 0
    for rule in rules:
        if rule.endpoint.startswith("openid."):
            continue
        given = {**USUAL, "slug": "othershire", "audit_id": 1, "person_id": jo.id, "name": "R1", "form": "csv"}
        values = {name: given[name] for name in rule.arguments}
        for method in (rule.methods or set()) & {"GET", "POST"}:
            address = stranger.app.url_map.bind("localhost").build(rule.endpoint, values, method=method)
            answer = stranger.browser.open(address, method=method, data={"csrf_token": token})
            assert answer.status_code == 404, f"{method} {address}: {answer.status_code}"
            tried += 1
    assert tried > 60


def test_an_invitation_elsewhere_needs_a_sign_in_of_ones_own(
    app: Flask, workplace: Workplace, lead: Person, stranger: PageClient, provider: IdentityProvider, jo: Person
) -> None:
    create_authority(workplace, lead, "Thirdshire")
    (made,) = invitations.invite(workplace, lead, "thirdshire", [Mailbox(JO)], Role.VIEWER)
    come_back(stranger)
    page = stranger.get(f"/invitations/{made.token}")
    assert f"Sign in as {JO} first" in page.text
    assert stranger.refuse(f"/invitations/{made.token}").heading == "Invitation to Thirdshire"
    mine = enter(app, workplace, JO)
    mine.get(f"/invitations/{made.token}")
    assert mine.submit(f"/invitations/{made.token}").heading == "Thirdshire"


def test_one_comes_back_to_a_page_of_this_authority(
    app: Flask, stranger: PageClient, provider: IdentityProvider, jo: Person
) -> None:
    stranger.browser.get("/authorities/testshire/people")
    assert come_back(stranger).location == "/authorities/testshire/people"
    for elsewhere in ("/authorities/othershire", "/authorities/testshire-2/people"):
        other = PageClient(app)
        other.browser.get(elsewhere)
        assert come_back(other).location == "/authorities/testshire"


def test_the_directory_asks_for_a_second_factor_of_its_own(
    workplace: Workplace, clock: Clock, stranger: PageClient, provider: IdentityProvider, jo: Person
) -> None:
    session = begin_session(workplace, jo.id, BY_LINK)
    code = TOTP(second_factor.begin(workplace, session)).at(clock())
    second_factor.confirm(workplace, session, code)
    assert not sign_in.enter(workplace, jo.id, BY_LINK).complete
    assert come_back(stranger).location == "/authorities/testshire"
    stranger.get("/authorities/testshire")


def test_the_session_before_ends(client: PageClient, provider: IdentityProvider, jo: Person) -> None:
    with client.browser.session_transaction() as cookie:
        before = cookie["token"]
    assert "You are now signed in as Lee O’Neill" in client.get(SIGN_IN).text
    come_back(client)
    with client.browser.session_transaction() as cookie:
        assert set(cookie) == {"token"}
        assert cookie["token"] != before
        cookie["token"] = before
    assert client.browser.get("/authorities").location == "/sign-in"


def test_who_is_removed_gets_in_no_more_until_invited_again(
    app: Flask, workplace: Workplace, lead: Person, stranger: PageClient, provider: IdentityProvider, jo: Person
) -> None:
    come_back(stranger)
    members.remove_member(workplace, lead, "testshire", jo.id)
    stranger.get("/authorities/testshire", 404)
    assert refused(PageClient(app)).heading == NOT_INVITED
    invitations.invite(workplace, lead, "testshire", [Mailbox(JO)], Role.VIEWER)
    again = PageClient(app)
    assert again.follow(come_back(again)).heading == "Testshire"


@pytest.mark.parametrize("state", ["withdrawn", "expired", "elsewhere", "none"])
def test_who_is_not_invited_is_told_so(
    state: str, workplace: Workplace, clock: Clock, lead: Person, stranger: PageClient, provider: IdentityProvider
) -> None:
    if state in ("withdrawn", "expired"):
        invitations.invite(workplace, lead, "testshire", [Mailbox(JO)], Role.VIEWER)
    if state == "withdrawn":
        invitations.withdraw_invitation(workplace, lead, "testshire", 1)
    if state == "expired":
        clock.forward(invitations.LIFE + timedelta(minutes=1))
    if state == "elsewhere":
        create_authority(workplace, known_person(workplace, JO), "Othershire")
    page = refused(stranger)
    assert page.heading == NOT_INVITED
    assert "You are signed in at your authority, but nobody has invited you to Plumbline." in page.text
    assert JO in page.text


def test_the_address_of_a_guest_counts_for_nothing(
    stranger: PageClient, provider: IdentityProvider, jo: Person
) -> None:
    provider.claims = {"idp": f"https://sts.windows.net/{OTHER_TENANT}/"}
    assert refused(stranger).heading == NOT_INVITED


def test_an_account_with_the_addresses_of_two_people_is_refused(
    stranger: PageClient, provider: IdentityProvider, jo: Person
) -> None:
    provider.claims = {"email": "lead@testshire.gov.uk"}
    assert "addresses of two people" in refused(stranger).text


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"tid": OTHER_TENANT}, id="tid"),
        pytest.param({"tid": None}, id="no tid"),
        pytest.param({"iss": f"https://login.microsoftonline.com/{TENANT}/v2.0"}, id="iss"),
        pytest.param({"iss": None}, id="no iss"),
        pytest.param({"aud": "another-client"}, id="aud"),
        pytest.param({"aud": ["plumbline-of-testshire", "another"], "azp": "another"}, id="azp"),
        pytest.param({"aud": "another-client", "azp": CLIENT_ID}, id="aud with our azp"),
        pytest.param({"nonce": "of another sign-in"}, id="nonce"),
        pytest.param({"nonce": None}, id="no nonce"),
        pytest.param({"exp": 1_700_000_000}, id="expired"),
        pytest.param({"exp": None}, id="no exp"),
        pytest.param({"exp": "never"}, id="exp of words"),
        pytest.param({"nbf": 2_000_000_000}, id="nbf"),
        pytest.param({"oid": None}, id="no oid"),
        pytest.param({"oid": ""}, id="empty oid"),
        pytest.param({"oid": ["object-of-jo"]}, id="list for oid"),
        pytest.param({"oid": "x" * 256}, id="long oid"),
    ],
)
def test_a_token_that_says_the_wrong_thing_is_refused(
    stranger: PageClient, provider: IdentityProvider, jo: Person, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    assert refused(stranger).heading == REFUSED
    provider.claims = {}
    assert come_back(stranger).location == "/authorities/testshire"


@pytest.mark.parametrize(
    "sign",
    [
        identity_provider.unsigned,
        identity_provider.signed_with_the_public_key,
        identity_provider.signed_by_another,
        identity_provider.changed_afterwards,
        lambda provider, claims: "nonsense",
        lambda provider, claims: "",
    ],
)
def test_a_token_that_is_not_signed_by_the_provider_is_refused(
    stranger: PageClient, provider: IdentityProvider, jo: Person, sign: Sign
) -> None:
    provider.sign = sign
    assert refused(stranger).heading == REFUSED


def test_keys_can_change(app: Flask, stranger: PageClient, provider: IdentityProvider, jo: Person) -> None:
    come_back(stranger)
    come_back(stranger)
    assert provider.asked.count("/keys") == 1
    assert provider.asked.count("/.well-known/openid-configuration") == 1
    provider.key = identity_provider.a_key("second")
    again = PageClient(app)
    assert come_back(again).location == "/authorities/testshire"
    assert provider.asked.count("/keys") == 2


def test_a_withdrawn_key_counts_no_more_after_an_hour(
    app: Flask, clock: Clock, stranger: PageClient, provider: IdentityProvider, jo: Person
) -> None:
    come_back(stranger)
    old, provider.key = provider.key, identity_provider.a_key("second")
    provider.sign = lambda provider, claims: jwt.encode({"alg": "RS256", "kid": old.kid}, claims, old)
    clock.forward(timedelta(minutes=61))
    assert refused(PageClient(app)).heading == REFUSED


def test_an_answer_works_once(stranger: PageClient, provider: IdentityProvider, jo: Person) -> None:
    address = way_back(stranger)
    with stranger.browser.session_transaction() as cookie:
        kept = dict(cookie)
    assert stranger.browser.get(address).location == "/authorities/testshire"
    assert stranger.get(address, 400).heading == STALE
    with stranger.browser.session_transaction() as cookie:
        cookie.clear()
        cookie.update(kept)
    # The browser's cookie put back as it was: the provider still gives nothing for a code it has seen.
    assert stranger.get(address, 403).heading == REFUSED


def test_an_answer_that_was_refused_is_not_taken_again(
    stranger: PageClient, provider: IdentityProvider, jo: Person
) -> None:
    provider.claims = {"oid": None}
    address = way_back(stranger)
    assert stranger.get(address, 403).heading == REFUSED
    assert stranger.get(address, 400).heading == STALE
    assert provider.asked.count("/token") == 1


def test_an_answer_counts_in_the_browser_that_asked(app: Flask, provider: IdentityProvider, jo: Person) -> None:
    asker, other = PageClient(app), PageClient(app)
    address = way_back(asker)
    way_back(other)
    assert other.get(address, 400).heading == STALE
    assert PageClient(app).get(address, 400).heading == STALE
    assert asker.browser.get(address).location == "/authorities/testshire"


@pytest.mark.parametrize("state", ["", "é", "made-up"])
def test_a_wrong_state_is_refused(stranger: PageClient, provider: IdentityProvider, jo: Person, state: str) -> None:
    code = way_back(stranger).partition("code=")[2].partition("&")[0]
    page = stranger.get(f"{SIGN_IN}/return?code={code}&state={state}", 400)
    assert page.heading == STALE
    assert "/token" not in provider.asked


def test_an_answer_for_another_authority_is_refused(
    workplace: Workplace, stranger: PageClient, provider: IdentityProvider, jo: Person
) -> None:
    directories.set_directory(workplace, provider.directory(slug="othershire"))
    address = way_back(stranger).replace("testshire", "othershire")
    assert stranger.get(address, 400).heading == STALE
    assert "/token" not in provider.asked


def test_an_answer_that_comes_too_late_is_refused(
    clock: Clock, stranger: PageClient, provider: IdentityProvider, jo: Person
) -> None:
    address = way_back(stranger)
    clock.forward(timedelta(minutes=16))
    assert stranger.get(address, 400).heading == STALE


def test_the_provider_wants_the_verifier_of_this_sign_in(
    stranger: PageClient, provider: IdentityProvider, jo: Person
) -> None:
    address = way_back(stranger)
    with stranger.browser.session_transaction() as cookie:
        cookie["directory"] = {**cookie["directory"], "verifier": "of somebody else's sign-in, stolen with the code"}
    assert stranger.get(address, 403).heading == REFUSED


def test_an_answer_of_another_issuer_is_refused(stranger: PageClient, provider: IdentityProvider, jo: Person) -> None:
    assert stranger.get(f"{way_back(stranger)}&iss=https://evil.example", 403).heading == REFUSED
    assert "/token" not in provider.asked


def test_what_the_provider_says_went_wrong_is_not_shown(
    stranger: PageClient, provider: IdentityProvider, caplog: pytest.LogCaptureFixture
) -> None:
    state = way_back(stranger).partition("state=")[2]
    with caplog.at_level(logging.WARNING):
        page = stranger.get(f"{SIGN_IN}/return?error=access_denied&error_description=Ring+0666&state={state}", 403)
    assert page.heading == REFUSED
    assert "0666" not in page.html
    assert "the directory of testshire failed: it said 'access_denied'" in caplog.text


def test_a_client_that_the_provider_does_not_know_is_told_apart_in_the_log_alone(
    workplace: Workplace, stranger: PageClient, provider: IdentityProvider, caplog: pytest.LogCaptureFixture
) -> None:
    directories.set_directory(workplace, replace(provider.directory(), client_secret="wrong"))  # noqa: S106
    with caplog.at_level(logging.WARNING):
        assert refused(stranger).heading == REFUSED
    assert "the provider refuses the code: 'invalid_client'" in caplog.text


@pytest.mark.parametrize("methods", [None, ["client_secret_basic"], 5])
def test_the_secret_goes_where_the_provider_wants_it(
    stranger: PageClient, provider: IdentityProvider, jo: Person, methods: object
) -> None:
    provider.metadata = {"token_endpoint_auth_methods_supported": methods}
    assert come_back(stranger).location == "/authorities/testshire"


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://login.microsoftonline.com/{tenantid}/v2.0"},
        {"issuer": None},
        {"jwks_uri": None},
        {"token_endpoint": "http://evil.example/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": ["http://127.0.0.1/keys"]},
        {"jwks_uri": "http://[/keys"},
    ],
)
def test_a_provider_that_says_odd_things_of_itself_is_not_used(
    stranger: PageClient, provider: IdentityProvider, metadata: dict[str, Any]
) -> None:
    provider.metadata = metadata
    assert stranger.get(f"{SIGN_IN}/start", 503).heading == DOWN


@pytest.mark.parametrize(
    "answer",
    [
        b"x" * 600_000,
        b'{"a": ' + b"1" * 600_000,
        b"[" * 100_000,
        b"[]",
        b"5",
        b"null",
        b'"token"',
        b"<html>",
        b"\xff\xfe{",
    ],
    ids=lambda answer: str(answer[:8]),
)
@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/keys", "/token"])
def test_an_answer_that_is_none_or_too_large_is_not_used(
    stranger: PageClient, provider: IdentityProvider, jo: Person, path: str, answer: bytes
) -> None:
    provider.answers[path] = answer
    address = f"{SIGN_IN}/start" if path.startswith("/.well-known") else way_back(stranger)
    assert stranger.get(address, 503).heading == DOWN
    assert stranger.browser.get("/authorities").location == "/sign-in"


def test_a_provider_that_says_too_much_is_not_used(stranger: PageClient, provider: IdentityProvider) -> None:
    provider.metadata = {"padding": "x" * 400_000}
    assert stranger.browser.get(f"{SIGN_IN}/start").status_code == 302
    other = PageClient(stranger.app)
    stranger.app.extensions["plumbline.openid"].known.clear()
    provider.metadata = {"padding": "x" * 500_000}
    assert other.get(f"{SIGN_IN}/start", 503).heading == DOWN


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/keys", "/token"])
def test_a_provider_cannot_send_the_server_elsewhere(
    stranger: PageClient, provider: IdentityProvider, jo: Person, path: str
) -> None:
    provider.moved = path
    address = f"{SIGN_IN}/start" if path.startswith("/.well-known") else way_back(stranger)
    assert stranger.get(address, 503).heading == DOWN
    assert "/elsewhere" not in provider.asked


def test_a_provider_that_answers_too_slowly_is_not_waited_for(
    stranger: PageClient, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openid_provider, "SECONDS", 0.2)
    provider.pause = 0.05
    began = time.monotonic()
    assert stranger.get(f"{SIGN_IN}/start", 503).heading == DOWN
    assert time.monotonic() - began < 3


def test_a_provider_that_is_down_gives_a_page(
    workplace: Workplace, clock: Clock, stranger: PageClient, testshire: Authority
) -> None:
    with identity_provider.running(clock) as provider:
        directories.set_directory(workplace, provider.directory())
        address = way_back(stranger)
    assert stranger.get(address, 503).heading == DOWN
    clock.forward(timedelta(hours=2))
    page = stranger.get(f"{SIGN_IN}/start", 503)
    assert page.heading == DOWN
    assert page.link("Sign in with a link or a password") == "/sign-in"


def test_the_first_page_tells_no_stranger_which_authorities_there_are(
    workplace: Workplace, lead: Person, stranger: PageClient, provider: IdentityProvider
) -> None:
    create_authority(workplace, lead, "Bareshire")
    pages = {slug: stranger.get(f"/authorities/{slug}/sign-in") for slug in ("testshire", "bareshire", "noshire")}
    assert len({page.text for page in pages.values()}) == 1
    stopped = {slug: stranger.get(f"/authorities/{slug}/sign-in/start", 404) for slug in ("bareshire", "noshire")}
    assert len({page.text for page in stopped.values()}) == 1
    assert stopped["noshire"].heading == "You cannot sign in with your authority’s account here"


def test_a_directory_that_is_removed_ends_its_sessions_and_no_others(
    workplace: Workplace, client: PageClient, stranger: PageClient, provider: IdentityProvider, jo: Person
) -> None:
    come_back(stranger)
    address = way_back(stranger)
    directories.remove_directory(workplace, "testshire")
    assert stranger.browser.get("/authorities").location == "/sign-in"
    client.get("/authorities/testshire")
    assert stranger.get(address, 400).heading == STALE


def test_no_page_of_a_sign_in_tells_its_address_to_another(stranger: PageClient, provider: IdentityProvider) -> None:
    page = refused(stranger)
    assert page.response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("claims", "gets_in"),
    [
        ({"email": JO, "email_verified": True}, True),
        ({"email": JO, "email_verified": False}, False),
        ({"email": JO, "email_verified": "true"}, False),
        ({"email": JO}, False),
        # Anybody can choose a user name.
        ({"preferred_username": JO}, False),
    ],
)
def test_elsewhere_an_address_counts_once_the_provider_has_checked_it(
    workplace: Workplace, stranger: PageClient, provider: IdentityProvider, jo: Person, claims: Any, gets_in: bool
) -> None:
    directories.set_directory(workplace, provider.directory(tenant=""))
    provider.claims = {"tid": None, "oid": None, "preferred_username": None, **claims}
    if gets_in:
        assert come_back(stranger).location == "/authorities/testshire"
        provider.claims = {"sub": "another subject", **provider.claims}
    assert refused(PageClient(stranger.app)).heading in (NOT_INVITED, "Your account does not fit the person we know")


def test_the_invitation_page_names_the_way(
    app: Flask, workplace: Workplace, lead: Person, stranger: PageClient, provider: IdentityProvider
) -> None:
    (made,) = invitations.invite(workplace, lead, "testshire", [Mailbox(JO)], Role.VIEWER)
    page = stranger.get(f"/invitations/{made.token}")
    assert page.link("sign in with your account of Testshire") == SIGN_IN
    directories.remove_directory(workplace, "testshire")
    assert "your account of Testshire" not in stranger.get(f"/invitations/{made.token}").text


def test_basic_credentials_are_what_they_say() -> None:
    # The stand-in must not let in whoever gives no secret.
    with identity_provider.running(Clock()) as provider:
        wrong = base64.b64encode(b"plumbline-of-testshire:wrong").decode()
        for headers in ({}, {"Authorization": f"Basic {wrong}"}):
            answer = requests.post(f"{provider.address}/token", {"code": "x"}, headers=headers, timeout=10)
            assert answer.json() == {"error": "invalid_client"}
