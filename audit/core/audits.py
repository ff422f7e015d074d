"""Audits and the revisions of their answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from audit.core.responses import Response


class AuditState(Enum):
    """How far an audit has come. A signed-off audit is locked."""

    DRAFT = "draft"
    OPEN = "open"
    MODERATED = "moderated"
    SIGNED_OFF = "signed_off"

    @property
    def locked(self) -> bool:
        """Whether answers can no longer be changed."""
        return self is AuditState.SIGNED_OFF

    @property
    def takes_answers(self) -> bool:
        """Whether people may give answers of their own. Once it is moderated, answers are settled instead."""
        return self in {AuditState.DRAFT, AuditState.OPEN}


class ScopeKind(Enum):
    """What part of the service an audit speaks of."""

    WHOLE = "whole"
    LOCALITY = "locality"
    TEAM = "team"


@dataclass(frozen=True)
class AuditDetails:
    """What is decided when an audit is opened.

    ``target`` is a level number, or None for the bank's default. ``illustrative`` says what a demonstration reads, and
    is empty for an audit of an authority's own.
    """

    bank_id: str
    period: str
    scope: ScopeKind = ScopeKind.WHOLE
    scope_name: str = ""
    weighting: str = "equal"
    target: int | None = None
    illustrative: str = ""


@dataclass(frozen=True)
class Audit:
    """One round of one bank by one authority."""

    id: int
    details: AuditDetails
    bank_version: str
    state: AuditState
    opened_by: str
    opened_at: datetime


@dataclass(frozen=True)
class EvidenceLink:
    """Where evidence for an answer lies. ``dated`` is an ISO date or empty."""

    url: str
    dated: str = ""
    note: str = ""


@dataclass(frozen=True)
class Revision:
    """One saved state of an answer. Revisions of an item count from 1."""

    number: int
    item_id: str
    response: Response
    links: tuple[EvidenceLink, ...]
    saved_by: str
    saved_at: datetime


@dataclass(frozen=True)
class Draft:
    """What a person typed and did not save: the raw form fields, and the revision they were built on."""

    fields: dict[str, str]
    seen: int
    kept_at: datetime


@dataclass(frozen=True)
class TrailEntry:
    """One thing that somebody did, in the words that the trail shows."""

    at: datetime
    person_id: int
    person_name: str
    did: str
    audit_id: int | None = None
    item_id: str | None = None
    detail: str = ""
