"""Paper ballots of an item: counted by one person, counted again, and taken only where both counts are the same."""

from __future__ import annotations

from dataclasses import dataclass

from audit.core.people import Membership, Person
from audit.core.permissions import Deed
from audit.core.round_results import Pile
from audit.operations.access import require
from audit.operations.audits import note, unlocked_audit
from audit.operations.errors import RoomMoved
from audit.operations.rooms import RoomState, room_state, state_in
from audit.operations.workplace import Workplace
from audit.store import piles, workshops
from audit.store.connection import File, write
from audit.store.piles import CountedPile

# More ballots than a room holds people.
MOST_BALLOTS = 500


@dataclass(frozen=True)
class PaperBallots:
    """The room, with the piles of the round that is open."""

    state: RoomState
    piles: tuple[CountedPile, ...]


def ballots_in(workplace: Workplace, person: Person, slug: str, workshop_id: int) -> PaperBallots:
    """The piles of the round that is open. Raises NotFound and NotAllowed."""
    require(workplace, person, slug, Deed.SETTLE)
    state = room_state(workplace, slug, workshop_id)
    with workplace.authority(slug) as file:
        found = piles.of_round(file, state.voting.id) if state.voting else []
    return PaperBallots(state, tuple(found))


def count_first(workplace: Workplace, person: Person, slug: str, workshop_id: int, round_id: int, pile: Pile) -> None:
    """Keep a first count of a group's ballots. It counts for nothing before a second count gives the same.

    Raises RoomMoved where the round is over; ValueError for a level or group that is not there, or for a count that
    cannot be; AuditLocked; NotFound; NotAllowed.
    """
    membership = require(workplace, person, slug, Deed.SETTLE)
    with workplace.authority(slug) as file, write(file):
        state = _open_round(file, membership, workshop_id, round_id)
        _check(state, pile)
        piles.put(file, workshop_id, round_id, pile, person.name, workplace.now())
        workshops.touch(file, workshop_id)


def count_again(
    workplace: Workplace, person: Person, slug: str, workshop_id: int, round_id: int, pile: Pile
) -> tuple[Pile, ...]:
    """Hold a second count against the first: nothing where they are the same, and the ballots count from now on.

    Else the first count, for the page to show what differs. Raises as ``count_first`` does, and RoomMoved where there
    is no first count.
    """
    membership = require(workplace, person, slug, Deed.SETTLE)
    with workplace.authority(slug) as file, write(file):
        state = _open_round(file, membership, workshop_id, round_id)
        _check(state, pile)
        first = next((each for each in piles.of_round(file, round_id) if each.pile.group == pile.group), None)
        if first is None:
            raise RoomMoved("There is no first count of these ballots. Count them once, then again.")
        if first.pile != pile:
            return (first.pile,)
        piles.confirm(file, round_id, pile.group, person.name, workplace.now())
        workshops.touch(file, workshop_id)
        did, detail = "entered paper ballots", f"{pile.ballots} ballots, counted twice"
        note(workplace, file, person, did, state.audit.id, state.room.item_id, detail)
    return ()


def throw_away(workplace: Workplace, person: Person, slug: str, workshop_id: int, round_id: int, group: str) -> None:
    """Throw the counts of a group's ballots away, to begin again. Raises as ``count_first`` does."""
    membership = require(workplace, person, slug, Deed.SETTLE)
    with workplace.authority(slug) as file, write(file):
        _open_round(file, membership, workshop_id, round_id)
        piles.drop(file, round_id, group)
        workshops.touch(file, workshop_id)


def _open_round(file: File, membership: Membership, workshop_id: int, round_id: int) -> RoomState:
    state = state_in(file, membership.authority, workshop_id)
    unlocked_audit(file, state.audit.id)
    if state.voting is None or state.voting.id != round_id:
        raise RoomMoved("The vote that these ballots belong to is not open. Open the item, then enter its ballots.")
    return state


def _check(state: RoomState, pile: Pile) -> None:
    levels = {level.number for level in state.bank.scale.levels}
    counts = [*pile.levels.values(), pile.not_applicable, pile.dont_know, *pile.confidence.values()]
    if set(pile.levels) != levels or any(number < 0 for number in counts):
        raise ValueError("a pile counts the ballots of every level")
    if not 0 < pile.ballots <= MOST_BALLOTS or sum(pile.confidence.values()) > pile.ballots:
        raise ValueError("a pile has ballots, and each has one confidence at most")
    if pile.group and pile.group not in state.workshop.plan.groups:
        raise ValueError("there is no such group")
