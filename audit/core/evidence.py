"""Findings of the published evaluations, and which of them speak to an item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from audit.core.bank import Item


class Strength(Enum):
    """How firmly a finding stands, strongest first. The rule for each grade is in ``docs/method.md``."""

    COMPARED = "compared"
    MEASURED = "measured"
    OBSERVED = "observed"
    JUDGED = "judged"
    CLAIMED = "claimed"

    @property
    def rank(self) -> int:
        """0 for the strongest grade, 4 for the weakest."""
        return list(Strength).index(self)

    @property
    def words(self) -> str:
        """The grade as a page or report writes it."""
        return _STRENGTH_WORDS[self]


_STRENGTH_WORDS = {
    Strength.COMPARED: "measured with comparison",
    Strength.MEASURED: "measured",
    Strength.OBSERVED: "observed",
    Strength.JUDGED: "judged",
    Strength.CLAIMED: "claimed by the service itself",
}


class Direction(Enum):
    """Which way a finding points on "having this condition in place is good"."""

    SUPPORTS = "supports"
    QUALIFIES = "qualifies"
    CONTRADICTS = "contradicts"


class Kind(Enum):
    """What sort of statement a finding is."""

    FINDING = "finding"
    EXAMPLE = "example"
    BARRIER = "barrier"
    CAUTION = "caution"
    FIGURE = "figure"
    ENABLER = "enabler"
    OUTCOME = "outcome"


@dataclass(frozen=True)
class Publication:
    """A published report that findings were read from. ``short`` is how reports cite it."""

    id: str
    short: str
    title: str
    authors: str
    published: str


@dataclass(frozen=True)
class Repeat:
    """Another place of the same report that states the same, under the id it was read as."""

    id: str
    line: int
    place: str


@dataclass(frozen=True)
class Finding:
    """One cited piece of evidence, in our own words.

    ``items`` are the conditions and ingredients it bears on, most direct first; ``line`` is its line in the text
    version of the publication; ``figures`` are numbers as they stand there.
    """

    id: str
    publication: Publication
    line: int
    place: str
    items: tuple[str, ...]
    kind: Kind
    setting: str
    says: str
    figures: tuple[str, ...]
    basis: str
    direction: Direction
    strength: Strength
    action: str = ""
    repeats: tuple[Repeat, ...] = ()

    @property
    def contrary(self) -> bool:
        """Whether it qualifies or contradicts the condition."""
        return self.direction is not Direction.SUPPORTS


@dataclass(frozen=True)
class Chosen:
    """The findings that a report shows for an item: those for it, and those that qualify or contradict it."""

    supporting: tuple[Finding, ...]
    contrary: tuple[Finding, ...]

    @property
    def all(self) -> tuple[Finding, ...]:
        """Both sides, the supporting ones first."""
        return self.supporting + self.contrary


@dataclass(frozen=True)
class Library:
    """All findings, in the order of their files."""

    findings: tuple[Finding, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Finding]:
        """Findings by id; the id of a repeat leads to the finding that was kept."""
        kept = {finding.id: finding for finding in self.findings}
        repeats = {repeat.id: finding for finding in self.findings for repeat in finding.repeats}
        return {**repeats, **kept}

    @cached_property
    def _by_item(self) -> Mapping[str, list[Finding]]:
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            for item_id in finding.items:
                found.setdefault(item_id, []).append(finding)
        return found

    def touching(self, item_id: str) -> tuple[Finding, ...]:
        """The findings on an item, best first.

        The order adds how far down the item stands in the finding's list to the rank of its strength, so that a
        direct observation comes before a measurement that only brushes the item; then strength, figures, file.
        """

        def order(finding: Finding) -> tuple[int, int, bool]:
            rank = finding.strength.rank
            return (finding.items.index(item_id) + rank, rank, not finding.figures)

        return tuple(sorted(self._by_item.get(item_id, []), key=order))

    def choose(self, item: Item, count: int = 6) -> Chosen:
        """The ``count`` findings that serve best for an item.

        The findings named in the bank come first, then the order of :meth:`touching`. Where anything is contrary,
        at least one contrary finding is among them, and at most half are.
        """
        named = [self.by_id[finding_id] for finding_id in item.findings if finding_id in self.by_id]
        ranked = _unique([*named, *self.touching(item.id)])
        contrary = [finding for finding in ranked if finding.contrary]
        supporting = [finding for finding in ranked if not finding.contrary]
        among_first = sum(finding.contrary for finding in ranked[:count])
        share = min(len(contrary), max(min(among_first, count // 2), min(2, count // 2), count - len(supporting)))
        return Chosen(tuple(supporting[: count - share]), tuple(contrary[:share]))


def _unique(findings: Iterable[Finding]) -> list[Finding]:
    return list({finding.id: finding for finding in findings}.values())
