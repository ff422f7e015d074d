"""plumbline person."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyotp import TOTP

from audit.operations import second_factor
from audit.operations.people import known_person
from audit.operations.sessions import BY_LINK
from audit.operations.sign_in import enter, person_of_session
from audit.operations.workplace import Workplace
from tests.cli.running import Run
from tests.sessions import begin_session


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    monkeypatch.setenv("PLUMBLINE_INSTANCE", str(tmp_path / "instance"))
    return Workplace(tmp_path / "instance")


def test_the_operator_switches_a_second_factor_off(run: Run, place: Workplace) -> None:
    person = known_person(place, "jo@testshire.gov.uk")
    session = begin_session(place, person.id, BY_LINK)
    code = TOTP(second_factor.begin(place, session)).at(datetime.now(UTC))
    second_factor.confirm(place, session, code)
    done = run("person", "reset-second-factor", "Jo@testshire.gov.uk")
    assert (done.code, done.err) == (0, "")
    assert done.out == "jo@testshire.gov.uk: the second factor is off, and all sessions have ended.\n"
    assert person_of_session(place, session) is None
    assert enter(place, person.id, BY_LINK).complete


def test_nobody_is_made_by_it(run: Run, place: Workplace) -> None:
    done = run("person", "reset-second-factor", "who@testshire.gov.uk")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "Nobody here has the address who@testshire.gov.uk." in done.err


def test_the_operator_gives_somebody_another_name(run: Run, place: Workplace) -> None:
    known_person(place, "jo@testshire.gov.uk")
    done = run("person", "rename", "jo@testshire.gov.uk", "--name", "  Jo   O'Neill ")
    assert (done.code, done.err, done.out) == (0, "", "jo@testshire.gov.uk: jo is Jo O'Neill from now on.\n")
    assert known_person(place, "jo@testshire.gov.uk").name == "Jo O'Neill"


@pytest.mark.parametrize("name", [" ", "x" * 121, "Jo\x07"])
def test_a_name_that_no_page_could_show_is_refused(run: Run, place: Workplace, name: str) -> None:
    known_person(place, "jo@testshire.gov.uk")
    done = run("person", "rename", "jo@testshire.gov.uk", "--name", name)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "--name" in done.err
    assert known_person(place, "jo@testshire.gov.uk").name == "jo"
