"""``plumbline trail``: check the trail of an authority, and take it out. The trail holds no answers."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from audit.cli.instance import workplace
from audit.cli.outputs import write_whole
from audit.core.errors import UsageError
from audit.core.trail import Trail, faults
from audit.core.trail_files import read_trail, trail_csv, trail_json
from audit.operations.trail import trail_for_operator
from audit.reports.wording import plural

AGAINST = 1


@click.group()
def trail() -> None:
    """Check the record of who did what, or take it out."""


@trail.command()
@click.argument("which", metavar="AUTHORITY|FILE.json")
def check(which: str) -> None:
    """Find rows of a trail that were changed or are missing.

    Takes an authority's short name, or a file that "plumbline trail export" or the trail's page wrote. Exits with 0 if
    nothing is wrong, and with 1 if something is.
    """
    found = _from_file(Path(which)) if which.endswith(".json") else trail_for_operator(workplace(), which)
    wrong = list(faults(found))
    click.echo(f"{which}: {_verdict(found, len(wrong))}")
    for line in wrong:
        click.echo(f"  {line}")
    if wrong:
        sys.exit(AGAINST)


@trail.command()
@click.argument("slug", metavar="AUTHORITY")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE", help=".json or .csv")
def export(slug: str, output: Path) -> None:
    """Write the trail to a file: JSON can be checked on its own, CSV is to read."""
    if output.suffix not in (".json", ".csv"):
        raise UsageError(f"{output} should end in .json or .csv.")
    place = workplace()
    found = trail_for_operator(place, slug)
    is_json = output.suffix == ".json"
    write_whole(output, trail_json(found, slug, place.now().isoformat()) if is_json else trail_csv(found))
    click.echo(f"{output}: {_rows(found)}.")


def _from_file(path: Path) -> Trail:
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise UsageError(f"{path} cannot be read: {fault.strerror}.") from None
    return read_trail(data, str(path))


def _verdict(found: Trail, wrong: int) -> str:
    if wrong:
        return f"{_rows(found)}, {wrong:,} {plural('fault', wrong)}."
    signed = len(found.signed)
    fits = f" {signed:,} signed {plural('version', signed)} {'fits' if signed == 1 else 'fit'} them." if signed else ""
    return f"{_rows(found)}, none changed or missing.{fits}"


def _rows(found: Trail) -> str:
    return f"{len(found.rows):,} {plural('row', len(found.rows))}"
