"""The findings and steps that stand beside the text of a gap: others than the text tells, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from audit.core.bank import Bank, Item
from audit.core.evidence import Finding, Kind
from audit.core.library import Library
from audit.core.synthesis import Synthesis
from audit.core.tried import Setting
from audit.reports.citing import cite
from audit.reports.item_parts import CitedFinding, GapDetail, Tried

# What a setting says where its publications tell nothing of its later fate.
NOT_TOLD = "The publications do not say what became of it."
# So many findings stand in a box at most, and so many in all for an item that has no synthesis.
IN_A_BOX, ALONE = 2, 6
# So many steps stand with a gap at most, and so many findings are looked at for them.
STEPS, LOOKED_AT = 3, 12


@dataclass(frozen=True)
class Before:
    """What the gaps before this one have told: their items, the findings listed, fates of settings, and steps."""

    items: tuple[str, ...] = ()
    findings: frozenset[str] = frozenset()
    fates: frozenset[str] = frozenset()
    steps: frozenset[str] = frozenset()

    def and_then(self, detail: GapDetail) -> Before:
        """The same with what one more gap tells."""
        return Before(
            items=(*self.items, detail.item_id),
            findings=self.findings | {finding.id for finding in detail.listed},
            fates=self.fates | {each.became for each in detail.tried},
            steps=self.steps | {step for step, _ in detail.steps},
        )


@dataclass(frozen=True)
class Beside:
    """What can stand beside a gap's text. ``own`` is the publication on the authority itself, or empty."""

    bank: Bank
    library: Library
    own: str = ""

    def with_boxes(self, detail: GapDetail, before: Before) -> GapDetail:
        """The gap with the findings and steps beside its text, none of which the text or a gap before it tells.

        A box holds the best findings that are left, and is empty where none is. An item without a synthesis has no
        text that tells the evidence: its boxes may repeat what stood with another gap before they stay empty.
        """
        item, synthesis = self.bank.items[detail.item_id], self.library.syntheses.get(detail.item_id)
        detail = replace(detail, steps=self._steps(item, before))
        if synthesis is None:
            return self._alone(detail, item, before)
        taken = detail.told | before.findings
        tried = self._tried(synthesis, taken, before)
        taken |= {each.finding.id for each in tried}
        barriers = self._left(synthesis.barriers, taken)[:IN_A_BOX]
        best = self._left(synthesis.best, taken | {finding.id for finding in barriers})
        # What got in somebody's way stands under that heading or nowhere.
        supporting = [f for f in best if not f.contrary_to(item.id) and f.kind is not Kind.BARRIER]
        return replace(
            detail,
            supporting=_cited(supporting[:IN_A_BOX], item),
            contrary=_cited([f for f in best if f.contrary_to(item.id)][:IN_A_BOX], item),
            tried=tried,
            barriers=_cited(barriers, item),
        )

    def _alone(self, detail: GapDetail, item: Item, before: Before) -> GapDetail:
        own = {finding.id for finding in self.library.touching(item.id) if self._is_own(finding)}
        pools = (before.findings | detail.told | own, own, ())
        chosen = [self.library.choose(self.bank, item, ALONE, without) for without in pools]
        first = next((each for each in chosen if each.all), chosen[-1])
        return replace(detail, supporting=_cited(first.supporting, item), contrary=_cited(first.contrary, item))

    def _is_own(self, finding: Finding) -> bool:
        return finding.publication.id == self.own

    def _left(self, findings: Iterable[Finding], taken: frozenset[str]) -> list[Finding]:
        return [finding for finding in findings if finding.id not in taken and not self._is_own(finding)]

    def _tried(self, synthesis: Synthesis, taken: frozenset[str], before: Before) -> tuple[Tried, ...]:
        """Those who tried it, each setting once; what became of a setting is told once in a report."""
        found: dict[str, Tried] = {}
        for finding in self._left(synthesis.tried, taken):
            settings = self.library.settings_of.get(finding.id, ())
            became = _became(settings)
            became = "" if became in before.fates else became
            name = settings[0].id if settings else finding.setting
            found.setdefault(name, Tried(cite(finding, synthesis.item_id), became))
        return tuple(found.values())[:IN_A_BOX]

    def _steps(self, item: Item, before: Before) -> tuple[tuple[str, str], ...]:
        """Steps that the most useful findings on the item suggest, each with the finding's id.

        Those of the publication on the authority itself serve only where no other suggests any.
        """
        every = self.library.touching(item.id)
        elsewhere = [finding for finding in every if not self._is_own(finding)]
        best = [finding for finding in every[:LOOKED_AT] if not self._is_own(finding)]
        pools = [[f for f in pool if f.action and f.action not in before.steps] for pool in (best, elsewhere, every)]
        steps: dict[str, str] = {}
        for finding in next(filter(None, pools), []):
            steps.setdefault(finding.action, finding.id)
        return tuple(steps.items())[:STEPS]


def _cited(findings: Iterable[Finding], item: Item) -> tuple[CitedFinding, ...]:
    return tuple(cite(finding, item.id) for finding in findings)


def _became(settings: tuple[Setting, ...]) -> str:
    """What became of the one setting; of several, each has a fate of its own."""
    if len(settings) != 1 or settings[0].became == NOT_TOLD:
        return ""
    return settings[0].became
