"""All answers to an audit, and what may be shown of them to those who settle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from audit.core.audits import Audit, Revision
from audit.core.bank import Bank
from audit.core.bank_loader import load_bank
from audit.core.disclosure import threshold
from audit.core.moderation import Agreement, ItemSpread, accords, item_spread
from audit.core.responses import UNANSWERED, Answers
from audit.store import assignments, respondents, revisions, rules

# Settled responses are kept as the answers of this respondent. The ids of people begin with 1.
TEAM = 0


@dataclass(frozen=True)
class TeamAnswers:
    """All newest answers to an audit. Whoever holds them can tell who said what, so no page gets them.

    ``given`` holds what each person said alone, by person and by item or prompt id; ``settled`` what was settled;
    ``assigned`` what people wrote since an item is assigned to them alone, and ``answers_for`` who they are.
    """

    bank: Bank
    given: Mapping[int, Mapping[str, Revision]]
    settled: Mapping[str, Revision]
    assigned: Mapping[str, Revision]
    answers_for: Mapping[str, int]

    @property
    def counted(self) -> dict[str, Revision]:
        """What counts as settled: what was settled, else what the person wrote to whom alone it is assigned."""
        return {**self.assigned, **self.settled_now}

    @property
    def settled_now(self) -> dict[str, Revision]:
        """What is settled, without what was taken back."""
        return {name: each for name, each in self.settled.items() if _says_anything(each)}

    def to(self, name: str) -> dict[int, Revision]:
        """The answers to an item or prompt by person, without that of whoever answers it for the team.

        That one is known by name: counted among the others, it would make them seem more than they are.
        """
        known = self.answers_for.get(name) if name in self.assigned else None
        return {who: newest[name] for who, newest in self.given.items() if name in newest and who != known}


def answers_of_team(file: Database, audit: Audit) -> TeamAnswers:
    """All newest answers. For operations that show only what may be shown of them.

    What somebody wrote before she had an item alone is one answer among others: nobody had told her that it would be
    read with her name, and whoever assigns could choose whose to read.
    """
    everyone = revisions.newest_of_all(file, audit.id)
    settled = everyone.pop(TEAM, {})
    alone = assignments.alone(file, audit.id)
    return TeamAnswers(
        bank=load_bank(audit.details.bank_id),
        given=everyone,
        settled=settled,
        assigned={
            name: newest
            for name, each in alone.items()
            if (newest := everyone.get(each.person_id, {}).get(name))
            and _says_anything(newest)
            and newest.saved_at >= each.since
        },
        answers_for={name: each.person_id for name, each in alone.items()},
    )


def answers_in(bank: Bank, newest: Mapping[str, Revision]) -> Answers:
    """A person's newest revisions as answers to the bank."""
    responses = {name: revision.response for name, revision in newest.items()}
    return Answers(
        {name: responses[name] for name in bank.items if name in responses},
        {name: responses[name] for name in bank.prompts if name in responses},
    )


def smallest_shown(file: Database) -> int:
    """The smallest number of people whose answers are shown as totals: the authority's rule, or the usual one."""
    return threshold(rules.find(file, rules.THRESHOLD))


def groups_in(file: Database, audit_id: int) -> dict[int, str]:
    """The names of the groups that count for an audit, by the ids of the people in them.

    They are kept as they were when answering closed: whoever could move one person from group to group, and look
    before and after, would see what that person said.
    """
    people = respondents.all_of(file, audit_id)
    return {who: each.group for who, each in people.items() if each.group}


def spreads_of(
    answers: TeamAnswers, smallest: int, groups: Mapping[int, str], names: Sequence[str] | None = None
) -> list[ItemSpread]:
    """What may be shown of the answers to all items, or to those of these ids. ``groups`` are by person."""
    levels = answers.bank.scale.numbers
    found = {name: answers.to(name) for name in (answers.bank.items if names is None else names)}
    return [
        item_spread(name, {who: each.response for who, each in given.items()}, groups, levels, smallest)
        for name, given in found.items()
    ]


def agreement_of(file: Database, audit: Audit, answers: TeamAnswers) -> Agreement:
    """How far those who answered agree, and where the team's levels come from."""
    spoke = {who for who, newest in answers.given.items() if any(map(_says_anything, newest.values()))}
    settled = answers.settled_now.keys()
    assigned = answers.assigned.keys() - settled
    rated = {
        name for newest in answers.given.values() for name, each in newest.items() if each.response.level is not None
    }
    smallest = smallest_shown(file)
    return Agreement(
        asked=len(spoke | respondents.all_of(file, audit.id).keys()),
        answered=len(spoke),
        smallest=smallest,
        settled=sum(name in settled for name in answers.bank.items),
        assigned=sum(name in assigned for name in answers.bank.items),
        medians=sum(name in rated - settled - assigned for name in answers.bank.items),
        accords=accords(spreads_of(answers, smallest, {})),
    )


def _says_anything(revision: Revision) -> bool:
    return revision.response != UNANSWERED
