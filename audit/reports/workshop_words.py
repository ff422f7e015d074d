"""What screens, records and reports say of a workshop's votes: spreads, movement, decision rules and verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from audit.core.agreement import Accord, Spread
from audit.core.bank import Bank
from audit.core.decisions import DecisionRule, RuleKind, Verdict, Why
from audit.core.responses import Confidence, RatingState
from audit.core.round_results import FEWEST_SHOWN, Moved, RoundResult
from audit.reports.agreement_words import measure
from audit.reports.wording import capital, counted, level_words, listed

# Each decision rule with a short name and with what it means.
RULES = {
    RuleKind.FACILITATOR: (
        "The facilitator settles after the talk",
        "The votes are there to start the talk. What the room agrees on counts.",
    ),
    RuleKind.MEDIAN: (
        "The middle of the votes",
        "The level in the middle of all levels chosen counts, or the lower one where two stand in the middle.",
    ),
    RuleKind.MAJORITY: ("More than half", "A level counts if more than half of those who voted chose it."),
    RuleKind.TWO_THIRDS: ("Two thirds", "A level counts if at least two thirds of those who voted chose it."),
    RuleKind.CONSENSUS: (
        "A consensus of a set value",
        "The level in the middle counts if the votes lie close enough together.",
    ),
}
# Of these, no level stands in the middle of what people think.
_NO_MIDDLE = {Accord.CAMPS, Accord.UNKNOWN, Accord.NOT_APPLICABLE, Accord.TOO_FEW}
# What a word on agreement means for the talk.
_MEANS = {
    Accord.TOO_FEW: "Too few rated a level to speak of agreement.",
    Accord.UNKNOWN: "More than half do not know. Ask who in the service would know, and what would show it.",
    Accord.NOT_APPLICABLE: "More than half say that it does not apply. Ask why, and whether a part of it does.",
    Accord.UNANIMOUS: "Ask what everyone has seen that shows it.",
    Accord.BROAD: "The votes lie close together. Hear those who chose otherwise, then settle.",
    Accord.SOME: "Most lie near each other. Ask the lowest and the highest what they have seen.",
    Accord.CAMPS: "There are two groups of votes with a dip between them. Ask each camp what it has seen.",
    Accord.WIDE: "The votes are spread over the scale. People may have different parts of the service in mind.",
}
# How sure people say that they are, the surest first.
SURE = {Confidence.HIGH: "Very sure", Confidence.MEDIUM: "Fairly sure", Confidence.LOW: "Not sure"}
TOO_FEW = f"Fewer than {FEWEST_SHOWN} voted, so the votes are not shown: each could tell what the others chose."
NO_VOTES = "There is nothing to show. Talk, and vote again or settle."
# What stands beside a consensus for those who see one for the first time.
CONSENSUS_MEANS = "1 is all at one level, 0 is half at either end of the scale."
FEW_PHONES = (
    f"Fewer than {FEWEST_SHOWN} voted by phone and the others on paper, so the votes are not shown: whoever counted "
    "the paper could tell what the phones chose. Let them vote on paper, too."
)
PRIVACY = (
    "Nobody sees how you voted, not even whoever runs the workshop. After the reveal everyone sees how many chose each "
    f"level, if {FEWEST_SHOWN} or more voted. What each person chose is forgotten when the workshop closes."
)
_WHY = {
    Why.NOT_SHOWN: "the votes are not shown",
    Why.NO_QUORUM: "fewer voted than the quorum asks for",
    Why.UNKNOWN: "most do not know",
    Why.NOT_RATED: "half or more did not choose a level",
    Why.NO_MAJORITY: "no choice has more than half of the votes",
    Why.NO_TWO_THIRDS: "no choice has two thirds of the votes",
}


@dataclass(frozen=True)
class Bar:
    """One choice of a vote: ``label`` is short (``3`` or ``Don't know``), ``words`` say it in full.

    ``share`` is its part of all votes, 0 to 1. ``level`` is None for what is no level. ``middle`` marks the lower
    median, where one stands in the middle of what people think.
    """

    label: str
    words: str
    number: int
    share: Fraction
    level: int | None = None
    middle: bool = False


def bars(spread: Spread, bank: Bank) -> tuple[Bar, ...]:
    """The choices of a vote, levels from the lowest to the highest, then "don't know" and "not applicable"."""
    votes = max(spread.answered, 1)
    levels = [
        Bar(
            label=str(level.number),
            words=capital(f"level {level_words(level)}"),
            number=spread.levels[level.number],
            share=Fraction(spread.levels[level.number], votes),
            level=level.number,
            middle=level.number == spread.lower_median and spread.accord not in _NO_MIDDLE,
        )
        for level in bank.scale.levels
    ]
    others = [
        Bar(state.words, state.words, number, Fraction(number, votes))
        for state, number in (
            (RatingState.DONT_KNOW, spread.dont_know),
            (RatingState.NOT_APPLICABLE, spread.not_applicable),
        )
    ]
    return (*levels, *others)


def accord_title(result: RoundResult) -> str:
    """How far a vote agrees, in a few words: ``Two camps``."""
    if result.spread is None:
        return _title_of_none(result.voted)
    return capital(result.spread.accord.value)


def accord_means(result: RoundResult) -> str:
    """What that means for the talk."""
    return withheld_words(result) if result.spread is None else _MEANS[result.spread.accord]


def withheld_words(result: RoundResult) -> str:
    """Why the votes of a round are not shown."""
    if not result.voted:
        return NO_VOTES
    return TOO_FEW if result.voted < FEWEST_SHOWN else FEW_PHONES


def consensus_words(spread: Spread | None) -> str:
    """``Consensus 0.83 of 1``, or an empty text where there is none to speak of."""
    value = spread.consensus if spread else None
    return "" if value is None else f"Consensus {measure(value)} of 1"


def result_sentence(result: RoundResult, bank: Bank) -> str:
    """The whole result in a sentence or two, for somebody who hears it."""
    if result.spread is None:
        return f"{accord_title(result)}. {withheld_words(result)}"
    chosen = [f"{bar.words}: {bar.number}" for bar in bars(result.spread, bank) if bar.number]
    said = [f"{accord_title(result)}.", f"{counted(result.voted, 'vote').capitalize()}. {'. '.join(chosen)}."]
    consensus = consensus_words(result.spread)
    return " ".join([*said, f"{consensus}." if consensus else ""]).strip()


def confidence_words(result: RoundResult) -> str:
    """How sure people were, or an empty text where nobody said."""
    said = [
        f"{_people(result.confidence[each])} {words.lower()}"
        for each, words in SURE.items()
        if result.confidence.get(each)
    ]
    return f"How sure people are: {listed(said)}." if said else ""


def moved_words(moved: Moved | None) -> str:
    """How people moved since the round before, or an empty text."""
    if moved is None:
        return ""
    if not moved.up and not moved.down:
        return f"Since the round before, all {moved.same} who voted in both stayed where they were."
    parts = [
        f"{_people(number)} {words}"
        for number, words in ((moved.up, "moved up"), (moved.down, "moved down"), (moved.same, "stayed"))
        if number
    ]
    return f"Since the round before, {listed(parts)}."


def rule_words(rule: DecisionRule) -> str:
    """A decision rule with its quorum, in a sentence or two."""
    name, means = RULES[rule.kind]
    if rule.kind is RuleKind.CONSENSUS:
        name = f"A consensus of {measure(Fraction(rule.consensus, 100))} or more"
    quorum = f" At least {counted(rule.quorum, 'vote')} must be cast." if rule.quorum else ""
    return f"{name}. {means}{quorum}"


def verdict_words(verdict: Verdict, rule: DecisionRule, bank: Bank) -> str:
    """What the decision rule makes of a vote, and what can be done where it decides nothing."""
    if verdict.why is Why.FACILITATOR:
        return "The facilitator settles after the talk."
    if verdict.decided:
        return f"The decision rule gives {choice_words(verdict.level, verdict.state, bank)}."
    return f"The decision rule does not decide: {_why(verdict, rule)}. Talk, and vote again or settle."


def settled_by_words(decided: Why, gave: str, at: str, rule: DecisionRule) -> str:
    """How a level was settled: ``gave`` is what the rule gave, ``at`` what was settled, both in words."""
    if decided is Why.FACILITATOR:
        return "Settled by the facilitator after the talk."
    if decided is not Why.DECIDED:
        return f"The decision rule did not decide ({_why(Verdict(decided), rule)}). Settled after the talk."
    if gave == at:
        return "Settled by the decision rule."
    return f"The decision rule gave {gave}. The room settled on {at} after the talk."


def choice_words(level: int | None, state: RatingState, bank: Bank) -> str:
    """A choice within a sentence: ``level 2, partly in place``, ``not applicable``."""
    return f"level {level_words(bank.scale.level(level))}" if level is not None else state.words.lower()


def time_words(seconds: float) -> str:
    """A length of time, to the minute: ``less than a minute``, ``1 minute``, ``1 hour 5 minutes``."""
    minutes = int(seconds // 60)
    return " ".join(_hours_and_minutes(minutes)) or "less than a minute"


def _title_of_none(voted: int) -> str:
    if not voted:
        return "Nobody voted"
    return "Too few votes to show" if voted < FEWEST_SHOWN else "The votes are not shown"


def _hours_and_minutes(minutes: int) -> Iterator[str]:
    hours, rest = divmod(minutes, 60)
    if hours:
        yield f"{hours} hour{'s' if hours > 1 else ''}"
    if rest:
        yield f"{rest} minute{'s' if rest > 1 else ''}"


def _why(verdict: Verdict, rule: DecisionRule) -> str:
    if verdict.why is Why.NO_CONSENSUS:
        return f"the consensus is below {measure(Fraction(rule.consensus, 100))}"
    return _WHY[verdict.why]


def _people(number: int) -> str:
    return counted(number, "person").replace("persons", "people")
