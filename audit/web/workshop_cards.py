"""Workshops as lists show them: how far each has come, and where to go from there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for

from audit.core.rooms import Phase, Room, Standing
from audit.core.workshops import Plan
from audit.reports.wording import counted
from audit.reports.workshop_words import time_words

Ways = list[tuple[str, str]]
# What each phase is called in lists, with the colour of its tag.
PHASES: Mapping[Phase, tuple[str, str]] = {
    Phase.PLANNED: ("Planned", "govuk-tag--grey"),
    Phase.BETWEEN: ("Room open", "govuk-tag--blue"),
    Phase.VOTING: ("Room open", "govuk-tag--blue"),
    Phase.REVEALED: ("Room open", "govuk-tag--blue"),
    Phase.CLOSED: ("Closed", "govuk-tag--green"),
}


def ways_on(slug: str, workshop_id: int, phase: Phase, *, locked: bool = False) -> Ways:
    """The pages of a workshop that are of use now: words and address. ``locked`` says that its audit is signed off."""
    closed = phase is Phase.CLOSED
    ways = [
        ("Desk: run the workshop", "desk.show", not closed and not locked),
        ("Change the plan", "workshops.change", not closed and not locked),
        ("Run sheet to print (PDF)", "workshop_papers.run_sheet", not closed),
        ("Paper ballots (PDF)", "workshop_papers.ballots", not closed),
        ("Record", "records.page", closed),
    ]
    here: dict[str, Any] = {"slug": slug, "workshop_id": workshop_id}
    return [(words, url_for(page, **here)) for words, page, useful in ways if useful]


def agenda_words(plan: Plan, noun: str) -> str:
    """``12 conditions, 2 hours``."""
    return f"{counted(len(plan.agenda), noun)}, {time_words(plan.minutes * 60)}"


def progress_words(plan: Plan, room: Room) -> str:
    """``3 of 12 settled, 1 parked``."""
    standings = [room.standing(item_id) for item_id in plan.item_ids]
    said = [f"{standings.count(Standing.SETTLED)} of {len(standings)} settled"]
    others = (Standing.PARKED, Standing.SKIPPED)
    said += [f"{standings.count(each)} {each.value}" for each in others if each in standings]
    return ", ".join(said)
