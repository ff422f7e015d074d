"""``plumbline serve``: the pages, for this computer or for a network."""

from __future__ import annotations

import os
from contextlib import ExitStack, suppress
from dataclasses import replace
from socket import gaierror, socket
from typing import TYPE_CHECKING

import click

from audit.cli.instance import workplace
from audit.cli.join_lines import Reach, own_host, print_join_lines
from audit.cli.sign_in_link import link_for
from audit.core.errors import UsageError

if TYPE_CHECKING:
    from audit.web.settings import Settings


@click.command()
@click.option(
    "--host",
    default=lambda: os.environ.get("PLUMBLINE_HOST") or "127.0.0.1",
    metavar="ADDRESS",
    help="Where to listen; 0.0.0.0 for phones and other devices on the same network, too.",
)
@click.option("--port", default=lambda: os.environ.get("PLUMBLINE_PORT") or "8000", type=click.IntRange(0, 65535))
@click.option("--sign-in", "email", metavar="EMAIL", help="Print a one-time sign-in link for this person, too.")
@click.option(
    "--join-address",
    metavar="URL",
    help="Where phones reach this server to join a workshop, if the address that it finds is wrong.",
)
def serve(host: str, port: int, email: str | None, join_address: str | None) -> None:
    """Serve the pages until Ctrl+C. With --host 0.0.0.0 it prints where phones join a workshop."""
    from audit.web.app import create_app, warm
    from audit.web.front import Front
    from audit.web.join_address import find_by
    from audit.web.server import make_server, port_of
    from audit.web.settings import Settings, read_join_address

    settings = Settings.from_environment()
    if join_address:
        settings = replace(settings, join_address=read_join_address(join_address, "--join-address"))
    app = create_app(workplace(), settings)
    warm(app)
    with ExitStack() as listening:
        sockets = [listening.enter_context(each) for each in _listening(host, port)]
        reach = _reach(settings, host, port_of(sockets))
        find_by(app, reach.best)
        address = f"http://{own_host(host)}:{reach.port}"
        click.echo(f"Plumbline is at {address} (Ctrl+C stops it)")
        if email:
            click.echo(f"Sign in once with {link_for(email, address)}")
        print_join_lines(reach)
        # Ctrl+C is how it is meant to end.
        with suppress(KeyboardInterrupt):
            make_server(Front(app)).run(sockets)


def _reach(settings: Settings, host: str, port: int) -> Reach:
    given = settings.join_address or settings.address
    return Reach(host, port, given, behind=settings.https or settings.trusted_proxies > 0)


def _listening(host: str, port: int) -> list[socket]:
    """Sockets that listen. Raises UsageError where there can be none."""
    from audit.web.server import listen

    try:
        return listen(host, port)
    except (gaierror, UnicodeError):
        raise UsageError(f'--host is "{host}". Give an address of this machine or 0.0.0.0.') from None
    except OSError as fault:
        raise UsageError(f"{host}, port {port}, cannot be served: {fault.strerror}. Choose another --port.") from None
