"""Going back to an earlier revision of what was settled for the team."""

from __future__ import annotations

from audit.core.audits import Revision
from audit.core.people import Person
from audit.core.permissions import Deed
from audit.operations.access import require
from audit.operations.answering import restored
from audit.operations.audits import moderated_audit
from audit.operations.sheets import bank_with
from audit.operations.together import TEAM
from audit.operations.workplace import Workplace
from audit.store.connection import write
from audit.store.revisions import Place


def restore_settled(
    workplace: Workplace, person: Person, slug: str, audit_id: int, item_id: str, number: int
) -> Revision:
    """Settle an item or prompt as in an earlier revision, as a new one. Raises NotFound, NotAllowed and AuditLocked."""
    require(workplace, person, slug, Deed.SETTLE)
    with workplace.authority(slug) as file, write(file):
        bank_with(moderated_audit(file, audit_id), item_id)
        place = Place(audit_id, TEAM, item_id)
        return restored(workplace, file, person, place, number, "restored what was settled for")
