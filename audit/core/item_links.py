"""How items hang together: what one needs of another, and where two pull apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from audit.core.evidence import Finding


class LinkKind(Enum):
    """``needs``: the item works only if the other is in place. ``tension``: pursuing one can hurt the other."""

    NEEDS = "needs"
    TENSION = "tension"


@dataclass(frozen=True)
class Pattern:
    """When an authority's own ratings raise a link, and what to say then.

    Either the item stands at ``item_at_least`` or higher and the other at ``other_at_most`` or lower, or, where
    ``item_above_other`` is set, the item stands above the other.
    """

    says: str
    item_at_least: int | None = None
    other_at_most: int | None = None
    item_above_other: bool = False

    def raised(self, item: int, other: int) -> bool:
        """Whether these levels show the pattern."""
        if self.item_above_other:
            return item > other
        return (self.item_at_least is None or item >= self.item_at_least) and (
            self.other_at_most is None or other <= self.other_at_most
        )


@dataclass(frozen=True)
class ItemLink:
    """A link between two items, of one bank or of two, with the findings that report it."""

    id: str
    kind: LinkKind
    item: str
    other: str
    says: str
    findings: tuple[Finding, ...]
    warns: Pattern | None = None

    def partner(self, item_id: str) -> str:
        """The item at the other end."""
        return self.other if item_id == self.item else self.item


def raised(links: Iterable[ItemLink], levels: Mapping[str, int]) -> tuple[ItemLink, ...]:
    """The links whose pattern the levels show. ``levels`` holds level numbers by item id, of rated items only."""
    return tuple(
        link
        for link in links
        if link.warns
        and link.item in levels
        and link.other in levels
        and link.warns.raised(levels[link.item], levels[link.other])
    )
