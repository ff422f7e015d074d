"""The pages for what goes wrong, in the same house style as all others."""

from __future__ import annotations

from flask import Flask, current_app, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadHost, HTTPException

from audit.core.errors import NotKept
from audit.core.texts import tidy
from audit.operations.errors import AuditLocked, LinkRefused, NotAllowed, NotFound
from audit.reports.wording import capital
from audit.web import late
from audit.web.access import SignedOut
from audit.web.security import CrossSite
from audit.web.typed import verbatim

Answer = tuple[str, int]
_PAGES = {403, 404, 405, 413, 429, 500}
# What was typed and is shown on no page.
_SECRET = {"password", "old", "new", "code"}
# What a form sends that nobody typed.
_OURS = {
    "csrf_token",
    "seen",
    "before",
    "then",
    "answers",
    "read",
    "item",
    "kind",
    "round",
    "talk",
    "revision",
    "built_on",
    "without",
}


def handle(app: Flask) -> None:
    """Register the pages for errors."""
    app.register_error_handler(NotFound, lambda fault: (_with_what_was_typed("404"), 404))
    app.register_error_handler(NotAllowed, lambda fault: (_with_what_was_typed("403"), 403))
    # Not a word of what another site sent.
    app.register_error_handler(CrossSite, lambda fault: (render_template("errors/403.html", typed=[]), 403))
    app.register_error_handler(NotKept, not_kept)
    app.register_error_handler(AuditLocked, locked)
    app.register_error_handler(CSRFError, expired)
    app.register_error_handler(SignedOut, expired)
    app.register_error_handler(LinkRefused, lambda fault: (render_template("sign_in/refused.html", fault=fault), 410))
    # Without a host there are no addresses, and so no page of ours.
    app.register_error_handler(BadHost, lambda fault: ("The name of the host in this request cannot be one.", 400))
    app.register_error_handler(HTTPException, http_error)


def locked(fault: AuditLocked) -> Answer:
    """A form for an audit that was signed off in between, with what was typed."""
    return render_template("errors/409.html", fault=str(fault), typed=typed_fields()), 409


def expired(fault: Exception) -> Answer:
    """A form that came too late, with what was typed."""
    kept = isinstance(fault, SignedOut) and late.kept()
    again = request.path if _can_be_opened(request.path) else None
    return render_template("errors/expired.html", typed=typed_fields(), again=again, kept=kept), 400


def not_kept(fault: NotKept) -> Answer:
    """A form that the disk had no room for, with what was typed."""
    if "person" not in g:
        # Even looking up who asks may need room.
        g.person = g.membership = None
    return render_template("errors/507.html", typed=typed_fields()), 507


def http_error(fault: HTTPException) -> Answer | HTTPException:
    """The page of an HTTP error; a redirect stays what it is."""
    code = fault.code or 500
    if code < 400:
        return fault
    if code >= 500:
        # The store itself may be out of order: this page asks it nothing.
        g.person = g.membership = None
        return render_template("errors/500.html", typed=typed_fields()), code
    return render_template(f"errors/{code}.html" if code in _PAGES else "errors/other.html", typed=[]), code


def _with_what_was_typed(name: str) -> str:
    return render_template(f"errors/{name}.html", typed=typed_fields())


def typed_fields() -> list[tuple[str, str]]:
    """What was typed into the form of this request, under the names of its fields in words."""
    return [
        (capital(name.replace("_", " ").replace("-", " ")), verbatim(tidy(text)))
        for name, texts in request.form.lists()
        for text in texts
        if text.strip() and name not in _OURS | _SECRET
    ]


def _can_be_opened(path: str) -> bool:
    try:
        current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return False
    return True
