"""Building a gap report from a scorecard, the answers and the library of findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from audit.core.bank import Bank, OpeningQuestion, SupplementaryPrompt
from audit.core.evidence_weights import evidence_points
from audit.core.gaps import Gap, contradictions, find_gaps, strengths
from audit.core.library import Library
from audit.core.responses import Answers
from audit.core.scorecard import Scorecard
from audit.reports import details, grounds, priorities, summary
from audit.reports.boxes import Before, Beside
from audit.reports.citing import cited_ids, own_note, publication_read, references, sources, typed_ids
from audit.reports.gap_report import BankReference, GapReport, Length, SignedOff, Together
from audit.reports.grounds import Around
from audit.reports.item_parts import GapDetail, PromptAnswer, Sourced
from audit.reports.method import method
from audit.reports.workshop_telling import owners, workshop_parts


@dataclass(frozen=True)
class Cover:
    """What a report is called and how it looks.

    Whose it is, its title, the day it was made as text, and a notice for each page. ``subtitle`` says which round and
    what part of the service, and where the answers are one person's among several; ``accent`` is a colour ``#rrggbb``
    for the band on top, or empty for Plumbline's own.
    ``signed_off`` stands on a signed version alone.
    """

    authority: str
    title: str
    made_on: str
    notice: str = ""
    about: str = ""
    subtitle: str = ""
    accent: str = ""
    signed_off: SignedOff | None = None


def build_report(
    scorecard: Scorecard,
    answers: Answers,
    library: Library,
    cover: Cover,
    around: Around | None = None,
    length: Length = Length.FULL,
) -> GapReport:
    """The gap report. All texts and numbers in it are final."""
    bank = scorecard.bank
    asked_by = library.publications.get(bank.publication)
    read = publication_read(answers, library) if cover.notice else None
    around = replace(around or Around(), own=read.id if read else "")
    gaps = find_gaps(scorecard, evidence_points(bank, library))
    notes = details.notes_on(scorecard, answers, contradictions(scorecard))
    standings = strengths(scorecard)
    together = grounds.together(scorecard, library, around)
    report = GapReport(
        title=cover.title,
        authority=cover.authority,
        made_on=cover.made_on,
        notice=cover.notice,
        about=cover.about,
        subtitle=cover.subtitle,
        accent=cover.accent,
        signed_off=cover.signed_off,
        length=length,
        caution=bank.caution,
        bank=_bank_reference(scorecard),
        headline=summary.headline(
            scorecard,
            standings,
            around.agreement,
            around.workshops,
            illustrative=bool(cover.notice),
        ),
        priorities=priorities.first_priorities(gaps, bank, library, length, illustrative=bool(cover.notice)),
        priorities_note=priorities.ties_note(gaps),
        first_caution=None if cover.notice else _first_caution(scorecard, library, around),
        sections=summary.sections(scorecard),
        profile=summary.profile(scorecard),
        together=together,
        own_note=own_note(read, library),
        gaps=tuple(
            replace(detail, notes=notes[detail.item_id])
            for detail in _gap_details(gaps, scorecard, library, around, together)
        ),
        strengths=tuple(details.standing(strength, library) for strength in standings),
        open_items=tuple(details.open_item(entry) for entry in scorecard.items if entry.level is None),
        opening=_prompt_answers(bank.opening, answers),
        supplementary=_prompt_answers(bank.supplementary, answers),
        opening_unanswered=_unanswered(bank.opening, answers),
        supplementary_unanswered=_unanswered(bank.supplementary, answers),
        plan=details.plan(scorecard, gaps, owners(around.workshops)),
        evidence=details.named_evidence(scorecard, around.evidence),
        method=method(scorecard, asked_by.short if asked_by else "", around.agreement, illustrative=bool(cover.notice)),
        sources=(),
        references=(),
        answers=tuple(details.answer_row(entry) for entry in scorecard.items),
        workshops=workshop_parts(around.workshops, bank),
    )
    cited = grounds.findings_of(library, cited_ids(report) | typed_ids(report, answers, library))
    return replace(report, sources=sources(cited), references=references(cited, asked_by))


def _gap_details(
    gaps: tuple[Gap, ...], scorecard: Scorecard, library: Library, around: Around, together: tuple[Together, ...]
) -> Iterator[GapDetail]:
    """All gaps, each told with regard to what the ratings to read together and the gaps before it tell."""
    told = {each.statement for each in together}
    listed = frozenset(finding_id for statement in told for finding_id in statement.findings)
    beside, before = Beside(scorecard.bank, library, around.own), Before(findings=listed)
    for rank, gap in enumerate(gaps, start=1):
        detail = details.gap_detail(rank, gap, scorecard, library, around, before.items)
        detail = replace(detail, linked=tuple(link for link in detail.linked if link.statement not in told))
        detail = beside.with_boxes(detail, before)
        before = before.and_then(detail)
        yield detail


def _first_caution(scorecard: Scorecard, library: Library, around: Around) -> Sourced | None:
    """The caution on a first audit, where anything is rated."""
    caution = library.cautions.get("first-audit")
    if caution is None or not around.first or scorecard.overall.score is None:
        return None
    return grounds.sourced(caution)


def _prompt_answers(
    prompts: tuple[OpeningQuestion, ...] | tuple[SupplementaryPrompt, ...], answers: Answers
) -> tuple[PromptAnswer, ...]:
    found = [details.prompt_answer(prompt, answers) for prompt in prompts]
    return tuple(answer for answer in found if answer)


def _unanswered(
    prompts: tuple[OpeningQuestion, ...] | tuple[SupplementaryPrompt, ...], answers: Answers
) -> tuple[str, ...]:
    """The prompts that nobody answered, by id and title."""
    return tuple(
        f"{prompt.id} {details.prompt_title(prompt)}"
        for prompt in prompts
        if details.prompt_answer(prompt, answers) is None
    )


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
