"""``plumbline verify``: work the numbers of a PDF report out again, from the answers that travel in it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from audit.cli.tables import hanging
from audit.core.errors import UsageError
from audit.reports.proof.apart import SIZE_LIMIT, check_apart
from audit.reports.proof.verdict import NoPdf, Outcome, Verdict

AGAINST = 1


@click.command()
@click.argument("file", metavar="FILE.pdf", type=click.Path(path_type=Path))
def verify(file: Path) -> None:
    """Check that the numbers in a PDF report follow from the answers in it.

    Exits with 0 if all numbers agree, and with 1 if some do not or if they could not be checked. It is a check, not a
    signature: it does not show who made the file.
    """
    try:
        verdict = check_apart(_read(file))
    except NoPdf as fault:
        raise UsageError(f"{file}: {fault}") from None
    click.echo(f"{file}: {verdict.says}")
    for line in _lines(verdict):
        click.echo(line)
    if verdict.outcome is not Outcome.AGREES:
        sys.exit(AGAINST)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            # One byte more than is taken shows that the file is too large.
            return opened.read(SIZE_LIMIT + 1)
    except OSError as fault:
        raise UsageError(f"{file} cannot be read: {fault.strerror}.") from None


def _lines(verdict: Verdict) -> list[str]:
    faults = [f"  {fault}" for fault in verdict.faults]
    facts = [hanging(f"{name}: ", value, indent=2) for name, value in verdict.facts]
    return [*faults, *facts, *(hanging("", note, indent=2) for note in verdict.notes)]
