"""What stands beside an audit in its report."""

from __future__ import annotations

from audit.core.audits import Audit, AuditDetails, AuditState
from audit.core.people import Person
from audit.operations.answering import save_response
from audit.operations.audits import open_audit
from audit.operations.closing import close_answering
from audit.operations.rounds import rounds_around
from audit.operations.sheets import sheet_to_read
from audit.operations.workplace import Workplace
from audit.store import audits
from audit.store.connection import write
from tests.making import rated

SLUG = "testshire"
OTHER = AuditDetails("key-ingredients", "Autumn 2026")


def beside(workplace: Workplace, person: Person, audit: Audit, *, signed: bool = False) -> list[tuple[int, bool]]:
    sheet = sheet_to_read(workplace, person, SLUG, audit.id)
    found = rounds_around(workplace, person, sheet, signed=signed).beside
    return [(each.audit.id, each.of_team) for each in found]


def test_what_one_answered_alone_stands_in_no_report_of_the_team(
    workplace: Workplace, lead: Person, audit: Audit
) -> None:
    other = open_audit(workplace, lead, SLUG, OTHER)
    save_response(workplace, lead, SLUG, other.id, "W1", rated(0))
    assert beside(workplace, lead, audit) == [(other.id, False)], "in one's own report it may"
    close_answering(workplace, lead, SLUG, audit.id)
    assert beside(workplace, lead, audit) == []
    close_answering(workplace, lead, SLUG, other.id)
    assert beside(workplace, lead, audit) == [(other.id, True)]


def test_what_is_not_signed_off_stands_in_no_signed_report(workplace: Workplace, lead: Person, audit: Audit) -> None:
    """Viewers read signed versions, and nothing of an audit before that."""
    other = open_audit(workplace, lead, SLUG, OTHER)
    for each in (audit, other):
        close_answering(workplace, lead, SLUG, each.id)
    assert beside(workplace, lead, audit, signed=True) == []
    with workplace.authority(SLUG) as file, write(file):
        audits.set_state(file, other.id, AuditState.SIGNED_OFF)
    assert beside(workplace, lead, audit, signed=True) == [(other.id, True)]
