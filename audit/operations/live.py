"""What everybody in a room reads, by a key that only its screens have."""

from __future__ import annotations

from audit.core.rooms import Phase
from audit.operations.errors import NotFound
from audit.operations.rooms import RoomState, room_state
from audit.operations.workplace import Workplace
from audit.store import room_keys, workshops

Place = tuple[str, int]


def version_at(workplace: Workplace, live_key: str) -> tuple[Place, int]:
    """Which workshop a key opens, by the authority's slug and its number, and how often something happened in it.

    Raises NotFound for a key that opens none, or no longer.
    """
    with workplace.registry() as registry:
        place = room_keys.of_live_key(registry, live_key)
    if place is None:
        raise NotFound("There is no such room.")
    with workplace.authority(place[0]) as file:
        version = workshops.version(file, place[1])
    if version is None:
        raise NotFound("There is no such workshop.")
    return place, version


def state_at(workplace: Workplace, live_key: str) -> RoomState:
    """Where the workshop stands whose state this key opens. Raises NotFound."""
    (slug, workshop_id), _ = version_at(workplace, live_key)
    return room_state(workplace, slug, workshop_id)


def screen_at(workplace: Workplace, screen_key: str) -> tuple[RoomState, str]:
    """The room that a projector's key opens, with its live key. Raises NotFound."""
    with workplace.registry() as registry:
        place = room_keys.of_screen_key(registry, screen_key)
        keys = room_keys.keys_of(registry, *place) if place else None
    if place is None or keys is None:
        raise NotFound("There is no such room.")
    return room_state(workplace, *place), keys.live


def code_of_room(workplace: Workplace, state: RoomState) -> str:
    """The code that people join a room with, or an empty text where it lets nobody in any more."""
    with workplace.registry() as registry:
        code = room_keys.newest_code(registry, state.authority.slug, state.workshop.id)
    closed = state.room.phase is Phase.CLOSED or state.workshop.locked
    return code.code if code and code.expires_at > workplace.now() and not closed else ""
