"""Every worked example of the part of docs/method.md on votes in a workshop, computed by the code."""

from __future__ import annotations

import pytest

from audit.core.agreement import Spread
from audit.core.decisions import DecisionRule, RuleKind, Why, decide
from audit.core.responses import RatingState
from audit.core.round_results import FEWEST_SHOWN, Cast, Vote, result_of
from audit.reports.workshop_words import RULES
from tests.core.test_method_examples import DOCUMENT, says


def votes_of(text: str) -> Spread:
    """The votes of a line of the table: ``2, 2, "don't know"``, ``5 times level 2``."""
    chosen: list[str] = []
    for part in text.split(", "):
        count, times, choice = part.partition(" times ")
        chosen += [choice.removeprefix("level ")] * int(count) if times else [part]
    levels = {level: chosen.count(str(level)) for level in range(5)}
    return Spread(levels, chosen.count('"not applicable"'), chosen.count('"don\'t know"'))


RULE_NAMES = {**{name: kind for kind, (name, _) in RULES.items()}, "A consensus of 0.80 or more": RuleKind.CONSENSUS}
RULE_ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in DOCUMENT.splitlines()
    if line.strip("| ").partition(" |")[0] in RULE_NAMES
]


def test_the_table_of_decision_rules_names_each() -> None:
    assert {RULE_NAMES[row[0]] for row in RULE_ROWS} == set(RuleKind)
    assert len(RULE_ROWS) == 9


@pytest.mark.parametrize("row", RULE_ROWS, ids=lambda row: f"{row[0]}: {row[2]}")
def test_a_rule_gives_what_the_table_says(row: list[str]) -> None:
    name, _, votes, gives = row
    verdict = decide(DecisionRule(RULE_NAMES[name], consensus=80), votes_of(votes))
    nothing = "the talk decides" if verdict.why is Why.FACILITATOR else "nothing"
    assert gives == (f"level {verdict.level}" if verdict.decided else nothing)


def test_the_two_values_of_consensus_are_those_of_the_lines() -> None:
    values = [votes_of(row[2]).consensus for row in RULE_ROWS[-2:]]
    assert says(f"In the last two lines consensus is {values[0]:.2f} and {values[1]:.2f}.")


def test_movement_counts_those_who_chose_a_level_both_times() -> None:
    first = dict(enumerate([Vote(RatingState.RATED, level) for level in (1, 3, 2)] + [Vote(RatingState.DONT_KNOW)]))
    second = dict(enumerate(Vote(RatingState.RATED, level) for level in (2, 2, 2, 0)))
    moved = result_of(Cast(second, earlier=first), 4, range(5), 5).moved
    assert moved is not None
    assert says(f"Of three people, {moved.up} moved up, {moved.down} moved down and {moved.same} stayed.")
    assert says(f"It needs {FEWEST_SHOWN} such people.")
    assert says(f"Where fewer than {FEWEST_SHOWN} people voted, nobody sees how the votes lie")
