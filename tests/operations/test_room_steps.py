"""The steps of a workshop: what each leaves behind, two desks at once, and what taking back takes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier
from typing import Any

import pytest

from audit.core.audits import Audit, AuditState
from audit.core.people import Person, Role
from audit.core.responses import Confidence, RatingState, Response
from audit.core.rooms import Phase, Standing
from audit.core.round_results import Moved, Vote
from audit.core.workshops import AgendaItem, Plan, StepKind
from audit.operations import answering, closing, handing_over, moderation, room_steps, seats, signing
from audit.operations.audits import audit_for
from audit.operations.errors import AuditLocked, NotFound, NotYet, RoomMoved, VoteRefused
from audit.operations.handing_over import Form
from audit.operations.rooms import RoomState, run_room
from audit.operations.trail import whole_trail
from audit.operations.workplace import Workplace
from audit.store import audits
from audit.store.connection import write
from tests.making import rated
from tests.rooms import Room
from tests.teams import SLUG, member

OPEN, REVEAL, AGAIN, PARK, SKIP = (
    StepKind.OPEN_ITEM,
    StepKind.REVEAL,
    StepKind.VOTE_AGAIN,
    StepKind.PARK,
    StepKind.SKIP,
)
AGREED = Response(RatingState.RATED, 2, "We agree.", what_happens_now="So.")


def state(room: Room) -> RoomState:
    return run_room(*room.place, room.id)


def voted(room: Room, item_id: str, levels: list[int | None]) -> None:
    """A vote on the item, revealed."""
    room.step(OPEN, item_id)
    room.vote(levels)
    room.step(REVEAL, item_id)


def undo(room: Room) -> None:
    room_steps.undo(*room.place, room.id, room.seen)


def settle(room: Room, item_id: str, response: Response = AGREED, over: int = 0) -> None:
    room_steps.settle(*room.place, room.id, item_id, response, "Ann", room.seen, over)


def close(room: Room) -> None:
    room_steps.close_room(*room.place, room.id, room.seen)


def team_level(room: Room, audit: Audit, item_id: str) -> int | None:
    """The level that is settled for the team, None for none."""
    history = moderation.settled_history(*room.place, audit.id, item_id)
    return history[0].response.level if history else None


def rows(room: Room, table: str) -> int:
    with room.place[0].authority(SLUG) as file:
        return int(file.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])  # noqa: S608 - a name of ours


def at_once(*deeds: Callable[[], Any]) -> list[Exception | None]:
    """All deeds begin in the same moment, each in a thread with a connection of its own. What each raised."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Exception | None:
        start.wait(30)
        try:
            deed()
        except RoomMoved as fault:
            return fault
        return None

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


# A whole round


def test_opening_the_room_closes_answering_in_one_go(workplace: Workplace, lead: Person, planned: Room) -> None:
    assert audit_for(*planned.place, 1).state is AuditState.OPEN
    room_steps.open_room(*planned.place, planned.id, 0)
    assert audit_for(*planned.place, 1).state is AuditState.MODERATED
    with pytest.raises(AuditLocked):
        answering.save_response(workplace, lead, SLUG, 1, "R1", rated(1))
    with pytest.raises(RoomMoved):
        room_steps.open_room(*planned.place, planned.id, 0)
    with pytest.raises(RoomMoved, match="open already"):
        room_steps.open_room(*planned.place, planned.id, planned.seen)


def test_before_the_reveal_the_room_tells_only_how_many_voted(room: Room) -> None:
    room.step(OPEN, "R1")
    room.vote([0, 4, 4])
    found = state(room)
    assert (found.room.phase, found.voted, found.seats) == (Phase.VOTING, 3, 5)
    assert (found.result, found.shown, found.verdict, found.results) == (None, None, None, {})


def test_a_second_round_shows_how_people_moved(room: Room) -> None:
    voted(room, "R1", [0, 1, 4, 4])
    assert state(room).before is None
    room.step(AGAIN, "R1")
    assert state(room).result is None
    room.vote([2, 2, 2, 4])
    room.step(REVEAL, "R1")
    found = state(room)
    assert found.result is not None
    assert found.before is not None
    assert found.result.moved == Moved(up=2, down=1, same=1)
    assert found.before.spread is not None
    assert found.before.spread.chosen == (0, 1, 4, 4)


def test_two_votes_are_shown_to_nobody(room: Room) -> None:
    voted(room, "R1", [0, 4])
    found = state(room)
    assert found.result is not None
    assert (found.result.voted, found.result.spread, found.result.confidence, found.result.groups) == (2, None, {}, ())


