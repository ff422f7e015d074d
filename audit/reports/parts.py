"""The parts of a report in reading order: which there are, what they are called and how each begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audit.reports.details import OPENING_TITLE
from audit.reports.gap_report import GapReport, Length, Passage
from audit.reports.item_parts import Plan, PlanRow
from audit.reports.wording import COLUMN_TITLES, READ_TITLES, capital, counted, listed
from audit.reports.workshop_telling import workshops_lead

# What stands at the foot of every page that shows a score.
FOOT_NOTE = "Ratings and weights are Plumbline's own, not published."


METHOD_TITLE = "Method and limits"
# So many pairs of ratings are named on the first page.
NAMED_PAIRS = 2


@dataclass(frozen=True)
class Part:
    """A part of the report: its key (also its anchor on a page), its title and its first sentence or two."""

    key: str
    title: str
    lead: str = ""


# What is laid out at each length, besides the first page.
_BRIEF = {"plan", "sources", "references"}
_ONLY_APPENDIX = {"answers"}


def parts_of(report: GapReport) -> Mapping[str, Part]:
    """The parts that this report has at its length, by key. A part with nothing to say is left out."""
    there = {part.key: part for present, part in _all_parts(report) if present}
    if report.length is Length.BRIEF:
        return {key: part for key, part in there.items() if key in _BRIEF}
    if report.length is Length.FULL:
        return {key: part for key, part in there.items() if key not in _ONLY_APPENDIX}
    return there


def _all_parts(report: GapReport) -> list[tuple[object, Part]]:
    noun = report.bank.item_noun
    return [
        (True, Part("profile", "Profile")),
        (
            report.together,
            Part(
                "together",
                "Ratings to read together",
                f"The evaluations report how one {noun} needs another, or pulls against it. These ratings raise such "
                "a question. They change no score.",
            ),
        ),
        (report.gaps, Part("gaps", "Gaps, by priority", _gaps_lead(report))),
        (
            report.strengths,
            Part(
                "strengths",
                "Strengths, and what would endanger them",
                _strengths_lead(report),
            ),
        ),
        (
            report.open_items,
            Part(
                "without-rating",
                "Without a rating",
                "These are not zeros. They are left out of the score, and the range shows what those that could still "
                "be rated could do to it.",
            ),
        ),
        (report.opening, Part("opening", OPENING_TITLE, _in_words(report.opening_unanswered))),
        (
            report.supplementary,
            Part(
                "supplementary",
                "Beside the score: supplementary prompts",
                _in_words(report.supplementary_unanswered),
            ),
        ),
        (True, Part("plan", "Plan", _plan_lead(report))),
        (report.evidence, Part("evidence", "Evidence", "Where the evidence lies, as those who answered named it.")),
        (True, Part("method", METHOD_TITLE)),
        (
            report.sources,
            Part(
                "sources",
                "Findings cited",
                "Where each finding stands, and how firm it is. Ids are Plumbline's own. A page marked c. is an "
                "estimate.",
            ),
        ),
        (report.references, Part("references", "References", "The publications that this report names.")),
        (
            True,
            Part(
                "answers",
                "Appendix: all answers",
                "Ratings with their reasons, targets and weights. The three texts stand in the plan.",
            ),
        ),
        (
            report.workshops,
            Part("workshops", "Appendix: how levels were agreed in workshops", workshops_lead(noun)),
        ),
    ]


def _gaps_lead(report: GapReport) -> str:
    noun = report.bank.item_noun
    lead = (
        f"Each {noun} below its target, in the order of its share of the whole gap. The findings are told in our "
        "words, with the place where each stands. The text tells the main ones; those listed below it are others."
    )
    if report.other_gaps:
        lead += f" The first {counted(len(report.told_gaps), 'gap').split()[0]} are told in full, the rest in a table."
    return f"{lead} {report.own_note}".strip()


def _plan_lead(report: GapReport) -> str:
    rows, shown = len(report.plan.rows), len(report.plan_rows)
    if not rows:
        return ""
    lead = "What was written on each, in three columns. Gaps come first, by priority."
    if shown == rows:
        return lead
    first, whole = (counted(count, "row").split()[0] for count in (shown, rows))
    return f"{lead} The first {first} of {whole} stand here, the rest in the full report."


def _strengths_lead(report: GapReport) -> str:
    noun = report.bank.item_noun
    lead = f"Each {noun} at its target or above, with what has undone it where it was studied."
    written = any(strength.said for strength in report.strengths)
    return f"{lead} What was written on each stands in the plan." if written else lead


def _in_words(unanswered: tuple[str, ...]) -> str:
    text = "Answered in words. These change no score."
    left = "; ".join(unanswered)
    return f"{text} Not answered: {left}{'' if left.endswith('?') else '.'}" if unanswered else text


def statement(report: GapReport) -> str:
    """What the report is and is not, for its first page."""
    weighting = report.bank.weighting[:1].lower() + report.bank.weighting[1:]
    where = (
        "The full report says how the numbers come about and what they cannot tell."
        if report.length is Length.BRIEF
        else f'The part "{METHOD_TITLE}" says how the numbers come about and what they cannot tell.'
    )
    nature = "This is Plumbline's own reading" if report.notice else "This is a self-assessment"
    return (
        f"{report.caution} {nature}, made on {report.made_on} with the {report.bank.title[:1].lower()}"
        f"{report.bank.title[1:]} (version {report.bank.version}, {weighting}). It is not an inspection. {where}"
    )


def priorities_title(report: GapReport) -> str:
    """The heading over the first gaps, or over the sentence that there is none."""
    return "Look at this first" if len(report.priorities) == 1 else "Look at these first"


def carried(report: GapReport) -> Passage:
    """What a file that carries its answers says of that, under its heading."""
    more = " That is more than these pages show." if report.length is Length.BRIEF else ""
    return Passage(
        "What this file carries",
        (
            "This file carries the answers it was made from, so that its numbers can be checked. Anyone who has the "
            f"file can read them.{more}",
        ),
    )


def column_titles(report: GapReport) -> tuple[str, ...]:
    """The titles of the three columns: the published ones, or those of a reading that speaks of others."""
    return READ_TITLES if report.notice else COLUMN_TITLES


def plan_name(row: PlanRow) -> str:
    """What the first cell of a row of the plan says: a line each for the item, its levels and who takes it on."""
    who = f"Who: {' '.join(row.who.split())}" if row.who else ""
    return "\n".join(filter(None, [f"{row.item_id} {row.title}", capital(row.levels), who]))


def without_text(plan: Plan) -> str:
    """Which items the plan leaves out because nothing was written, or an empty text."""
    if not plan.without_text:
        return ""
    if not plan.rows:
        return "Nothing was written yet."
    return f"Nothing was written yet for {listed(plan.without_text)}."


def nothing_below_target(report: GapReport) -> str:
    """What stands in place of priorities where something is rated and nothing is below its target."""
    if report.priorities or report.headline.percent is None:
        return ""
    return f"Every {report.bank.item_noun} that is rated stands at its target or above."


def together_note(report: GapReport) -> str:
    """What the first page says where ratings raise a question together."""
    if len(report.together) <= NAMED_PAIRS:
        pairs = "; ".join(pair.items for pair in report.together)
        return f"These ratings raise a question when they are read together: {pairs}."
    note = f"{capital(counted(len(report.together), 'pair'))} of ratings raise a question when they are read together."
    return f"{note} The full report tells them." if report.length is Length.BRIEF else note
