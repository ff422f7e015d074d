"""``plumbline own-data``: what is held on one person, to answer a request for it."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli.instance import chosen_person, workplace
from audit.cli.outputs import write_whole
from audit.core.errors import UsageError
from audit.operations.own_data import data_for_request


@click.command("own-data")
@click.argument("email")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE.json")
def own_data(email: str, output: Path) -> None:
    """Write all that is held on the person EMAIL to a file, also from authorities that they have left.

    People who can sign in do this themselves, on the page of their account. The file holds what the person answered
    alone: give it to nobody else.
    """
    if output.suffix != ".json":
        raise UsageError(f"{output} should end in .json.")
    place = workplace()
    person = chosen_person(place, email)
    found = data_for_request(place, person)
    write_whole(output, found.json)
    slugs = ", ".join(found.authorities) or "none"
    click.echo(f"{output}: what is held on {person.email}. Authorities: {slugs}. It is for this person alone.")
