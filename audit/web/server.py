"""The server of the pages: one process that listens, for the command, for tests and for measuring."""

from __future__ import annotations

import errno
import socket
from collections.abc import Sequence
from typing import TYPE_CHECKING

from uvicorn import Config, Server

if TYPE_CHECKING:
    from a2wsgi.asgi_typing import ASGIApp

# A browser keeps several connections open for as long as it likes; those of a hundred people must fit. With more, the
# operating system would run out of open files.
CONNECTIONS = 800
# For so many seconds a connection stays open while nobody asks anything: longer than any screen waits, or a proxy.
_IDLE = 120
# Who is being answered when the server is stopped has so many seconds.
_LAST = 10
# What a name stands for, where this machine does not have it: localhost can have an address of a network that is off.
_NOT_HERE = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}


def listen(host: str, port: int) -> list[socket.socket]:
    """A socket for each address that the host stands for, all at the same port; for port 0, at one that is free.

    Raises socket.gaierror for a host that has no address, and OSError where it cannot be listened to.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    sockets: list[socket.socket] = []
    trouble: OSError | None = None
    for family, _, _, _, address in dict.fromkeys(found):
        try:
            place = (address[0], port_of(sockets) or port, *address[2:])
            sockets.append(socket.create_server(place, family=family))
        except OSError as fault:
            trouble = fault
            if fault.errno not in _NOT_HERE:
                break
    if trouble and (trouble.errno not in _NOT_HERE or not sockets):
        for each in sockets:
            each.close()
        raise trouble
    return sockets


def port_of(sockets: Sequence[socket.socket]) -> int:
    """The port that sockets listen to; 0 if there is none."""
    return int(sockets[0].getsockname()[1]) if sockets else 0


def make_server(pages: ASGIApp) -> Server:
    """A server for an ASGI application. ``run(sockets=...)`` serves until it is stopped."""
    return Server(
        Config(
            pages,
            loop="asyncio",
            http="httptools",
            ws="none",
            lifespan="off",
            # The app itself reads what a proxy says, as its settings tell it to.
            proxy_headers=False,
            server_header=False,
            access_log=False,
            log_config=None,
            log_level="error",
            limit_concurrency=CONNECTIONS,
            timeout_keep_alive=_IDLE,
            timeout_graceful_shutdown=_LAST,
        )
    )
