"""What the evidence library says about an item, beside where the authority stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from audit.core.audits import EvidenceLink
from audit.core.bank import Bank, Level
from audit.core.closed_workshops import WorkshopSummary
from audit.core.evidence import Finding
from audit.core.item_links import ItemLink, LinkKind, raised
from audit.core.library import Library
from audit.core.moderation import Agreement
from audit.core.scorecard import Scorecard
from audit.core.synthesis import Statement, Synthesis
from audit.reports.gap_report import Together
from audit.reports.item_parts import Linked, Sourced, SynthesisPart
from audit.reports.wording import level_words

LINKED = 3
TOGETHER = 6


@dataclass(frozen=True)
class Around:
    """What is known beside the answers.

    ``evidence`` holds, by item id, where the respondent says that the evidence lies. ``first`` tells whether this may
    be the authority's first audit. ``beside`` are levels by item id that the same authority gave in an audit on
    another bank, and ``beside_named`` is what that audit is called. ``own`` is the id of the publication that an
    illustrative reading reads, or empty: its findings tell the authority's own story and prove nothing from elsewhere.
    ``agreement`` says how far the people of a team agree; None where the answers are one person's. ``workshops`` are
    those in which the team settled answers, oldest first.
    """

    evidence: Mapping[str, tuple[EvidenceLink, ...]] = field(default_factory=dict)
    first: bool = True
    beside: Mapping[str, Level] = field(default_factory=dict)
    beside_named: str = ""
    own: str = ""
    agreement: Agreement | None = None
    workshops: tuple[WorkshopSummary, ...] = ()


def sourced(statement: Statement) -> Sourced:
    """The statement as a report prints it."""
    return Sourced(statement.says, tuple(finding.id for finding in statement.findings))


def stake(synthesis: Synthesis | None, level: Level, bank: Bank) -> Sourced | None:
    """What was seen elsewhere at such a level.

    Below the bank's default target: where the item was missing. From there on: what has undone it.
    """
    if synthesis is None:
        return None
    return sourced(synthesis.missing if level.value < bank.default_target.value else synthesis.endangers)


def synthesis_parts(synthesis: Synthesis | None) -> tuple[SynthesisPart, ...]:
    """What the evidence comes to, in four parts."""
    titles = ("What the evidence says", "How strong it is", "What cuts against it", "What it depends on")
    statements = synthesis.parts if synthesis else ()
    return tuple(SynthesisPart(title, sourced(each)) for title, each in zip(titles, statements, strict=False))


def ratings(scorecard: Scorecard, around: Around) -> Mapping[str, Level]:
    """The levels of all rated items, those of another audit of the authority among them."""
    own = {entry.item.id: entry.level for entry in scorecard.items if entry.level}
    return {**{name: level for name, level in around.beside.items() if name not in scorecard.bank.items}, **own}


def linked(
    item_id: str,
    library: Library,
    titles: Mapping[str, str],
    levels: Mapping[str, Level],
    told: Collection[str] = (),
) -> tuple[Linked, ...]:
    """The items of ``titles`` that this one is linked with, the lowest rated first, and where they stand.

    Links with items whose own links are ``told`` already are left out.
    """
    found = [link for link in library.links_of(item_id) if link.partner(item_id) in titles]
    found = [link for link in found if link.partner(item_id) not in told]
    found.sort(
        key=lambda link: levels[link.partner(item_id)].number if link.partner(item_id) in levels else len(titles)
    )
    return tuple(
        Linked(
            how=_how(link, item_id),
            item_id=other,
            title=titles[other],
            standing=f"rated {level_words(levels[other])}" if other in levels else "not rated",
            statement=Sourced(link.says, tuple(finding.id for finding in link.findings)),
        )
        for link in found[:LINKED]
        for other in [link.partner(item_id)]
    )


def _how(link: ItemLink, item_id: str) -> str:
    if link.kind is LinkKind.TENSION:
        return "In tension with"
    return "Needs" if link.item == item_id else "Needed by"


def together(scorecard: Scorecard, library: Library, around: Around) -> tuple[Together, ...]:
    """The ratings that raise a question when they are read together, at least one of them of this audit.

    At most :data:`TOGETHER` of them, each item under question once: those that lie furthest apart come first.
    """
    levels = ratings(scorecard, around)
    own = scorecard.bank.items
    numbers = {name: level.number for name, level in levels.items()}
    found = [link for link in raised(library.links, numbers) if link.item in own or link.other in own]
    found.sort(key=lambda link: numbers[link.other] - numbers[link.item])
    first = {link.item: link for link in reversed(found)}
    return tuple(
        Together(
            items=" and ".join(_standing(name, levels[name], own, around) for name in (link.item, link.other)),
            asks=link.warns.says,
            statement=Sourced(link.says, tuple(finding.id for finding in link.findings)),
        )
        for link in [link for link in found if first[link.item] is link][:TOGETHER]
        if link.warns
    )


def _standing(name: str, level: Level, own: Mapping[str, object], around: Around) -> str:
    where = "" if name in own else f" in {around.beside_named}"
    return f"{name} ({level_words(level)}{where})"


def findings_of(library: Library, ids: frozenset[str]) -> list[Finding]:
    """The findings with these ids, in the order of the library."""
    return [finding for finding in library.findings if finding.id in ids]
