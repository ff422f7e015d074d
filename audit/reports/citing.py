"""How a report cites: findings with their place, and the publications at the end."""

from __future__ import annotations

from collections.abc import Iterable

from audit.core.evidence import Finding
from audit.reports.gap_report import Reference, Source
from audit.reports.item_parts import CitedFinding


def cite(finding: Finding, item_id: str) -> CitedFinding:
    """The finding as a report prints it beside an item."""
    return CitedFinding(
        id=finding.id,
        says=finding.says,
        setting=finding.setting,
        strength=finding.strength.words,
        basis=finding.basis,
        source=f"{finding.publication.short}, {finding.place}",
        direction=finding.direction_for(item_id).words,
    )


def sources(findings: Iterable[Finding]) -> tuple[Source, ...]:
    """The findings cited, by their ids."""
    return tuple(
        Source(finding.id, f"{finding.publication.short}, {finding.place}", finding.strength.words, finding.says)
        for finding in sorted(findings, key=lambda finding: finding.id)
    )


def references(findings: Iterable[Finding]) -> tuple[Reference, ...]:
    """The publications cited, in the order of their short names, with the number of findings cited."""
    cited: dict[str, set[str]] = {}
    publications = {}
    for finding in findings:
        cited.setdefault(finding.publication.id, set()).add(finding.id)
        publications[finding.publication.id] = finding.publication
    return tuple(
        Reference(
            short=publication.short,
            full=f"{publication.authors}. {publication.title}. {publication.published}.",
            cited=len(cited[publication.id]),
        )
        for publication in sorted(publications.values(), key=lambda publication: publication.short)
    )
