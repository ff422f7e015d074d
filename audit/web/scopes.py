"""What part of the service an audit speaks of, in words."""

from __future__ import annotations

from audit.core.audits import AuditDetails, ScopeKind


def scope_words(details: AuditDetails) -> str:
    """``whole service``, ``locality: North`` or ``team: Duty and assessment``."""
    if details.scope is ScopeKind.WHOLE:
        return "whole service"
    return f"{details.scope.value}: {details.scope_name}"


def round_words(details: AuditDetails) -> str:
    """The round and its scope: ``Autumn 2026, whole service``."""
    return f"{details.period}, {scope_words(details)}"
