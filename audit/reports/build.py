"""Building a gap report from a scorecard, the answers and the library of findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audit.core.audits import EvidenceLink
from audit.core.bank import Bank, OpeningQuestion, SupplementaryPrompt
from audit.core.evidence import Library
from audit.core.evidence_weights import evidence_points
from audit.core.gaps import contradictions, find_gaps, strengths
from audit.core.responses import Answers
from audit.core.scorecard import Scorecard
from audit.reports import details, summary
from audit.reports.citing import references
from audit.reports.gap_report import BankReference, GapReport, PromptAnswer
from audit.reports.method import method


@dataclass(frozen=True)
class Cover:
    """What a report is called and how it looks.

    Whose it is, its title, the day it was made as text, and a notice for each page. ``subtitle`` says which round and
    what part of the service; ``accent`` is a colour ``#rrggbb`` for the band on top, or empty for Plumbline's own.
    """

    authority: str
    title: str
    made_on: str
    notice: str = ""
    about: str = ""
    subtitle: str = ""
    accent: str = ""


def build_report(
    scorecard: Scorecard,
    answers: Answers,
    library: Library,
    cover: Cover,
    evidence: Mapping[str, tuple[EvidenceLink, ...]] | None = None,
) -> GapReport:
    """The gap report. All texts and numbers in it are final.

    ``evidence`` holds, by item id, where the respondent says that the evidence for an answer lies.
    """
    bank = scorecard.bank
    gaps = find_gaps(scorecard, evidence_points(bank, library))
    notes = details.notes_on(scorecard, answers, contradictions(scorecard))
    gap_details = tuple(
        details.gap_detail(rank, gap, library.choose(bank, gap.entry.item), notes[gap.entry.item.id])
        for rank, gap in enumerate(gaps, start=1)
    )
    standings = tuple(details.standing(strength, bank, library) for strength in strengths(scorecard))
    return GapReport(
        title=cover.title,
        authority=cover.authority,
        made_on=cover.made_on,
        notice=cover.notice,
        about=cover.about,
        subtitle=cover.subtitle,
        accent=cover.accent,
        caution=bank.caution,
        bank=_bank_reference(scorecard),
        headline=summary.headline(scorecard),
        priorities=summary.priorities(gaps, bank, library),
        priorities_note=summary.priorities_note(gaps),
        sections=summary.sections(scorecard),
        profile=summary.profile(scorecard),
        gaps=gap_details,
        strengths=standings,
        open_items=tuple(details.open_item(entry) for entry in scorecard.items if entry.level is None),
        opening=_prompt_answers(bank.opening, answers),
        supplementary=_prompt_answers(bank.supplementary, answers),
        plan=details.plan(scorecard, gaps),
        evidence=details.named_evidence(scorecard, evidence or {}),
        method=method(scorecard, illustrative=bool(cover.notice)),
        references=references(details.cited_findings(gap_details, standings, library)),
        answers=tuple(details.answer_row(entry) for entry in scorecard.items),
    )


def _prompt_answers(
    prompts: tuple[OpeningQuestion, ...] | tuple[SupplementaryPrompt, ...], answers: Answers
) -> tuple[PromptAnswer, ...]:
    found = [details.prompt_answer(prompt, answers) for prompt in prompts]
    return tuple(answer for answer in found if answer)


def _bank_reference(scorecard: Scorecard) -> BankReference:
    bank: Bank = scorecard.bank
    return BankReference(
        id=bank.id,
        version=bank.version,
        sha256=bank.sha256,
        title=bank.title,
        publication=bank.publication,
        place=bank.source.place,
        item_noun=bank.item_noun,
        weighting=scorecard.weighting.title,
    )
