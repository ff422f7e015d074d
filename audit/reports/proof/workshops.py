"""Workshops in the file that travels in a PDF report: what the report prints of their votes, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from audit.core.agreement import Spread
from audit.core.answer_rows import TEXT_LIMIT
from audit.core.closed_workshops import ItemSummary, Turnout, WorkshopSummary
from audit.core.decisions import DecisionRule, RuleKind, Why
from audit.core.responses import RatingState
from audit.core.rooms import Standing
from audit.core.round_results import Moved, RoundResult
from audit.core.workshops import Settlement
from audit.reports.proof.fields import count_in, list_in, object_in, text_in, wrong

KEY = "workshops"
# More than any team holds of each.
WORKSHOPS, ITEMS, VOTES, LEVELS, PEOPLE = 100, 200, 50, 50, 10_000


def workshops_json(workshops: Sequence[WorkshopSummary]) -> list[dict[str, Any]]:
    """The workshops as JSON holds them."""
    return [
        {
            "title": each.title,
            "began": each.began.isoformat(),
            "people": each.turnout.people,
            "sent_out": each.turnout.sent_out,
            "paper": each.turnout.paper,
            "rule": {"kind": each.rule.kind.value, "quorum": each.rule.quorum, "consensus": each.rule.consensus},
            "items": [_item_json(item) for item in each.items],
        }
        for each in workshops
    ]


def _item_json(item: ItemSummary) -> dict[str, Any]:
    return {
        "item": item.item_id,
        "standing": item.standing.value,
        "kept": item.kept,
        "votes": [_vote_json(vote) for vote in item.votes],
        "settled": _settled_json(item.settlement),
    }


def _vote_json(vote: RoundResult) -> dict[str, Any]:
    spread = vote.spread
    return {
        "people": vote.seats,
        "voted": vote.voted,
        "levels": {str(level): number for level, number in spread.levels.items()} if spread else None,
        "not_applicable": spread.not_applicable if spread else 0,
        "dont_know": spread.dont_know if spread else 0,
        "moved": [vote.moved.up, vote.moved.down, vote.moved.same] if vote.moved else None,
    }


def _settled_json(settled: Settlement | None) -> dict[str, Any] | None:
    if settled is None:
        return None
    names = ("state", "level", "reason", "owner", "decided", "decided_state", "decided_level")
    return {name: getattr(settled, name) for name in names}


def workshops_in(document: dict[str, Any]) -> tuple[WorkshopSummary, ...]:
    """The workshops that a document tells of; none where it does not have the field. Raises Unreadable."""
    if KEY not in document:
        return ()
    return tuple(_workshop(_within(each)) for each in list_in(document, KEY, WORKSHOPS))


def _workshop(found: dict[str, Any]) -> WorkshopSummary:
    rule = object_in(found, "rule")
    try:
        began = datetime.fromisoformat(text_in(found, "began"))
        kind = RuleKind(text_in(rule, "kind"))
        decides = DecisionRule(kind, count_in(rule, "quorum", PEOPLE), count_in(rule, "consensus", PEOPLE))
    except ValueError:
        raise wrong(KEY) from None
    # Where they are is how far they are from UTC, and a year at the edge has no such day.
    if began.tzinfo is None or not 1990 < began.year < 9000:
        raise wrong(KEY)
    items = tuple(_item(_within(each)) for each in list_in(found, "items", ITEMS))
    turnout = Turnout(*(count_in(found, key, PEOPLE) for key in ("people", "sent_out", "paper")))
    return WorkshopSummary(text_in(found, "title"), began, turnout, decides, items)


def _item(found: dict[str, Any]) -> ItemSummary:
    try:
        standing = Standing(text_in(found, "standing"))
    except ValueError:
        raise wrong(KEY) from None
    return ItemSummary(
        item_id=text_in(found, "item"),
        standing=standing,
        votes=tuple(_vote(_within(each)) for each in list_in(found, "votes", VOTES)),
        settlement=None if found.get("settled") is None else _settled(object_in(found, "settled")),
        kept=found.get("kept") is True,
    )


def _vote(found: dict[str, Any]) -> RoundResult:
    spread = None
    if found.get("levels") is not None:
        levels = object_in(found, "levels")
        if len(levels) > LEVELS or not all(name.isascii() and name.isdigit() and len(name) < 4 for name in levels):
            raise wrong("levels")
        counts = {int(name): count_in(levels, name, PEOPLE) for name in levels}
        others = count_in(found, "not_applicable", PEOPLE), count_in(found, "dont_know", PEOPLE)
        spread = Spread(counts, *others)
    return RoundResult(count_in(found, "people", PEOPLE), count_in(found, "voted", PEOPLE), spread, moved=_moved(found))


def _moved(found: dict[str, Any]) -> Moved | None:
    if found.get("moved") is None:
        return None
    numbers = list_in(found, "moved", 3)
    if len(numbers) != 3 or not all(type(each) is int and 0 <= each < PEOPLE for each in numbers):
        raise wrong("moved")
    return Moved(*numbers)


def _settled(found: dict[str, Any]) -> Settlement:
    decided = text_in(found, "decided")
    try:
        state, gave = RatingState(text_in(found, "state")), RatingState(text_in(found, "decided_state"))
    except ValueError:
        raise wrong("settled") from None
    if decided not in Why.__members__:
        raise wrong("settled")
    return Settlement(
        state=state.value,
        level=_level(found, "level"),
        reason=text_in(found, "reason", TEXT_LIMIT),
        texts=("", "", ""),
        owner=text_in(found, "owner"),
        decided=decided,
        decided_state=gave.value,
        decided_level=_level(found, "decided_level"),
        revision=0,
    )


def _level(found: dict[str, Any], key: str) -> int | None:
    return None if found.get(key) is None else count_in(found, key, PEOPLE)


def _within(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise wrong(KEY)
    return value
