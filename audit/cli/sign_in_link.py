"""``plumbline sign-in-link``: a one-time link for somebody."""

from __future__ import annotations

import re

import click

from audit.cli.instance import DEMONSTRATION_LEAD, workplace
from audit.core.errors import UsageError
from audit.operations.sign_in import issue_link

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


@click.command("sign-in-link")
@click.argument("email", default=DEMONSTRATION_LEAD)
@click.option("--name", default="", metavar="TEXT", help="The person's name, if the person is new.")
@click.option("--address", default="http://127.0.0.1:8000", show_default=True, help="Where the server is.")
def sign_in_link(email: str, name: str, address: str) -> None:
    """Print a link that signs EMAIL in once, within a day. A new person is made."""
    click.echo(link_for(email, address, name))


def link_for(email: str, address: str, name: str = "") -> str:
    """A one-time sign-in link. Raises UsageError for what is no e-mail address."""
    if len(email) > 254 or not _EMAIL.fullmatch(email):
        raise UsageError(f'"{email[:60]}" is no e-mail address.')
    return f"{address.rstrip('/')}/sign-in/{issue_link(workplace(), email, ' '.join(name.split()))}"
