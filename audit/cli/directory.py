"""``plumbline directory``: let people of an authority sign in with the accounts that they have at work."""

from __future__ import annotations

import os

import click

from audit.cli.instance import chosen_person, workplace
from audit.core.directories import Directory, issuer_of
from audit.core.errors import UsageError
from audit.operations import directories
from audit.reports.wording import plural

SECRET = "PLUMBLINE_DIRECTORY_SECRET"  # noqa: S105 - the name of a variable
slug_argument = click.argument("slug", metavar="AUTHORITY")
address_option = click.option(
    "--address",
    envvar="PLUMBLINE_ADDRESS",
    default="http://127.0.0.1:8000",
    show_default=True,
    help="Where people open Plumbline; PLUMBLINE_ADDRESS, if that is set.",
)


@click.group()
def directory() -> None:
    """Let people of an authority sign in with the accounts that they have at work (OpenID Connect, Entra ID)."""


@directory.command("set")
@slug_argument
@click.option("--tenant", default="", metavar="ID", help="For Entra ID: the Directory (tenant) ID.")
@click.option(
    "--issuer", default="", metavar="URL", help="For other providers: the issuer. For Entra ID, leave it out."
)
@click.option("--client-id", required=True, metavar="ID", help="For Entra ID: the Application (client) ID.")
@address_option
def set_directory(slug: str, tenant: str, issuer: str, client_id: str, address: str) -> None:
    """Set the directory of AUTHORITY, in place of any before.

    The client secret is asked for, or comes from the variable PLUMBLINE_DIRECTORY_SECRET.
    """
    tenant = tenant.strip().casefold()
    if not tenant and not issuer:
        raise UsageError("Give --tenant for Entra ID, or --issuer for another provider.")
    secret = os.environ.get(SECRET) or click.prompt("Client secret", hide_input=True, err=True)
    given = Directory(slug, issuer.strip() or issuer_of(tenant), tenant, client_id.strip(), secret.strip())
    directories.set_directory(workplace(), given)
    _show(given, address)
    click.echo(f'Allow the return address at the provider. Then try it with "plumbline directory check {slug}".')


@directory.command()
@slug_argument
@address_option
def show(slug: str, address: str) -> None:
    """Show the directory of AUTHORITY, without its secret."""
    _show(_directory(slug), address)


@directory.command()
@slug_argument
def check(slug: str) -> None:
    """Ask the provider of AUTHORITY what it says of itself. The client id and the secret are not tried."""
    # Only this command talks to a provider.
    from audit.web.openid_provider import Providers

    count = Providers().count_keys(_directory(slug), workplace().now())
    click.echo(f"The provider of {slug} answers, and signs with {count} {plural('key', count)}.")


@directory.command()
@slug_argument
def remove(slug: str) -> None:
    """Let nobody sign in through the directory of AUTHORITY any more. Sessions that came about by it end."""
    directories.remove_directory(workplace(), slug)
    click.echo(f"{slug}: the directory is removed, and the sessions that came about by it have ended.")


@directory.command()
@slug_argument
@click.argument("email")
def unlink(slug: str, email: str) -> None:
    """Forget which account EMAIL has in the directory of AUTHORITY.

    The next account with this address that signs in is linked. Do this when somebody has been given a new account, and
    be sure first that the address is still theirs.
    """
    place = workplace()
    whom = chosen_person(place, email)
    directories.unlink_account(place, slug, whom)
    click.echo(f"{whom.email} is linked to no account of {slug} any more.")


def _directory(slug: str) -> Directory:
    found = directories.directory_of(workplace(), slug)
    if found is None:
        raise UsageError(f'{slug} has no directory. "plumbline directory set {slug}" sets one.')
    return found


def _show(found: Directory, address: str) -> None:
    sign_in = f"{address.rstrip('/')}/authorities/{found.slug}/sign-in"
    rows = {
        "Authority": found.slug,
        "Issuer": found.issuer,
        "Tenant": found.tenant or "none: not Entra ID",
        "Client id": found.client_id,
        "Return address": f"{sign_in}/return",
        "Sign-in address": sign_in,
    }
    for name, value in rows.items():
        click.echo(f"{name + ':':<17}{value}")
