"""Sheets: an audit with the answers that somebody may read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from sqlite_utils import Database

from audit.core.audits import Audit, AuditState, EvidenceLink, Revision
from audit.core.bank import Bank
from audit.core.bank_loader import load_bank
from audit.core.closed_workshops import WorkshopSummary
from audit.core.moderation import Agreement
from audit.core.people import Authority, Membership, Person
from audit.core.permissions import Deed, may
from audit.core.responses import UNANSWERED, Answers, Response
from audit.core.scorecard import Scorecard, score_answers
from audit.core.team import team_answers
from audit.operations import together
from audit.operations.access import require
from audit.operations.audits import found_audit
from audit.operations.errors import NotAllowed, NotFound
from audit.operations.workplace import Workplace
from audit.operations.workshop_records import summaries_in
from audit.store import revisions
from audit.store.connection import File
from audit.store.revisions import Place


@dataclass(frozen=True)
class Sheet:
    """An audit with answers: a person's own, or the team's.

    ``responses`` and ``links`` hold them by item or prompt id. ``revisions`` holds, in the same way, the newest
    revisions behind them: the person's own, or those that are settled. ``agreement`` is there for a team's sheet, and
    so are the ``workshops`` that are closed, oldest first.
    """

    membership: Membership
    audit: Audit
    bank: Bank
    revisions: Mapping[str, Revision]
    responses: Mapping[str, Response]
    links: Mapping[str, tuple[EvidenceLink, ...]] = field(default_factory=dict)
    agreement: Agreement | None = None
    workshops: tuple[WorkshopSummary, ...] = ()

    @property
    def authority(self) -> Authority:
        """Whose audit it is."""
        return self.membership.authority

    @property
    def of_team(self) -> bool:
        """Whether these are the team's answers, and not one person's own."""
        return self.agreement is not None

    @cached_property
    def answers(self) -> Answers:
        """The answers as they are scored: an item without a target of its own has the audit's."""
        target = self.audit.details.target
        items = {
            item_id: replace(response, target=target) if response.target is None else response
            for item_id in self.bank.items
            if (response := self.responses.get(item_id, UNANSWERED)) is not UNANSWERED or target is not None
        }
        return Answers(items, {name: self.responses[name] for name in self.bank.prompts if name in self.responses})

    def scorecard(self, weighting: str | None = None) -> Scorecard:
        """The scorecard under a weighting of the bank, by default the audit's. KeyError for an unknown one."""
        return score_answers(self.bank, self.answers, self.bank.weighting(weighting or self.audit.details.weighting))


def own_sheet(workplace: Workplace, person: Person, slug: str, audit_id: int) -> Sheet:
    """The audit with the person's own answers. Raises NotFound."""
    membership = require(workplace, person, slug, Deed.READ_QUESTIONS)
    with workplace.authority(slug) as file:
        return sheet_of_person(membership, file, found_audit(file, audit_id), person)


def sheet_of_one(workplace: Workplace, person: Person, slug: str, audit_id: int, name: str) -> Sheet:
    """The audit with the person's own answer to one item or prompt only. Raises NotFound where there is none."""
    membership = require(workplace, person, slug, Deed.READ_QUESTIONS)
    with workplace.authority(slug) as file:
        audit = found_audit(file, audit_id)
        bank = bank_with(audit, name)
        newest = revisions.newest(file, Place(audit_id, person.id, name))
    return _sheet(membership, audit, bank, {name: newest} if newest else {})


def sheet_to_read(workplace: Workplace, person: Person, slug: str, audit_id: int) -> Sheet:
    """The audit with the answers that this person reads as its result.

    While it is open, that is one's own. Once answering is closed, those who settle read the team's, and after sign-off
    those who answered do, too. Raises NotFound, and NotAllowed where there is nothing that the person may read so: a
    viewer reads signed versions, and nothing else.
    """
    membership = require(workplace, person, slug, Deed.BELONG)
    with workplace.authority(slug) as file:
        audit = found_audit(file, audit_id)
        if reads_team(membership, audit):
            return team_sheet(membership, file, audit)
        if may(membership.role, Deed.SEE_OWN):
            return sheet_of_person(membership, file, audit, person)
    raise NotAllowed("There is nothing to read here for your role but what is signed off.")


def reads_team(membership: Membership, audit: Audit) -> bool:
    """Whether a member reads the team's answers as the result of an audit now."""
    totals, own = may(membership.role, Deed.SEE_TOTALS), may(membership.role, Deed.SEE_OWN)
    return (audit.state.locked and (totals or own)) or (audit.state is AuditState.MODERATED and totals)


def team_sheet(membership: Membership, file: File, audit: Audit) -> Sheet:
    """The team's answers: settled ones, then those of whoever answers an item for the team, then the lower median.

    For operations that have checked that the person may see them.
    """
    answers = together.answers_of_team(file, audit)
    sheet = sheet_made_of(answers, membership, audit, together.agreement_of(file, audit, answers))
    return replace(sheet, workshops=summaries_in(file, audit.id))


def sheet_made_of(answers: together.TeamAnswers, membership: Membership, audit: Audit, agreement: Agreement) -> Sheet:
    """The team's sheet, made of all answers to the audit."""
    bank, counted = answers.bank, answers.counted
    given = [together.answers_in(bank, newest) for newest in answers.given.values()]
    made = team_answers(bank, {name: each.response for name, each in counted.items()}, given)
    alone = next(iter(answers.given.values())) if len(answers.given) == 1 else {}
    return Sheet(
        membership=membership,
        audit=audit,
        bank=bank,
        revisions=answers.settled,
        responses={**made.items, **made.prompts},
        links={name: each.links for name, each in {**alone, **counted}.items()},
        agreement=agreement,
    )


def bank_with(audit: Audit, name: str) -> Bank:
    """The audit's bank, which has an item or prompt of this name. Raises NotFound."""
    bank = load_bank(audit.details.bank_id)
    if name not in bank.items and name not in bank.prompts:
        raise NotFound("There is no such item in this audit.")
    return bank


def sheet_of_person(membership: Membership, file: Database, audit: Audit, person: Person) -> Sheet:
    """The person's own answers. For operations that have checked that the person may see them."""
    newest = revisions.all_newest(file, audit.id, person.id)
    return _sheet(membership, audit, load_bank(audit.details.bank_id), newest)


def _sheet(membership: Membership, audit: Audit, bank: Bank, newest: Mapping[str, Revision]) -> Sheet:
    return Sheet(
        membership=membership,
        audit=audit,
        bank=bank,
        revisions=newest,
        responses={name: revision.response for name, revision in newest.items()},
        links={name: revision.links for name, revision in newest.items()},
    )
