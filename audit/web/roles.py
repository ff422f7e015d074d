"""What each role may do, in words for people."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms.fields.choices import SelectChoice

from audit.core.people import Role
from audit.reports.wording import capital

ROLE_WORDS: dict[Role, str] = {
    Role.LEAD: "runs audits, gives answers, settles the team's answers, signs off, and decides who belongs here.",
    Role.CONTRIBUTOR: "gives answers, and sees nobody else's until the audit is signed off.",
    Role.FACILITATOR: "comes from outside, runs audits and workshops, settles answers, gives none and cannot sign off.",
    Role.VIEWER: "reads what is signed off, and nothing else.",
}


def role_choices(roles: Iterable[Role]) -> list[SelectChoice]:
    """Radio buttons for these roles, in the order of ``Role``."""
    wanted = set(roles)
    return [SelectChoice(role.value, role.value.capitalize()) for role in Role if role in wanted]


def role_hints(roles: Iterable[Role]) -> list[dict[str, dict[str, str]]]:
    """The hints of those radio buttons, in the same order."""
    wanted = set(roles)
    return [{"hint": {"text": capital(ROLE_WORDS[role])}} for role in Role if role in wanted]
