"""What a report says about its own numbers: how they came about and what they cannot tell."""

from __future__ import annotations

from audit.core.moderation import Agreement
from audit.core.numbers import percent
from audit.core.scorecard import WEIGHT_EXCLUDED_WARNING, Scorecard
from audit.reports.agreement_words import agreement_passage
from audit.reports.gap_report import Passage
from audit.reports.wording import counted, listed, with_article


def method(
    scorecard: Scorecard, cited_as: str = "", agreement: Agreement | None = None, *, illustrative: bool = False
) -> tuple[Passage, ...]:
    """The passages on method and limits for this scorecard, of a service's own audit or an illustrative reading.

    ``cited_as`` is the short name of the publication that the questions come from, or empty. ``agreement`` is that of
    a team, or None.
    """
    return (
        Passage("Where the questions come from", _origin(scorecard, cited_as)),
        Passage("How the score is worked out", _score(scorecard)),
        Passage("What is left out", _left_out(scorecard)),
        *agreement_passage(agreement, scorecard.bank.item_noun),
        Passage("How gaps are ordered", _gaps(scorecard)),
        Passage("Where the findings come from", _findings()),
        Passage("What the score cannot tell", _limits(illustrative=illustrative)),
    )


def _origin(scorecard: Scorecard, cited_as: str) -> tuple[str, ...]:
    bank = scorecard.bank
    named = f' This report calls that publication "{cited_as}".' if cited_as else ""
    return (
        f"{bank.summary}{named}",
        bank.caution,
        f"Question bank: {bank.id}, version {bank.version}, SHA-256 beginning {bank.sha256[:16]}. A version that has "
        "been answered is never changed.",
    )


def _score(scorecard: Scorecard) -> tuple[str, ...]:
    bank, overall = scorecard.bank, scorecard.overall
    noun, one = bank.item_noun, with_article(bank.item_noun)
    levels = listed([f"{level.number} {level.name.lower()}" for level in bank.scale.levels])
    lines = [
        f"Each {noun} is rated at one of {counted(len(bank.scale.levels), 'level')}: {levels}. The score of {one} is "
        "the value of its level divided by the value of the top level.",
        f"Weighting: {scorecard.weighting.title}. {scorecard.weighting.rule}",
    ]
    if overall.score is not None and overall.raw is not None and overall.raw_max is not None:
        lines.append(
            f"The overall score combines the rated {noun}s as a {bank.root.combine.value}: {overall.raw} of "
            f"{overall.raw_max} points, which is {overall.score} exactly and {percent(overall.score)}% when shown. "
            "Numbers are computed as exact fractions and rounded once, half up, to one decimal."
        )
    return tuple(lines)


def _left_out(scorecard: Scorecard) -> tuple[str, ...]:
    noun = scorecard.bank.item_noun
    return (
        f'"Not applicable" needs a reason and takes the {noun} out of the score on both sides. The report shows how '
        f"much weight that leaves out, warns above {percent(WEIGHT_EXCLUDED_WARNING)}%, and shows what the score "
        "would be otherwise.",
        '"Don\'t know" and unanswered are not zeros. They are left out of the score. The range shows what the score '
        "would be if all of them stood at the lowest level, and if all stood at the highest.",
    )


def _gaps(scorecard: Scorecard) -> tuple[str, ...]:
    noun = scorecard.bank.item_noun
    return (
        f"The gap of {with_article(noun)} is the score of its target level minus its score, and never below zero. Its "
        "share of the whole gap is its weight times its gap, divided by the sum of all weights times gaps. Where "
        f"shares are equal, the {noun} with the stronger evidence comes first, then the order of the question bank.",
    )


def _findings() -> tuple[str, ...]:
    return (
        "The findings were taken from five published reports and are told in our own words, each with its place. "
        'The part "References" names those that stand in this report. '
        "Steps to consider are our suggestions, not the reports' words.",
        "Each finding is graded by what it rests on. Measured with comparison: a number set against another group, "
        "authority or time. Measured: a number without comparison. Observed: seen or heard first hand by "
        "researchers, from more than one person. Judged: one person's view, or the authors' own conclusion. "
        "Claimed by the service itself: what it says of itself or in reply, not tested by the evaluators.",
    )


def _limits(*, illustrative: bool) -> tuple[str, ...]:
    if illustrative:
        nature = "This is our reading of a published evaluation. Another reader may rate differently."
    else:
        nature = "This is a self-assessment. It shows how the people who answered see their service."
    return (
        f"{nature} It is not an inspection, and it does not measure outcomes for children.",
        "The reports warn that those who have newly taken up a way of working may rate themselves highest, and that "
        "better practice and better outcomes do not always move together.",
        "Do not rank authorities by this score. Teams differ in how strictly they rate, and services differ in what "
        "they do.",
        "Most of the evidence comes from a few authorities, some years ago, and much of it from interviews. What "
        "worked there may not work here.",
    )
