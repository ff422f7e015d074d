"""A workshop that a test runs step by step."""

from __future__ import annotations

from audit.core.people import Person
from audit.core.responses import Confidence, RatingState, Response
from audit.core.round_results import Vote
from audit.core.workshops import Plan, StepKind
from audit.operations import room_doors, room_steps, seats, talking, workshops
from audit.operations.rooms import desk_of, run_room
from audit.operations.seats import Holder
from audit.operations.workplace import Workplace
from audit.store.room_keys import ScreenKeys


class Room:
    """A workshop that is being run, step by step."""

    def __init__(self, workplace: Workplace, lead: Person, slug: str, audit_id: int, plan: Plan) -> None:
        self.place = (workplace, lead, slug)
        self.id = workshops.plan_workshop(workplace, lead, slug, audit_id, plan)
        self.code = ""
        self.holders: list[Holder] = []

    @property
    def seen(self) -> int:
        """The last step."""
        return run_room(*self.place, self.id).seen

    @property
    def keys(self) -> ScreenKeys:
        """The keys of the screens of a room that was opened."""
        keys = desk_of(*self.place, self.id).keys
        assert keys is not None
        return keys

    def open(self, names: list[str]) -> None:
        """Open the room, and let the lead and people of these names in."""
        workplace, lead, _ = self.place
        room_steps.open_room(*self.place, self.id, self.seen)
        self.code = room_doors.new_code(*self.place, self.id).code
        groups = (*run_room(*self.place, self.id).workshop.plan.groups, "")
        for at, name in enumerate(names):
            token = seats.join(workplace, self.code, Holder(), name, groups[at % 2] if len(groups) > 1 else "")
            self.holders.append(Holder((token,)))
        seats.join(workplace, self.code, Holder(person=lead), "", "")

    def step(self, kind: StepKind, item_id: str) -> None:
        """Take a step."""
        room_steps.take_step(*self.place, self.id, kind, item_id, self.seen)

    def vote(self, levels: list[int | None]) -> None:
        """Let people vote; None does not know."""
        state = run_room(*self.place, self.id)
        assert state.voting is not None
        for holder, level in zip(self.holders, levels, strict=False):
            rated = RatingState.DONT_KNOW if level is None else RatingState.RATED
            vote = Vote(rated, level, Confidence.HIGH if level == 4 else None)
            seats.cast_vote(self.place[0], self.code, holder, state.voting.id, vote)

    def settle(self, item_id: str, level: int, words: str) -> None:
        """Settle the item that is open, with notes."""
        fields = {"notes": words, "owner": words[:60]}
        talking.keep_talk(*self.place, self.id, item_id, fields, 0)
        response = Response(RatingState.RATED, level, words, what_needs_to_happen=words)
        room_steps.settle(*self.place, self.id, item_id, response, words[:60], self.seen, 0)
