"""Findings of the published evaluations, and which of them speak to an item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from audit.core.bank import Bank, Item


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
        return _RANKS[self]

    @property
    def words(self) -> str:
        """The grade as a page or report writes it."""
        return _STRENGTH_WORDS[self]


_RANKS = {strength: rank for rank, strength in enumerate(Strength)}
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
    def _by_item(self) -> Mapping[str, tuple[Finding, ...]]:
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            for item_id in finding.items:
                found.setdefault(item_id, []).append(finding)

        def order(finding: Finding, item_id: str) -> tuple[int, int, bool]:
            return (usefulness(finding, item_id), finding.strength.rank, not finding.figures)

        return {
            item_id: tuple(sorted(findings, key=lambda finding: order(finding, item_id)))
            for item_id, findings in found.items()
        }

    def touching(self, item_id: str) -> tuple[Finding, ...]:
        """The findings on an item, most useful first: by :func:`usefulness`, then strength, figures, file."""
        return self._by_item.get(item_id, ())

    def choose(self, bank: Bank, item: Item, count: int = 6) -> Chosen:
        """The ``count`` findings that serve best for an item of ``bank``.

        Those that the bank names for the item come first, then all others, each in the order of :meth:`touching`. No
        publication fills more than half of either side while others have something to say. The
        item's own published row and recommendation are left out, for they are the question and not evidence. Where
        anything is contrary, two contrary findings are among them where there are two, and more than half only where
        too few support.
        """
        ranked = sorted(
            (finding for finding in self.touching(item.id) if not _is_own_row(finding, bank, item)),
            key=lambda f: f.id not in item.findings,
        )
        contrary = [finding for finding in ranked if finding.contrary]
        supporting = [finding for finding in ranked if not finding.contrary]
        among_first = sum(finding.contrary for finding in ranked[:count])
        wanted = max(min(among_first, count // 2), count // 3, count - len(supporting))
        share = min(len(contrary), wanted)
        return Chosen(_varied(supporting, count - share), _varied(contrary, share))


def usefulness(finding: Finding, item_id: str) -> int:
    """How far down an item's findings this one belongs: 0 is the most useful.

    Twice how far down the item stands in the finding's own list, plus the rank of its strength: a direct observation
    comes before a measurement that only brushes the item.
    """
    return 2 * finding.items.index(item_id) + finding.strength.rank


def _varied(ranked: Sequence[Finding], count: int) -> tuple[Finding, ...]:
    """The first ``count``, but no more than half of them from one publication while others are left."""
    room = Counter[str]()
    first: list[Finding] = []
    rest: list[Finding] = []
    for finding in ranked:
        room[finding.publication.id] += 1
        (first if room[finding.publication.id] <= (count + 1) // 2 else rest).append(finding)
    return tuple([*first, *rest][:count])


def _is_own_row(finding: Finding, bank: Bank, item: Item) -> bool:
    own = {item.source.line, item.adds.source.line if item.adds else item.source.line}
    return finding.publication.id == bank.publication and finding.line in own
