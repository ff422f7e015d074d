"""The instance that a command works on, and the person it works as."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from audit.core.audits import Audit
from audit.core.errors import UsageError
from audit.core.people import Membership, Person
from audit.operations.audits import audits_of
from audit.operations.authorities import memberships_of
from audit.operations.people import person_with_email
from audit.operations.workplace import Workplace

Command = Callable[..., Any]
DEMONSTRATION_LEAD = "lead@example.org"


def workplace() -> Workplace:
    """The instance in the folder that PLUMBLINE_INSTANCE names, or in ``instance`` here."""
    return Workplace(Path(os.environ.get("PLUMBLINE_INSTANCE", "instance")))


def audit_options(command: Command) -> Command:
    """``--authority``, ``--audit`` and ``--as``; :func:`chosen_audit` turns them into the audit."""
    options = [
        click.option("--authority", "slug", required=True, metavar="SLUG", help="The authority's short name."),
        click.option("--audit", "audit_id", type=int, metavar="NUMBER", help="Its number; the newest if left out."),
        click.option(
            "--as", "email", default=DEMONSTRATION_LEAD, show_default=True, metavar="EMAIL", help="Whose answers."
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def chosen_person(place: Workplace, email: str) -> Person:
    """The person with this e-mail address. Raises UsageError."""
    person = person_with_email(place, email)
    if person is None:
        raise UsageError(f'Nobody here has the address {email}. "plumbline sign-in-link {email}" makes the person.')
    return person


def chosen_audit(place: Workplace, person: Person, slug: str, audit_id: int | None) -> tuple[Membership, Audit]:
    """The authority and audit that the options name. Raises UsageError, which names those that there are."""
    memberships = {membership.authority.slug: membership for membership in memberships_of(place, person)}
    if slug not in memberships:
        known = ", ".join(memberships) or "none yet"
        raise UsageError(f'{person.email} has no authority "{slug}". Known: {known}.')
    audits = {audit.id: audit for audit in audits_of(place, person, slug)}
    if not audits:
        raise UsageError(f"{slug} has no audit yet. Open one in the browser.")
    if audit_id is not None and audit_id not in audits:
        raise UsageError(f"{slug} has no audit {audit_id}. Known: {', '.join(map(str, sorted(audits)))}.")
    return memberships[slug], audits[audit_id if audit_id is not None else next(iter(audits))]
