"""Sign-in links and sessions."""

from __future__ import annotations

import sqlite3

import pytest

from audit.operations.errors import LinkRefused
from audit.operations.people import known_person
from audit.operations.sign_in import issue_link, person_of_link, person_of_session, sign_in, sign_out
from audit.operations.workplace import Workplace
from tests.clock import Clock


def test_a_link_signs_in_once(workplace: Workplace) -> None:
    token = issue_link(workplace, "lead@testshire.example", "Lee Lead")
    session = sign_in(workplace, token)
    person = person_of_session(workplace, session)
    assert person is not None
    assert (person.email, person.name) == ("lead@testshire.example", "Lee Lead")
    with pytest.raises(LinkRefused, match="A link works once"):
        sign_in(workplace, token)


def test_looking_at_a_link_does_not_use_it(workplace: Workplace) -> None:
    token = issue_link(workplace, "lead@testshire.example")
    assert person_of_link(workplace, token).email == "lead@testshire.example"
    assert sign_in(workplace, token)
    with pytest.raises(LinkRefused):
        person_of_link(workplace, token)


def test_a_link_expires_after_a_day(workplace: Workplace, clock: Clock) -> None:
    token = issue_link(workplace, "lead@testshire.example")
    clock.move(hours=24, seconds=1)
    with pytest.raises(LinkRefused, match="expired"):
        sign_in(workplace, token)


@pytest.mark.parametrize("token", ["", "x", "' OR 1=1 --", "\ud800", "x" * 10_000])
def test_an_unknown_link_is_refused(workplace: Workplace, token: str) -> None:
    with pytest.raises(LinkRefused, match="not known"):
        sign_in(workplace, token)


def test_a_session_ends_when_idle_and_after_a_week_at_the_latest(workplace: Workplace, clock: Clock) -> None:
    session = sign_in(workplace, issue_link(workplace, "a@b.example"))
    for _ in range(20):
        clock.move(hours=8)
        assert person_of_session(workplace, session)
    clock.move(hours=9)
    assert person_of_session(workplace, session) is None
    idle = sign_in(workplace, issue_link(workplace, "a@b.example"))
    clock.move(hours=12, seconds=1)
    assert person_of_session(workplace, idle) is None


def test_signing_out_ends_the_session(workplace: Workplace) -> None:
    session = sign_in(workplace, issue_link(workplace, "a@b.example"))
    sign_out(workplace, session)
    assert person_of_session(workplace, session) is None
    sign_out(workplace, session)


def test_an_address_in_another_case_is_the_same_person(workplace: Workplace) -> None:
    assert known_person(workplace, "Lead@Testshire.Example") == known_person(workplace, "lead@testshire.example")


def test_no_token_lies_in_the_registry(workplace: Workplace) -> None:
    token = issue_link(workplace, "a@b.example")
    session = sign_in(workplace, token)
    with sqlite3.connect(workplace.folder / "registry.db") as connection:
        dump = "\n".join(connection.iterdump())
    connection.close()
    assert token not in dump
    assert session not in dump
