"""How a report cites: findings with their place, and the publications at the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from audit.core.evidence import Finding, Publication
from audit.core.library import Library
from audit.core.responses import Answers
from audit.reports.gap_report import GapReport, Length, Reference, Source
from audit.reports.item_parts import CitedFinding, Sourced
from audit.reports.wording import FINDING_ID


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


def references(findings: Iterable[Finding], asked_by: Publication | None = None) -> tuple[Reference, ...]:
    """The publications cited, in the order of their short names, with the number of findings cited.

    The one that the questions are ``asked_by`` is among them, for the source lines name it.
    """
    cited = {asked_by: 0} if asked_by else {}
    cited.update(Counter(finding.publication for finding in findings))
    return tuple(
        Reference(
            short=publication.short,
            full=f"{publication.authors}. {publication.title}. {publication.published}.",
            cited=count,
        )
        for publication, count in sorted(cited.items(), key=lambda entry: entry[0].short)
    )


def placed(publication: Publication | None, place: str) -> str:
    """A place with the name of its publication, where that is known: ``Hackney evaluation 2010, p. 3``."""
    return f"{publication.short}, {place}" if publication else place


def typed(answers: Answers, library: Library) -> Iterator[Finding]:
    """The findings that people named in their answers, each as often as it is named."""
    for each in (*answers.items.values(), *answers.prompts.values()):
        yield from _named(" ".join((*each.texts, each.reason)), library)


def _named(text: str, library: Library) -> Iterator[Finding]:
    return (library.by_id[name] for name in re.findall(FINDING_ID, text) if name in library.by_id)


def typed_ids(report: GapReport, answers: Answers, library: Library) -> frozenset[str]:
    """The ids of the findings that people named in what the report prints of their answers at its length."""
    found = typed(answers, library)
    if report.length is Length.BRIEF:
        told = [text for row in report.plan_rows for text in (row.said.now, row.said.needs, row.said.progress)]
        found = _named(" ".join([*told, *(priority.reason for priority in report.priorities)]), library)
    return frozenset(finding.id for finding in found)


def publication_read(answers: Answers, library: Library) -> Publication | None:
    """The publication that an illustrative reading reads: the one that its answers cite most, or None."""
    cited = Counter(finding.publication for finding in typed(answers, library))
    return cited.most_common(1)[0][0] if cited else None


def own_note(publication: Publication | None, library: Library) -> str:
    """What a reader must know of the findings from the publication that is read, or an empty text."""
    if publication is None:
        return ""
    own = {finding.id.partition("-")[0] for finding in library.findings if finding.publication == publication}
    return (
        f"This reading rests on one study, {publication.short}. Where a text cites it (ids that begin with "
        f"{' or '.join(sorted(own))}), it speaks of this authority itself. The findings listed below a text come from "
        "elsewhere."
    )


def cited_ids(report: GapReport) -> frozenset[str]:
    """The ids of all findings that the report prints of its own at its length."""
    statements: list[Sourced | None] = [priority.stake for priority in report.priorities]
    statements.append(report.first_caution)
    if report.length is Length.BRIEF:
        return _ids(statements)
    statements += [each.statement for each in report.together]
    statements += [gap.stake for gap in report.gaps]
    statements += [strength.endangers for strength in report.strengths]
    findings: list[CitedFinding] = []
    for gap in report.told_gaps:
        statements += [part.statement for part in gap.synthesis] + [link.statement for link in gap.linked]
        findings += gap.listed
    steps = [step for gap in report.told_gaps for step in gap.steps]
    steps += [step for gap in report.other_gaps for step in gap.steps[:1]]
    return _ids(statements) | {finding.id for finding in findings} | {finding_id for _, finding_id in steps}


def _ids(statements: Sequence[Sourced | None]) -> frozenset[str]:
    return frozenset(finding_id for each in statements if each for finding_id in each.findings)