def test_settling_writes_the_teams_answer_and_the_trail(room: Room, audit: Audit) -> None:
    voted(room, "R1", [2, 2, 2, 2])
    settle(room, "R1")
    assert team_level(room, audit, "R1") == 2
    settled = state(room).settlement("R1")
    assert settled is not None
    assert (settled.level, settled.reason, settled.owner, settled.revision) == (2, "We agree.", "Ann", 1)
    assert state(room).room.standing("R1") is Standing.SETTLED
    did = [row.did for row in whole_trail(*room.place).rows if row.item_id == "R1"]
    assert did == [OPEN.value, REVEAL.value, StepKind.SETTLE.value]
    undo(room)
    assert [row.did for row in whole_trail(*room.place).rows if row.item_id == "R1"] == [*did, StepKind.UNDO.value]


def test_a_level_without_a_reason_is_not_settled(room: Room, audit: Audit) -> None:
    voted(room, "R1", [2, 2, 2, 2])
    for response in (Response(RatingState.RATED, 2), Response(reason="Why not?")):
        with pytest.raises(ValueError, match="with a reason"):
            settle(room, "R1", response)
    assert team_level(room, audit, "R1") is None


def test_an_item_that_is_not_on_the_agenda_is_not_opened(room: Room) -> None:
    for item_id in ("R12", "", "<b>", "R1 "):
        with pytest.raises(NotFound, match="agenda"):
            room.step(OPEN, item_id)
    with pytest.raises(ValueError, match="SETTLE"):
        room.step(StepKind.SETTLE, "R1")


# Two at the desk


def facilitators(room: Room) -> tuple[Person, Person]:
    workplace = room.place[0]
    return member(workplace, "Fay", Role.FACILITATOR), member(workplace, "Gus", Role.FACILITATOR)


def desks(room: Room, *wanted: tuple[StepKind, str]) -> list[Exception | None]:
    """Two facilitators see the same desk and click in the same moment."""
    workplace, _, slug = room.place
    seen = room.seen

    def click(person: Person, kind: StepKind, item_id: str) -> Callable[[], None]:
        return lambda: room_steps.take_step(workplace, person, slug, room.id, kind, item_id, seen)

    return at_once(*(click(who, *each) for who, each in zip(facilitators(room), wanted, strict=True)))


def test_of_two_who_reveal_at_once_one_does_and_the_other_hears_who(room: Room) -> None:
    room.step(OPEN, "R1")
    room.vote([1, 2, 3, 4])
    refused = [fault for fault in desks(room, (REVEAL, "R1"), (REVEAL, "R1")) if fault]
    assert len(refused) == 1
    last = state(room).steps[-1]
    assert last.kind is REVEAL
    assert str(refused[0]).startswith(f"{last.by} revealed the votes in between.")
    assert rows(room, "round_results") == 1


def test_of_two_who_open_different_items_at_once_one_does(room: Room) -> None:
    refused = [fault for fault in desks(room, (OPEN, "R1"), (OPEN, "R2")) if fault]
    assert len(refused) == 1
    found = state(room)
    opened = [each for each in found.steps if each.kind is OPEN]
    assert [each.item_id for each in opened] == [found.room.item_id]
    assert opened[0].by in str(refused[0])


def test_settling_twice_settles_once(room: Room, audit: Audit) -> None:
    voted(room, "R1", [2, 2, 2, 2])
    seen = room.seen
    fay, gus = facilitators(room)
    workplace = room.place[0]

    def settled_by(person: Person, level: int) -> Callable[[], None]:
        response = Response(RatingState.RATED, level, "Because.")
        return lambda: room_steps.settle(workplace, person, SLUG, room.id, "R1", response, "", seen, 0)

    refused = [fault for fault in at_once(settled_by(fay, 1), settled_by(gus, 3)) if fault]
    assert len(refused) == 1
    assert len(moderation.settled_history(*room.place, audit.id, "R1")) == 1


def test_what_was_settled_elsewhere_in_between_is_not_written_over(room: Room, audit: Audit) -> None:
    voted(room, "R1", [2, 2, 2, 2])
    moderation.settle(*room.place, audit.id, "R1", Response(RatingState.RATED, 4, "Elsewhere."), (), 0)
    with pytest.raises(RoomMoved, match="changed on another page"):
        settle(room, "R1")
    assert team_level(room, audit, "R1") == 4
    assert state(room).room.phase is Phase.REVEALED
    settle(room, "R1", over=1)
    assert team_level(room, audit, "R1") == 2


