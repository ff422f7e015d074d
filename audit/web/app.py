"""The application, put together."""

from __future__ import annotations

import gc
from pathlib import Path
from threading import Thread
from typing import Any

from flask import Flask
from govuk_frontend_wtf.main import WTFormsHelpers
from werkzeug.routing import IntegerConverter, Map

from audit.core.answer_rows import TEXT_LIMIT
from audit.core.bank_loader import bank_ids, load_bank
from audit.operations.evidence import index
from audit.operations.workplace import Workplace
from audit.web import (
    access,
    account,
    assigning,
    audits,
    authorities,
    desk,
    downloads,
    errors,
    evidence,
    groups,
    imports,
    invitations,
    items,
    join,
    join_address,
    keeping,
    limits,
    live,
    mail,
    members,
    moderation,
    my_workshops,
    openid,
    own_data,
    pages,
    paper,
    projector,
    prompts,
    quick,
    records,
    reports,
    results,
    room,
    security,
    sign_in,
    signing,
    team,
    templating,
    trail,
    verify,
    workshop_papers,
    workshops,
)
from audit.web.settings import Settings

STATIC = Path(__file__).resolve().parents[1] / "static"
_AREAS = (
    pages,
    sign_in,
    account,
    authorities,
    audits,
    items,
    prompts,
    imports,
    results,
    reports,
    downloads,
    evidence,
    verify,
    members,
    invitations,
    signing,
    assigning,
    trail,
    team,
    moderation,
    groups,
    openid,
    own_data,
    keeping,
    live,
    workshops,
    workshop_papers,
    records,
    my_workshops,
    join,
    room,
    projector,
    desk,
    paper,
)


class Number(IntegerConverter):
    """A number in an address. One that no audit can have leads nowhere; SQLite would stumble over it."""

    def __init__(self, map: Map, **options: Any) -> None:
        super().__init__(map, **{"max": 2**31 - 1, **options})


def warm(app: Flask) -> None:
    """Read banks and findings before the first request asks for them, and let the collector of garbage skip them.

    Templates are compiled while the first request may come already: together they take seconds.
    """
    for bank_id in bank_ids():
        load_bank(bank_id)
    index()
    gc.freeze()
    Thread(target=templating.compile_all, args=(app,), name="templates", daemon=True).start()


def create_app(workplace: Workplace, settings: Settings | None = None) -> Flask:
    """The pages of one instance. Without ``settings``, the environment gives them."""
    app = Flask(__name__, static_folder=STATIC, template_folder=None)
    app.url_map.converters["int"] = Number
    templating.prepare(app)
    access.place_in(app, workplace)
    settings = settings or Settings.from_environment()
    security.protect(app, settings)
    mail.prepare(app, settings)
    join_address.prepare(app, settings)
    errors.handle(app)
    limits.prepare(app)
    WTFormsHelpers(app)
    app.jinja_env.globals.update(
        csp_nonce=security.nonce,
        person_here=access.person_or_none,
        authority_here=access.authority_here,
        text_limit=TEXT_LIMIT,
    )
    for area in _AREAS:
        app.register_blueprint(area.bp)
    quick.answer_quickly(app, workplace)
    return app
