"""Radio buttons of which one reveals a field, by style sheet alone."""

from __future__ import annotations

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from markupsafe import Markup

from audit.web.forms import OneOf

_MODULE = ' data-module="govuk-radios"'


class RevealingRadios(GovRadioInput):
    """Radio buttons that GOV.UK's script leaves alone.

    It would give a radio button ``aria-expanded``, which ARIA does not allow there. ``answers.css`` shows and hides
    what belongs to a choice, with or without scripts.
    """

    def render(self, params: dict[str, Any]) -> Markup:
        """The radio buttons in HTML."""
        return Markup(str(super().render(params)).replace(_MODULE, ""))  # noqa: S704 - escaped by the template


class OneOfRevealing(OneOf):
    """One of a few choices, some of which need a word more."""

    widget = RevealingRadios()
