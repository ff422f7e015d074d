"""The people who answer an audit: how far each has come, and whose names are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from audit.core.audits import Audit
from audit.core.bank import Bank
from audit.core.bank_loader import load_bank
from audit.core.people import Membership, Person
from audit.core.permissions import Deed
from audit.operations.access import require
from audit.operations.audits import found_audit, note, unlocked_audit
from audit.operations.closing import answered_by, groups_now, who_answer
from audit.operations.together import smallest_shown
from audit.operations.workplace import Workplace
from audit.store import respondents
from audit.store.connection import File, write


@dataclass(frozen=True)
class TeamMember:
    """A person who is asked to answer. ``last`` is when she last saved something, ``group`` empty for none.

    ``left`` says that she does not answer any more: she has left, or has another role now.
    """

    name: str
    group: str
    answered: int
    last: datetime | None
    left: bool = False


@dataclass(frozen=True)
class Rate:
    """How many of the people of a group have begun, and how many of their answers to items are there."""

    name: str
    people: int
    begun: int
    answers: int
    asked: int


@dataclass(frozen=True)
class Team:
    """The people of an audit by name, with the response rates of its groups. It holds no answers."""

    membership: Membership
    audit: Audit
    bank: Bank
    members: tuple[TeamMember, ...]
    smallest: int

    @property
    def overall(self) -> Rate:
        """The response rate of all."""
        return _rate("Everyone", self.members, self.bank)

    @property
    def rates(self) -> tuple[Rate, ...]:
        """The response rate of each group, by name; those without a group last. Empty where there are no groups."""
        named = sorted({each.group for each in self.members if each.group}, key=str.casefold)
        order = [*named, ""] if named and any(not each.group for each in self.members) else named
        return tuple(_rate(name, [each for each in self.members if each.group == name], self.bank) for name in order)


@dataclass(frozen=True)
class Notice:
    """What somebody who answers should know before: how few are never shown, and whether her name is shown.

    ``alone`` says that nobody else is asked, and that nobody else's answers are there.
    """

    smallest: int
    named: bool
    alone: bool


def team_of(workplace: Workplace, person: Person, slug: str, audit_id: int) -> Team:
    """How far each person has come. Raises NotFound and NotAllowed."""
    membership = require(workplace, person, slug, Deed.MANAGE)
    asked = who_answer(workplace, slug)
    with workplace.authority(slug) as file:
        audit = found_audit(file, audit_id)
        bank = load_bank(audit.details.bank_id)
        return Team(membership, audit, bank, _members(file, audit, bank, asked), smallest_shown(file))


def notice_for(workplace: Workplace, person: Person, slug: str, audit_id: int) -> Notice:
    """What the person should know before she answers. Raises NotFound and NotAllowed."""
    require(workplace, person, slug, Deed.ANSWER)
    asked = who_answer(workplace, slug)
    with workplace.authority(slug) as file:
        found_audit(file, audit_id)
        known = respondents.all_of(file, audit_id).get(person.id)
        alone = {*asked, *answered_by(file, audit_id)} == {person.id}
        return Notice(smallest_shown(file), bool(known and known.named), alone)


def show_name(workplace: Workplace, person: Person, slug: str, audit_id: int, *, named: bool) -> None:
    """Let others see the person's name beside what she writes in this audit, or no longer. Raises AuditLocked."""
    require(workplace, person, slug, Deed.ANSWER)
    with workplace.authority(slug) as file, write(file):
        unlocked_audit(file, audit_id)
        respondents.choose(file, audit_id, person, named=named)
        note(workplace, file, person, "chose to show the name" if named else "chose not to show the name", audit_id)


def _members(file: File, audit: Audit, bank: Bank, asked: Mapping[int, str]) -> tuple[TeamMember, ...]:
    came, known = answered_by(file, audit.id), respondents.all_of(file, audit.id)
    group_of = _group_finder(file, audit, known)
    # Once answering is closed, those who were asked then are those who count.
    ids = {*asked, *came} if audit.state.takes_answers or not known else {*known, *came}
    found = [
        TeamMember(
            name=asked.get(who) or (known[who].name if who in known else "Somebody who has left"),
            group=group_of(who),
            answered=len(came[who].answered & bank.items.keys()) if who in came else 0,
            last=came[who].last if who in came else None,
            left=who not in asked,
        )
        for who in ids
    ]
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.name)))


def _group_finder(file: Database, audit: Audit, known: Mapping[int, respondents.Respondent]) -> Callable[[int], str]:
    now = groups_now(file)
    if audit.state.takes_answers:
        return lambda who: now.get(who, "")
    return lambda who: (known[who].group or "") if who in known else ""


def _rate(name: str, members: tuple[TeamMember, ...] | list[TeamMember], bank: Bank) -> Rate:
    return Rate(
        name=name,
        people=len(members),
        begun=sum(each.answered > 0 for each in members),
        answers=sum(each.answered for each in members),
        asked=len(members) * len(bank.items),
    )
