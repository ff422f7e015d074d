"""The parts of a gap report that speak of single items."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from audit.core.audits import EvidenceLink
from audit.core.bank import Item, OpeningQuestion, PartsRule, SupplementaryPrompt
from audit.core.gaps import AtTarget, Contradiction, Gap
from audit.core.library import Library
from audit.core.numbers import percent
from audit.core.responses import Answers, RatingState, Response
from audit.core.scorecard import ItemScore, Scorecard
from audit.reports import grounds
from audit.reports.citing import cite
from audit.reports.gap_report import GapReport, Length
from audit.reports.grounds import Around
from audit.reports.item_parts import (
    AnswerRow,
    CitedFinding,
    GapDetail,
    NamedEvidence,
    OpenItem,
    Plan,
    PlanRow,
    PromptAnswer,
    Said,
    Sourced,
    Standing,
)
from audit.reports.summary import contradiction_words, state_words
from audit.reports.wording import day_words, level_words, listed

OPENING_TITLE = "Before rating: the opening questions"
# Findings for and against a gap, beside its synthesis and without one; steps, and how many findings they come from.
SHOWN, SHOWN_ALONE = 4, 6
_ID = re.compile(r"\b[A-Z]{3,4}-\d{3}\b")
STEPS, LOOKED_AT = 3, 12


def gap_detail(
    rank: int, gap: Gap, scorecard: Scorecard, library: Library, around: Around, told: Collection[str] = ()
) -> GapDetail:
    """Everything the report says about one gap, save for the notes on it.

    Links with items whose gaps are ``told`` before are left out: they stand there.
    """
    entry, item, bank = gap.entry, gap.entry.item, scorecard.bank
    synthesis = library.syntheses.get(item.id)
    without = grounds.shown_elsewhere(synthesis, library) | grounds.told_against(synthesis)
    chosen = library.choose(bank, item, SHOWN if synthesis else SHOWN_ALONE, without)
    titles = {other.id: other.title for other in bank.items.values()}
    return GapDetail(
        rank=rank,
        item_id=item.id,
        title=item.title,
        prompt=item.prompt,
        source=item.source.place,
        adds=f"{item.adds.says} ({item.adds.source.place}.)" if item.adds else "",
        level=level_words(gap.level),
        descriptor=item.descriptors[gap.level.number],
        target=level_words(entry.target),
        target_descriptor=item.descriptors[entry.target.number],
        share=f"{percent(gap.share)}%",
        confidence=_confidence(entry.response),
        reason=entry.response.reason,
        said=said(entry.response),
        notes=(),
        stake=grounds.stake(synthesis, gap.level, bank),
        thin=synthesis.thin if synthesis else False,
        synthesis=grounds.synthesis_parts(synthesis),
        supporting=tuple(cite(finding, item.id) for finding in chosen.supporting),
        contrary=tuple(cite(finding, item.id) for finding in chosen.contrary),
        tried=grounds.tried(synthesis, library),
        barriers=grounds.barriers(synthesis),
        steps=_steps(item, library),
        linked=grounds.linked(item.id, library, titles, grounds.ratings(scorecard, around), told),
    )


def said(response: Response) -> Said:
    """The three published columns of a response."""
    return Said(*response.texts)


def _confidence(response: Response) -> str:
    return response.confidence.value if response.confidence else ""


def _steps(item: Item, library: Library) -> tuple[tuple[str, str], ...]:
    """Steps that the most useful findings on the item suggest, each with the finding's id."""
    looked_at = library.touching(item.id)[:LOOKED_AT]
    return tuple((finding.action, finding.id) for finding in looked_at if finding.action)[:STEPS]


def notes_on(
    scorecard: Scorecard, answers: Answers, contradictions: tuple[Contradiction, ...]
) -> dict[str, tuple[str, ...]]:
    """What else a reader should know of an item, by item id.

    Contradictions with an item it depends on, how a compound item is meant, and opening questions that bear on it.
    """
    notes: dict[str, list[str]] = {entry.item.id: [] for entry in scorecard.items}
    for found in contradictions:
        notes[found.entry.item.id].append(contradiction_words(found))
    for entry in scorecard.items:
        if entry.item.parts and entry.item.parts.rule is PartsRule.EITHER:
            notes[entry.item.id].append(f"Either of these is enough: {' or '.join(entry.item.parts.of)}.")
    for question in scorecard.bank.opening:
        answered = said(answers.prompts.get(question.id, Response()))
        for item_id in question.items if answered else ():
            notes[item_id].append(
                f'The opening question "{question.question}" bears on this. What was said stands under '
                f'"{OPENING_TITLE}".'
            )
    return {item_id: tuple(texts) for item_id, texts in notes.items()}