# Taking back


def test_a_reveal_that_is_taken_back_tells_nothing_about_one_vote(room: Room) -> None:
    """Whoever reveals, takes back and reveals again after each vote would see each vote."""
    voted(room, "R1", [0, 1, 2])
    undo(room)
    found = state(room)
    assert (found.room.phase, found.voted, found.result) == (Phase.VOTING, 0, None)
    room.vote([0])
    room.step(REVEAL, "R1")
    found = state(room)
    assert found.result is not None
    assert (found.result.voted, found.result.spread, found.result.moved) == (1, None, None)


def test_a_phone_that_voted_before_the_reveal_was_taken_back_votes_again(room: Room) -> None:
    room.step(OPEN, "R1")
    first = state(room).voting
    assert first is not None
    room.vote([0, 1, 2])
    room.step(REVEAL, "R1")
    undo(room)
    with pytest.raises(VoteRefused, match="revealed before it came"):
        seats.cast_vote(room.place[0], room.code, room.holders[3], first.id, Vote(RatingState.RATED, 4))
    assert state(room).voted == 0


def test_a_vote_that_is_taken_back_is_thrown_away(room: Room) -> None:
    room.step(OPEN, "R1")
    room.vote([0, 1, 2])
    undo(room)
    assert (state(room).room.phase, rows(room, "votes")) == (Phase.BETWEEN, 0)
    room.step(OPEN, "R1")
    assert state(room).voted == 0


def test_a_second_vote_that_is_taken_back_leaves_the_first(room: Room) -> None:
    voted(room, "R1", [0, 1, 2])
    room.step(AGAIN, "R1")
    room.vote([4, 4, 4])
    undo(room)
    found = state(room)
    assert found.room.phase is Phase.REVEALED
    assert found.shown is not None
    assert found.shown.chosen == (0, 1, 2)


def test_a_parked_vote_goes_on_with_its_votes(room: Room) -> None:
    room.step(OPEN, "R1")
    room.vote([0, 1, 2])
    room.step(PARK, "R1")
    assert state(room).voted == 0
    undo(room)
    assert state(room).voted == 3
    room.step(PARK, "R1")
    room.step(OPEN, "R1")
    assert state(room).voted == 0, "an item that is opened again begins anew"


def test_settling_that_is_taken_back_gives_what_was_settled_before(room: Room, audit: Audit) -> None:
    moderation.settle(*room.place, audit.id, "R1", Response(RatingState.RATED, 4, "Before."), (), 0)
    voted(room, "R1", [2, 2, 2, 2])
    settle(room, "R1", over=1)
    undo(room)
    assert team_level(room, audit, "R1") == 4
    assert (state(room).room.phase, state(room).settlement("R1")) == (Phase.REVEALED, None)


def test_settling_the_same_again_is_taken_back_as_well(room: Room, audit: Audit) -> None:
    moderation.settle(*room.place, audit.id, "R1", AGREED, (), 0)
    voted(room, "R1", [2, 2, 2, 2])
    settle(room, "R1", over=1)
    undo(room)
    assert team_level(room, audit, "R1") == 2
    assert len(moderation.settled_history(*room.place, audit.id, "R1")) == 1


def test_settling_for_the_first_time_is_taken_back_to_nothing(room: Room, audit: Audit) -> None:
    voted(room, "R1", [2, 2, 2, 2])
    settle(room, "R1")
    undo(room)
    assert team_level(room, audit, "R1") is None
    settle(room, "R1", over=2)
    assert team_level(room, audit, "R1") == 2


def test_what_was_changed_since_it_was_settled_is_not_taken_back(room: Room, audit: Audit) -> None:
    voted(room, "R1", [2, 2, 2, 2])
    settle(room, "R1")
    moderation.settle(*room.place, audit.id, "R1", Response(RatingState.RATED, 4, "Since."), (), 1)
    with pytest.raises(RoomMoved, match="changed since"):
        undo(room)
    assert team_level(room, audit, "R1") == 4
    assert state(room).room.standing("R1") is Standing.SETTLED


# The audit around it


def test_while_a_workshop_runs_nobody_answers_again_or_signs_off(
    workplace: Workplace, lead: Person, room: Room, audit: Audit
) -> None:
    with pytest.raises(AuditLocked, match="A workshop is running"):
        closing.open_answering(workplace, lead, SLUG, audit.id)
    with pytest.raises(NotYet, match=r"A workshop is running over this audit\. Close the workshop first"):
        signing.to_sign(workplace, lead, SLUG, audit.id)
    close(room)
    signing.to_sign(workplace, lead, SLUG, audit.id)
    closing.open_answering(workplace, lead, SLUG, audit.id)


