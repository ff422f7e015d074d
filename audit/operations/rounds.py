"""What stands beside an audit: earlier rounds of it, and audits of the same scope on other banks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from audit.core.audits import Audit
from audit.core.people import Person
from audit.operations.audits import audits_of
from audit.operations.errors import NotAllowed
from audit.operations.sheets import Sheet, sheet_to_read
from audit.operations.workplace import Workplace


@dataclass(frozen=True)
class Rounds:
    """``first`` tells whether no earlier audit is on the same bank.

    ``beside`` are sheets of the newest audits on other banks that have the same scope: the whole service, or the same
    locality or team.
    """

    first: bool
    beside: tuple[Sheet, ...]


def rounds_around(workplace: Workplace, person: Person, sheet: Sheet, *, signed: bool = False) -> Rounds:
    """What stands beside the audit of a sheet, as the person may read it.

    Beside a team's answers stand a team's only: what the person answered alone must not travel in a report of the team.
    With ``signed``, only audits that are signed off stand there, as others may read no other.
    """
    slug, here = sheet.authority.slug, sheet.audit
    audits = audits_of(workplace, person, slug)
    newest: dict[str, Audit] = {}
    for audit in audits:
        if audit.details.bank_id != here.details.bank_id and _scope(audit) == _scope(here):
            newest.setdefault(audit.details.bank_id, audit)
    return Rounds(
        first=not any(audit.details.bank_id == here.details.bank_id and audit.id < here.id for audit in audits),
        beside=tuple(
            each
            for each in _readable(workplace, person, slug, newest.values())
            if (each.of_team or not sheet.of_team) and (each.audit.state.locked or not signed)
        ),
    )


def _readable(workplace: Workplace, person: Person, slug: str, audits: Iterable[Audit]) -> Iterator[Sheet]:
    for audit in audits:
        with suppress(NotAllowed):
            yield sheet_to_read(workplace, person, slug, audit.id)


def _scope(audit: Audit) -> tuple[str, str]:
    return (audit.details.scope.value, audit.details.scope_name.casefold())