def standing(strength: AtTarget, library: Library) -> Standing:
    """A strength: what was said, and what has undone it elsewhere."""
    entry, level = strength.entry, strength.level
    synthesis = library.syntheses.get(entry.item.id)
    return Standing(
        item_id=entry.item.id,
        title=entry.item.title,
        level=level_words(level),
        descriptor=entry.item.descriptors[level.number],
        reason=entry.response.reason,
        said=said(entry.response),
        endangers=grounds.sourced(synthesis.endangers) if synthesis else None,
    )


def open_item(entry: ItemScore) -> OpenItem:
    """An item without a level."""
    words = entry.response.reason or entry.response.what_happens_now
    return OpenItem(entry.item.id, entry.item.title, entry.response.state.words, words)


def prompt_answer(prompt: OpeningQuestion | SupplementaryPrompt, answers: Answers) -> PromptAnswer | None:
    """What was said to a prompt, or None if nothing was."""
    response = answers.prompts.get(prompt.id)
    if response is None or not said(response):
        return None
    if isinstance(prompt, OpeningQuestion):
        title, about = prompt.question, prompt.hint
    else:
        title, about = prompt.title, prompt.why
    return PromptAnswer(prompt.id, title, about, listed(prompt.items), said(response))


def plan(scorecard: Scorecard, gaps: tuple[Gap, ...]) -> Plan:
    """The items in the published three columns: those with a gap by priority, then the others in bank order."""
    first = [gap.entry for gap in gaps]
    entries = [*first, *(entry for entry in scorecard.items if entry not in first)]
    rows = tuple(
        PlanRow(entry.item.id, entry.item.title, _levels(entry), said(entry.response))
        for entry in entries
        if said(entry.response)
    )
    return Plan(rows, tuple(entry.item.id for entry in scorecard.items if not said(entry.response)))


def _levels(entry: ItemScore) -> str:
    target = _target(entry)
    return f"{state_words(entry)}; target {target}" if target else state_words(entry)


def _target(entry: ItemScore) -> str:
    return "" if entry.response.state is RatingState.NOT_APPLICABLE else level_words(entry.target)


def named_evidence(scorecard: Scorecard, evidence: Mapping[str, tuple[EvidenceLink, ...]]) -> tuple[NamedEvidence, ...]:
    """Where the evidence for the answers lies, in bank order."""
    return tuple(
        NamedEvidence(entry.item.id, link.url, day_words(link.dated), link.note)
        for entry in scorecard.items
        for link in evidence.get(entry.item.id, ())
    )


def answer_row(entry: ItemScore) -> AnswerRow:
    """The answer in full."""
    return AnswerRow(
        item_id=entry.item.id,
        title=entry.item.title,
        rating=state_words(entry),
        target=_target(entry),
        confidence=_confidence(entry.response),
        weight=str(entry.weight),
        reason=entry.response.reason,
        said=said(entry.response),
    )


def typed_ids(answers: Answers, library: Library) -> frozenset[str]:
    """The ids of findings that people named in their answers."""
    typed = [
        text for each in (*answers.items.values(), *answers.prompts.values()) for text in (*each.texts, each.reason)
    ]
    named = {name for text in typed for name in _ID.findall(text)}
    return frozenset(library.by_id[name].id for name in named if name in library.by_id)


def cited_ids(report: GapReport) -> frozenset[str]:
    """The ids of all findings that the report prints of its own at its length."""
    priorities = [priority.stake for priority in report.priorities]
    if report.length is Length.BRIEF:
        return _ids([*priorities, report.first_caution])
    statements: list[Sourced | None] = [*priorities, report.first_caution]
    statements += [each.statement for each in report.together]
    statements += [gap.stake for gap in report.gaps]
    statements += [strength.endangers for strength in report.strengths]
    findings: list[CitedFinding] = []
    for gap in report.told_gaps:
        statements += [part.statement for part in gap.synthesis] + [link.statement for link in gap.linked]
        findings += [*gap.supporting, *gap.contrary, *gap.barriers, *(each.finding for each in gap.tried)]
    steps = {finding_id for gap in report.told_gaps for _, finding_id in gap.steps}
    return _ids(statements) | {finding.id for finding in findings} | steps


def _ids(statements: Sequence[Sourced | None]) -> frozenset[str]:
    return frozenset(finding_id for each in statements if each for finding_id in each.findings)
