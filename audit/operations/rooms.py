"""The room of a workshop as all its screens show it. It never holds who chose what, nor votes before their reveal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audit.core.agreement import Spread
from audit.core.audits import Audit
from audit.core.bank import Bank, Item
from audit.core.bank_loader import load_bank
from audit.core.closed_workshops import settlement_in as settlement_in
from audit.core.decisions import Verdict, decide
from audit.core.people import Authority, Person
from audit.core.permissions import Deed
from audit.core.rooms import Room, Round, room_after
from audit.core.round_results import RoundResult
from audit.core.workshops import Seat, Settlement, Step, Workshop
from audit.operations.access import require
from audit.operations.audits import found_audit
from audit.operations.errors import NotFound
from audit.operations.together import smallest_shown
from audit.operations.workplace import Workplace
from audit.store import authorities, piles, room_keys, seats, votes, workshops
from audit.store.connection import File
from audit.store.room_keys import JoinCode, ScreenKeys


@dataclass(frozen=True)
class RoomState:
    """Where a workshop stands.

    ``seats`` counts the people in the room, ``voted`` the votes and ballots of the round that is open. ``results`` are
    what the reveals showed, by round id. ``smallest`` is the smallest group that is shown.
    """

    authority: Authority
    audit: Audit
    bank: Bank
    workshop: Workshop
    steps: tuple[Step, ...]
    room: Room
    seats: int
    voted: int
    results: Mapping[int, RoundResult]
    smallest: int

    @property
    def seen(self) -> int:
        """The number of the last step, which a form sends back to say what it was made for; 0 before the first."""
        return self.steps[-1].id if self.steps else 0

    @property
    def item(self) -> Item | None:
        """The item that is open, or None."""
        return self.bank.items.get(self.room.item_id)

    @property
    def voting(self) -> Round | None:
        """The round that people vote in now, or None."""
        return self.room.voting

    @property
    def result(self) -> RoundResult | None:
        """What the reveal of the open item's newest round showed, or None while it is blind."""
        newest = self.room.round
        return self.results.get(newest.id) if newest and newest.revealed_at else None

    @property
    def before(self) -> RoundResult | None:
        """What the round before that one showed, or None."""
        earlier = self.room.revealed(self.room.item_id)[:-1]
        return self.results.get(earlier[-1].id) if earlier else None

    @property
    def shown(self) -> Spread | None:
        """The spread of the newest round, where it was revealed and enough people voted."""
        return self.result.spread if self.result else None

    @property
    def verdict(self) -> Verdict | None:
        """What the decision rule makes of the newest round, or None while it is blind."""
        return decide(self.workshop.plan.rule, self.result.spread) if self.result else None

    def settlement(self, item_id: str) -> Settlement | None:
        """What was settled on an item, if that is how it ended last."""
        return settlement_in(self.room.ends.get(item_id))


@dataclass(frozen=True)
class Desk:
    """The room as its facilitator sees it: with the seats, the join code and the keys of the screens.

    ``code`` and ``keys`` are None before the room is opened. ``expired`` says that nobody can join with the code.
    """

    state: RoomState
    seats: tuple[Seat, ...]
    code: JoinCode | None
    keys: ScreenKeys | None
    expired: bool


def desk_of(workplace: Workplace, person: Person, slug: str, workshop_id: int) -> Desk:
    """The room for whoever runs it. Raises NotFound and NotAllowed."""
    state = run_room(workplace, person, slug, workshop_id)
    with workplace.registry() as registry:
        code = room_keys.newest_code(registry, slug, workshop_id)
        keys = room_keys.keys_of(registry, slug, workshop_id)
    with workplace.authority(slug) as file:
        taken = tuple(seats.all_of(file, workshop_id))
    return Desk(state, taken, code, keys, code is not None and code.expires_at <= workplace.now())


def run_room(workplace: Workplace, person: Person, slug: str, workshop_id: int) -> RoomState:
    """Where a workshop stands, for whoever runs it. Raises NotFound and NotAllowed."""
    require(workplace, person, slug, Deed.SETTLE)
    return room_state(workplace, slug, workshop_id)


def room_state(workplace: Workplace, slug: str, workshop_id: int) -> RoomState:
    """Where a workshop stands. For operations that have checked that this may be seen. Raises NotFound."""
    with workplace.registry() as registry:
        authority = authorities.find(registry, slug)
    if authority is None:
        raise NotFound("There is no such authority.")
    with workplace.authority(slug) as file:
        return state_in(file, authority, workshop_id)


def state_in(file: File, authority: Authority, workshop_id: int) -> RoomState:
    """Where a workshop stands, from an open file. Raises NotFound."""
    workshop = found_workshop(file, workshop_id)
    audit = found_audit(file, workshop.audit_id)
    steps = workshops.steps(file, workshop_id)
    room = room_after(steps)
    return RoomState(
        authority=authority,
        audit=audit,
        bank=load_bank(audit.details.bank_id),
        workshop=workshop,
        steps=tuple(steps),
        room=room,
        seats=seats.count(file, workshop_id),
        voted=_voted(file, room),
        results=votes.results(file, workshop_id),
        smallest=smallest_shown(file),
    )


def found_workshop(file: File, workshop_id: int) -> Workshop:
    """The workshop in an open file. Raises NotFound."""
    workshop = workshops.find(file, workshop_id)
    if workshop is None:
        raise NotFound("There is no such workshop.")
    return workshop


def _voted(file: File, room: Room) -> int:
    if room.voting is None:
        return 0
    ballots = sum(each.pile.ballots for each in piles.of_round(file, room.voting.id) if each.confirmed_by)
    return votes.count(file, room.voting.id) + ballots
