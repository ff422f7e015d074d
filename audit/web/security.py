"""What every response carries, and what every form must prove."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Flask, Response, g, request
from flask_wtf import CSRFProtect
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix

from audit.web.settings import Settings

COOKIE = "plumbline"
# How long a device keeps its seats when its browser is closed. No cookie is taken that is older.
SEAT_LIFE = timedelta(days=7)
# Three texts of 100,000 characters, each of up to four bytes, in the worst encoding of a form.
LARGEST_FORM = 4_000_000
# The longest form has a field for each member of an authority.
MOST_FIELDS = 2_000
_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# What a browser says of a form that one of our own pages sent; "none" is a page loaded again by its reader.
_OWN = {"same-origin", "none"}


class CrossSite(Exception):
    """A form that a page of another site sent."""


def protect(app: Flask, settings: Settings) -> None:
    """Set up cookies, forms and headers."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME=COOKIE,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        # For seats in workshops alone; a sign-in ends with the browser.
        PERMANENT_SESSION_LIFETIME=SEAT_LIFE,
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
        # Pages whose address holds a token send no referrer. Sec-Fetch-Site says the same and more.
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
    )
    app.before_request(_refuse_other_sites)
    app.before_request(_refuse_many_fields)
    CSRFProtect(app)
    app.after_request(_headers)
    if settings.https:
        app.after_request(_stay_with_https)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        fixed = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)
        app.wsgi_app = fixed  # type: ignore[method-assign]  # as Flask tells to wrap it


def nonce() -> str:
    """The word that lets this response's own inline script run; new for each response."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def keep_address_secret(response: Response) -> Response:
    """For pages whose address holds a token: no link from them tells it, and the browser does not keep them."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def _refuse_other_sites() -> None:
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "same-origin") not in _OWN:
        raise CrossSite


def _refuse_many_fields() -> None:
    """Before anything reads the form: a page that shows hundreds of thousands of fields again takes minutes to make."""
    if request.mimetype == "application/x-www-form-urlencoded" and request.get_data().count(b"&") >= MOST_FIELDS:
        raise RequestEntityTooLarge


def _headers(response: Response) -> Response:
    given = response.headers
    given.setdefault("Content-Security-Policy", _POLICY.format(nonce=nonce()))
    given.setdefault("X-Content-Type-Options", "nosniff")
    given.setdefault("Referrer-Policy", "same-origin")
    given.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.endpoint != "static" and given.get("Cache-Control", "no-cache") == "no-cache":
        # Computers in councils are shared: nothing of a page or a file stays behind in the browser.
        private = g.get("person") or request.method == "POST"
        given["Cache-Control"] = "no-store" if private else "no-cache"
    return response


def _stay_with_https(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
