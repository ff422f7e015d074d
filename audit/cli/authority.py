"""``plumbline authority``: which authorities are here, a whole copy of one, and erasing one. No answers are shown."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli.instance import workplace
from audit.cli.tables import paragraph, table
from audit.core.errors import UsageError
from audit.operations.erasing import Holding, erase_authority, holding_of, holdings
from audit.operations.handing_over import copy_for_operator
from audit.reports.wording import plural

_REMAINS = (
    "What remains, and is not Plumbline's to remove: backups and copies of the instance folder, files that people took "
    "out, e-mails that were sent, and the logs of the server in front. Where the disk is not encrypted, what was "
    "deleted can be found on it until something else is written there."
)
_LEAVERS = (
    "People who belong to another authority keep their account. An account that belongs to none, of somebody who had "
    'left before, goes with "plumbline retention run".'
)


@click.group()
def authority() -> None:
    """List the authorities that are here, copy one or erase one."""


@authority.command("list")
def list_all() -> None:
    """Name the authorities, with their members, audits and size. Answers are not read."""
    rows = [_row(each) for each in holdings(workplace())]
    if not rows:
        click.echo("There is no authority here yet.")
        return
    click.echo(table(("authority", "members", "audits", "size", "name"), rows, right=(1, 2, 3)))


@authority.command()
@click.argument("slug", metavar="AUTHORITY")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE.db")
def export(slug: str, output: Path) -> None:
    """Write a whole copy of an authority's file, while the server runs.

    It holds what each person answered alone, which no lead can read on a page: keep it as you keep a backup. A lead
    takes out the data without that, and as JSON, on the page "Keeping and taking out".
    """
    if output.suffix != ".db":
        raise UsageError(f"{output} should end in .db. A lead can take out JSON in the browser.")
    copy_for_operator(workplace(), slug, output)
    click.echo(f"{output}: {_size(output.stat().st_size)}. It holds what each person answered alone.")


@authority.command()
@click.argument("slug", metavar="AUTHORITY")
@click.option("--yes", "sure", metavar="AUTHORITY", help="Do not ask: give the short name once more.")
def erase(slug: str, sure: str | None) -> None:
    """Erase an authority for good, with its audits, answers and trail. Asks twice.

    The server may go on running. If it stops half way, run it again.
    """
    place = workplace()
    holding = holding_of(place, slug)
    if sure is None:
        _ask(holding)
    elif sure != slug:
        raise UsageError(f'--yes says "{sure}" and the authority is "{slug}". Nothing was erased.')
    erase_authority(place, slug)
    accounts = len(holding.leavers)
    click.echo(f"{slug} is erased, with {accounts} {plural('account', accounts)} of people who belonged to no other.")
    click.echo(paragraph(_REMAINS))
    click.echo(paragraph(_LEAVERS))


def _ask(holding: Holding) -> None:
    click.echo(paragraph(_what_goes(holding)))
    _typed(f"Type the short name of the authority, {holding.slug}, to go on", holding.slug)
    _typed('This cannot be undone. Type "erase" to erase it', "erase")


def _typed(words: str, wanted: str) -> None:
    if click.prompt(words, default="", show_default=False).strip() != wanted:
        raise UsageError(f'That was not "{wanted}". Nothing was erased.')


def _what_goes(holding: Holding) -> str:
    if holding.authority is None:
        return f"An erasing of {holding.slug} stopped half way. What is left of its file, {_size(holding.size)}, goes."
    audits = "an unreadable number of audits" if holding.audits is None else _count(holding.audits, "audit")
    accounts = _count(len(holding.leavers), "account")
    return (
        f"{holding.authority.name}: {audits} with all answers, signed versions and trail, "
        f"{_count(holding.members, 'membership')}, its invitations, and {accounts} of people who belong to no other "
        'authority. "plumbline authority export" makes a copy first.'
    )


def _row(holding: Holding) -> tuple[str, ...]:
    audits = "cannot be read" if holding.audits is None else str(holding.audits)
    name = holding.authority.name if holding.authority else ""
    return holding.slug, str(holding.members), audits, _size(holding.size), name


def _count(count: int, noun: str) -> str:
    return f"{count:,} {plural(noun, count)}"


def _size(size: int) -> str:
    return f"{-(-size // 1000):,} kB"
