"""A hundred contributors who answer at once, against the bare Flask view with one insert."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from audit.core.audits import AuditDetails
from audit.core.mailboxes import Mailbox
from audit.core.people import Person, Role
from audit.operations import invitations
from audit.operations.answering import history_of
from audit.operations.audits import open_audit
from audit.operations.authorities import create_authority
from audit.operations.people import known_person
from audit.operations.sign_in import issue_link
from audit.operations.workplace import Workplace
from benchmarks.clients import Client, at_once, server, signed_in
from benchmarks.saving import bare_saver, saver

PEOPLE, SAVES, LOOKS, SLUG = 100, 10, 3, "benchmark"
Measured = tuple[float, float]


def run() -> str:
    """Both servers one after the other under the same load; then all contributors look at their task list."""
    with tempfile.TemporaryDirectory() as folder:
        saves, looks = _plumbline(Path(folder))
        bare = _bare(Path(folder))
    return (
        f"{PEOPLE} contributors answering at once: {saves[0]:.0f} saves a second, 95% within {saves[1]:.0f} ms, "
        f"none of {PEOPLE * SAVES} lost\n"
        f"    {saves[0] / bare[0]:.2f} of a bare Flask view with one insert ({bare[0]:.0f} a second, "
        f"95% within {bare[1]:.0f} ms)\n"
        f"    All of them at their task list: {looks[0]:.0f} a second, 95% within {looks[1]:.0f} ms"
    )


def _bare(folder: Path) -> Measured:
    with server("bare", folder) as (port, _):
        clients = [Client(port) for _ in range(PEOPLE)]
        return at_once([bare_saver(client) for client in clients], SAVES)


def _plumbline(folder: Path) -> tuple[Measured, Measured]:
    place = Workplace(folder / "instance")
    people, at = _audit(place)
    with server("plumbline", place.folder) as (port, _):
        browsers = [signed_in(port, issue_link(place, person.email)) for person in people]
        saves = at_once([saver(client, token, f"{at}/items/R1") for client, token in browsers], SAVES)
        looks = at_once([_looker(client, at) for client, _ in browsers], LOOKS)
    for person in people:
        kept = len(history_of(place, person, SLUG, 1, "R1"))
        assert kept == SAVES, f"{person.name}: {kept} of {SAVES}"
    return saves, looks


def _audit(place: Workplace) -> tuple[list[Person], str]:
    """The contributors to a new audit, and its address."""
    lead = known_person(place, "lead@example.org", "Lead")
    create_authority(place, lead, SLUG.title())
    audit = open_audit(place, lead, SLUG, AuditDetails("recommendations", "Benchmark"))
    mailboxes = [Mailbox(f"person{number}@example.org", f"Person {number}") for number in range(PEOPLE)]
    invited = invitations.invite(place, lead, SLUG, mailboxes, Role.CONTRIBUTOR)
    people = [invitations.accept(place, each.token, None, each.mailbox.name) for each in invited]
    return people, f"/authorities/{SLUG}/audits/{audit.id}"


def _looker(client: Client, path: str) -> Callable[[int], int]:
    return lambda number: client.ask("GET", path)[0]
