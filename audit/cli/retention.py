"""``plumbline retention``: remove what is no longer kept. Made for a job that runs each night."""

from __future__ import annotations

import sys

import click

from audit.cli.instance import workplace
from audit.cli.main import FAULT
from audit.core.keeping import ACCOUNT_MONTHS
from audit.operations.retention import Cleared, clear
from audit.reports.wording import plural

_NOUNS = {
    "sessions": "session",
    "started_sign_ins": "unfinished sign-in",
    "sign_in_links": "sign-in link",
    "invitations": "invitation",
    "workshop_codes": "join code",
    "live_rooms": "screen key",
}


@click.group()
def retention() -> None:
    """Remove what is no longer kept."""


@retention.command()
@click.option("--dry-run", "dry", is_flag=True, help="Say what would be removed, and remove nothing.")
@click.option(
    "--accounts-after",
    "account_months",
    type=click.IntRange(1, 240),
    default=ACCOUNT_MONTHS,
    show_default=True,
    metavar="MONTHS",
    help="Remove accounts that were found without an authority so many months ago.",
)
def run(dry: bool, account_months: int) -> None:
    """Remove audits by the rule of their authority, and sign-ins, invitations and accounts that are over.

    An authority without a rule keeps its audits. A removed audit is gone with its answers and signed versions; the
    trail says that it was removed.
    """
    cleared = clear(workplace(), dry=dry, account_months=account_months)
    for line in _lines(cleared, "would be removed" if dry else "removed"):
        click.echo(line)
    for fault in cleared.faults:
        click.echo(f"plumbline: {' '.join(fault.split())}", err=True)
    if cleared.faults:
        sys.exit(FAULT)


def _lines(cleared: Cleared, done: str) -> list[str]:
    audits = [
        f"{slug}: audit {each.audit.id} {done} ({each.words}, last changed on {each.touched.date().isoformat()})."
        for slug, kept in cleared.audits.items()
        for each in kept
    ]
    over = {**{_NOUNS[table]: count for table, count in cleared.expired.items()}, "account": len(cleared.people)}
    rows = [f"{count:,} {plural(noun, count)} {done}." for noun, count in over.items() if count]
    return [*audits, *rows] or [f"Nothing {done}."]
