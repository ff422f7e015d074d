"""What ``plumbline serve`` prints about joining a workshop: addresses, and a QR code where the terminal shows one."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from ipaddress import ip_address

import click
import segno

from audit.cli.network import addresses

_OUT_OF_REACH = "Phones cannot reach this server. To run a workshop with phones, start it with --host 0.0.0.0."
_NO_NETWORK = (
    "No network was found, so phones cannot reach this server yet. Switch on a hotspot or connect to Wi-Fi: the desk "
    "of a workshop then shows where to join."
)
_UNKNOWN = "To see here where phones join a workshop, give the address of this server with --join-address."


@dataclass(frozen=True)
class Reach:
    """How phones reach a server that listens at ``host`` and ``port``.

    ``given`` is how its address begins as the operator has set it, or empty. ``behind`` says that something else stands
    in front of the server, such as a proxy: its own address is then not the one that people use.
    """

    host: str
    port: int
    given: str = ""
    behind: bool = False

    def beginnings(self) -> tuple[str, ...]:
        """How the addresses begin at which phones reach the server now, the best first.

        Such as ``http://192.168.137.1:8000``. Empty where nothing was given and there is no network, or only this
        machine reaches the server, or the server listens at an address of IPv6, which few rooms have.
        """
        if self.given:
            return (self.given,)
        if self.behind or is_loopback(self.host) or ":" in self.host:
            return ()
        hosts = addresses() if is_everywhere(self.host) else (self.host,)
        return tuple(f"http://{each}:{self.port}" for each in hosts)

    def best(self) -> str:
        """The first of them, or an empty text."""
        return next(iter(self.beginnings()), "")

    def why_nowhere(self) -> str:
        """What to say where there is none."""
        if not self.behind and is_loopback(self.host):
            return _OUT_OF_REACH
        return _NO_NETWORK if not self.behind and is_everywhere(self.host) else _UNKNOWN


def is_loopback(host: str) -> bool:
    """Whether a server at ``host`` is reached from its own machine only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_everywhere(host: str) -> bool:
    """Whether a server at ``host`` listens at every IPv4 address of its machine."""
    try:
        address = ip_address(host)
    except ValueError:
        return host == "*"
    return address.version == 4 and address.is_unspecified


def own_host(host: str) -> str:
    """The host by which its own machine opens the address of a server at ``host``."""
    if is_everywhere(host):
        return "127.0.0.1"
    return "[::1]" if ":" in host and (is_loopback(host) or ip_address(host).is_unspecified) else host


def print_join_lines(reach: Reach) -> None:
    """Print where phones join, or why nowhere."""
    found = reach.beginnings()
    if not found:
        click.echo(reach.why_nowhere())
        return
    click.echo(f"Phones join a workshop at {found[0]}/join")
    for line in qr_lines(f"{found[0]}/join"):
        # Dark on light in a dark window and in a light one.
        click.secho(line, fg="bright_white", bg="black")
    for other in found[1:]:
        click.echo(f"If phones cannot open that, try {other}/join")


def qr_lines(text: str) -> Iterator[str]:
    """The QR code of a text, line by line; nothing where standard output cannot show it."""
    drawn = StringIO()
    segno.make(text, micro=False).terminal(out=drawn, compact=True)
    lines = drawn.getvalue().splitlines()
    if _can_show(lines):
        yield from lines


def _can_show(lines: list[str]) -> bool:
    if not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return False
    try:
        "".join(lines).encode(sys.stdout.encoding or "ascii")
    except (UnicodeError, LookupError):
        return False
    return shutil.get_terminal_size().columns >= max(len(line) for line in lines)
