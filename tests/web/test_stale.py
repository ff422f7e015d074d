"""Two browsers on one answer, and forms that come too late: nothing that was typed is lost."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest

from audit.core.people import Person
from audit.core.responses import RatingState
from audit.operations.workplace import Workplace
from tests.clock import Clock
from tests.web.client import Page, PageClient
from tests.web.conftest import enter
from tests.web.filling import FULL, answer, fields, newest, opened

MINE = {"rating": "4", "what_happens_now": "Mine, isn't it?\nSecond line."}
THEIRS = {"rating": "1", "what_happens_now": "Theirs\n\nSecond line.", "reason": "Read again."}


@pytest.fixture
def path(workplace: Workplace, lead: Person, client: PageClient) -> str:
    """An item that has been answered once."""
    path = f"{opened(workplace, lead)}/items/R1"
    client.submit(path, answer(client.get(path), FULL))
    return path


@pytest.fixture
def other(client: PageClient, workplace: Workplace, lead: Person, path: str) -> PageClient:
    """A second browser."""
    return enter(client.app, workplace, lead.email)


def clash(client: PageClient, other: PageClient, path: str, mine: dict[str, str] | None = None) -> Page:
    """The page that the first browser gets when the second has saved first."""
    page = client.get(path)
    other.submit(path, answer(other.get(path), THEIRS))
    return client.refuse(path, answer(page, mine or MINE), 409)


def test_both_versions_are_shown_whole(client: PageClient, other: PageClient, path: str) -> None:
    page = clash(client, other, path)
    assert page.heading == "This answer was saved elsewhere while you were typing"
    for words in ("Mine, isn’t it?", "Theirs", "4, embedded", "1, early steps", "Ten cases were read.", "Read again."):
        assert words in page.text
    assert page.text.count("You did not change this. Only the saved version did.") == 1
    assert "What needs to happen" not in page.text


def test_keep_mine(client: PageClient, other: PageClient, path: str, workplace: Workplace, lead: Person) -> None:
    page = clash(client, other, path)
    client.submit(path, {**fields(page), "then": "next"})
    saved = newest(workplace, lead, path.rpartition("/items")[0], "R1")
    assert saved.number == 3
    assert saved.response.what_happens_now == MINE["what_happens_now"]
    assert saved.response.reason == FULL["reason"]
    assert [link.note for link in saved.links] == ["Page 3"]


def test_keep_theirs(client: PageClient, other: PageClient, path: str, workplace: Workplace, lead: Person) -> None:
    page = clash(client, other, path)
    page = client.submit(path, {**fields(page), "then": "theirs"})
    assert page.value("what_happens_now") == THEIRS["what_happens_now"]
    assert "did not save it" not in page.text
    assert newest(workplace, lead, path.rpartition("/items")[0], "R1").number == 2


def test_bring_the_two_together(
    client: PageClient, other: PageClient, path: str, workplace: Workplace, lead: Person
) -> None:
    page = clash(client, other, path)
    page = client.refuse(path, {**fields(page), "then": "merge"})
    assert page.value("what_happens_now") == MINE["what_happens_now"]
    assert page.value("reason") == THEIRS["reason"], "what only they changed is in the form"
    assert page.text.count("The saved version says:") == 2
    assert "Theirs" in page.text
    assert page.value("seen") == "2"
    client.submit(path, answer(page, {"what_happens_now": "Both.", "then": "next"}))
    saved = newest(workplace, lead, path.rpartition("/items")[0], "R1")
    assert (saved.number, saved.response.what_happens_now, saved.response.level) == (3, "Both.", 4)


def test_a_third_save_in_between_is_caught_too(client: PageClient, other: PageClient, path: str) -> None:
    page = clash(client, other, path)
    other.submit(path, answer(other.get(path), {"reason": "Once more."}))
    page = client.refuse(path, {**fields(page), "then": "next"}, 409)
    assert "Once more." in page.text
    assert "Mine, isn’t it?" in page.text


def test_a_rating_and_its_excuse_are_taken_together(client: PageClient, other: PageClient, path: str) -> None:
    mine = {"rating": "not_applicable", "na_reason": "We have none.", "reason": ""}
    page = clash(client, other, path, mine)
    page = client.refuse(path, {**fields(page), "then": "merge"})
    assert page.value("na_reason") == "We have none."
    assert page.value("reason") == ""


def test_walking_away_from_the_choice_keeps_a_draft(client: PageClient, other: PageClient, path: str) -> None:
    clash(client, other, path)
    assert "did not save it" in client.get(path).text
    page = client.get(f"{path}?draft=use")
    assert page.value("what_happens_now") == MINE["what_happens_now"]
    client.refuse(path, {**fields(page), "then": "next"}, 409)


def test_a_button_pressed_twice_is_no_clash(client: PageClient, path: str, workplace: Workplace, lead: Person) -> None:
    sent = answer(client.get(path), MINE)
    client.submit(path, sent)
    client.submit(path, sent)
    assert newest(workplace, lead, path.rpartition("/items")[0], "R1").number == 2


def test_somebody_else_is_named(client: PageClient, other: PageClient, path: str, workplace: Workplace) -> None:
    page = client.get(path)
    other.submit(path, answer(other.get(path), THEIRS))
    with workplace.authority("testshire") as file:
        file.execute("UPDATE revisions SET saved_by = 'Sam Ward' WHERE number = 2")
    page = client.refuse(path, answer(page, MINE), 409)
    assert "The saved version is by Sam Ward of 21 November 2026, 2.05pm." in page.text


def test_prompts_clash_as_well(client: PageClient, other: PageClient, path: str) -> None:
    prompt = path.replace("items/R1", "prompts/S1")
    page = client.get(prompt)
    other.submit(prompt, answer(other.get(prompt), {"what_happens_now": "Theirs"}))
    page = client.refuse(prompt, answer(page, {"what_happens_now": "Mine"}), 409)
    assert "Theirs" in page.text
    page = client.refuse(prompt, {**fields(page), "then": "merge"})
    assert page.value("what_happens_now") == "Mine"
    assert page.value("seen") == "1"


def test_a_session_that_ended_while_typing(
    client: PageClient, path: str, clock: Clock, workplace: Workplace, lead: Person
) -> None:
    sent = answer(client.get(path), MINE)
    token = client.last.token if client.last else ""
    drafted = client.browser.post(f"{path}/draft", data=sent, headers={"X-CSRFToken": token})
    assert drafted.status_code == 204
    clock.forward(timedelta(days=8))
    page = client.refuse(path, sent, 400)
    assert MINE["what_happens_now"] in unescape(page.html)
    assert newest(workplace, lead, path.rpartition("/items")[0], "R1").number == 1
    again = enter(client.app, workplace, lead.email)
    assert "did not save it" in again.get(path).text
    assert again.get(f"{path}?draft=use").value("what_happens_now") == MINE["what_happens_now"]


def test_a_form_without_its_token(client: PageClient, path: str, workplace: Workplace, lead: Person) -> None:
    sent = answer(client.get(path), MINE)
    page = client.refuse(path, {**sent, "csrf_token": "old"}, 400)
    assert MINE["what_happens_now"] in unescape(page.html)
    assert newest(workplace, lead, path.rpartition("/items")[0], "R1").response.state is RatingState.RATED
