"""Two versions of an answer side by side, and the history of what was settled."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from audit.core.people import Person, Role
from audit.core.responses import Response
from audit.operations import answering, moderation
from audit.operations.workplace import Workplace
from audit.store.connection import write
from audit.web.comparing import Piece, compared, marked
from audit.web.differences import LABELS
from tests.clock import Clock
from tests.making import rated
from tests.web.client import Page, PageClient, words
from tests.web.conftest import enter
from tests.web.filling import opened
from tests.web.test_assigning import join


@pytest.fixture
def audit(workplace: Workplace, lead: Person, client: PageClient) -> str:
    return opened(workplace, lead)


def moderate(workplace: Workplace) -> None:
    with workplace.authority("testshire") as file, write(file):
        file.execute("UPDATE audits SET state = 'moderated'")


def marks(page: Page, tag: str) -> list[str]:
    """What is marked in two versions side by side, with the words for those who hear the page."""
    return [words(each) for each in page.all(tag) if "[" in words(each)]


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_come_to_the_whole_text_and_only_differences_are_marked(first: str, second: str) -> None:
    ours, theirs = marked(first, second)
    assert "".join(piece.text for piece in ours) == first
    assert "".join(piece.text for piece in theirs) == second
    assert any(piece.changed for piece in (*ours, *theirs)) == (first != second)
    kept = ["".join(piece.text for piece in side if not piece.changed) for side in (ours, theirs)]
    assert kept[0] == kept[1]


def test_words_are_marked_and_not_letters() -> None:
    assert marked("All teams do.", "Most teams do.") == (
        (Piece("All", True), Piece(" teams do.", False)),
        (Piece("Most", True), Piece(" teams do.", False)),
    )


def test_a_text_of_many_words_is_marked_whole() -> None:
    long = "a b " * 3000
    assert marked(long, f"{long}c") == ((Piece(long, True),), (Piece(f"{long}c", True),))
    assert marked(long, long) == ((Piece(long, False),), (Piece(long, False),))


def test_fields_that_are_empty_in_both_are_left_out() -> None:
    empty = dict.fromkeys(LABELS, "")
    found = compared(empty | {"rating": "2", "reason": "x"}, empty | {"rating": "2"})
    assert [(field.label, field.same) for field in found] == [("Rating", True), ("Reason", False)]


def test_two_versions_stand_side_by_side_with_marks_that_need_no_colour(
    client: PageClient, workplace: Workplace, lead: Person, audit: str, clock: Clock
) -> None:
    place, path = (workplace, lead, "testshire", 1, "R1"), f"{audit}/items/R1/history"
    answering.save_response(*place, Response(what_happens_now='Half of the teams "do".\nSome don\'t. <b>'))
    assert "Compare two versions" not in client.get(path).text
    answering.save_response(*place, rated(2), (), 1)
    clock.move(minutes=20)
    answering.save_response(*place, replace(rated(2), what_happens_now="All of the teams do."), (), 2)
    page = client.get(path)
    assert "Compare two versions" in page.text
    page = client.get(f"{path}?first=1&second=3")
    assert marks(page, "del")[0] == "[only in version 1: Not answered]"
    assert "[only in version 1: Half]" in marks(page, "del")
    assert "[only in version 3: All]" in marks(page, "ins")
    assert "Version 3, Lee O’Neill, 21 November 2026, 2.25pm" in page.text
    page = client.get(f"{path}?first=2&second=3")
    assert "The same in both: Rating." in page.text
    assert "The two versions say the same." in client.get(f"{path}?first=2&second=2").text
    for address in ("?first=1", "?first=1&second=77", "?first=x&second=y", "?first=-1&second=0"):
        assert not marks(client.get(path + address), "del")


def test_what_was_settled_has_a_history_for_lead_and_facilitator(
    app: Flask, client: PageClient, workplace: Workplace, lead: Person, audit: str
) -> None:
    facilitator = enter(app, workplace, join(workplace, "Fay", Role.FACILITATOR).email)
    moderate(workplace)
    path = f"{audit}/items/R1/settled"
    assert "Nothing has been settled yet." in client.get(path).text
    place = (workplace, lead, "testshire", 1, "R1")
    moderation.settle(*place, replace(rated(2), reason="We agreed."))
    moderation.settle(*place, replace(rated(3), reason="We looked again."), (), 1)
    for visitor in (client, facilitator):
        page = visitor.get(path)
        assert page.heading == "History of the settled answer"
        assert "We agreed." in page.text
    assert "Nothing has been saved yet." in client.get(f"{audit}/items/R1/history").text
    facilitator.get(path)
    page = facilitator.submit(path, {"number": "1"})
    assert "Restored as version 3." in page.text
    assert "Version 3, the newest Saved by Fay" in page.text
    assert [each.response.level for each in moderation.settled_history(*place)] == [2, 3, 2]
    facilitator.refuse(path, {"number": "9"}, 404)
    assert "[only in version 2:" in " ".join(marks(facilitator.get(f"{path}?first=1&second=2"), "ins"))


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.VIEWER])
def test_nobody_else_sees_or_restores_what_was_settled(
    app: Flask, client: PageClient, workplace: Workplace, lead: Person, audit: str, role: Role
) -> None:
    visitor = enter(app, workplace, join(workplace, "Ann", role).email)
    moderate(workplace)
    moderation.settle(workplace, lead, "testshire", 1, "R1", replace(rated(2), reason="We agreed."))
    visitor.get(f"{audit}/items/R1/settled", 403)
    visitor.get("/authorities/testshire")
    visitor.refuse(f"{audit}/items/R1/settled", {"number": "1"}, 403)


def test_what_was_settled_is_restored_only_while_it_is_settled(
    client: PageClient, workplace: Workplace, lead: Person, audit: str
) -> None:
    moderate(workplace)
    place, path = (workplace, lead, "testshire", 1, "R1"), f"{audit}/items/R1/settled"
    moderation.settle(*place, replace(rated(2), reason="We agreed."))
    moderation.settle(*place, replace(rated(3), reason="We looked again."), (), 1)
    assert "Restore version 1" in client.get(path).text
    for state in ("open", "signed_off"):
        with workplace.authority("testshire") as file, write(file):
            file.execute("UPDATE audits SET state = ?", [state])
        assert "Restore version" not in client.get(path).text
        client.refuse(path, {"number": "1"}, 409)
    assert len(moderation.settled_history(*place)) == 2
