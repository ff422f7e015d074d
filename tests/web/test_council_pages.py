"""What the pages for councils say is what the code does."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.core.disclosure import DEFAULT_THRESHOLD, LOWEST_THRESHOLD
from audit.core.keeping import ACCOUNT_MONTHS, FEWEST_MONTHS, MOST_MONTHS
from audit.core.passwords import SHORTEST
from audit.core.people import Role
from audit.core.permissions import ALLOWED, Deed
from audit.core.round_results import FEWEST_SHOWN
from audit.operations import invitations, retention, room_doors, sessions, sign_in
from audit.store import copying, keeping
from tests.web.client import PageClient

DOCS = Path(__file__).resolve().parents[2] / "docs" / "for-councils"
# Rows of the table of roles, by the deed that they put in plain words.
ROWS = {
    Deed.MANAGE: "open audits, choose weighting and target, assign questions",
    Deed.MANAGE_MEMBERS: "change roles, remove people",
    Deed.ANSWER: "give answers",
    Deed.SEE_OWN: "see one's own answers",
    Deed.SETTLE: "close answering, see totals, settle the team's answers",
    Deed.SIGN_OFF: "sign off, and open again with a reason",
    Deed.READ_SIGNED: "read signed versions",
    Deed.SET_RULES: "set how small a group may be to be shown, and how long audits are kept",
    Deed.READ_TRAIL: "read and check the trail",
    Deed.TAKE_OUT: "take out all data, without what others answered alone",
}


def says(name: str) -> str:
    return " ".join((DOCS / name).read_text(encoding="utf-8").split())


@pytest.mark.parametrize("deed", ROWS, ids=lambda deed: deed.name)
def test_the_table_of_roles_is_the_one_that_holds(deed: Deed) -> None:
    cells = ["yes" if role in ALLOWED[deed] else "-" for role in Role]
    assert f"| {ROWS[deed]} | {' | '.join(cells)} |" in says("roles.md")


def test_numbers_are_those_of_the_code() -> None:
    hours, days = sessions.IDLE_LIFE.total_seconds() / 3600, sessions.SESSION_LIFE.days
    security, kept = says("security.md"), says("retention.md")
    assert f"works once and for {sign_in.LINK_LIFE.total_seconds() / 3600:g} hours" in security
    assert f"Invitations work once and for {invitations.LIFE.days} days" in security
    assert f"Passwords have {SHORTEST} characters or more" in security
    assert f"ends after {hours:g} hours without use, and after {days} days at the latest" in security
    assert f"{hours:g} hours after the last use, {days} days after the sign-in" in kept
    assert f"From {FEWEST_MONTHS} to {MOST_MONTHS} months" in kept
    assert f"{ACCOUNT_MONTHS} months after they were first found so" in kept
    assert f"{retention.GRACE.days} days after they expired" in kept
    shown = f"Where fewer than {DEFAULT_THRESHOLD} people answered"
    assert shown in says("roles.md")
    assert f"never below {LOWEST_THRESHOLD}" in says("roles.md")
    assert f"Where fewer than {FEWEST_SHOWN} voted" in says("roles.md")
    assert f"{room_doors.CODE_HOURS} hours after a code was made" in kept
    assert f"removed {retention.ROOM_GRACE.days} days after the last one expired" in kept


def test_the_page_on_privacy_says_the_same(stranger: PageClient) -> None:
    text = stranger.get("/privacy").text
    for words in (
        f"Where fewer than {DEFAULT_THRESHOLD} people answered",
        f"never below {LOWEST_THRESHOLD}",
        f"ends after {sessions.SESSION_LIFE.days} days at the latest",
        "download what Plumbline holds on you",
    ):
        assert words in text


def test_the_table_of_a_file_that_is_taken_out_names_what_is_in_it() -> None:
    listed = says("taking-out.md")
    assert all(
        f"`{name}`" in listed
        for name in (
            *copying._ALONE,
            *copying._BY_SEAT,
            *keeping.OF_WORKSHOP,
            "about",
            "members",
            "team_answers",
            "versions",
        )
    )
