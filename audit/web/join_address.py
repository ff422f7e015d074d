"""Where phones reach the page to join a workshop, as an address and as a QR code."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

import segno
from flask import Flask, current_app, request, url_for
from markupsafe import Markup, escape

from audit.web.settings import Settings

_SET = "plumbline.join_address"
_FOUND = "plumbline.join_address.found"


def prepare(app: Flask, settings: Settings) -> None:
    """Say how the addresses to join begin, where the operator has set that."""
    app.extensions[_SET] = settings.join_address or settings.address


def find_by(app: Flask, find: Callable[[], str]) -> None:
    """Say how to find the beginning of the address in the network; ``find`` gives an empty text where it cannot.

    It is asked again each time, as a hotspot can come up after the server.
    """
    app.extensions[_FOUND] = find


def join_address(code: str = "") -> str:
    """The whole address of the page to join, as phones reach it; with a ``code``, the page of that workshop."""
    path = url_for("join.enter", code=code) if code else url_for("join.ask")
    return f"{_beginning()}{path}"


def reachable() -> bool:
    """Whether other devices can reach the address; False where it leads each device to itself."""
    return not _is_loopback(_beginning())


def qr_svg(address: str, title: str) -> Markup:
    """The address as a QR code that fills the width of what it stands in: dark on light, with its quiet zone.

    ``title`` is what screen readers say. It is SVG without a style of its own, as a strict policy asks for.
    """
    drawn = segno.make(address, micro=False, error="m").svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
    named = f'<svg role="img" aria-label="{escape(title)}" '
    return Markup(drawn.replace("<svg ", named, 1))  # noqa: S704 - drawn by segno; the title is escaped


def _beginning() -> str:
    """As it was set; else as this request came in, unless that was at the server itself; else as it was found."""
    given = str(current_app.extensions.get(_SET, ""))
    here = request.root_url.rstrip("/")
    if given or not _is_loopback(here):
        return given or here
    find: Callable[[], str] = current_app.extensions.get(_FOUND, str)
    return find() or here


def _is_loopback(address: str) -> bool:
    host = ""
    try:
        host = urlsplit(address).hostname or ""
        number = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return number.is_loopback or number.is_unspecified
