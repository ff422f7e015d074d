"""Paper ballots in an authority's file: counted once, and confirmed by a second count."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from audit.core.responses import Confidence
from audit.core.round_results import Pile


@dataclass(frozen=True)
class CountedPile:
    """A pile with who counted it first, and who counted it again with the same result, or an empty text."""

    pile: Pile
    counted_by: str
    confirmed_by: str = ""


def put(file: Database, workshop_id: int, round_id: int, pile: Pile, by: str, at: datetime) -> None:
    """Keep a first count of a group's ballots, in place of any count before."""
    file.execute(
        """
        INSERT INTO piles (round_id, group_name, workshop_id, counts, counted_by, counted_at) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (round_id, group_name) DO UPDATE SET counts = excluded.counts, counted_by = excluded.counted_by,
            counted_at = excluded.counted_at, confirmed_by = NULL, confirmed_at = NULL
        """,
        [round_id, pile.group, workshop_id, json.dumps(_written(pile)), by, at.isoformat()],
    )


def confirm(file: Database, round_id: int, group: str, by: str, at: datetime) -> None:
    """Note that a second count gave the same."""
    file.execute(
        "UPDATE piles SET confirmed_by = ?, confirmed_at = ? WHERE round_id = ? AND group_name = ?",
        [by, at.isoformat(), round_id, group],
    )


def drop(file: Database, round_id: int, group: str) -> None:
    """Throw the counts of a group's ballots away."""
    file.execute("DELETE FROM piles WHERE round_id = ? AND group_name = ?", [round_id, group])


def of_round(file: Database, round_id: int) -> list[CountedPile]:
    """The piles of a round, by group."""
    rows = file.query("SELECT * FROM piles WHERE round_id = ? ORDER BY group_name", [round_id])
    return [CountedPile(_read(row), row["counted_by"], row["confirmed_by"] or "") for row in rows]


def _written(pile: Pile) -> dict[str, Any]:
    return {
        "levels": {str(level): number for level, number in pile.levels.items()},
        "not_applicable": pile.not_applicable,
        "dont_know": pile.dont_know,
        "confidence": {each.value: number for each, number in pile.confidence.items()},
    }


def _read(row: Mapping[str, Any]) -> Pile:
    counts = json.loads(row["counts"])
    return Pile(
        group=row["group_name"],
        levels={int(level): number for level, number in counts["levels"].items()},
        not_applicable=counts["not_applicable"],
        dont_know=counts["dont_know"],
        confidence={Confidence(name): number for name, number in counts["confidence"].items()},
    )
