"""What the screens of a room ask for again and again: small, the same for all, and blind before the reveal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from time import sleep
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from audit.core.audits import AuditDetails
from audit.core.decisions import DecisionRule, RuleKind
from audit.core.people import Authority, Person
from audit.core.workshops import AgendaItem, Plan, StepKind
from audit.operations import room_doors, room_steps
from audit.operations.audits import open_audit
from audit.operations.rooms import run_room
from audit.operations.workplace import Workplace
from audit.reports.workshop_words import NO_VOTES
from audit.store import seats
from audit.store.connection import line_of
from audit.web import newest, quick
from audit.web.kept import Kept
from audit.web.room_page import TAKEN_BACK
from tests.rooms import Room

# The number of the round, which each vote has its own of.
_ROUND = re.compile(r'(data-vote|name="round" value)="\d+"')
AGENDA = (AgendaItem("R1", 10), AgendaItem("R2", 5))


@pytest.fixture
def room(workplace: Workplace, lead: Person, testshire: Authority) -> Room:
    audit = open_audit(workplace, lead, testshire.slug, AuditDetails("recommendations", "Autumn 2026"))
    made = Room(workplace, lead, testshire.slug, audit.id, Plan("A day together", AGENDA))
    made.open([f"Person {n}" for n in range(5)])
    return made


def ask(app: Flask, room: Room, etag: str = "", what: str = "") -> TestResponse:
    headers = {"If-None-Match": etag} if etag else {}
    return app.test_client().get(f"/live/{room.keys.live}{what}", headers=headers)


def state(app: Flask, room: Room) -> dict[str, Any]:
    found = ask(app, room)
    assert found.status_code == 200
    return dict(found.get_json())


def test_a_screen_that_has_the_newest_version_is_told_so_without_a_body(app: Flask, room: Room) -> None:
    first = ask(app, room)
    again = ask(app, room, first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("what", ["", "/phone"])
def test_what_is_kept_is_given_as_the_app_gives_it(app: Flask, room: Room, what: str) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    first, again = ask(app, room, what=what), ask(app, room, what=what)
    assert (again.status_code, again.data) == (first.status_code, first.data)
    for name in ("ETag", "Content-Type", "Cache-Control", "Content-Security-Policy", "X-Content-Type-Options"):
        assert again.headers[name] == first.headers[name]


def test_the_quick_answer_and_that_of_the_app_are_the_same(app: Flask, room: Room) -> None:
    """Also for a weak mark, as a proxy may make of it, and for one among several."""
    etag = ask(app, room).headers["ETag"]
    for known in (etag, f"W/{etag}", f'"another", {etag}'):
        answer = ask(app, room, known)
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", etag)
        assert answer.headers["Cache-Control"] == "no-cache"


def test_a_mark_of_another_version_gets_the_newest(app: Flask, room: Room) -> None:
    etag = ask(app, room).headers["ETag"]
    room.step(StepKind.OPEN_ITEM, "R1")
    assert ask(app, room, etag).get_json()["item"] == "R1"
    assert app.test_client().get("/live/made-up", headers={"If-None-Match": etag}).status_code == 404


def test_every_vote_and_every_step_makes_a_new_version(app: Flask, room: Room) -> None:
    before = ask(app, room).headers["ETag"]
    room.step(StepKind.OPEN_ITEM, "R1")
    opened = ask(app, room, before)
    assert opened.status_code == 200
    room.vote([2])
    assert ask(app, room, opened.headers["ETag"]).status_code == 200


def test_the_document_is_small_and_holds_counts_alone(app: Flask, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote([0, 1, 2])
    found = ask(app, room)
    assert len(found.data) < 600
    said = found.get_json()
    assert (said["voted"], said["seats"], said["phase"], said["item"]) == (3, 6, "voting", "R1")


def test_a_blind_vote_reads_the_same_whatever_was_chosen(app: Flask, room: Room) -> None:
    """Of two rooms in which people chose differently, nothing that anybody can ask for differs before the reveal."""

    def all_that_is_shown(levels: list[int | None]) -> list[str]:
        room.step(StepKind.OPEN_ITEM, "R1")
        room.vote(levels)
        shown = [ask(app, room, what=what).get_data(as_text=True) for what in ("", "/phone", "/screen")]
        document = json.loads(shown[0])
        for name in ("version", "at", "screen", "round", "ends"):
            document.pop(name)
        room_steps.undo(*room.place, room.id, room.seen)
        return [json.dumps(document), *(_ROUND.sub("", text) for text in shown[1:])]

    assert all_that_is_shown([0, 0, 0, 0, 0]) == all_that_is_shown([4, 1, 2, 3, None])


def test_at_changes_with_what_is_shown_and_not_with_the_count(app: Flask, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    before = state(app, room)
    room.vote([0, 1, 2])
    room_doors.lock(*room.place, room.id, locked=True)
    after = state(app, room)
    assert after["at"] == before["at"], "a phone would throw a half-chosen vote away"
    assert after["screen"] != before["screen"], "the projector would go on showing the code"
    room.step(StepKind.REVEAL, "R1")
    assert state(app, room)["at"] != before["at"]


def test_the_reveal_is_told_in_words(app: Flask, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote([0, 0, 0, 4, 4])
    assert "Vote now on R1" in state(app, room)["says"]
    room.step(StepKind.REVEAL, "R1")
    says = state(app, room)["says"]
    assert "Two camps" in says
    assert ": 3. " in says
    assert ": 2. " in says


def test_two_votes_are_too_few_to_be_told(app: Flask, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote([0, 4])
    room.step(StepKind.REVEAL, "R1")
    says = state(app, room)["says"]
    assert "Fewer than 3 voted" in says
    assert "level" not in says.casefold()


def test_what_the_rule_gives_is_told_where_there_is_one(app: Flask, workplace: Workplace, room: Room) -> None:
    plan = Plan("By rule", AGENDA, rule=DecisionRule(RuleKind.MAJORITY))
    audit = open_audit(workplace, room.place[1], "testshire", AuditDetails("recommendations", "Winter 2026"))
    ruled = Room(*room.place, audit.id, plan)
    ruled.open([f"Person {n}" for n in range(5)])
    for each in (room, ruled):
        each.step(StepKind.OPEN_ITEM, "R1")
        each.vote([2, 2, 2, 1])
        each.step(StepKind.REVEAL, "R1")
    assert state(app, ruled)["says"].endswith("The decision rule gives level 2, partly in place.")
    assert "settles after the talk" not in state(app, room)["says"]


def test_why_votes_are_not_shown_is_told_once(app: Flask, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    room.step(StepKind.REVEAL, "R1")
    assert state(app, room)["says"] == f"Nobody voted. {NO_VOTES}"


def test_a_reveal_that_was_taken_back_is_told(app: Flask, room: Room) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote([0, 0, 4])
    room.step(StepKind.REVEAL, "R1")
    room_steps.undo(*room.place, room.id, room.seen)
    says = state(app, room)["says"]
    assert says.startswith(f"{TAKEN_BACK} Vote now on R1")


def test_the_minutes_of_an_item_end_when_they_are_over(app: Flask, room: Room) -> None:
    assert state(app, room)["ends"] is None
    room.step(StepKind.OPEN_ITEM, "R1")
    opened = run_room(*room.place, room.id).room.opened_at
    assert opened is not None
    assert state(app, room)["ends"] == opened.timestamp() + 600


def test_whoever_is_sent_out_reads_nothing_more(app: Flask, workplace: Workplace, room: Room) -> None:
    old = room.keys.live
    with workplace.authority("testshire") as file:
        first = seats.all_of(file, room.id)[0]
    room_doors.send_out(*room.place, room.id, first.id)
    assert app.test_client().get(f"/live/{old}").status_code == 404
    assert state(app, room)["seats"] == 5


def test_two_rooms_are_never_mixed_up(app: Flask, workplace: Workplace, lead: Person, room: Room) -> None:
    audit = open_audit(workplace, lead, "testshire", AuditDetails("recommendations", "Winter 2026"))
    other = Room(workplace, lead, "testshire", audit.id, Plan("Another", AGENDA))
    other.open(["Somebody"])
    other.step(StepKind.OPEN_ITEM, "R2")
    assert (state(app, room)["item"], state(app, other)["item"]) == ("", "R2")
    assert ask(app, other, ask(app, room).headers["ETag"]).status_code == 200


def test_it_can_be_asked_by_anyone_and_sets_no_cookie(app: Flask, room: Room) -> None:
    found = ask(app, room)
    assert "Set-Cookie" not in found.headers
    assert found.headers["Cache-Control"] == "no-cache"
    assert "default-src 'none'" in found.headers["Content-Security-Policy"]


def test_a_text_is_made_once_however_many_ask() -> None:
    kept, made = Kept(2), []

    def make() -> str:
        sleep(0.05)
        made.append("made")
        return "a text"

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: kept.text("key", make), range(8))) == {b"a text"}
    assert made == ["made"]
    kept.text("another", make), kept.text("a third", make)
    assert (kept.find("key"), kept.find("a third")) == (None, b"a text")


@contextmanager
def another_process(workplace: Workplace) -> Iterator[None]:
    """What is done to Testshire within it is not counted as written by this process."""
    line, counts = line_of(workplace.files_of("testshire")[0]), workplace.writes("testshire")
    before, written = counts(), line.writes
    yield
    line.writes = written
    assert counts() == before


def test_what_this_process_writes_shows_at_once(app: Flask, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newest, "FRESH", 60.0)
    for _ in range(3):
        assert state(app, room)["item"] == ""
    room.step(StepKind.OPEN_ITEM, "R1")
    assert state(app, room)["item"] == "R1"


def test_what_another_process_writes_shows_soon(
    app: Flask, workplace: Workplace, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newest, "FRESH", 60.0)
    for _ in range(3):
        state(app, room)
    with another_process(workplace):
        room.step(StepKind.OPEN_ITEM, "R1")
    assert state(app, room)["item"] == "", "it was looked up a moment ago"
    monkeypatch.setattr(newest, "FRESH", 0.0)
    assert state(app, room)["item"] == "R1"


def test_a_piece_of_page_is_never_older_than_the_state_it_is_asked_for(
    app: Flask, workplace: Workplace, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newest, "FRESH", 60.0)
    for _ in range(3):
        seen = state(app, room)["version"]
    ask(app, room, what="/phone")
    with another_process(workplace):
        room.step(StepKind.OPEN_ITEM, "R1")
    assert "your vote" not in ask(app, room, what=f"/phone?seen={seen}").get_data(as_text=True)
    for newer in (f"?seen={seen + 1}", "", "?seen=x", "?seen=-1"):
        assert "your vote" in ask(app, room, what=f"/phone{newer}").get_data(as_text=True), newer


def test_what_was_looked_up_a_moment_ago_needs_no_disk(
    app: Flask, workplace: Workplace, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newest, "FRESH", 60.0)
    for _ in range(2):
        etag = ask(app, room).headers["ETag"]
    asked = quick.asked_for("GET", f"/live/{room.keys.live}", "", etag)
    assert asked is not None
    workplace.folder.rename(workplace.folder.with_name("elsewhere"))
    answer = quick.from_memory(workplace, asked)
    assert answer is not None
    assert (answer.status, answer.body) == (304, b"")
