"""What people say of a workshop: when it is over, by seat, and shown from three answers on."""

from __future__ import annotations

import json

import pytest

from audit.core.feedback import QUESTIONS
from audit.operations import feedback, handing_over, room_steps
from audit.operations.errors import JoinRefused, VoteRefused
from audit.operations.handing_over import Form
from audit.operations.seats import Holder, seat_here
from tests.rooms import Room


@pytest.fixture
def over(room: Room) -> Room:
    """The workshop, closed."""
    room_steps.close_room(*room.place, room.id, room.seen)
    return room


def say(room: Room, phone: int, answer: str, question: str = "heard") -> None:
    feedback.say(room.place[0], room.code, room.holders[phone], question, answer)


def said(room: Room) -> dict[str, dict[str, int]]:
    found = feedback.said_of(*room.place, room.id)
    return {question: dict(answers) for question, answers in found.items()}


def test_answers_are_shown_from_three_on(over: Room) -> None:
    for phone, answer in enumerate(["yes", "partly"]):
        say(over, phone, answer)
    assert said(over) == {}
    say(over, 2, "yes")
    say(over, 2, "no", "worth")
    assert said(over) == {"heard": {"yes": 2, "partly": 1}}


def test_a_seat_says_each_thing_once_and_sees_what_it_said(over: Room) -> None:
    for answer in ("yes", "no", "partly"):
        say(over, 0, answer)
    for phone in (1, 2):
        say(over, phone, "yes")
    assert said(over) == {"heard": {"partly": 1, "yes": 2}}
    here = seat_here(over.place[0], over.code, over.holders[0])
    assert here is not None
    assert here.said == {"heard": "partly"}


def test_while_the_workshop_goes_on_nothing_is_asked(room: Room) -> None:
    with pytest.raises(VoteRefused, match="not over yet"):
        say(room, 0, "yes")


@pytest.mark.parametrize(("question", "answer"), [("heard", "maybe"), ("none", "yes"), ("", ""), ("heard", "<b>")])
def test_what_is_no_question_or_answer_is_refused(over: Room, question: str, answer: str) -> None:
    with pytest.raises(ValueError, match="no such question"):
        say(over, 0, answer, question)


def test_nobody_speaks_without_a_seat(over: Room) -> None:
    with pytest.raises(JoinRefused):
        feedback.say(over.place[0], over.code, Holder(("guessed",)), "heard", "yes")


def test_a_leads_file_has_totals_of_what_three_or_more_said_and_no_seats(over: Room) -> None:
    for phone in range(3):
        say(over, phone, "yes")
    say(over, 0, "no", "worth")
    with handing_over.take_out(*over.place, Form.JSON) as file:
        taken = json.loads(file.read())
    assert taken["workshop_feedback"] == [
        {"workshop_id": over.id, "question": "heard", "answer": "yes", "number": 3},
    ]
    assert taken["feedback"] == []
    assert set(QUESTIONS) == {"heard", "right", "worth"}
