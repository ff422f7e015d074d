"""Rooms full of phones: how long a vote takes to be counted on the projector, and a reveal to reach the last phone.

Each phone and projector is a connection of its own, and asks as ``static/live.js`` does.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from time import sleep

from audit.core.audits import AuditDetails
from audit.core.workshops import AgendaItem, Plan
from audit.operations import room_doors, room_steps, seats, sign_in, workshops
from audit.operations.audits import open_audit
from audit.operations.authorities import create_authority
from audit.operations.people import known_person
from audit.operations.rooms import desk_of, run_room
from audit.operations.seats import Holder
from audit.operations.workplace import Workplace
from benchmarks.clients import server, signed_in
from benchmarks.processes import Usage, usage_of
from benchmarks.room_clients import Crowd, Facilitator, Prepared, seat_cookies

ROOMS, PHONES, ITEMS = 20, 25, ("R1", "R2", "R3")
SIZES = (50, 100, 200, 400)
REST, WITHIN = 5, 1000
EMAIL = "lead@example.org"


@dataclass
class Times:
    """What was measured, in milliseconds, with the votes that were accepted and those that the reveals counted."""

    counted: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    accepted: int = 0
    found: int = 0

    def add(self, other: Times) -> None:
        """Take the figures of another room in."""
        self.counted += other.counted
        self.shown += other.shown
        self.accepted += other.accepted
        self.found += other.found


def run() -> str:
    """Twenty rooms at once, then one room that grows until the 95th percentile passes a second."""
    with tempfile.TemporaryDirectory() as folder:
        many, rest, idle, load = _many(Path(folder))
    assert many.accepted == many.found == ROOMS * PHONES * len(ITEMS), "votes were lost"
    grown = [(size, *_one(size)) for size in SIZES]
    held = [size for size, counted, shown in grown if max(counted, shown) < WITHIN]
    lines = [
        f"{ROOMS} workshops of {PHONES} phones and a projector at once: last vote counted on the projector 95% within "
        f"{_high(many.counted):.0f} ms, reveal on the last phone 95% within {_high(many.shown):.0f} ms; "
        f"none of {many.accepted:,} votes lost",
        f"    Server: {rest.megabytes} MB before anybody came; with all rooms between two items "
        f"{idle.megabytes} MB and {idle.processor:.0%} of a processor; voting {load.megabytes} MB and "
        f"{load.processor:.0%}",
        *(
            f"    One room of {size} phones: counted 95% within {counted:.0f} ms, revealed 95% within {shown:.0f} ms"
            for size, counted, shown in grown
        ),
        f"    So one room holds {max(held, default=0)} phones or more within a second",
    ]
    return "\n".join(lines)


def _many(folder: Path) -> tuple[Times, Usage, Usage, Usage]:
    place = Workplace(folder / "instance")
    with server("plumbline", place.folder) as (port, process):
        sleep(REST)
        rest = usage_of(process.pid, 1)
        prepared = [_prepared(place, number, PHONES, port) for number in range(ROOMS)]
        times, idle, load = asyncio.run(_all_rooms(port, prepared, process.pid))
        times.found = sum(_counted(place, each) for each in prepared)
    return times, rest, idle, load


def _one(size: int) -> tuple[float, float]:
    """The 95th percentiles of one room of so many phones."""
    with tempfile.TemporaryDirectory() as folder:
        place = Workplace(Path(folder) / "instance")
        with server("plumbline", place.folder) as (port, process):
            times, _, _ = asyncio.run(_all_rooms(port, [_prepared(place, 0, size, port)], process.pid))
    return _high(times.counted), _high(times.shown)


async def _all_rooms(port: int, prepared: Sequence[Prepared], pid: int) -> tuple[Times, Usage, Usage]:
    crowds = [Crowd(port, each) for each in prepared]
    for crowd in crowds:
        await crowd.enter()
    loop = asyncio.get_running_loop()
    idle = await loop.run_in_executor(None, usage_of, pid, REST)
    watching = loop.run_in_executor(None, usage_of, pid, REST)
    times = Times()
    for each in await asyncio.gather(*(_workshop(crowd) for crowd in crowds)):
        times.add(each)
    load = await watching
    for crowd in crowds:
        await crowd.leave()
    return times, idle, load


async def _workshop(crowd: Crowd) -> Times:
    """Open, vote, reveal and park each item. The rooms begin together, which is the worst that can be."""
    times = Times()
    for item_id in ITEMS:
        await crowd.step("OPEN_ITEM", item_id)
        times.counted.append(await crowd.vote())
        times.shown.append(await crowd.reveal(item_id))
        times.accepted += len(crowd.phones)
        await crowd.step("PARK", item_id)
    return times


def _prepared(place: Workplace, number: int, phones: int, port: int) -> Prepared:
    """A room of an authority of its own that is open, with a seat for each phone."""
    lead = known_person(place, EMAIL, "Lead")
    slug = create_authority(place, lead, f"Benchmark {number}").slug
    audit = open_audit(place, lead, slug, AuditDetails("recommendations", "Benchmark"))
    agenda = tuple(AgendaItem(item_id, 10) for item_id in ITEMS)
    workshop_id = workshops.plan_workshop(place, lead, slug, audit.id, Plan("Benchmark", agenda))
    room_steps.open_room(place, lead, slug, workshop_id, 0)
    code = room_doors.new_code(place, lead, slug, workshop_id).code
    tokens = [seats.join(place, code, Holder(), f"Phone {each}", "") for each in range(phones)]
    keys = desk_of(place, lead, slug, workshop_id).keys
    assert keys is not None
    client, token = signed_in(port, sign_in.issue_link(place, EMAIL))
    desk = Facilitator(port, client.cookie, token, f"/authorities/{slug}/workshops/{workshop_id}/desk")
    client.close()
    return Prepared(slug, workshop_id, code, keys.live, seat_cookies(place.folder, code, tokens), desk)


def _counted(place: Workplace, room: Prepared) -> int:
    """How many votes the reveals of a room have counted."""
    lead = known_person(place, EMAIL, "Lead")
    return sum(each.voted for each in run_room(place, lead, room.slug, room.workshop_id).results.values())


def _high(values: Sequence[float]) -> float:
    """The 95th percentile; of a few values the highest."""
    return quantiles(values, n=20)[-1] if len(values) >= 20 else max(values)
