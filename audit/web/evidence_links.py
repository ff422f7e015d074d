"""Links to evidence as a form asks for them: an address, a date and a note."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from wtforms import Form
from wtforms.validators import ValidationError

from audit.core.audits import EvidenceLink
from audit.web.typed import ShortLine

MOST_LINKS = 5
_DAYS = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%Y-%m-%d")


def read_day(text: str) -> str | None:
    """The ISO date of ``21 November 2026``, ``21/11/2026`` or ``2026-11-21``; None for anything else."""
    for pattern in _DAYS:
        try:
            return datetime.strptime(text, pattern).date().isoformat()
        except ValueError:
            continue
    return None


def is_address(text: str) -> bool:
    """Whether the text is the address of a web page."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and text.isprintable() and " " not in text


class LinkForm(Form):
    """One link. A row that is empty counts for nothing."""

    url = ShortLine("Address", 2000, "It begins with https:// or http://")
    dated = ShortLine("Date", 40, "For example, 21 November 2026. You can leave it empty")
    note = ShortLine("Note", 500, "What it shows, or where in it to look")

    def validate_url(self, field: ShortLine) -> None:
        """An address where there is a date or a note, and one that a browser can open."""
        if not field.data and (self.dated.data or self.note.data):
            raise ValidationError("Enter the address of this evidence, or empty its date and note.")
        if field.data and not is_address(field.data):
            raise ValidationError("Enter an address that begins with https:// or http://, without spaces.")

    def validate_dated(self, field: ShortLine) -> None:
        """A day, or nothing."""
        if field.data and read_day(field.data) is None:
            raise ValidationError("Enter a date such as 21 November 2026, or leave it empty.")

    def link(self) -> EvidenceLink | None:
        """The link that a valid row describes, or None for an empty row."""
        if not self.url.data:
            return None
        return EvidenceLink(self.url.data, read_day(self.dated.data or "") or "", self.note.data or "")
