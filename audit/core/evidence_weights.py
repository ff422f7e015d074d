"""The weighting by evidence: how much is known about an item, and how firmly.

A weight of 1 to 6. It counts the findings that an item stands first or second in and that researchers saw,
heard or measured themselves (graded observed, measured or compared):

* breadth: one point for each publication with at least three of them;
* firmness: one point where three or more are measured or compared, two points where ten or more are.

The weight is breadth plus firmness, and at least 1. It says how well an item is known, not how much it matters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from audit.core.bank import Bank
from audit.core.evidence import Strength
from audit.core.library import Library

DIRECT = 2
BREADTH = 3
FIRM, VERY_FIRM = 3, 10


def evidence_weight(library: Library, item_id: str) -> int:
    """The weight of an item, 1 to 6, by the rule above."""
    seen = [
        finding
        for finding in library.touching(item_id)
        if finding.items.index(item_id) < DIRECT and finding.strength.rank <= Strength.OBSERVED.rank
    ]
    publications = Counter(finding.publication.id for finding in seen)
    breadth = sum(count >= BREADTH for count in publications.values())
    measured = sum(finding.strength.rank <= Strength.MEASURED.rank for finding in seen)
    return max(1, breadth + (measured >= FIRM) + (measured >= VERY_FIRM))


def evidence_points(bank: Bank, library: Library) -> Mapping[str, int]:
    """The evidence weight of every item of a bank."""
    return {item_id: evidence_weight(library, item_id) for item_id in bank.items}
