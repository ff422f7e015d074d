"""The desk of a workshop as its page shows it: the room, what is typed on the open item, and the ways on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import url_for

from audit.core.audits import Revision
from audit.core.bank import Bank, Item, Level
from audit.core.feedback import ANSWERS, QUESTIONS
from audit.core.library import Chosen
from audit.core.library_loader import load_library
from audit.core.responses import UNANSWERED, RatingState
from audit.core.rooms import Phase, Room, Standing
from audit.core.round_results import FEWEST_SHOWN
from audit.core.workshops import AgendaItem, Plan, Seat
from audit.operations.feedback import said_of
from audit.operations.moderation import settled_history
from audit.operations.paper_ballots import ballots_in
from audit.operations.rooms import Desk, RoomState, desk_of
from audit.operations.talking import talk_on
from audit.reports import workshop_words
from audit.reports.run_sheet import when_words
from audit.web.access import current_person, workplace
from audit.web.desk_form import desk_form, first_fields
from audit.web.item_form import ItemForm, rating_hints
from audit.web.join_address import join_address, reachable
from audit.web.live import at, ends_at
from audit.web.undo_words import undo_words


@dataclass(frozen=True)
class DeskPage:
    """The desk, with what is typed on the open item and what was settled on it before.

    ``talk`` is None where nothing was typed yet; ``talk_number`` counts the versions of it, 0 for none.
    """

    desk: Desk
    talk: Mapping[str, str] | None = None
    talk_number: int = 0
    settled: Revision | None = None

    @property
    def state(self) -> RoomState:
        """The room."""
        return self.desk.state

    @property
    def room(self) -> Room:
        """Where the workshop stands."""
        return self.state.room

    @property
    def plan(self) -> Plan:
        """What was planned."""
        return self.state.workshop.plan

    @property
    def bank(self) -> Bank:
        """The audit's bank."""
        return self.state.bank

    @property
    def item(self) -> Item | None:
        """The item that is open."""
        return self.state.item

    @property
    def here(self) -> dict[str, Any]:
        """What the addresses of this workshop's pages are made of."""
        return {"slug": self.state.authority.slug, "workshop_id": self.state.workshop.id}

    @property
    def audit_here(self) -> dict[str, Any]:
        """What the addresses of the audit's pages are made of."""
        return {"slug": self.state.authority.slug, "audit_id": self.state.audit.id}

    @property
    def phase(self) -> str:
        """What goes on, as a template names it."""
        return self.room.phase.value

    @property
    def locked(self) -> bool:
        """Whether the audit is signed off, so that nothing can be done any more."""
        return self.state.audit.state.locked

    @property
    def joinable(self) -> bool:
        """Whether somebody can join now."""
        return self.desk.code is not None and not self.desk.expired and not self.state.workshop.locked

    @property
    def seats(self) -> list[Seat]:
        """Who sits in the room, in the order in which they joined."""
        return [seat for seat in self.desk.seats if seat.removed_at is None]

    @property
    def sent_out(self) -> list[Seat]:
        """Whose seats were taken away, in the order in which they joined."""
        return [seat for seat in self.desk.seats if seat.removed_at is not None]

    @property
    def address(self) -> str:
        """What people type to join, without the part that browsers add."""
        return join_address().removeprefix("https://").removeprefix("http://")

    @property
    def reachable(self) -> bool:
        """Whether phones can reach that address."""
        return reachable()

    @property
    def live(self) -> str:
        """The address of the state document, or an empty text before the room is opened."""
        return url_for("live.state", key=self.desk.keys.live) if self.desk.keys else ""

    @property
    def at(self) -> str:
        """What the state document calls what this page shows."""
        return at(self.state)

    @property
    def ends(self) -> float | None:
        """When the minutes of the open item are over, in seconds since 1970."""
        return ends_at(self.state)

    @property
    def agenda(self) -> list[tuple[AgendaItem, Item, Standing]]:
        """The agenda, each item with how far it has come."""
        return [(each, self.bank.items[each.item_id], self.room.standing(each.item_id)) for each in self.plan.agenda]

    @property
    def next(self) -> Item | None:
        """The first item that nothing happened to yet; after them, the first that is parked."""
        for wanted in (Standing.WAITING, Standing.PARKED):
            for _, item, standing in self.agenda:
                if standing is wanted:
                    return item
        return None

    @property
    def waiting(self) -> int:
        """How many items were not opened yet."""
        return sum(standing is Standing.WAITING for _, _, standing in self.agenda)

    @property
    def parked(self) -> int:
        """How many items are parked."""
        return sum(standing is Standing.PARKED for _, _, standing in self.agenda)

    @property
    def undo(self) -> tuple[str, str] | None:
        """The words of the button that takes the last step back, and what that does; None where there is none."""
        return undo_words(self.state) if self.room.can_undo else None

    @property
    def when(self) -> str:
        """The day and the times, as far as they are set."""
        return when_words(self.plan)

    @property
    def aim(self) -> Level:
        """The level that the whole audit aims at."""
        target = self.state.audit.details.target
        return self.bank.default_target if target is None else self.bank.scale.level(target)

    @property
    def hints(self) -> list[str]:
        """What stands below each choice of the form."""
        # The last one is about leaving an item unrated, which is no way to settle it.
        return rating_hints(self.bank, self.item)[:-1] if self.item else []

    @property
    def settled_words(self) -> str:
        """What was settled on the open item before, in words, or an empty text."""
        if self.settled is None or self.settled.response.state is RatingState.UNANSWERED:
            return ""
        response = self.settled.response
        return workshop_words.choice_words(response.level, response.state, self.bank)

    @property
    def findings(self) -> Chosen:
        """The findings that serve best on the open item."""
        return load_library().choose(self.bank, self.item) if self.item else Chosen((), ())

    @cached_property
    def first_fields(self) -> dict[str, str]:
        """The fields of the form as it opens."""
        settled = self.settled.response if self.settled else None
        return first_fields(self.talk, settled, self.state.verdict, self.room.round.id if self.room.round else 0)

    def form(self, fields: Mapping[str, str]) -> ItemForm | None:
        """The form with these fields; None while no result is on the table."""
        if self.item is None or self.room.phase is not Phase.REVEALED:
            return None
        before = self.settled.response if self.settled else UNANSWERED
        return desk_form(self.bank, self.item, self.aim, fields, before)

    @property
    def feedback(self) -> list[tuple[str, list[tuple[str, int]]]]:
        """Each question to the room with how often each answer was given; without those that too few answered."""
        found = said_of(workplace(), current_person(), **self.here)
        return [
            (QUESTIONS[name], [(words, said.get(answer, 0)) for answer, words in ANSWERS.items()])
            for name, said in found.items()
        ]

    @cached_property
    def half_counted(self) -> int:
        """How many counts of paper ballots in the open vote wait for their second one, and do not count yet."""
        return sum(not each.confirmed_by for each in ballots_in(workplace(), current_person(), **self.here).piles)

    @property
    def fewest(self) -> int:
        """How many must vote for a result to be shown."""
        return FEWEST_SHOWN

    @property
    def words(self) -> Any:
        """The words of results, rules and verdicts."""
        return workshop_words


def desk_page(slug: str, workshop_id: int) -> DeskPage:
    """The desk of a workshop. Raises NotFound and NotAllowed."""
    desk = desk_of(workplace(), current_person(), slug, workshop_id)
    item_id = desk.state.room.item_id
    if not item_id:
        return DeskPage(desk)
    talk = talk_on(workplace(), current_person(), slug, workshop_id, item_id)
    history = settled_history(workplace(), current_person(), slug, desk.state.audit.id, item_id)
    settled = history[0] if history else None
    return DeskPage(desk, talk.fields, talk.number, settled) if talk else DeskPage(desk, settled=settled)
