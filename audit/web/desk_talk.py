"""What is typed at the desk and sent with every button: it is kept first, so that no step loses a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import render_template, request

from audit.operations.errors import StaleTalk
from audit.operations.rooms import RoomState, run_room
from audit.operations.talking import keep_talk, talk_on
from audit.web.access import current_person, workplace
from audit.web.desk_form import FIELDS, both_talks, notes_form, talk_differences, talked


@dataclass(frozen=True)
class Typed:
    """What a form of the desk sent on an item, over which version of the talk (0 for none)."""

    slug: str
    workshop_id: int
    item_id: str
    fields: Mapping[str, str]
    seen: int

    def keep(self) -> int:
        """Keep it, and give the number of the version. Raises StaleTalk, AuditLocked, NotFound and NotAllowed."""
        place = (workplace(), current_person(), self.slug, self.workshop_id, self.item_id)
        if not self.fields and talk_on(*place) is None:
            return 0
        return keep_talk(*place, self.fields, self.seen).number

    @property
    def problem(self) -> str:
        """What is wrong in that which the record prints, or an empty text."""
        form = notes_form(self.fields)
        form.validate()
        return next((str(fault) for faults in form.errors.values() for fault in faults), "")


def typed_here(slug: str, workshop_id: int) -> Typed | None:
    """What the form of this request sent; None where it has no fields to type into. Raises NotFound and NotAllowed."""
    if "talk" not in request.form:
        return None
    state = run_room(workplace(), current_person(), slug, workshop_id)
    item_id = request.form.get("item", "")
    verdict = state.verdict if state.room.item_id == item_id else None
    return Typed(slug, workshop_id, item_id, talked(request.form, verdict), number_sent("talk"))


def sent_fields() -> dict[str, str]:
    """The fields of the desk's form among all that was sent."""
    return {name: request.form[name] for name in FIELDS if name in request.form}


def number_sent(name: str) -> int:
    """A number that the form names; 0 where it names none that can be."""
    number = request.form.get(name, 0, type=int)
    return number if 0 <= number < 2**31 else 0


def together(typed: Typed) -> Typed:
    """What was typed with what the kept version says besides, over that version."""
    newest = talk_on(workplace(), current_person(), typed.slug, typed.workshop_id, typed.item_id)
    return replace(typed, fields=both_talks(typed.fields, newest.fields), seen=newest.number) if newest else typed


def both_shown(typed: Typed, stale: StaleTalk) -> tuple[str, int]:
    """The page on which one chooses between what was typed and what another page kept; status 409."""
    state: RoomState = run_room(workplace(), current_person(), typed.slug, typed.workshop_id)
    return render_template(
        "desk/stale.html",
        state=state,
        item=state.bank.items[typed.item_id],
        here={"slug": typed.slug, "workshop_id": typed.workshop_id},
        fields=typed.fields,
        current=stale.current,
        own=stale.current.kept_by == current_person().name,
        differences=talk_differences(state.bank, typed.fields, stale.current.fields),
    ), 409
