"""Sign-in links and sessions."""

from __future__ import annotations

import sqlite3

import pytest

from audit.operations.errors import LinkRefused
from audit.operations.people import known_person, person_with_email
from audit.operations.sessions import (
    BY_LINK,
    end_session,
    session_of,
    sessions_of,
    sign_out,
    sign_out_everywhere,
)
from audit.operations.sign_in import issue_link, issue_link_to_known, person_of_link, person_of_session, sign_in
from audit.operations.workplace import Workplace
from tests.clock import Clock
from tests.sessions import begin_session


def test_a_link_signs_in_once(workplace: Workplace) -> None:
    token = issue_link(workplace, "lead@testshire.example", "Lee Lead")
    session = sign_in(workplace, token).token
    person = person_of_session(workplace, session)
    assert person is not None
    assert (person.email, person.name) == ("lead@testshire.example", "Lee Lead")
    with pytest.raises(LinkRefused, match="A link works once"):
        sign_in(workplace, token)


def test_looking_at_a_link_does_not_use_it(workplace: Workplace) -> None:
    token = issue_link(workplace, "lead@testshire.example")
    assert person_of_link(workplace, token).email == "lead@testshire.example"
    sign_in(workplace, token)
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
    session = sign_in(workplace, issue_link(workplace, "a@b.example")).token
    for _ in range(20):
        clock.move(hours=8)
        assert person_of_session(workplace, session)
    clock.move(hours=9)
    assert person_of_session(workplace, session) is None
    idle = sign_in(workplace, issue_link(workplace, "a@b.example")).token
    clock.move(hours=12, seconds=1)
    assert person_of_session(workplace, idle) is None


def test_signing_out_ends_the_session(workplace: Workplace) -> None:
    session = sign_in(workplace, issue_link(workplace, "a@b.example")).token
    sign_out(workplace, session)
    assert person_of_session(workplace, session) is None
    sign_out(workplace, session)


def test_an_address_in_another_case_is_the_same_person(workplace: Workplace) -> None:
    assert known_person(workplace, "Lead@Testshire.Example") == known_person(workplace, "lead@testshire.example")


def test_no_token_lies_in_the_registry(workplace: Workplace) -> None:
    token = issue_link(workplace, "a@b.example")
    session = sign_in(workplace, token).token
    with sqlite3.connect(workplace.folder / "registry.db") as connection:
        dump = "\n".join(connection.iterdump())
    connection.close()
    assert token not in dump
    assert session not in dump


def test_a_link_for_somebody_unknown_makes_nobody(workplace: Workplace) -> None:
    assert issue_link_to_known(workplace, "who@b.example") is None
    assert person_with_email(workplace, "who@b.example") is None
    known = known_person(workplace, "a@b.example")
    token = issue_link_to_known(workplace, "A@B.example")
    assert token
    assert person_of_link(workplace, token) == known


def test_sessions_are_listed_with_how_and_where_they_began(workplace: Workplace, clock: Clock) -> None:
    person = known_person(workplace, "a@b.example")
    begin_session(workplace, person.id, "directory:testshire", "Edge on Windows")
    clock.move(hours=1)
    sign_in(workplace, issue_link(workplace, "a@b.example"), "Firefox on Linux")
    found = sessions_of(workplace, person)
    assert [(each.by, each.device) for each in found] == [
        (BY_LINK, "Firefox on Linux"),
        ("directory:testshire", "Edge on Windows"),
    ]
    assert (found[0].created_at - found[1].created_at).total_seconds() == 3600


def test_an_expired_session_is_not_listed_and_goes_with_the_next_sign_in(workplace: Workplace, clock: Clock) -> None:
    person = known_person(workplace, "a@b.example")
    begin_session(workplace, person.id, BY_LINK)
    clock.move(hours=12, seconds=1)
    assert sessions_of(workplace, person) == []
    begin_session(workplace, person.id, BY_LINK)
    with sqlite3.connect(workplace.folder / "registry.db") as connection:
        assert connection.execute("SELECT count(*) FROM sessions").fetchone() == (1,)
    connection.close()


def test_one_session_ends_or_all_and_nobody_ends_those_of_another(workplace: Workplace) -> None:
    person, other = known_person(workplace, "a@b.example"), known_person(workplace, "o@b.example")
    first, second, theirs = (begin_session(workplace, each.id, BY_LINK) for each in (person, person, other))
    found = session_of(workplace, first)
    assert found is not None
    end_session(workplace, other, found.id)
    assert person_of_session(workplace, first) == person
    end_session(workplace, person, found.id)
    assert person_of_session(workplace, first) is None
    assert person_of_session(workplace, second) == person
    sign_out_everywhere(workplace, person)
    assert person_of_session(workplace, second) is None
    assert person_of_session(workplace, theirs) == other
