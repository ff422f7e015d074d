"""What a report says of how far the people who answered agree, and where the team's levels come from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from audit.core.agreement import APART, BROAD
from audit.core.moderation import Accords, Agreement
from audit.reports.gap_report import Passage
from audit.reports.wording import capital, counted, listed, with_article

# So many items are named in a sentence.
NAMED = 4
# What Krippendorff asks for before ratings are taken for one view, and for tentative conclusions.
FIRM, TENTATIVE = Fraction(4, 5), Fraction(2, 3)
ALONE = "The report rests on one set of answers, so it cannot say how far people agree."
_LOWER_MEDIAN = "the middle of the levels that people gave, or the lower one where two stand in the middle"
_GIVES_AWAY = "it would give away what one of them said"


def measure(value: float | Fraction | None) -> str:
    """A measure of agreement with two decimals, or an empty text for none."""
    if value is None:
        return ""
    text = f"{float(value):.2f}"
    return "0.00" if text == "-0.00" else text


def agreement_sentences(
    agreement: Agreement | None, items: int, noun: str, since: Collection[str] | None = None
) -> tuple[str, ...]:
    """Who answered, how far they agree, and how many of so many items are settled. ``noun`` is what they are called.

    ``since`` holds the ids of the items that workshops settled after people had answered, None without a workshop.
    """
    if agreement is None or agreement.answered == agreement.asked == 1:
        return (ALONE,)
    where = tuple(_where_from(agreement, items, noun))
    if agreement.answered < 2:
        return (f"{_who(agreement)}, so the report cannot say how far people agree.", *where)
    if not agreement.shown:
        withheld = f"For fewer than {agreement.smallest} the report does not say how far people agree: {_GIVES_AWAY}."
        return (f"{_who(agreement)}. {withheld}", *where)
    told = _how_far(agreement, noun) if since is None else _how_far_alone(agreement, noun, since)
    return (f"{_who(agreement)}. {' '.join(told)}", *where)


def _who(agreement: Agreement) -> str:
    """``Of 10 people asked, eight answered``."""
    people = "person" if agreement.asked == 1 else "people"
    count = _number(agreement.answered) if agreement.answered else "nobody"
    answered = "all" if agreement.answered == agreement.asked else count
    return f"Of {_number(agreement.asked)} {people} asked, {answered} answered"


def _number(count: int) -> str:
    """A number in words below ten: ``none``, ``one``, ``12``."""
    return counted(count, "time").split()[0] if count else "none"


def _how_far(agreement: Agreement, noun: str) -> Iterator[str]:
    found = agreement.accords
    if not found.compared:
        yield f"No {noun} was answered by {agreement.smallest} of them, so the report does not say how far they agree."
        return
    compared = counted(found.compared, noun)
    yield (
        f"Of the {compared} that {agreement.smallest} or more of them answered, they agree broadly on "
        f"{'all' if found.agreed == found.compared else _number(found.agreed)}."
    )
    for ids, says, _ in _named(found):
        yield f"On {_ids(ids)} {says}."


def _how_far_alone(agreement: Agreement, noun: str, since: Collection[str]) -> Iterator[str]:
    """The same after a workshop: how far people agreed before they talked, and what was settled since."""
    found = agreement.accords
    if not found.compared:
        yield from _how_far(agreement, noun)
        return
    agreed = "all" if found.agreed == found.compared else _number(found.agreed)
    yield (
        f"Answering alone, they agreed broadly on {agreed} of the {counted(found.compared, noun)} that "
        f"{agreement.smallest} or more of them answered."
    )
    open_then: list[str] = []
    for ids, _, said in _named(found):
        yield f"On {_ids(ids)} {said}."
        open_then += ids
    settled = [name for name in open_then if name in since]
    if settled:
        yield f"Since then, {_since(settled, open_then)} settled in a workshop."


def _since(settled: Sequence[str], of: Sequence[str]) -> str:
    if len(settled) < len(of) or len(of) == 1:
        return f"{_ids(settled)} {'was' if len(settled) == 1 else 'were'}"
    return "all of these were"


def _named(found: Accords) -> Iterator[tuple[Sequence[str], str, str]]:
    """The ids of items on which people do not agree, with what is said of them, and what was said in the past."""
    one = len(found.not_applicable) == 1
    for ids, says, said in (
        (found.camps, "there are two camps", "there were two camps"),
        (found.wide, "the ratings lie wide apart", "the ratings lay wide apart"),
        (found.unknown, "most do not know", "most did not know"),
        (
            found.not_applicable,
            f"most say that {'it does' if one else 'they do'} not apply",
            f"most said that {'it does' if one else 'they do'} not apply",
        ),
    ):
        if ids:
            yield ids, says, said


def _ids(ids: Sequence[str]) -> str:
    return listed(ids) if len(ids) <= NAMED else f"{', '.join(ids[: NAMED - 1])} and {len(ids) - NAMED + 1} others"


def _where_from(agreement: Agreement, items: int, noun: str) -> Iterator[str]:
    if not agreement.settled:
        settled = f"None of the {items} {noun}s is settled by the team"
    elif agreement.settled == items:
        settled = f"The team has settled all {items} {noun}s"
    else:
        settled = f"The team has settled {_number(agreement.settled)} of the {items} {noun}s"
    rest = []
    if agreement.assigned:
        one = agreement.assigned == 1
        rest.append(
            f"{_number(agreement.assigned)} {'is' if one else 'are'} answered by the one person "
            f"{'it is' if one else 'they are'} assigned to"
        )
    if agreement.medians and agreement.answered > 1:
        one = agreement.medians == 1
        number = "all" if agreement.medians == items else _number(agreement.medians)
        rest.append(f"{number} {'stands' if one else 'stand'} at the lower median: {_LOWER_MEDIAN}")
    yield ". ".join([settled, *map(capital, rest)]) + "."


def agreement_passage(agreement: Agreement | None, noun: str) -> tuple[Passage, ...]:
    """What the method says of agreement, or nothing where one person answered."""
    if agreement is None or agreement.answered < 2:
        return ()
    lines = [
        "Each person answered without seeing what others said. For the team counts what it settled. Where "
        f"{with_article(noun)} is assigned to one person, it is what that person said. Else it is the lower median: "
        f"{_LOWER_MEDIAN}.",
    ]
    if agreement.shown and agreement.accords.compared:
        lines += [
            "The consensus of Tastle and Wierman says how close the ratings lie: 1 if all are at one level, 0 if half "
            f"are at either end of the scale. From {measure(BROAD)} on this report speaks of broad agreement, below "
            f"{measure(APART)} of ratings that lie wide apart. Two camps are a third or more on either side of a dip.",
            alpha_words(agreement.accords.alpha, noun),
        ]
    lines.append(
        f"Nothing is said of agreement on {with_article(noun)} that fewer than {agreement.smallest} people answered: "
        f"{_GIVES_AWAY}."
    )
    return (Passage("How far people agree", tuple(lines)),)


def alpha_words(alpha: Fraction | None, noun: str) -> str:
    """Krippendorff's alpha with what it means and where it misleads."""
    if alpha is None:
        return (
            f"Krippendorff's alpha says nothing here: too few ratings can be compared, or all {noun}s have one level."
        )
    return (
        f"Krippendorff's alpha for ordinal ratings, over all {noun}s that may be told, is {measure(alpha)}. 1 is full "
        f"agreement, and 0 is what chance would give. {_strength(alpha)} It asks whether people tell the {noun}s apart "
        f"in the same way: where all {noun}s stand at nearly one level it is low, though people agree. With few people "
        "or few ratings it is uncertain."
    )


def _strength(alpha: Fraction) -> str:
    if alpha >= FIRM:
        return "From 0.80 on, ratings are usually taken for one shared view."
    if alpha >= TENTATIVE:
        return "From 0.67 to 0.80, ratings are usually taken for a shared view with care."
    if alpha > 0:
        return "Below 0.67, ratings are usually not taken for one shared view: read the level of the team as a middle."
    return "Here people differ as much as chance would have it, or more: read the level of the team as a middle."
