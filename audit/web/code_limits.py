"""How often somebody may try join codes, and how many seats may be taken from one network address.

A whole room can share an address. So only codes that open nothing count, and whoever has a seat goes on voting.
"""

from __future__ import annotations

from flask import Response, request

from audit.operations.tokens import hash_of
from audit.web import seat_cookie
from audit.web.limits import by_address, limiter

# Of the 64 million codes only a handful is in use at any time.
FOR_WRONG_CODES = "100 per 15 minutes"
FOR_SEATS = "600 per hour"
# Each vote makes every screen in the room look again.
FOR_VOTES = "60 per minute"


def _is_at_home() -> bool:
    return seat_cookie.has_joined((request.view_args or {}).get("code", ""))


def _opens_nothing(answer: Response) -> bool:
    return answer.status_code == 404


def _goes_on(answer: Response) -> bool:
    return answer.status_code == 302


wrong_codes = limiter.shared_limit(
    FOR_WRONG_CODES, "join codes", key_func=by_address, deduct_when=_opens_nothing, exempt_when=_is_at_home
)


def _seat() -> str:
    """The seat that votes: by the device, or by the person who is signed in."""
    here = seat_cookie.holder()
    return (
        f"person {here.person.id}" if here.person else "-".join(hash_of(token) for token in here.tokens) or by_address()
    )


votes_cast = limiter.limit(FOR_VOTES, key_func=_seat)
seats_taken = limiter.shared_limit(FOR_SEATS, "seats", key_func=by_address, deduct_when=_goes_on)
