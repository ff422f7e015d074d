"""The gaps to look at first, each with where it stands and why it matters."""

from __future__ import annotations

from dataclasses import replace

from audit.core.bank import Bank
from audit.core.gaps import Gap
from audit.core.library import Library
from audit.core.numbers import percent
from audit.core.responses import Response
from audit.reports import grounds
from audit.reports.gap_report import Length, Priority
from audit.reports.item_parts import Sourced
from audit.reports.wording import COLUMN_TITLES, level_words, listed

PRIORITIES = 3
# So many characters of what was said, and of what was seen, stand with a priority.
REASON_LIMIT = 200
WHY_THIS = "Why this level"


def ties_note(gaps: tuple[Gap, ...]) -> str:
    """What to know where more gaps are as large as the last of the first three, or an empty text."""
    if len(gaps) <= PRIORITIES:
        return ""
    share = gaps[PRIORITIES - 1].share
    tied = [gap.entry.item.id for gap in gaps if gap.share == share]
    if gaps[PRIORITIES].share != share:
        return ""
    return (
        f"{listed(tied)} are equally large gaps, {percent(share)}% each. They stand in the order of how much firm "
        "evidence there is on each, and not of what to do first."
    )


def first_priorities(
    gaps: tuple[Gap, ...], bank: Bank, library: Library, length: Length, *, illustrative: bool
) -> tuple[Priority, ...]:
    """The first three gaps, each with the reason why it stands there.

    What is at stake stands with each. The brief report, which tells no gap, adds how what was said begins. An
    ``illustrative`` reading has no plan of anybody's.
    """
    return tuple(
        Priority(
            gap.entry.item.id,
            gap.entry.item.title,
            _reason(gap, in_brief=length is Length.BRIEF, planned=not illustrative),
            _seen(grounds.stake(library.syntheses.get(gap.entry.item.id), gap.level, bank)),
        )
        for gap in gaps[:PRIORITIES]
    )


def _seen(stake: Sourced | None) -> Sourced | None:
    """How what is at stake begins, told apart from what was typed before it."""
    return replace(stake, says=f"What was seen: {_begin(stake.says)}") if stake else None


def _reason(gap: Gap, *, in_brief: bool, planned: bool) -> str:
    response = gap.entry.response
    text = (
        f"Level {level_words(gap.level)}, against a target of {level_words(gap.entry.target)}: "
        f"{percent(gap.share)}% of the whole gap{f'; {_planned(response)}' if planned else ''}."
    )
    title, own = (WHY_THIS, response.reason) if response.reason else (COLUMN_TITLES[0], response.what_happens_now)
    return f"{text} {title}: {_begin(own)}" if own and in_brief else text


def _planned(response: Response) -> str:
    """How far a plan is written for a gap."""
    if response.what_needs_to_happen and response.how_to_progress:
        return "what needs to happen is written, and how"
    if response.what_needs_to_happen:
        return "what needs to happen is written, but not how"
    if response.how_to_progress:
        return "how it will be progressed is written, but not what needs to happen"
    return "no plan is written yet"


def _begin(text: str) -> str:
    """The first sentences of a text, as many as make up a short paragraph."""
    text = " ".join(text.split())
    if len(text) <= REASON_LIMIT:
        return text
    end = max(text.rfind(mark, 0, REASON_LIMIT) for mark in (". ", "? ", "! "))
    return text[: end + 1] if end > 0 else f"{text[:REASON_LIMIT].rsplit(' ', 1)[0]} ..."
