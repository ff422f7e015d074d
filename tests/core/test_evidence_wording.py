"""A report prints a finding alone, with its setting, place, grade and basis: it has to be clear and true there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from audit.core.evidence import Finding, Strength
from audit.core.library import Library
from tests.core.statements import of_all

DEPENDENT_OPENINGS = (
    r"(Nonetheless|Nevertheless|However|But|Yet|Also|Too|Thus|Moreover|Even so|In (answer|reply)|Here|So(?! that))\b",
    r"(This|These|Those|Its?|They|Their|Them|He|She|His|Her)\b",
    r"That (agency|approach|change|manager|model|partner|setting|study|team|unit)\b",
    r"The (same|latter|former|other|above|rest|study|report|reason|answer|later statement)\b",
    r"(Another|Others|Other(?! agencies))\b",
    r"(Key point|A weak point|Staff's lesson|(?!Ingredient|Self-challenge)[A-Z][\w-]+):",
)
DOUBLED = re.compile(r"\b(\w+) \1\b", re.IGNORECASE)
POINTS_ELSEWHERE = (
    r"\bthis (report|chapter|section|paper|document)\b",
    r"\blater (section|chapter|statement)s?\b",
    r"\b(the|by the) same (partner|manager|consultant|agency|school|study)\b",
    r"\binstruments file\b",
)
INTERNAL_LINE = r"\blines? \d"
PEOPLE = (
    r"(manager|partner|parent|clinician|social worker|consultant|co-?ordinator|informant|practitioner|worker|officer|"
    r"lawyer|teacher|professional|member|respondent|person|interviewee|colleague|agency|assistant|administrator)"
)
ONE_PERSON = (
    rf"(?:^|[;,(] ?)(?:the |an? |one |another |only one )(?:[\w-]+ ){{0,3}}{PEOPLE}"
    r"(?:'s (?:\w+ ?){1,3}| quoted)?(?: at [\w ]+)?$",
    r"(?:^|[;,] )(?:Parent|Child|Partner|Manager|Participant) \w+$",
)


def texts(finding: Finding) -> Iterator[str]:
    """What a reader sees of a finding."""
    yield from (finding.setting, finding.place, finding.says, finding.basis, finding.action)
    yield from (repeat.place for repeat in finding.repeats)


def rests_on_one_person(basis: str) -> bool:
    return any(re.search(pattern, basis) for pattern in ONE_PERSON)


def hangs_on_another(says: str) -> bool:
    return any(re.match(pattern, says) for pattern in DEPENDENT_OPENINGS)


def test_a_finding_opens_so_that_it_stands_alone(library: Library) -> None:
    assert [finding.id for finding in library.findings if hangs_on_another(finding.says)] == []


def test_no_word_stands_twice_in_a_row(library: Library) -> None:
    shown = {f.id: tuple(texts(f)) for f in library.findings}
    shown |= {each.id: (each.did, each.studied, each.became) for each in library.settings}
    shown |= {name: (statement.says,) for name, statement in of_all(library).items()}
    assert {name: each for name, each in shown.items() if any(DOUBLED.search(text) for text in each)} == {}


def test_a_finding_does_not_point_to_another_part_of_its_publication(library: Library) -> None:
    pattern = re.compile("|".join(POINTS_ELSEWHERE), re.IGNORECASE)
    assert [finding.id for finding in library.findings if any(pattern.search(text) for text in texts(finding))] == []


def test_no_number_of_a_line_is_printed(library: Library) -> None:
    leaking = [f.id for f in library.findings if any(re.search(INTERNAL_LINE, text) for text in texts(f))]
    assert leaking == []


def test_what_one_person_says_is_not_called_observed(library: Library) -> None:
    observed = [finding for finding in library.findings if finding.strength is Strength.OBSERVED]
    assert [finding.id for finding in observed if rests_on_one_person(finding.basis)] == []


def test_what_rests_on_the_authors_alone_is_judged(library: Library) -> None:
    bare = [f for f in library.findings if re.fullmatch("authors' (synthesis|judgement|conclusions?)", f.basis)]
    assert bare
    assert {finding.strength for finding in bare} == {Strength.JUDGED}


def test_a_measured_finding_without_figures_says_what_was_measured(library: Library) -> None:
    """A reader who is told "measured" and sees no number needs to know why there is none."""
    numbers = ("survey", "figures", "values", "scores", "compared", "data")
    silent = [
        finding.id
        for finding in library.findings
        if finding.strength in (Strength.MEASURED, Strength.COMPARED)
        and not finding.figures
        and not any(word in finding.basis for word in numbers)
    ]
    assert silent == []


def test_a_setting_begins_with_a_capital(library: Library) -> None:
    assert [finding.id for finding in library.findings if finding.setting[:1].islower()] == []


@pytest.mark.parametrize(
    "says",
    [
        "That agency suspected that clinicians would meet every need.",
        "The same partner doubted that units were the cause.",
        "Nonetheless every interviewee said that autonomy was intact.",
        "Its principles are to put children first.",
        "Others argued against larger units.",
        "Another suggestion was to employ more staff.",
        "Trust: workers were trusted to use their skills.",
        "Key point: agree which tasks others can take.",
    ],
)
def test_an_opening_that_hangs_on_another_finding_is_noticed(says: str) -> None:
    assert hangs_on_another(says)


@pytest.mark.parametrize(
    ("basis", "alone"),
    [
        ("interviews with 10 managers; one manager", True),
        ("interviews with 10 managers; one manager's illustration", True),
        ("interviews with 6 families; Parent 6", True),
        ("thematic analysis; a clinician", True),
        ("interviews with partners; one partner's colleague", True),
        ("interviews with 10 managers; two managers", False),
        ("interviews with 6 families; several families, Parent 6 quoted as an example", False),
        ("interviews with 10 managers; some managers, one quoted as an example", False),
        ("interviews with families, partners and managers", False),
    ],
)
def test_a_basis_of_one_person_is_noticed(basis: str, *, alone: bool) -> None:
    assert rests_on_one_person(basis) is alone
