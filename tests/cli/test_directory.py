"""plumbline directory."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from audit.core.directories import vouched_for
from audit.core.mailboxes import Mailbox
from audit.core.people import Role
from audit.operations import directories, invitations
from audit.operations.authorities import create_authority
from audit.operations.people import known_person
from audit.operations.workplace import Workplace
from audit.web.app import create_app
from audit.web.settings import Settings
from tests import identity_provider
from tests.cli.running import Run
from tests.clock import Clock
from tests.identity_provider import SECRET, TENANT

SET = ("directory", "set", "testshire", "--client-id", "the-client")
ENTRA = (*SET, "--tenant", TENANT)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    monkeypatch.setenv("PLUMBLINE_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("PLUMBLINE_DIRECTORY_SECRET", SECRET)
    monkeypatch.delenv("PLUMBLINE_ADDRESS", raising=False)
    place = Workplace(tmp_path / "instance", Clock())
    create_authority(place, known_person(place, "lead@testshire.gov.uk"), "Testshire")
    return place


def test_the_tenant_is_enough_for_entra(run: Run, place: Workplace) -> None:
    done = run(*ENTRA, "--address", "https://plumbline.example.gov.uk/")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "Authority:       testshire",
        f"Issuer:          https://login.microsoftonline.com/{TENANT}/v2.0",
        f"Tenant:          {TENANT}",
        "Client id:       the-client",
        "Return address:  https://plumbline.example.gov.uk/authorities/testshire/sign-in/return",
        "Sign-in address: https://plumbline.example.gov.uk/authorities/testshire/sign-in",
        'Allow the return address at the provider. Then try it with "plumbline directory check testshire".',
    ]
    shown = run("directory", "show", "testshire", "--address", "https://plumbline.example.gov.uk")
    assert shown.out.splitlines() == done.out.splitlines()[:-1]
    assert SECRET not in done.out + shown.out
    found = directories.directory_of(place, "testshire")
    assert found is not None
    assert found.client_secret == SECRET
    assert SECRET not in repr(found)


def test_the_addresses_are_those_of_the_pages(run: Run, place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUMBLINE_ADDRESS", "https://plumbline.example.gov.uk")
    app: Flask = create_app(place, Settings(place.folder, "a key for tests, drawn by no one at all"))
    paths = app.url_map.bind("localhost")
    out = run(*ENTRA).out
    for endpoint in ("openid.ask", "openid.back"):
        assert f"https://plumbline.example.gov.uk{paths.build(endpoint, {'slug': 'testshire'})}\n" in out


def test_the_secret_is_asked_for(run: Run, place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLUMBLINE_DIRECTORY_SECRET")
    monkeypatch.setattr("click.termui.hidden_prompt_func", lambda prompt: " typed in ")
    assert run(*ENTRA).code == 0
    found = directories.directory_of(place, "testshire")
    assert found is not None
    assert found.client_secret == "typed in"  # noqa: S105 - of this test alone


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--tenant", "common"), "accounts of any organisation"),
        (("--tenant", "Organizations"), "accounts of any organisation"),
        (("--tenant", "9188040D-6C67-4C5B-B112-36A304B66DAD"), "accounts of any organisation"),
        (("--issuer", "https://login.microsoftonline.com/common/v2.0"), "accounts of any organisation"),
        (("--issuer", "https://login.microsoftonline.com/consumers/v2.0"), "accounts of any organisation"),
        (("--issuer", "https://LOGIN.microsoftonline.com./common/v2.0"), "accounts of any organisation"),
        (("--issuer", "https://login.microsoftonline.com/{tenantid}/v2.0"), "accounts of any organisation"),
        (("--issuer", f"https://login.microsoftonline.com/{TENANT}/v2.0"), "give the tenant"),
        (("--issuer", f"https://sts.windows.net/{TENANT}/"), "give the tenant"),
        (("--tenant", TENANT, "--issuer", f"https://sts.windows.net/{TENANT}/"), "give the tenant"),
        (("--tenant", "testshire.onmicrosoft.com"), "Give its id"),
        (("--issuer", "http://id.testshire.gov.uk"), "Give an address such as https://"),
        (("--issuer", "https://user@id.testshire.gov.uk"), "Give an address such as https://"),
        (("--issuer", "https://id.testshire.gov.uk?x=1"), "Give an address such as https://"),
        (("--issuer", "file:///etc/passwd"), "Give an address such as https://"),
        (("--issuer", "https://[id"), "Give an address such as https://"),
        ((), "Give --tenant for Entra ID, or --issuer for another provider."),
    ],
)
def test_a_directory_that_lets_in_others_is_refused(
    run: Run, place: Workplace, given: tuple[str, ...], said: str
) -> None:
    done = run(*SET, *given)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert said in done.err
    assert directories.directory_of(place, "testshire") is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("directory", "set", "noshire", "--client-id", "x", "--tenant", TENANT),
        ("directory", "show", "testshire"),
        ("directory", "check", "testshire"),
        ("directory", "remove", "testshire"),
        ("directory", "remove", "noshire"),
        ("directory", "unlink", "testshire", "lead@testshire.gov.uk"),
        ("directory", "unlink", "testshire", "nobody@testshire.gov.uk"),
    ],
)
def test_what_is_not_there_is_said_in_a_line(run: Run, place: Workplace, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)


def test_the_provider_is_tried(run: Run, place: Workplace) -> None:
    with identity_provider.running(Clock()) as provider:
        directories.set_directory(place, provider.directory())
        done = run("directory", "check", "testshire")
        assert done.out == "The provider of testshire answers, and signs with 1 key.\n"
    done = run("directory", "check", "testshire")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "/.well-known/openid-configuration: ConnectionError" in done.err


def test_an_account_is_unlinked_and_the_directory_removed(run: Run, place: Workplace) -> None:
    run(*ENTRA)
    found = directories.directory_of(place, "testshire")
    lead = known_person(place, "lead@testshire.gov.uk")
    assert found is not None
    invitations.invite(place, lead, "testshire", [Mailbox("jo@testshire.gov.uk")], Role.VIEWER)
    claims = {"iss": found.issuer, "tid": TENANT, "oid": "first", "preferred_username": "jo@testshire.gov.uk"}
    person = directories.person_of_account(place, found, vouched_for(found, claims))
    done = run("directory", "unlink", "testshire", "jo@testshire.gov.uk")
    assert done.out == "jo@testshire.gov.uk is linked to no account of testshire any more.\n"
    new_account = vouched_for(found, {**claims, "oid": "second"})
    assert directories.person_of_account(place, found, new_account) == person
    assert run("directory", "remove", "testshire").code == 0
    assert directories.directory_of(place, "testshire") is None
