"""The answers of a whole team: settled ones first, then what its members said on their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audit.core.agreement import spread
from audit.core.bank import Bank
from audit.core.responses import UNANSWERED, Answers, RatingState, Response

ALL_NOT_APPLICABLE = "Everyone who answered marked this as not applicable."


def team_answers(bank: Bank, settled: Mapping[str, Response], given: Sequence[Answers]) -> Answers:
    """What is scored for a team.

    ``settled`` holds the settled responses by item or prompt id; ``given`` what each respondent said alone. A settled
    response counts as it is. Without one, an item is rated at the lower median of the levels that people rated; where
    nobody rated it, it is not applicable if everyone who answered says so, and else "don't know". Texts belong to
    their writers: they count for the team only when settled, or when there is one respondent in all.
    """
    spoke = [answers for answers in given if _says_anything(answers)]
    if len(spoke) == 1:
        alone = spoke[0]
        return Answers({**alone.items, **_of(bank.items, settled)}, {**alone.prompts, **_of(bank.prompts, settled)})
    levels = bank.scale.numbers
    items = {item_id: _together([answers.of(item_id) for answers in spoke], levels) for item_id in bank.items}
    answered = {item_id: response for item_id, response in items.items() if response != UNANSWERED}
    return Answers({**answered, **_of(bank.items, settled)}, _of(bank.prompts, settled))


def _says_anything(answers: Answers) -> bool:
    return any(response != UNANSWERED for response in (*answers.items.values(), *answers.prompts.values()))


def _of(names: Mapping[str, object], settled: Mapping[str, Response]) -> dict[str, Response]:
    return {name: settled[name] for name in names if settled.get(name, UNANSWERED) != UNANSWERED}


def _together(responses: Sequence[Response], levels: Sequence[int]) -> Response:
    """The unsettled responses of several people as one."""
    found = spread(responses, levels)
    if found.rated:
        return Response(RatingState.RATED, found.lower_median)
    if found.dont_know:
        return Response(RatingState.DONT_KNOW)
    if found.not_applicable:
        return Response(RatingState.NOT_APPLICABLE, reason=ALL_NOT_APPLICABLE)
    return UNANSWERED
