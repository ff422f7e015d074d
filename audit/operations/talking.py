"""What is typed at the desk while an item is talked about: notes, and the answer as it takes shape."""

from __future__ import annotations

from collections.abc import Mapping

from audit.core.people import Person
from audit.core.permissions import Deed
from audit.operations.access import require
from audit.operations.audits import unlocked_audit
from audit.operations.errors import NotFound, StaleTalk
from audit.operations.rooms import found_workshop
from audit.operations.workplace import Workplace
from audit.store import talks
from audit.store.connection import write
from audit.store.talks import Talk


def talk_on(workplace: Workplace, person: Person, slug: str, workshop_id: int, item_id: str) -> Talk | None:
    """What is typed on an item so far, or None. Raises NotFound and NotAllowed."""
    require(workplace, person, slug, Deed.SETTLE)
    with workplace.authority(slug) as file:
        found_workshop(file, workshop_id)
        return talks.find(file, workshop_id, item_id)


def keep_talk(
    workplace: Workplace,
    person: Person,
    slug: str,
    workshop_id: int,
    item_id: str,
    fields: Mapping[str, str],
    seen: int,
) -> Talk:
    """Keep what is typed on an item; the same again makes no new version.

    ``seen`` is the number of the version that it was typed over, 0 for none. Raises StaleTalk where a newer one exists,
    AuditLocked, NotFound and NotAllowed.
    """
    require(workplace, person, slug, Deed.SETTLE)
    with workplace.authority(slug) as file, write(file):
        workshop = found_workshop(file, workshop_id)
        unlocked_audit(file, workshop.audit_id)
        if item_id not in workshop.plan.item_ids:
            raise NotFound("There is no such item on the agenda.")
        newest = talks.find(file, workshop_id, item_id)
        if newest is not None and dict(newest.fields) == dict(fields):
            return newest
        if newest is not None and newest.number != seen:
            raise StaleTalk(newest)
        talk = Talk(newest.number + 1 if newest else 1, dict(fields), person.name, workplace.now())
        talks.keep(file, workshop_id, item_id, talk)
    return talk
