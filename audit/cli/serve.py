"""``plumbline serve``: the pages, served by waitress."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from audit.cli.instance import workplace
from audit.cli.join_lines import Reach, own_host, print_join_lines
from audit.cli.sign_in_link import link_for
from audit.core.errors import UsageError

if TYPE_CHECKING:
    from flask import Flask

    from audit.web.settings import Settings

# More than there are processors: most of the time a thread waits for a slow network.
THREADS = 16
# A browser keeps several connections open for as long as it likes; those of a hundred people must fit.
CONNECTIONS = 800


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
    from audit.web.join_address import find_by
    from audit.web.settings import Settings, read_join_address

    # A request that waits for a thread is nothing to report.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    settings = Settings.from_environment()
    if join_address:
        settings = replace(settings, join_address=read_join_address(join_address, "--join-address"))
    app = create_app(workplace(), settings)
    warm()
    server = _listening(app, host, port)
    try:
        reach = _reach(settings, host, _port(server))
        find_by(app, reach.best)
        address = f"http://{own_host(host)}:{reach.port}"
        click.echo(f"Plumbline is at {address} (Ctrl+C stops it)")
        if email:
            click.echo(f"Sign in once with {link_for(email, address)}")
        print_join_lines(reach)
        server.run()
    finally:
        server.close()


def _reach(settings: Settings, host: str, port: int) -> Reach:
    given = settings.join_address or settings.address
    return Reach(host, port, given, behind=settings.https or settings.trusted_proxies > 0)


def _listening(app: Flask, host: str, port: int) -> Any:
    """The server of waitress, which has no types. Raises UsageError where it cannot listen there."""
    from waitress.server import create_server

    try:
        return create_server(
            app,
            host=host,
            port=port,
            threads=THREADS,
            ident=None,
            connection_limit=CONNECTIONS,
            # The other way of waiting cannot tell so many apart.
            asyncore_use_poll=True,
        )
    except OSError as fault:
        raise UsageError(f"{host}, port {port}, cannot be served: {fault.strerror}. Choose another --port.") from None
    except ValueError:
        raise UsageError(f'--host is "{host}". Give an address of this machine or 0.0.0.0.') from None


def _port(server: Any) -> int:
    """The port, also of a host such as "localhost" that stands for several addresses."""
    several = getattr(server, "effective_listen", None)
    return int(several[0][1] if several else server.effective_port)
