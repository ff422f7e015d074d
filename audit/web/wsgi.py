"""The application for a WSGI server such as gunicorn: ``gunicorn 'audit.web.wsgi:app'``."""

from __future__ import annotations

from audit.operations.workplace import Workplace
from audit.web.app import create_app, warm
from audit.web.settings import Settings

_settings = Settings.from_environment()
app = create_app(Workplace(_settings.instance), _settings)
warm(app)
