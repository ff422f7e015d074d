"""Codes of an authenticator app, and recovery codes."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest
from pyotp import TOTP, parse_uri

from audit.core.people import Person
from audit.operations import second_factor
from audit.operations.errors import CodeRefused
from audit.operations.second_factor import begin, confirm, remove, renew_recovery_codes, reset, standing
from audit.operations.sessions import BY_LINK, BY_PASSWORD
from audit.operations.sign_in import enter, finish, issue_link, owes_code, person_of_session, sign_in
from audit.operations.workplace import Workplace
from tests.clock import Clock
from tests.sessions import begin_session


class App:
    """A person's authenticator app."""

    def __init__(self, secret: str, clock: Clock) -> None:
        self.totp, self.clock = TOTP(secret), clock

    def code(self, steps: int = 0) -> str:
        return self.totp.at(self.clock.at + steps * timedelta(seconds=self.totp.interval))


@pytest.fixture
def session(workplace: Workplace, lead: Person) -> str:
    return begin_session(workplace, lead.id, BY_LINK)


@pytest.fixture
def app(workplace: Workplace, session: str, clock: Clock) -> App:
    """The app of the lead, whose second factor is on; its next code is fresh."""
    made = App(begin(workplace, session), clock)
    confirm(workplace, session, made.code())
    clock.move(minutes=2)
    return made


def owing(workplace: Workplace, person: Person) -> str:
    entry = enter(workplace, person.id, BY_PASSWORD)
    assert not entry.complete
    return entry.token


def test_it_is_off_until_a_code_confirms_it(workplace: Workplace, lead: Person, session: str, clock: Clock) -> None:
    secret = begin(workplace, session)
    assert begin(workplace, session) == secret
    assert enter(workplace, lead.id, BY_PASSWORD).complete
    with pytest.raises(CodeRefused):
        confirm(workplace, session, "000000")
    assert not standing(workplace, lead).on
    codes = confirm(workplace, session, App(secret, clock).code())
    assert len(set(codes)) == 10
    assert standing(workplace, lead) == second_factor.Standing(on=True, codes_left=10)
    with pytest.raises(CodeRefused, match="on already"):
        begin(workplace, session)


def test_what_the_app_scans_names_us_and_the_person(lead: Person, workplace: Workplace, session: str) -> None:
    secret = begin(workplace, session)
    read = parse_uri(second_factor.address_for_app(lead, secret))
    assert isinstance(read, TOTP)
    assert (read.secret, read.issuer, read.name, read.interval) == (secret, "Plumbline", lead.email, 30)


@pytest.mark.parametrize("by", [BY_LINK, BY_PASSWORD])
def test_it_is_asked_for_after_a_link_and_after_a_password(
    workplace: Workplace, lead: Person, app: App, by: str
) -> None:
    entry = (
        sign_in(workplace, issue_link(workplace, lead.email))
        if by == BY_LINK
        else enter(workplace, lead.id, BY_PASSWORD)
    )
    assert not entry.complete
    assert person_of_session(workplace, entry.token) is None
    assert owes_code(workplace, entry.token) == lead.id
    assert person_of_session(workplace, finish(workplace, entry.token, app.code())) == lead
    assert owes_code(workplace, entry.token) is None


def test_a_directory_that_asks_for_its_own_is_enough(workplace: Workplace, lead: Person, app: App) -> None:
    assert enter(workplace, lead.id, "directory:testshire").complete


def test_a_code_works_once_and_none_before_it_after(workplace: Workplace, lead: Person, app: App) -> None:
    code, earlier = app.code(), app.code(-1)
    assert finish(workplace, owing(workplace, lead), code)
    for used in (code, earlier):
        with pytest.raises(CodeRefused):
            finish(workplace, owing(workplace, lead), used)
    assert finish(workplace, owing(workplace, lead), app.code(1))


def test_the_code_that_confirmed_it_does_not_sign_in(
    workplace: Workplace, lead: Person, session: str, clock: Clock
) -> None:
    app = App(begin(workplace, session), clock)
    confirm(workplace, session, app.code())
    with pytest.raises(CodeRefused):
        finish(workplace, owing(workplace, lead), app.code())


@pytest.mark.parametrize(("steps", "works"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_phone_may_be_half_a_minute_out(
    workplace: Workplace, lead: Person, app: App, steps: int, works: bool
) -> None:
    token = owing(workplace, lead)
    if works:
        assert finish(workplace, token, f" {app.code(steps)[:3]} {app.code(steps)[3:]} ")
    else:
        with pytest.raises(CodeRefused):
            finish(workplace, token, app.code(steps))


@pytest.mark.parametrize("hostile", ["", "1", "\ud800", "６" * 6, "x" * 10_000, "-", "----"])
def test_what_is_no_code_is_refused(workplace: Workplace, lead: Person, app: App, hostile: str) -> None:
    with pytest.raises(CodeRefused):
        finish(workplace, owing(workplace, lead), hostile)


def test_a_started_sign_in_waits_ten_minutes(workplace: Workplace, lead: Person, app: App, clock: Clock) -> None:
    token = owing(workplace, lead)
    clock.move(minutes=10, seconds=1)
    assert owes_code(workplace, token) is None
    with pytest.raises(CodeRefused, match="too long"):
        finish(workplace, token, app.code())


def test_a_recovery_code_works_once_however_it_is_typed(
    workplace: Workplace, lead: Person, session: str, app: App
) -> None:
    codes = renew_recovery_codes(workplace, session, app.code())
    assert finish(workplace, owing(workplace, lead), codes[0].upper().replace("-", " "))
    with pytest.raises(CodeRefused):
        finish(workplace, owing(workplace, lead), codes[0])
    assert standing(workplace, lead).codes_left == 9


def test_new_recovery_codes_take_the_place_of_the_old_ones(
    workplace: Workplace, lead: Person, session: str, app: App, clock: Clock
) -> None:
    first = renew_recovery_codes(workplace, session, app.code())
    second = renew_recovery_codes(workplace, session, first[0])
    assert not set(first) & set(second)
    with pytest.raises(CodeRefused):
        finish(workplace, owing(workplace, lead), first[1])
    assert finish(workplace, owing(workplace, lead), second[1])


def test_nobody_uses_the_recovery_codes_of_another(
    workplace: Workplace, stranger: Person, session: str, app: App, clock: Clock
) -> None:
    codes = renew_recovery_codes(workplace, session, app.code())
    theirs = begin_session(workplace, stranger.id, BY_LINK)
    confirm(workplace, theirs, App(begin(workplace, theirs), clock).code())
    with pytest.raises(CodeRefused):
        finish(workplace, owing(workplace, stranger), codes[0])


def test_only_a_code_removes_it_and_the_operator_can_without(
    workplace: Workplace, lead: Person, session: str, app: App, clock: Clock
) -> None:
    with pytest.raises(CodeRefused):
        remove(workplace, session, "000000")
    remove(workplace, session, app.code())
    assert standing(workplace, lead) == second_factor.Standing(on=False, codes_left=0)
    confirm(workplace, session, App(begin(workplace, session), clock).code())
    reset(workplace, lead)
    assert enter(workplace, lead.id, BY_PASSWORD).complete


def test_recovery_codes_lie_there_as_hashes_only(workplace: Workplace, session: str, app: App) -> None:
    codes = renew_recovery_codes(workplace, session, app.code())
    with sqlite3.connect(workplace.folder / "registry.db") as connection:
        dump = "\n".join(connection.iterdump())
    connection.close()
    assert "recovery_codes" in dump
    assert not [code for code in codes if code in dump or code.replace("-", "") in dump]
