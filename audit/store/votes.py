"""Votes and their results in an authority's file.

Who chose what is kept while a workshop goes on, so that people can change their vote, and forgotten when it closes. The
results hold only what a reveal showed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from audit.core.agreement import Spread
from audit.core.moderation import GroupSpread
from audit.core.responses import Confidence, RatingState
from audit.core.round_results import Moved, RoundResult, Vote


def cast(file: Database, workshop_id: int, round_id: int, seat_id: int, vote: Vote) -> None:
    """Keep what a seat chose, in place of what it chose in this round before."""
    file.execute(
        """
        INSERT INTO votes (round_id, seat_id, workshop_id, state, level, confidence) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (round_id, seat_id) DO UPDATE
        SET state = excluded.state, level = excluded.level, confidence = excluded.confidence
        """,
        [round_id, seat_id, workshop_id, vote.state.value, vote.level, vote.confidence and vote.confidence.value],
    )


def of_seat(file: Database, round_id: int, seat_id: int) -> Vote | None:
    """What a seat chose in a round, or None."""
    rows = file.query("SELECT * FROM votes WHERE round_id = ? AND seat_id = ?", [round_id, seat_id])
    return next((_vote(row) for row in rows), None)


def of_round(file: Database, round_id: int) -> dict[int, Vote]:
    """All votes of a round by seat id."""
    return {row["seat_id"]: _vote(row) for row in file.query("SELECT * FROM votes WHERE round_id = ?", [round_id])}


def count(file: Database, round_id: int) -> int:
    """How many votes there are in a round."""
    query = "SELECT COUNT(*) AS number FROM votes WHERE round_id = ?"
    return int(next(iter(file.query(query, [round_id])))["number"])


def forget_round(file: Database, round_id: int) -> None:
    """Forget the votes and ballots of a round."""
    file.execute("DELETE FROM votes WHERE round_id = ?", [round_id])
    file.execute("DELETE FROM piles WHERE round_id = ?", [round_id])


def forget_seat(file: Database, seat_id: int) -> None:
    """Forget what a seat chose in rounds that were not revealed, those of parked items among them."""
    file.execute(
        "DELETE FROM votes WHERE seat_id = ? AND round_id NOT IN (SELECT round_id FROM round_results)", [seat_id]
    )


def forget_all(file: Database, workshop_id: int) -> bool:
    """Forget who chose what in a workshop; whether there was anything. The results stay."""
    gone = file.execute("DELETE FROM votes WHERE workshop_id = ?", [workshop_id]).rowcount
    gone += file.execute("DELETE FROM piles WHERE workshop_id = ?", [workshop_id]).rowcount
    return gone > 0


def keep_result(file: Database, workshop_id: int, round_id: int, result: RoundResult) -> None:
    """Keep what the reveal of a round shows."""
    file.execute(
        "INSERT INTO round_results (round_id, workshop_id, result) VALUES (?, ?, ?)",
        [round_id, workshop_id, json.dumps(_written(result))],
    )


def results(file: Database, workshop_id: int) -> dict[int, RoundResult]:
    """What the reveals of a workshop showed, by round id."""
    rows = file.query("SELECT round_id, result FROM round_results WHERE workshop_id = ?", [workshop_id])
    return {row["round_id"]: _read(json.loads(row["result"])) for row in rows}


def _vote(row: Mapping[str, Any]) -> Vote:
    confidence = row["confidence"]
    return Vote(RatingState(row["state"]), row["level"], Confidence(confidence) if confidence else None)


def _written(result: RoundResult) -> dict[str, Any]:
    return {
        "seats": result.seats,
        "voted": result.voted,
        "spread": _spread_written(result.spread),
        "groups": [[each.name, _spread_written(each.spread)] for each in result.groups],
        "confidence": {each.value if each else "": number for each, number in result.confidence.items()},
        "moved": vars(result.moved) if result.moved else None,
        "ballots": result.ballots,
    }


def _spread_written(spread: Spread | None) -> dict[str, Any] | None:
    if spread is None:
        return None
    levels = {str(level): number for level, number in spread.levels.items()}
    return {"levels": levels, "not_applicable": spread.not_applicable, "dont_know": spread.dont_know}


def _read(written: Mapping[str, Any]) -> RoundResult:
    return RoundResult(
        seats=written["seats"],
        voted=written["voted"],
        spread=_spread_read(written["spread"]),
        groups=tuple(GroupSpread(name, _spread_read(each)) for name, each in written["groups"]),
        confidence={Confidence(name) if name else None: number for name, number in written["confidence"].items()},
        moved=Moved(**written["moved"]) if written["moved"] else None,
        ballots=written["ballots"],
    )


def _spread_read(written: Mapping[str, Any] | None) -> Spread | None:
    if written is None:
        return None
    levels = {int(level): number for level, number in written["levels"].items()}
    return Spread(levels, written["not_applicable"], written["dont_know"])
