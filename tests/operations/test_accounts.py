"""Passwords: setting, signing in with, changing and removing them."""

from __future__ import annotations

import sqlite3
import time

import pytest
from argon2 import PasswordHasher

from audit.core.people import Authority, Person
from audit.operations import accounts, second_factor
from audit.operations.accounts import password_since, person_with_password, remove_password, set_password
from audit.operations.errors import NotAllowed, PasswordRefused
from audit.operations.sessions import BY_LINK, BY_PASSWORD
from audit.operations.sign_in import person_of_session
from audit.operations.workplace import Workplace
from tests.clock import Clock
from tests.sessions import begin_session

GOOD, BETTER = "tulip gravel window", "seven quiet lamps rust"


@pytest.fixture
def session(workplace: Workplace, lead: Person) -> str:
    """A session by password, so that the old password is asked for once there is one."""
    return begin_session(workplace, lead.id, BY_PASSWORD)


def test_a_password_signs_in_who_set_it_and_nobody_else(
    workplace: Workplace, lead: Person, stranger: Person, session: str
) -> None:
    assert person_with_password(workplace, lead.email, GOOD) is None
    set_password(workplace, session, "", GOOD)
    assert person_with_password(workplace, lead.email.upper(), GOOD) == lead
    assert person_with_password(workplace, lead.email, GOOD.upper()) is None
    assert person_with_password(workplace, stranger.email, GOOD) is None
    assert person_with_password(workplace, "nobody@testshire.example", GOOD) is None


def test_a_letter_in_another_code_is_the_same_letter(workplace: Workplace, lead: Person, session: str) -> None:
    set_password(workplace, session, "", "crème brûlée gravel lamps")
    assert person_with_password(workplace, lead.email, "cre\u0300me bru\u0302le\u0301e gravel lamps") == lead


@pytest.mark.parametrize("hostile", ["", "\ud800", "\x00", "x" * 100_000])
def test_any_text_can_be_tried(workplace: Workplace, lead: Person, session: str, hostile: str) -> None:
    set_password(workplace, session, "", GOOD)
    assert person_with_password(workplace, lead.email, hostile) is None
    assert person_with_password(workplace, "nobody@b.example", hostile) is None


def test_the_registry_holds_no_password(workplace: Workplace, session: str) -> None:
    set_password(workplace, session, "", GOOD)
    with sqlite3.connect(workplace.folder / "registry.db") as connection:
        dump = "\n".join(connection.iterdump())
    connection.close()
    assert GOOD not in dump
    assert "$argon2id$" in dump


def test_the_old_password_is_asked_for_to_change_or_remove_it(
    workplace: Workplace, lead: Person, session: str, clock: Clock
) -> None:
    set_password(workplace, session, "", GOOD)
    clock.move(hours=1)
    for wrong in ("", BETTER):
        with pytest.raises(PasswordRefused) as fault:
            set_password(workplace, session, wrong, BETTER)
        assert fault.value.field == "old"
        with pytest.raises(PasswordRefused):
            remove_password(workplace, session, wrong)
    assert person_with_password(workplace, lead.email, GOOD) == lead
    set_password(workplace, session, GOOD, BETTER)
    assert password_since(workplace, lead) == clock.at
    assert person_with_password(workplace, lead.email, GOOD) is None
    assert person_with_password(workplace, lead.email, BETTER) == lead
    remove_password(workplace, session, BETTER)
    assert password_since(workplace, lead) is None
    assert person_with_password(workplace, lead.email, BETTER) is None


def test_who_forgot_it_comes_by_link_and_has_half_an_hour(
    workplace: Workplace, lead: Person, session: str, clock: Clock
) -> None:
    set_password(workplace, session, "", GOOD)
    fresh = begin_session(workplace, lead.id, BY_LINK)
    clock.move(minutes=30, seconds=1)
    with pytest.raises(PasswordRefused):
        set_password(workplace, fresh, "", BETTER)
    set_password(workplace, begin_session(workplace, lead.id, BY_LINK), "", BETTER)
    assert person_with_password(workplace, lead.email, BETTER) == lead


def test_every_other_session_ends(workplace: Workplace, lead: Person, stranger: Person, session: str) -> None:
    other, theirs = (begin_session(workplace, each.id, BY_LINK) for each in (lead, stranger))
    set_password(workplace, session, "", GOOD)
    assert person_of_session(workplace, other) is None
    assert person_of_session(workplace, session) == lead
    assert person_of_session(workplace, theirs) == stranger


@pytest.mark.parametrize("poor", ["Lee Lead 2026", "leadtestshire", "Testshire1234", "shorter", "x" * 300])
def test_a_poor_password_is_refused(workplace: Workplace, session: str, authority: Authority, poor: str) -> None:
    with pytest.raises(PasswordRefused) as fault:
        set_password(workplace, session, "", poor)
    assert fault.value.field == "new"


def test_a_directory_cannot_give_its_people_another_way_in(workplace: Workplace, lead: Person) -> None:
    session = begin_session(workplace, lead.id, "directory:testshire")
    with pytest.raises(NotAllowed):
        set_password(workplace, session, "", GOOD)
    with pytest.raises(NotAllowed):
        remove_password(workplace, session, "")
    with pytest.raises(NotAllowed):
        second_factor.begin(workplace, session)
    with pytest.raises(NotAllowed):
        set_password(workplace, "made up", "", GOOD)


def test_a_hash_of_former_strength_is_made_anew_at_the_next_sign_in(
    workplace: Workplace, lead: Person, session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "_hasher", weak)
    set_password(workplace, session, "", GOOD)
    former = _kept(workplace)
    monkeypatch.undo()
    assert person_with_password(workplace, lead.email, BETTER) is None
    assert _kept(workplace) == former
    assert person_with_password(workplace, lead.email, GOOD) == lead
    assert _kept(workplace) != former
    assert person_with_password(workplace, lead.email, GOOD) == lead


def _kept(workplace: Workplace) -> str:
    with sqlite3.connect(workplace.folder / "registry.db") as connection:
        kept = connection.execute("SELECT hash FROM passwords").fetchone()[0]
    connection.close()
    return str(kept)


def test_an_unknown_address_costs_one_hash_as_a_known_one_does(
    workplace: Workplace, lead: Person, stranger: Person, session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_password(workplace, session, "", GOOD)
    person_with_password(workplace, "nobody@testshire.example", GOOD)
    tried: list[str] = []
    verified = accounts._verified

    def noted(kept: str, password: str) -> bool:
        tried.append(kept[:30])
        return verified(kept, password)

    monkeypatch.setattr(accounts, "_verified", noted)
    seconds = {}
    for email in (lead.email, stranger.email, "nobody@testshire.example"):
        began = time.perf_counter()
        assert person_with_password(workplace, email, BETTER) is None
        seconds[email] = time.perf_counter() - began
    # One verification each, with the same parameters, which the hash begins with.
    assert len(tried) == 3
    assert len(set(tried)) == 1
    assert max(seconds.values()) < 10 * min(seconds.values())
