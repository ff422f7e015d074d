"""Assigning: who is asked to answer which item or prompt of an audit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from audit.core.audits import Audit
from audit.core.bank import Bank
from audit.core.bank_loader import load_bank
from audit.core.people import Membership, Person
from audit.core.permissions import Deed, may
from audit.operations.access import require
from audit.operations.audits import answerable_audit, found_audit, note
from audit.operations.errors import NotFound
from audit.operations.workplace import Workplace
from audit.store import assignments, people
from audit.store.connection import write

HAS_LEFT = "has left"
NO_LONGER_ANSWERS = "no longer gives answers"
# An item or prompt, and the id of somebody who is asked to answer it.
Pair = tuple[str, int]


@dataclass(frozen=True)
class Assignee:
    """Somebody to whom items are or may be assigned. ``gone`` is empty, or says why it may no longer be."""

    id: int
    name: str
    email: str = ""
    gone: str = ""


@dataclass(frozen=True)
class Assignments:
    """Who is asked for what in an audit, by item or prompt id, and ``people``: everybody who may be asked, by name."""

    membership: Membership
    audit: Audit
    bank: Bank
    by_item: Mapping[str, tuple[Assignee, ...]]
    people: tuple[Assignee, ...]

    def items_of(self, person_id: int) -> tuple[str, ...]:
        """The items and prompts assigned to somebody."""
        return tuple(name for name, asked in self.by_item.items() if any(each.id == person_id for each in asked))


def assignments_of(workplace: Workplace, person: Person, slug: str, audit_id: int) -> Assignments:
    """Who is asked for what. For those who may assign. Raises NotFound and NotAllowed."""
    membership = require(workplace, person, slug, Deed.MANAGE)
    with workplace.authority(slug) as file:
        audit = found_audit(file, audit_id)
        found = assignments.by_item(file, audit_id)
    known = _people(workplace, slug, {each for asked in found.values() for each in asked})
    return Assignments(
        membership=membership,
        audit=audit,
        bank=load_bank(audit.details.bank_id),
        by_item={name: tuple(known[each] for each in asked) for name, asked in found.items()},
        people=tuple(each for each in known.values() if not each.gone),
    )


def own_assignments(workplace: Workplace, person: Person, slug: str, audit_id: int) -> dict[str, int]:
    """The items and prompts assigned to this person, each with the number of people whom it is assigned to."""
    require(workplace, person, slug, Deed.BELONG)
    with workplace.authority(slug) as file:
        found_audit(file, audit_id)
        found = assignments.by_item(file, audit_id)
    return {name: len(asked) for name, asked in found.items() if person.id in asked}


def own_alone(workplace: Workplace, person: Person, slug: str, audit_id: int) -> dict[str, datetime]:
    """The items and prompts assigned to this person and nobody else, each with since when that is so."""
    require(workplace, person, slug, Deed.BELONG)
    with workplace.authority(slug) as file:
        found_audit(file, audit_id)
        found = assignments.alone(file, audit_id)
    return {name: each.since for name, each in found.items() if each.person_id == person.id}


def assign(
    workplace: Workplace,
    person: Person,
    slug: str,
    audit_id: int,
    given: Collection[Pair],
    taken: Collection[Pair] = (),
) -> int:
    """Assign what is ``given`` and take back what is ``taken``, in one transaction. Returns how much that changed.

    Where an item is given to somebody, those who may no longer answer lose it. Raises NotFound for an item that is not
    asked or a person who may not answer, AuditLocked.
    """
    require(workplace, person, slug, Deed.MANAGE)
    with workplace.authority(slug) as file, write(file):
        bank = load_bank(answerable_audit(file, audit_id).details.bank_id)
        before = {(name, each) for name, asked in assignments.by_item(file, audit_id).items() for each in asked}
        known = _people(workplace, slug, {person_id for _, person_id in before})
        _check(bank, known, given)
        renewed = {name for name, _ in given}
        lost = {(name, person_id) for name, person_id in before if name in renewed and known[person_id].gone}
        order = [*bank.items, *bank.prompts]
        to_take = sorted(({*taken} | lost) & before - {*given}, key=lambda pair: (order.index(pair[0]), pair[1]))
        to_give = sorted({*given} - before, key=lambda pair: (order.index(pair[0]), pair[1]))
        for name, person_id in to_take:
            assignments.remove(file, audit_id, name, person_id)
            note(workplace, file, person, "took back", audit_id, name, f"from {known[person_id].name}")
        for name, person_id in to_give:
            assignments.add(file, audit_id, name, person_id, person.name, workplace.now())
            note(workplace, file, person, "assigned", audit_id, name, f"to {known[person_id].name}")
        for name, _ in to_take:
            assignments.note_who_is_left(file, audit_id, name, workplace.now())
    return len(to_take) + len(to_give)


def _check(bank: Bank, known: Mapping[int, Assignee], given: Collection[Pair]) -> None:
    for name, person_id in given:
        if name not in bank.items and name not in bank.prompts:
            raise NotFound("There is no such item in this audit.")
        if person_id not in known or known[person_id].gone:
            raise NotFound("There is no such person who gives answers here.")


def _people(workplace: Workplace, slug: str, others: Collection[int]) -> dict[int, Assignee]:
    """By id: first those who give answers, by name, then those of the others who no longer do."""
    with workplace.registry() as registry:
        members = {member.person.id: member for member in people.members(registry, slug)}
        gone = {each: people.find(registry, each) for each in others if each not in members}
    found = {
        each.person.id: Assignee(each.person.id, each.person.name, each.person.email)
        for each in members.values()
        if may(each.role, Deed.ANSWER)
    }
    for each in others:
        if each in members and each not in found:
            found[each] = Assignee(each, members[each].person.name, gone=NO_LONGER_ANSWERS)
        elif each not in found:
            person = gone[each]
            found[each] = Assignee(each, person.name if person else "somebody", gone=HAS_LEFT)
    return found
