"""The evidence library: which findings speak to an item, which of them first, and what they come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from audit.core.bank import Bank, Item
from audit.core.evidence import Finding, Publication
from audit.core.item_links import ItemLink
from audit.core.synthesis import Statement, Synthesis
from audit.core.tried import Setting


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
    """All findings in the order of their files, and what they come to.

    ``syntheses`` stand by item id; ``links`` say how items hang together; ``settings`` are those who tried something.
    ``cautions`` are words of care by what calls for them: "first-audit".
    """

    findings: tuple[Finding, ...]
    syntheses: Mapping[str, Synthesis] = field(default_factory=dict)
    links: tuple[ItemLink, ...] = ()
    settings: tuple[Setting, ...] = ()
    cautions: Mapping[str, Statement] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, Finding]:
        """Findings by id; the id of a repeat leads to the finding that was kept."""
        kept = {finding.id: finding for finding in self.findings}
        repeats = {repeat.id: finding for finding in self.findings for repeat in finding.repeats}
        return {**repeats, **kept}

    @cached_property
    def publications(self) -> Mapping[str, Publication]:
        """The publications that the findings were read from, by id."""
        return {finding.publication.id: finding.publication for finding in self.findings}

    @cached_property
    def _by_item(self) -> Mapping[str, tuple[Finding, ...]]:
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            for item_id in finding.items:
                found.setdefault(item_id, []).append(finding)

        def order(finding: Finding, item_id: str) -> tuple[int, int, bool]:
            return (usefulness(finding, item_id), finding.strength.rank, not finding.figures)

        return {
            item_id: tuple(self._best_first(item_id, sorted(findings, key=lambda finding: order(finding, item_id))))
            for item_id, findings in found.items()
        }

    def _best_first(self, item_id: str, findings: list[Finding]) -> list[Finding]:
        synthesis = self.syntheses.get(item_id)
        best = list(synthesis.best) if synthesis else []
        return [*best, *(finding for finding in findings if finding not in best)]

    def touching(self, item_id: str) -> tuple[Finding, ...]:
        """The findings on an item, most useful first.

        First those that the item's synthesis names as best, then the rest by :func:`usefulness`, strength, figures and
        file.
        """
        return self._by_item.get(item_id, ())

    @cached_property
    def settings_of(self) -> Mapping[str, tuple[Setting, ...]]:
        """The settings that a finding speaks of, by the finding's id."""
        found: dict[str, tuple[Setting, ...]] = {}
        for setting in self.settings:
            for finding in setting.findings:
                found[finding.id] = (*found.get(finding.id, ()), setting)
        return found

    def links_of(self, item_id: str) -> tuple[ItemLink, ...]:
        """The links that an item takes part in, on either side."""
        return tuple(link for link in self.links if item_id in (link.item, link.other))

    def choose(self, bank: Bank, item: Item, count: int = 6, without: Collection[str] = ()) -> Chosen:
        """The ``count`` findings that serve best for an item of ``bank``, ``without`` those of these ids.

        Those that the bank names for the item come first, then all others, each in the order of :meth:`touching`. No
        publication fills more than half of either side while others have something to say. The
        item's own published row and recommendation are left out, for they are the question and not evidence. Where
        anything is contrary, two contrary findings are among them where there are two, and more than half only where
        too few support.
        """
        ranked = sorted(
            (f for f in self.touching(item.id) if not _is_own_row(f, bank, item) and f.id not in without),
            key=lambda f: f.id not in item.findings,
        )
        contrary = [finding for finding in ranked if finding.contrary_to(item.id)]
        supporting = [finding for finding in ranked if not finding.contrary_to(item.id)]
        among_first = sum(finding.contrary_to(item.id) for finding in ranked[:count])
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
