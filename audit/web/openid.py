"""Signing in with the account that an authority's own directory keeps, by OpenID Connect."""

from __future__ import annotations

import logging
import secrets
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any, cast

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as Redirect

from audit.core.directories import ClaimsRefused, Directory, Vouched, vouched_for
from audit.operations import directories
from audit.operations.errors import AccountTaken, NotInvited
from audit.operations.sessions import BY_DIRECTORY
from audit.web import mail, security
from audit.web.access import workplace
from audit.web.limits import FOR_ADDRESS, by_address, limiter
from audit.web.openid_provider import ProviderDown, Providers, Started, TokenRefused
from audit.web.sign_in import let_in, own_page

bp = Blueprint("openid", __name__, url_prefix="/authorities/<slug>/sign-in")
bp.after_request(security.keep_address_secret)
LIFE = timedelta(minutes=15)
_KEY = "plumbline.openid"
_log = logging.getLogger(__name__)
Answer = tuple[str, int]


@bp.record
def _prepare(setup: BlueprintSetupState) -> None:
    setup.app.extensions[_KEY] = Providers()


@bp.get("")
def ask(slug: str) -> str:
    """What will happen. The page is the same whether or not there is such an authority."""
    return render_template("openid/ask.html", slug=slug)


@bp.get("/start")
@limiter.limit(FOR_ADDRESS, key_func=by_address)
def start(slug: str) -> Redirect | Answer:
    """Go to the provider's sign-in page."""
    directory = directories.directory_of(workplace(), slug)
    if directory is None:
        return _stopped("none", 404)
    started, now = Started(*(secrets.token_urlsafe(32) for _ in range(3))), workplace().now()
    try:
        address = _providers().address_to_ask(directory, _back(slug), started, now)
    except ProviderDown as fault:
        return _fault(slug, "down", 503, fault)
    session["directory"] = {**vars(started), "slug": slug, "at": now.isoformat()}
    return redirect(address)


@bp.get("/return")
@limiter.limit(FOR_ADDRESS, key_func=by_address)
def back(slug: str) -> Redirect | Answer:
    """Come back from the provider. What it says is taken once, and only by the browser that asked."""
    directory, started = directories.directory_of(workplace(), slug), _started(slug)
    if directory is None or started is None:
        return _stopped("stale", 400)
    if "code" not in request.args or request.args.get("iss", directory.issuer) != directory.issuer:
        return _fault(slug, "refused", 403, TokenRefused(f"it said {request.args.get('error', '')[:60]!r}"))
    vouched = None
    try:
        vouched = _vouched(directory, started)
        person = directories.person_of_account(workplace(), directory, vouched)
    except ProviderDown as fault:
        return _fault(slug, "down", 503, fault)
    except (TokenRefused, ClaimsRefused) as fault:
        return _fault(slug, "refused", 403, fault)
    except NotInvited:
        return _stopped("not_invited", 403, vouched)
    except AccountTaken as fault:
        return _stopped("taken", 403, vouched, str(fault))
    return let_in(person.id, f"{BY_DIRECTORY}{slug}", _page_of(slug))


def _vouched(directory: Directory, started: Started) -> Vouched:
    code, now = request.args["code"], workplace().now()
    claims = _providers().claims(directory, _back(directory.slug), started, code, now)
    return vouched_for(directory, claims)


def _started(slug: str) -> Started | None:
    """The sign-in that this browser began here, if the answer is to it and has not come too late. Asked once."""
    kept: Any = session.pop("directory", None)
    if not isinstance(kept, dict) or kept.get("slug") != slug:
        return None
    state = request.args.get("state", "")
    if not compare_digest(state.encode("utf-8", "surrogatepass"), str(kept["state"]).encode()):
        return None
    if workplace().now() - datetime.fromisoformat(kept["at"]) > LIFE:
        return None
    return Started(kept["state"], kept["nonce"], kept["verifier"])


def _page_of(slug: str) -> str:
    """The page of this authority that was asked for before, or its first page."""
    home, wanted = url_for("authorities.show", slug=slug), own_page(session.get("next")) or ""
    return wanted if wanted.startswith(f"{home}/") else home


def _back(slug: str) -> str:
    return mail.link_to("openid.back", slug=slug)


def _providers() -> Providers:
    return cast(Providers, current_app.extensions[_KEY])


def _fault(slug: str, why: str, status: int, fault: Exception) -> Answer:
    # No address and no name of a person is in these texts.
    _log.warning("Signing in with the directory of %s failed: %s", slug, fault)
    return _stopped(why, status)


def _stopped(why: str, status: int, vouched: Vouched | None = None, text: str = "") -> Answer:
    addresses = vouched.addresses if vouched else ()
    return render_template("openid/stopped.html", why=why, addresses=addresses, text=text), status
