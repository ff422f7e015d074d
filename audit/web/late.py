"""A form from a session that has expired: an answer in it is kept for whoever typed it, until they sign in again."""

from __future__ import annotations

from flask import request, session

from audit.core.errors import PlumblineError
from audit.operations import answering
from audit.operations.sessions import person_of_lapsed
from audit.web.access import workplace
from audit.web.answer_flow import sent_number
from audit.web.item_form import typed_fields

# Pages of answers, with the part of their address that names what is answered.
_ANSWERS = {"items.edit": "item_id", "prompts.edit": "prompt_id"}


def kept() -> bool:
    """Keep what this request's form says of an answer as a draft of the person whose session it was.

    Whether it was kept: only the form of an answer is, from a session that has expired and was not ended, and only
    where the person may still answer. Signing in leads back to it.
    """
    name = _ANSWERS.get(request.endpoint or "")
    person = person_of_lapsed(workplace(), session.get("token", "")) if name else None
    if name is None or person is None:
        return False
    at = request.view_args or {}
    place = (workplace(), person, at["slug"], at["audit_id"], at[name])
    try:
        answering.keep_draft(*place, typed_fields(request.form), sent_number("seen"))
    except PlumblineError:
        return False
    session["next"] = request.path
    return True
