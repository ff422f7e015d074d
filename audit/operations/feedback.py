"""What the people in the room say of a workshop when it is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlite_utils import Database

from audit.core.feedback import ANSWERS, QUESTIONS
from audit.core.people import Person
from audit.core.permissions import Deed
from audit.core.rooms import Phase
from audit.core.round_results import FEWEST_SHOWN
from audit.operations.access import require
from audit.operations.errors import JoinRefused, VoteRefused
from audit.operations.rooms import found_workshop
from audit.operations.seats import Holder, seat_here
from audit.operations.workplace import Workplace
from audit.store import talks
from audit.store.connection import write


def say(workplace: Workplace, code: str, holder: Holder, question: str, answer: str) -> None:
    """Keep what the holder's seat answers to a question, in place of its answer before.

    Raises NotFound; JoinRefused without a seat; VoteRefused while the workshop goes on; ValueError for a question or
    answer that there is not.
    """
    if question not in QUESTIONS or answer not in ANSWERS:
        raise ValueError("there is no such question or answer")
    here = seat_here(workplace, code, holder)
    if here is None:
        raise JoinRefused("You have no seat in this workshop.")
    if here.state.room.phase is not Phase.CLOSED:
        raise VoteRefused("The workshop is not over yet.")
    with workplace.authority(here.state.authority.slug) as file, write(file):
        talks.say(file, here.state.workshop.id, here.seat.id, question, answer, workplace.now())


def said_of(workplace: Workplace, person: Person, slug: str, workshop_id: int) -> Mapping[str, Mapping[str, int]]:
    """How often each answer was given, by question; without questions that too few answered. Raises NotFound.

    Answers are counted in threes: whoever looks after each of them cannot tell who gave the newest.
    """
    require(workplace, person, slug, Deed.SETTLE)
    with workplace.authority(slug) as file:
        found_workshop(file, workshop_id)
        return said_in(file, workshop_id)


def said_in(file: Database, workshop_id: int) -> Mapping[str, Mapping[str, int]]:
    """The same from an open file. For operations that have checked that this may be seen."""
    said = talks.said(file, workshop_id)
    return {
        question: Counter(given[: len(given) - len(given) % FEWEST_SHOWN])
        for question in QUESTIONS
        if len(given := said.get(question, [])) >= FEWEST_SHOWN
    }
