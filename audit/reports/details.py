"""The parts of a gap report that speak of single items."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from audit.core.audits import EvidenceLink
from audit.core.bank import OpeningQuestion, PartsRule, SupplementaryPrompt
from audit.core.gaps import AtTarget, Contradiction, Gap
from audit.core.library import Library
from audit.core.numbers import percent
from audit.core.responses import Answers, RatingState, Response
from audit.core.scorecard import ItemScore, Scorecard
from audit.reports import grounds
from audit.reports.citing import placed
from audit.reports.grounds import Around
from audit.reports.item_parts import (
    AnswerRow,
    GapDetail,
    NamedEvidence,
    OpenItem,
    Plan,
    PlanRow,
    PromptAnswer,
    Said,
    Standing,
)
from audit.reports.summary import contradiction_words, state_words
from audit.reports.wording import day_words, level_words, listed

OPENING_TITLE = "Before rating: the opening questions"
# What is to be done stands with the gap and in the plan where it has so many characters or fewer, else in the plan.
PLANNED = 240


def gap_detail(
    rank: int, gap: Gap, scorecard: Scorecard, library: Library, around: Around, told: Collection[str] = ()
) -> GapDetail:
    """What the report says about one gap, save for the notes on it and what stands beside its text.

    Links with items whose gaps are ``told`` before are left out: they stand there.
    """
    entry, item, bank = gap.entry, gap.entry.item, scorecard.bank
    synthesis = library.syntheses.get(item.id)
    publication = library.publications.get(bank.publication)
    titles = {other.id: other.title for other in bank.items.values()}
    return GapDetail(
        rank=rank,
        item_id=item.id,
        title=item.title,
        prompt=item.prompt,
        source=placed(publication, item.source.place),
        adds=f"{item.adds.says} ({placed(publication, item.adds.source.place)}.)" if item.adds else "",
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
        supporting=(),
        contrary=(),
        tried=(),
        barriers=(),
        steps=(),
        linked=grounds.linked(item.id, library, titles, grounds.ratings(scorecard, around), told),
        plan_note=_plan_note(entry.response),
    )


def said(response: Response) -> Said:
    """The three published columns of a response."""
    return Said(*response.texts)


def _confidence(response: Response) -> str:
    return response.confidence.value if response.confidence else ""


def _plan_note(response: Response) -> str:
    """Where long texts on what is to be done stand, or an empty text."""
    if len(response.what_needs_to_happen) + len(response.how_to_progress) <= PLANNED:
        return ""
    both = response.what_needs_to_happen and response.how_to_progress
    what = "What needs to happen, and how it will be progressed, stand" if both else "What is to be done stands"
    return f"{what} in the plan."


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
        asked = [question.id for question in scorecard.bank.opening if _bears_on(question, entry.item.id, answers)]
        if asked:
            one = len(asked) == 1
            notes[entry.item.id].append(
                f"{'Opening question' if one else 'Opening questions'} {listed(asked)} {'bears' if one else 'bear'} "
                f'on this. What was said stands under "{OPENING_TITLE}".'
            )
    return {item_id: tuple(texts) for item_id, texts in notes.items()}


def _bears_on(question: OpeningQuestion, item_id: str, answers: Answers) -> bool:
    """Whether an opening question that was answered touches an item."""
    return item_id in question.items and bool(said(answers.prompts.get(question.id, Response())))


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
    about = prompt.hint if isinstance(prompt, OpeningQuestion) else prompt.why
    return PromptAnswer(prompt.id, prompt_title(prompt), about, listed(prompt.items), said(response))


def prompt_title(prompt: OpeningQuestion | SupplementaryPrompt) -> str:
    """What a prompt asks, or the title it goes by."""
    return prompt.question if isinstance(prompt, OpeningQuestion) else prompt.title


def plan(scorecard: Scorecard, gaps: tuple[Gap, ...], owners: Mapping[str, str] | None = None) -> Plan:
    """The items in the published three columns: those with a gap by priority, then the others in bank order.

    ``owners`` names by item id who takes it on.
    """
    who = owners or {}
    first = [gap.entry for gap in gaps]
    entries = [*first, *(entry for entry in scorecard.items if entry not in first)]
    rows = tuple(
        PlanRow(entry.item.id, entry.item.title, _levels(entry), said(entry.response), who.get(entry.item.id, ""))
        for entry in entries
        if said(entry.response)
    )
    return Plan(rows, tuple(entry.item.id for entry in scorecard.items if not said(entry.response)))


def _levels(entry: ItemScore) -> str:
    target, standing = _target(entry), f"Level {state_words(entry)}" if entry.level else state_words(entry)
    return f"{standing}; target {target}" if target else standing


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
