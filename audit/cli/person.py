"""``plumbline person``: what the operator can do for one person."""

from __future__ import annotations

import click

from audit.cli.instance import chosen_person, workplace
from audit.operations import second_factor, sessions


@click.group()
def person() -> None:
    """Help a person who cannot sign in."""


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
