"""What each role may do for an authority."""

from __future__ import annotations

from enum import Enum

from audit.core.people import Role


class Deed(Enum):
    """Something that a member may do; the value says it in words."""

    BELONG = "see that the authority is here, and its audits by name"
    READ_QUESTIONS = "see the questions of an audit that is not signed off"
    ANSWER = "give answers of one's own"
    SEE_OWN = "see one's own answers"
    MANAGE = "open audits, set targets and weighting, assign items and keep the plan"
    INVITE = "invite people"
    MANAGE_MEMBERS = "change roles and remove people"
    SEE_TOTALS = "see the answers of everybody as totals before sign-off"
    SETTLE = "run a workshop and settle answers"
    SET_RULES = "set how small a group may be to be shown, and how long audits are kept"
    SIGN_OFF = "sign off an audit, and reopen it"
    READ_SIGNED = "read reports that are signed off"
    READ_TRAIL = "read the trail"
    TAKE_OUT = "take out all that the authority wrote"


_EVERYONE = frozenset(Role)
_LEAD = frozenset({Role.LEAD})
_RUNS = frozenset({Role.LEAD, Role.FACILITATOR})
_ANSWERS = frozenset({Role.LEAD, Role.CONTRIBUTOR})

ALLOWED: dict[Deed, frozenset[Role]] = {
    Deed.BELONG: _EVERYONE,
    Deed.READ_QUESTIONS: _EVERYONE - {Role.VIEWER},
    Deed.ANSWER: _ANSWERS,
    Deed.SEE_OWN: _ANSWERS,
    Deed.MANAGE: _RUNS,
    Deed.INVITE: _RUNS,
    Deed.MANAGE_MEMBERS: _LEAD,
    Deed.SEE_TOTALS: _RUNS,
    Deed.SETTLE: _RUNS,
    Deed.SET_RULES: _LEAD,
    Deed.SIGN_OFF: _LEAD,
    Deed.READ_SIGNED: _EVERYONE,
    Deed.READ_TRAIL: _LEAD,
    Deed.TAKE_OUT: _LEAD,
}

# Whom a role may invite. A facilitator from outside cannot make somebody a lead, nor bring in a second facilitator.
MAY_INVITE: dict[Role, frozenset[Role]] = {
    Role.LEAD: _EVERYONE,
    Role.FACILITATOR: frozenset({Role.CONTRIBUTOR, Role.VIEWER}),
    Role.CONTRIBUTOR: frozenset(),
    Role.VIEWER: frozenset(),
}


def may(role: Role, deed: Deed) -> bool:
    """Whether the role allows it."""
    return role in ALLOWED[deed]
