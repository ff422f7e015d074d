"""Signed versions of an audit's report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

# So many characters may a statement at sign-off have, and so many the reason for reopening.
STATEMENT_LIMIT = 2000


@dataclass(frozen=True)
class Version:
    """One signed version. Versions of an audit count from 1.

    ``page_sha256`` and ``pdf_sha256`` are those of the report as it is stored, as a page and as a PDF.
    ``trail_sha256`` is the hash of the trail up to and with the signing. The last three are None until the audit is
    opened again.
    """

    number: int
    statement: str
    signed_by_id: int
    signed_by: str
    signed_at: datetime
    page_sha256: str
    pdf_sha256: str
    trail_sha256: str
    reopened_by: str | None = None
    reopened_at: datetime | None = None
    reopened_because: str | None = None


@dataclass(frozen=True)
class Signature:
    """What stands on a report that is signed off: whose word it is, when it was given, and what was said."""

    number: int
    name: str
    role: str
    at: datetime
    statement: str
