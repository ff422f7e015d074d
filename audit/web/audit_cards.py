"""The audits of an authority as its page lists them: to each role what it may know and where it may go."""

from __future__ import annotations

from dataclasses import dataclass

from audit.core.audits import Audit, AuditState
from audit.core.bank import Bank
from audit.core.bank_loader import load_bank
from audit.core.people import Membership, Person, Role
from audit.core.permissions import Deed, may
from audit.core.responses import UNANSWERED, RatingState
from audit.core.versions import Version
from audit.operations.audits import audits_of
from audit.operations.sheets import own_sheet
from audit.operations.signing import newest_versions
from audit.operations.workplace import Workplace


@dataclass(frozen=True)
class Card:
    """One audit. ``answered`` is how many items the person has answered, None for a role that gives no answers.

    ``version`` is the newest that is signed, or None. ``pages`` are endpoints with words; the first is where the title
    leads. A viewer has none of them: she reads signed versions.
    """

    audit: Audit
    bank: Bank
    answered: int | None
    version: Version | None
    pages: tuple[tuple[str, str], ...]


def audit_cards(workplace: Workplace, person: Person, membership: Membership) -> list[Card]:
    """The authority's audits, newest first."""
    slug, role = membership.authority.slug, membership.role
    versions = newest_versions(workplace, person, slug)
    return [
        Card(
            audit=audit,
            bank=load_bank(audit.details.bank_id),
            answered=_answered(workplace, person, slug, audit) if may(role, Deed.SEE_OWN) else None,
            version=versions.get(audit.id),
            pages=pages_for(role, audit.state),
        )
        for audit in audits_of(workplace, person, slug)
    ]


def pages_for(role: Role, state: AuditState) -> tuple[tuple[str, str], ...]:
    """The pages of an audit in this state that somebody in this role can use: endpoints with words."""
    runs = may(role, Deed.MANAGE)
    reads = may(role, Deed.SEE_OWN) or (may(role, Deed.SEE_TOTALS) and not state.takes_answers)
    return (
        *([("audits.tasks", "Answer" if state.takes_answers else "Answers")] if may(role, Deed.SEE_OWN) else []),
        *([("results.show", "Results"), ("reports.page", "Gap report")] if reads else []),
        *([("team.show", "Team"), ("workshops.index", "Workshops")] if runs else []),
        *([("moderation.show", "Settle the team's answers")] if runs and state is AuditState.MODERATED else []),
        *([("signing.sign", "Sign off")] if may(role, Deed.SIGN_OFF) and state is AuditState.MODERATED else []),
    )


def _answered(workplace: Workplace, person: Person, slug: str, audit: Audit) -> int:
    """How many items of an audit the person gave an answer of any kind to."""
    sheet = own_sheet(workplace, person, slug, audit.id)
    given = [sheet.responses.get(item_id, UNANSWERED).state for item_id in sheet.bank.items]
    return len(given) - given.count(RatingState.UNANSWERED)
