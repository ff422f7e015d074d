"""The first page of a gap report: the score with its range, and what qualifies it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from audit.core.closed_workshops import WorkshopSummary
from audit.core.gaps import AtTarget, Contradiction, contradictions
from audit.core.moderation import Agreement
from audit.core.numbers import percent, percent_or_none
from audit.core.responses import RatingState
from audit.core.scorecard import WEIGHT_EXCLUDED_WARNING, ItemScore, Scorecard
from audit.reports.agreement_words import agreement_sentences
from audit.reports.gap_report import Headline, Profile, ProfileBar, SectionLine
from audit.reports.wording import capital, counted, level_words, listed, plural
from audit.reports.workshop_telling import settled_ids, settled_sentence

NAMED_WEAKEST = 4


def headline(
    scorecard: Scorecard,
    standings: Sequence[AtTarget] = (),
    agreement: Agreement | None = None,
    workshops: Sequence[WorkshopSummary] = (),
    *,
    illustrative: bool = False,
) -> Headline:
    """The score, its range and band, how complete the audit is, the weakest items and, of ``standings``, the strong.

    ``agreement`` is that of a team, None for one set of answers. ``workshops`` are those that settled some of it.
    An ``illustrative`` reading has nobody who could agree.
    """
    overall, band = scorecard.overall, scorecard.band
    return Headline(
        percent=percent_or_none(overall.score),
        low=percent_or_none(overall.low),
        high=percent_or_none(overall.high),
        band=band.name if band else None,
        sentences=tuple(
            sentence
            for sentence in (
                band.says if band else _not_yet_scored(scorecard),
                _completeness(scorecard),
                _range(scorecard),
                _weakest(scorecard),
                _strong(standings),
                *(() if illustrative else _agreement(scorecard, agreement, workshops)),
                settled_sentence(workshops, scorecard.bank.item_noun),
            )
            if sentence
        ),
        warnings=(
            *excluded(scorecard),
            *_low_targets(scorecard),
            *[contradiction_words(found) for found in contradictions(scorecard)],
        ),
    )


def _not_yet_scored(scorecard: Scorecard) -> str:
    noun = scorecard.bank.item_noun
    return f"No {noun} has a level yet. This is not the same as a score of zero."


def _completeness(scorecard: Scorecard) -> str:
    noun, total = scorecard.bank.item_noun, len(scorecard.items)
    if scorecard.answered == total:
        return f"All {counted(total, noun)} are rated." if total > 1 else f"The one {noun} is rated."
    states = [
        (RatingState.NOT_APPLICABLE, "not applicable"),
        (RatingState.DONT_KNOW, '"don\'t know"'),
        (RatingState.UNANSWERED, "not answered"),
    ]
    rest = [f"{scorecard.count(state)} {words}" for state, words in states if scorecard.count(state)]
    if not scorecard.answered:
        every = f"All {counted(total, noun)} are" if total > 1 else f"The one {noun} is"
        return (
            f"{every} {rest[0].partition(' ')[2]}." if len(rest) == 1 else f"{every} without a level: {listed(rest)}."
        )
    verb = "is" if scorecard.answered == 1 else "are"
    return f"{scorecard.answered} of {counted(total, noun)} {verb} rated. The rest: {listed(rest)}."


def _range(scorecard: Scorecard) -> str:
    overall, unknown, noun = scorecard.overall, scorecard.unknown, scorecard.bank.item_noun
    if not unknown or overall.score is None or overall.low is None or overall.high is None:
        return ""
    states = {RatingState.DONT_KNOW: "not known", RatingState.UNANSWERED: "not answered"}
    words = [text for state, text in states.items() if scorecard.count(state)]
    ids = [entry.item.id for entry in scorecard.items if entry.response.state in states]
    subject = f"the {counted(unknown, noun)}" if unknown > 1 else f"the one {noun}"
    named = f": {listed(ids)}" if len(ids) <= NAMED_WEAKEST else ""
    return (
        f"The score would lie between {percent(overall.low)}% and {percent(overall.high)}%, depending on "
        f"{subject} {' or '.join(words)}{named}."
    )


def _weakest(scorecard: Scorecard) -> str:
    weakest, noun = scorecard.weakest, scorecard.bank.item_noun
    if not weakest or weakest[0].score == 1 or weakest[0].level is None:
        return ""
    level = level_words(weakest[0].level)
    if len(weakest) == scorecard.answered > 1:
        return f"All {counted(len(weakest), noun)} with a rating stand at the same level: {level}."
    names = [f"{entry.item.id} ({entry.item.title})" for entry in weakest]
    if len(names) > NAMED_WEAKEST:
        names = [*names[: NAMED_WEAKEST - 1], f"{counted(len(names) - NAMED_WEAKEST + 1, 'other')}"]
    return f"Weakest, at level {level}: {listed(names)}."


def _strong(standings: Sequence[AtTarget]) -> str:
    names = [f"{standing.entry.item.id} ({standing.entry.item.title})" for standing in standings]
    if len(names) > NAMED_WEAKEST:
        names = [*names[: NAMED_WEAKEST - 1], f"{counted(len(names) - NAMED_WEAKEST + 1, 'other')}"]
    return f"Strong, at the target or above: {listed(names)}." if names else ""


def _agreement(
    scorecard: Scorecard, agreement: Agreement | None, workshops: Sequence[WorkshopSummary]
) -> tuple[str, ...]:
    if not scorecard.answered:
        return ()
    since = settled_ids(workshops) if workshops else None
    return agreement_sentences(agreement, len(scorecard.items), scorecard.bank.item_noun, since)


def excluded(scorecard: Scorecard) -> tuple[str, ...]:
    """What "not applicable" leaves out, in words, or nothing where it leaves out nothing."""
    share = scorecard.weight_excluded
    if share == 0 or scorecard.if_excluded_lowest is None or scorecard.if_excluded_highest is None:
        return ()
    noun = scorecard.bank.item_noun
    count = counted(scorecard.not_applicable, noun)
    verb = "is" if scorecard.not_applicable == 1 else "are"
    low, high = percent(scorecard.if_excluded_lowest), percent(scorecard.if_excluded_highest)
    ids = [entry.item.id for entry in scorecard.items if entry.response.state is RatingState.NOT_APPLICABLE]
    named = f" ({listed(ids)})" if len(ids) <= NAMED_WEAKEST else ""
    text = (
        f"{capital(count)}{named} {verb} marked not applicable and left out: {percent(share)}% of all weight. Counted "
        f"at the lowest level instead, the score would be {low}%; at the highest, {high}%."
    )
    if share > WEIGHT_EXCLUDED_WARNING:
        text += f" With more than {percent(WEIGHT_EXCLUDED_WARNING)}% left out, read the score with great care."
    return (text,)


def _low_targets(scorecard: Scorecard) -> tuple[str, ...]:
    default, noun = scorecard.bank.default_target, scorecard.bank.item_noun
    low = [
        entry.item.id
        for entry in scorecard.items
        if entry.target.value < default.value and entry.response.state is not RatingState.NOT_APPLICABLE
    ]
    if not low:
        return ()
    verb = "has a target" if len(low) == 1 else "have targets"
    names = listed(low) if len(low) <= NAMED_WEAKEST else f"{listed(low[:NAMED_WEAKEST])} and others"
    return (f"{capital(counted(len(low), noun))} {verb} below level {level_words(default)}: {names}.",)


def contradiction_words(found: Contradiction) -> str:
    """The contradiction in words, with both ratings."""
    return (
        f"Check two ratings together: {found.entry.item.id} is rated at level {state_words(found.entry)}, and "
        f"{found.other.item.id} at level {state_words(found.other)}. {found.says}"
    )


def sections(scorecard: Scorecard) -> tuple[SectionLine, ...]:
    """The score of each section, or none where the bank has only one."""
    if len(scorecard.sections) < 2:
        return ()
    return tuple(
        SectionLine(
            title=section.title,
            percent="not yet scored" if section.score is None else f"{percent(section.score)}%",
            span=span(section.low, section.high),
        )
        for section in scorecard.sections
    )


def span(low: Fraction | None, high: Fraction | None) -> str:
    """A range in words."""
    if low is None or high is None:
        return "nothing applies"
    return "no range: all is rated" if low == high else f"{percent(low)}% to {percent(high)}%"


def profile(scorecard: Scorecard) -> Profile:
    """The profile chart of all items in bank order."""
    top = scorecard.bank.scale.top.value
    titles = {item.id: s.title for s in scorecard.bank.root.sections() for item in s.items()}
    return Profile(
        marks=tuple((level.value / top, level.name) for level in scorecard.bank.scale.levels),
        bars=tuple(
            ProfileBar(
                item_id=entry.item.id,
                title=entry.item.title,
                section=titles.get(entry.item.id, ""),
                state=state_words(entry),
                target="" if entry.response.state is RatingState.NOT_APPLICABLE else level_words(entry.target),
                share=entry.score,
                target_share=entry.target_score,
            )
            for entry in scorecard.items
        ),
        alternative=_profile_words(scorecard),
    )


def state_words(entry: ItemScore) -> str:
    """A level as ``2, partly in place``, or the rating state in words."""
    return level_words(entry.level) if entry.level else entry.response.state.words


def _profile_words(scorecard: Scorecard) -> str:
    groups = []
    for level in reversed(scorecard.bank.scale.levels):
        ids = [entry.item.id for entry in scorecard.items if entry.level == level]
        if ids:
            groups.append(f"level {level_words(level)}: {listed(ids)}")
    for state in (RatingState.NOT_APPLICABLE, RatingState.DONT_KNOW, RatingState.UNANSWERED):
        ids = [entry.item.id for entry in scorecard.items if entry.response.state is state]
        if ids:
            groups.append(f"{state.words.lower()}: {listed(ids)}")
    noun = plural(scorecard.bank.item_noun, len(scorecard.items))
    return f"Levels of {len(scorecard.items)} {noun} beside their targets. {capital('; '.join(groups))}."
