"""Bringing the demonstration audits into an instance."""

from __future__ import annotations

from audit.core.audits import AuditDetails
from audit.core.bank_loader import load_bank
from audit.core.demonstrations import Demonstration
from audit.core.people import Authority, Person
from audit.operations.audits import audits_of, open_audit
from audit.operations.authorities import create_authority, memberships_of
from audit.operations.importing import import_answers
from audit.operations.workplace import Workplace

PERIOD = "As published"


def bring_in(workplace: Workplace, person: Person, demonstration: Demonstration) -> Authority:
    """The demonstration as an authority of the person, with its audit answered; what is there already stays."""
    authority = _authority(workplace, person, demonstration.authority)
    opened = audits_of(workplace, person, authority.slug)
    if demonstration.bank_id not in [audit.details.bank_id for audit in opened]:
        bank = load_bank(demonstration.bank_id)
        details = AuditDetails(bank.id, PERIOD, weighting=bank.weightings[0].name, illustrative=demonstration.about)
        audit = open_audit(workplace, person, authority.slug, details)
        import_answers(workplace, person, authority.slug, audit.id, demonstration.answers(bank))
    return authority


def _authority(workplace: Workplace, person: Person, name: str) -> Authority:
    for membership in memberships_of(workplace, person):
        if membership.authority.name == name:
            return membership.authority
    return create_authority(workplace, person, name)