def test_a_workshop_whose_room_was_never_opened_holds_nothing_up(planned: Room, audit: Audit) -> None:
    closing.close_answering(*planned.place, audit.id)
    signing.to_sign(*planned.place, audit.id)


def test_in_an_audit_that_is_signed_off_nothing_is_done_any_more(room: Room, audit: Audit) -> None:
    voted(room, "R1", [2, 2, 2, 2])
    with room.place[0].authority(SLUG) as file, write(file):
        audits.set_state(file, audit.id, AuditState.SIGNED_OFF)
    deeds: list[Callable[[], None]] = [
        lambda: room.step(AGAIN, "R1"),
        lambda: settle(room, "R1"),
        lambda: undo(room),
        lambda: close(room),
    ]
    for deed in deeds:
        with pytest.raises(AuditLocked):
            deed()


# What closing forgets


def held(room: Room) -> bytes:
    """All bytes on disk of the authority's file and what lies beside it."""
    return b"".join(path.read_bytes() for path in room.place[0].files_of(SLUG) if path.exists())


def test_closing_forgets_who_chose_what_down_to_the_bytes(workplace: Workplace, lead: Person, audit: Audit) -> None:
    plan = Plan("The day", (AgendaItem("R1", 10), AgendaItem("R2", 10)))
    room = Room(workplace, lead, SLUG, audit.id, plan)
    room.open([f"Person {number}" for number in range(60)])
    # In a row of a vote these two stand side by side, and nowhere else.
    vote, mark = Vote(RatingState.DONT_KNOW, None, Confidence.MEDIUM), b"dont_knowmedium"
    for item_id in ("R1", "R2"):
        room.step(OPEN, item_id)
        voting = state(room).voting
        assert voting is not None
        for holder in room.holders:
            seats.cast_vote(workplace, room.code, holder, voting.id, vote)
        room.step(REVEAL, item_id)
        room.step(PARK, item_id)
    assert rows(room, "votes") == 120
    assert mark in held(room)
    results = state(room).results
    assert [each.voted for each in results.values()] == [60, 60]
    # As in a server: somebody has the file open, so SQLite does not tidy up by itself.
    with workplace.authority(SLUG) as other:
        other.execute("SELECT COUNT(*) FROM votes").fetchone()
        close(room)
        assert mark not in held(room)
    assert (rows(room, "votes"), rows(room, "piles")) == (0, 0)
    assert state(room).results == results


def test_no_file_of_the_lead_holds_votes_or_what_opens_a_seat(room: Room) -> None:
    room.step(OPEN, "R1")
    room.vote([0, 1, 2, 4])
    for form in Form:
        with handing_over.take_out(*room.place, form) as file:
            data = file.read()
        with room.place[0].authority(SLUG) as authority:
            hashes = [row[0] for row in authority.execute("SELECT token_hash FROM seats WHERE token_hash NOT NULL")]
        assert len(hashes) == 4
        assert not any(each.encode() in data for each in hashes)
        if form is Form.JSON:
            taken = json.loads(data)
            assert (taken["votes"], taken["piles"], taken["feedback"]) == ([], [], [])
            assert {row["name"] for row in taken["seats"]} >= {"Ann", "Ben", "Cy", "Dee"}


def test_closing_can_be_taken_back_but_the_votes_are_gone(room: Room) -> None:
    voted(room, "R1", [0, 1, 2, 4])
    room.step(PARK, "R1")
    close(room)
    undo(room)
    undo(room)
    found = state(room)
    assert found.room.phase is Phase.REVEALED
    assert found.shown is not None
    room.step(AGAIN, "R1")
    room.vote([1, 1, 1, 1])
    room.step(REVEAL, "R1")
    again = state(room).result
    assert again is not None
    assert (again.voted, again.moved) == (4, None)


def test_connections_that_stay_open_see_every_step(room: Room) -> None:
    """As in a server, where each thread keeps its connection over many requests."""
    workplace = room.place[0]
    with ExitStack() as stack:
        stack.enter_context(workplace.one_visit())
        room.step(OPEN, "R1")
        room.vote([0, 1, 2, 4])
        room.step(REVEAL, "R1")
        room.step(PARK, "R1")
        close(room)
        assert state(room).room.phase is Phase.CLOSED
    assert rows(room, "votes") == 0
