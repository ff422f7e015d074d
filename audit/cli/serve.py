"""``plumbline serve``: the pages, served by waitress."""

from __future__ import annotations

import logging
import os

import click

from audit.cli.instance import workplace
from audit.cli.sign_in_link import link_for
from audit.core.errors import UsageError

# More than there are processors: most of the time a thread waits for a slow network.
THREADS = 16
# A browser keeps several connections open for as long as it likes; those of a hundred people must fit.
CONNECTIONS = 800


@click.command()
@click.option("--host", default=lambda: os.environ.get("PLUMBLINE_HOST", "127.0.0.1"), metavar="ADDRESS")
@click.option("--port", default=lambda: os.environ.get("PLUMBLINE_PORT", "8000"), type=click.IntRange(0, 65535))
@click.option("--sign-in", "email", metavar="EMAIL", help="Print a one-time sign-in link for this person, too.")
def serve(host: str, port: int, email: str | None) -> None:
    """Serve the pages until Ctrl+C."""
    from waitress.server import create_server

    from audit.web.app import create_app, warm

    # A request that waits for a thread is nothing to report.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    app = create_app(workplace())
    warm()
    try:
        server = create_server(
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
    address = f"http://{host}:{server.effective_port}"
    click.echo(f"Plumbline is at {address} (Ctrl+C stops it)")
    if email:
        click.echo(f"Sign in once with {link_for(email, address)}")
    try:
        server.run()
    finally:
        server.close()
