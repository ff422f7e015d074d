"""``plumbline person``: what the operator can do for one person."""

from __future__ import annotations

import click

from audit.cli.inputs import checked_name
from audit.cli.instance import chosen_person, workplace
from audit.operations import second_factor, sessions
from audit.operations.people import rename_person


@click.group()
def person() -> None:
    """Help a person who cannot sign in, or whose name is wrong."""


@person.command("reset-second-factor")
@click.argument("email")
def reset_second_factor(email: str) -> None:
    """Switch the second factor of EMAIL off, and sign them out everywhere.

    Do this for somebody who has lost both phone and recovery codes, and be sure first that it is they who ask.
    """
    place = workplace()
    whom = chosen_person(place, email)
    second_factor.reset(place, whom)
    sessions.sign_out_everywhere(place, whom)
    click.echo(f"{whom.email}: the second factor is off, and all sessions have ended.")


@person.command()
@click.argument("email")
@click.option("--name", required=True, metavar="TEXT", help="The person's name from now on.")
def rename(email: str, name: str) -> None:
    """Give the person with the address EMAIL another name. The trail and signed reports keep the one before."""
    place = workplace()
    whom = chosen_person(place, email)
    new = checked_name(name, "name")
    rename_person(place, whom, new)
    click.echo(f"{whom.email}: {whom.name} is {new} from now on.")
