"""The numbers that a report prints of workshops: of each vote, and the levels that were settled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.reports.proof.statements import Statement, marked
from audit.reports.workshop_parts import WorkshopItem, WorkshopPart

_VOTED = re.compile(r"^(?P<votes>\d+) of (?P<people>\d+) (?:people|person) voted")
_CHOSEN = re.compile(r"(?P<choice>level \d+|don't know|not applicable): (?P<count>\d+)", re.IGNORECASE)
_CONSENSUS = re.compile(r"Consensus (\d\.\d\d) of")
_SETTLED = re.compile(r"Settled at level (\d+), [^.]*\.")


def workshop_numbers(workshops: Sequence[WorkshopPart]) -> Iterator[Statement]:
    """The statements on workshops. Those are told apart by their place, because a title is what somebody typed."""
    for place, workshop in enumerate(workshops, start=1):
        for item in workshop.items:
            yield from _item(f"{item.item_id} in workshop {place}", item)


def _item(name: str, item: WorkshopItem) -> Iterator[Statement]:
    for number, vote in enumerate(item.votes, start=1):
        yield _vote(f"{name}, vote {number}", vote.says)
    settled = _SETTLED.match(item.outcome)
    if settled:
        yield Statement(marked(settled[0], {settled.span(1): f"{name}: level settled"}))


def _vote(name: str, says: str) -> Statement:
    names: dict[tuple[int, int], str] = {}
    if voted := _VOTED.search(says):
        names[voted.span("votes")] = f"{name}: votes"
        names[voted.span("people")] = f"{name}: people in the room"
    for chosen in _CHOSEN.finditer(says):
        names[chosen.span("count")] = f"{name}: {chosen['choice'].lower()}"
    if consensus := _CONSENSUS.search(says):
        names[consensus.span(1)] = f"{name}: consensus"
    return Statement(marked(says, names))
