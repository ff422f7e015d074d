"""How often somebody may try: a bound for signing in, for codes, and for what sends e-mail.

Each bound is kept strictly by account, and generously by network address: a whole council can share one. The counts lie
in the memory of this process. With several processes, each counts for itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from ipaddress import IPv6Network, ip_address
from math import ceil
from time import time

from flask import Flask, Response, make_response, render_template, request
from flask_limiter import Limiter, RateLimitExceeded

from audit.reports.wording import plural
from audit.web.access import person_or_none

# The code of Flask-Limiter reads these words.
FOR_ADDRESS = "200 per 15 minutes"
FOR_PASSWORDS = "10 per 15 minutes"
FOR_CODES = "5 per 15 minutes; 20 per day"
FOR_LETTERS = "5 per hour"
# The bits that all IPv6 addresses of one customer share, who can take another of them for each try.
_ONE_CUSTOMER = 64


def by_address() -> str:
    """The network address that the request comes from; of IPv6, the network that it is in."""
    address = request.remote_addr or "nowhere"
    try:
        number = ip_address(address)
    except ValueError:
        return address
    if number.version == 4:
        return address
    return str(number.ipv4_mapped or IPv6Network((int(number), _ONE_CUSTOMER), strict=False))


def by_person() -> str:
    """Who is signed in, or the network address of who is not."""
    person = person_or_none()
    return f"person {person.id}" if person else by_address()


def by_field(name: str) -> Callable[[], str]:
    """What was typed into a field of the form, in any case. Long texts take no more memory than short ones."""

    def key() -> str:
        typed = request.form.get(name, "").strip().casefold()
        return hashlib.sha256(typed.encode("utf-8", "surrogatepass")).hexdigest()

    return key


# Views say what they allow: @limiter.limit(FOR_CODES, key_func=by_person), and the route's decorator above it.
limiter = Limiter(by_address, storage_uri="memory://", strategy="moving-window")


def prepare(app: Flask) -> None:
    """Count the requests of this app, from none."""
    limiter.init_app(app)
    app.register_error_handler(RateLimitExceeded, too_often)


def too_often(fault: RateLimitExceeded) -> Response:
    """The page that says when to try again."""
    reached = limiter.current_limit
    seconds = max(1, ceil(reached.reset_at - time())) if reached else 60
    answer = make_response(render_template("errors/429.html", wait=_wait(seconds)), 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _wait(seconds: int) -> str:
    # The library counts one second too many.
    minutes = ceil((seconds - 1) / 60)
    if minutes > 90:
        return f"{ceil(minutes / 60)} hours"
    return f"{minutes} {plural('minute', minutes)}" if minutes > 1 else "a minute"
