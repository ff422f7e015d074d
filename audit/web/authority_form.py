"""The form of an authority: its name, code and colour."""

from __future__ import annotations

from flask_wtf import FlaskForm

from audit.core.people import NAME_LIMIT, check_accent, check_name, check_ons_code
from audit.web.forms import Sound
from audit.web.typed import ShortLine


def _upper(text: str | None) -> str | None:
    return text.upper() if text else text


def _lower(text: str | None) -> str | None:
    return text.lower() if text else text


class AuthorityForm(FlaskForm):
    """An authority's name, code and colour. Only the name must be there."""

    name = ShortLine("Name of the authority", NAME_LIMIT, validators=[Sound(check_name)])
    ons_code = ShortLine("ONS code (optional)", NAME_LIMIT, filters=[_upper], validators=[Sound(check_ons_code)])
    accent = ShortLine("Accent colour (optional)", NAME_LIMIT, filters=[_lower], validators=[Sound(check_accent)])

    @property
    def given(self) -> dict[str, str]:
        """The name, code and colour, ready for an operation."""
        return {name: self.data[name] or "" for name in ("name", "ons_code", "accent")}
