"""The pages of workshops in their states, and how to get there. :mod:`tests.browser.workshops` makes the places."""

from __future__ import annotations

from playwright.sync_api import Page

from audit.operations import talking
from tests.browser.rows import NOBODY, Row, press
from tests.browser.scene import LONG_WORD, NEWCOMER, RIGHT_TO_LEFT, Scene

_PLAN = "/workshops/new?step=2&basis=all&minutes=10"


def _refused_plan(page: Page, scene: Scene) -> None:
    page.get_by_label("Title").fill("")
    page.get_by_label("Day", exact=True).fill("soon")
    page.get_by_label("Place of R1", exact=True).fill("2")
    page.get_by_label("Minutes for R3").fill("-1")
    page.get_by_label("Groups that people can choose").fill(f"{RIGHT_TO_LEFT}\n{LONG_WORD}\nNorth\nNORTH")
    page.get_by_label("A consensus of a set value").check()
    page.get_by_label("Consensus that is needed").fill("80%")
    page.get_by_role("button", name="Save the plan").click()


def _left_out(page: Page, scene: Scene) -> None:
    page.get_by_label("Place of R1", exact=True).fill("")
    page.get_by_role("button", name="Save the plan").click()


def _refused_code(page: Page, scene: Scene) -> None:
    page.get_by_label("Code").fill("ABC-101")
    page.get_by_role("button", name="Continue").click()


def _refused_seat(page: Page, scene: Scene) -> None:
    page.get_by_label("Your name").fill(f"{LONG_WORD}{RIGHT_TO_LEFT}" * 20)
    page.get_by_role("button", name="Join").click()


def _voted(page: Page, scene: Scene) -> None:
    page.get_by_label("Not applicable").check()
    page.get_by_role("button", name="Vote").click()
    page.locator("[data-vote-said]").wait_for()


def _told(page: Page, scene: Scene) -> None:
    page.get_by_role("button", name="Partly").first.click()
    page.locator("[aria-pressed=true]").wait_for()


def _opened(page: Page, scene: Scene) -> None:
    for each in page.locator("summary").all():
        each.click()


def _refused_settlement(page: Page, scene: Scene) -> None:
    page.get_by_label("Notes of what is said").fill("x" * 10_001)
    page.get_by_role("button", name="Settle R1").click()


def _talked_elsewhere(page: Page, scene: Scene) -> None:
    """Type on an item on which the same person types in another window."""
    slug, _, number = scene.places["ws_revealed"].removeprefix("/authorities/").split("/")
    here = (scene.workplace, scene.lead, slug, int(number), "R1")
    talk = talking.talk_on(*here)
    typed = f"{LONG_WORD} {talk.number if talk else 0}"
    talking.keep_talk(*here, {"notes": typed, "owner": RIGHT_TO_LEFT}, talk.number if talk else 0)
    page.get_by_label("Notes of what is said").fill(RIGHT_TO_LEFT)
    page.get_by_role("button", name="Keep what is typed").last.click()


def _desk_moved(page: Page, scene: Scene) -> None:
    """Take a step on a desk that shows less than what was done since."""
    page.evaluate("document.querySelectorAll('input[name=seen]').forEach(field => field.value = '1')")
    page.get_by_role("button", name="Park R1").first.click()


def _counted_once(page: Page, scene: Scene) -> None:
    while page.get_by_role("button", name="Throw this count away").count():
        page.get_by_role("button", name="Throw this count away").first.click()
    page.get_by_label("Partner agency").check()
    page.get_by_label("Level 3", exact=False).fill("4")
    page.get_by_label("Very sure").fill("4")
    page.get_by_role("button", name="Enter the first count").click()


def _counted_otherwise(page: Page, scene: Scene) -> None:
    _counted_once(page, scene)
    page.get_by_label("Level 3", exact=False).fill("5")
    page.get_by_role("button", name="Enter the second count").click()


def _refused_count(page: Page, scene: Scene) -> None:
    page.get_by_label("Level 3", exact=False).fill("some")
    page.get_by_label("Not sure").fill("-1")
    page.get_by_role("button", name="Enter the first count").click()


def _revealed_too_soon(page: Page, scene: Scene) -> None:
    """Press "Reveal" on a desk that does not show yet that ballots were counted once."""
    desk = page.url
    page.goto(f"{desk.removesuffix('/desk')}/ballots")
    _counted_once(page, scene)
    page.goto(desk)
    page.evaluate("document.querySelectorAll('input[name=without]').forEach(field => field.value = '0')")
    page.get_by_role("button", name="Reveal without these ballots").click()


def _used_again(page: Page, scene: Scene) -> None:
    page.get_by_role("link", name="Use this agenda again").first.click()


def _planned_again(page: Page, scene: Scene) -> None:
    _used_again(page, scene)
    page.get_by_role("link", name="Workshopshire: Winter 2026").click()


WORKSHOP_ROWS: tuple[Row, ...] = (
    # Planning
    Row("workshops", "workshops.index", "{ws_audit}/workshops"),
    Row("workshops-none", "workshops.index", "{new_key}/workshops"),
    Row("workshops-locked", "workshops.index", "{locked}/workshops"),
    Row("workshops-saved", "workshops.index", f"{{ws_open_audit}}{_PLAN}", then=press("Save the plan")),
    Row("workshop-choose", "workshops.plan", "{ws_open_audit}/workshops/new"),
    Row("workshop-choose-closed", "workshops.plan", "{ws_audit}/workshops/new?step=1"),
    Row("workshop-choose-key", "workshops.plan", "{new_key}/workshops/new"),
    Row("workshop-choose-refused", "workshops.plan", "{ws_open_audit}/workshops/new?step=2&basis=chosen&minutes=0"),
    Row("workshop-plan", "workshops.plan", f"{{ws_open_audit}}{_PLAN}"),
    Row(
        "workshop-plan-key", "workshops.plan", "{new_key}/workshops/new?step=2&basis=section&section=culture&minutes=9"
    ),
    Row("workshop-plan-again", "workshops.plan", "/workshops", then=_planned_again),
    Row("workshop-plan-refused", "workshops.plan", f"{{ws_open_audit}}{_PLAN}", then=_refused_plan),
    Row("workshop-change", "workshops.change", "{ws_planned}/plan"),
    Row("workshop-change-open", "workshops.change", "{ws_between}/plan"),
    Row("workshop-change-refused", "workshops.change", "{ws_between}/plan", then=_left_out),
    Row("my-workshops", "my_workshops.index", "/workshops"),
    Row("my-workshops-none", "my_workshops.index", "/workshops", NEWCOMER),
    Row("my-workshops-again", "my_workshops.index", "/workshops", then=_used_again),
    # The desk
    Row("desk-planned", "desk.show", "{ws_planned}/desk"),
    Row("desk-between", "desk.show", "{ws_between}/desk"),
    Row("desk-voting", "desk.show", "{ws_voting}/desk"),
    Row("desk-revealed", "desk.show", "{ws_revealed}/desk"),
    Row("desk-closed", "desk.show", "{ws_closed}/desk"),
    Row("desk-people", "desk.people", "{ws_voting}/desk/people"),
    Row("desk-people-out", "desk.people", "{ws_between}/desk/people"),
    Row("desk-uncounted", None, "{ws_voting}/desk", status=409, then=_revealed_too_soon),
    Row("desk-refused", None, "{ws_revealed}/desk", then=_refused_settlement),
    Row("desk-stale", None, "{ws_revealed}/desk", status=409, then=_talked_elsewhere),
    Row("desk-moved", None, "{ws_revealed}/desk", status=409, then=_desk_moved),
    Row("paper", "paper.count", "{ws_voting}/ballots"),
    Row("paper-no-vote", "paper.count", "{ws_between}/ballots"),
    Row("paper-again", "paper.count", "{ws_voting}/ballots", then=_counted_once),
    Row("paper-unlike", "paper.count", "{ws_voting}/ballots", then=_counted_otherwise),
    Row("paper-refused", "paper.count", "{ws_voting}/ballots", then=_refused_count),
    # Joining and voting
    Row("join", "join.ask", "/join", NOBODY),
    Row("join-refused", "join.ask", "/join", NOBODY, then=_refused_code),
    Row("join-unknown", "join.enter", "/join/CDFGHJ", NOBODY, 404),
    Row("join-enter", "join.enter", "/join/{code_voting}", NOBODY),
    Row("join-enter-refused", "join.enter", "/join/{code_voting}", NOBODY, then=_refused_seat),
    Row("join-enter-not-member", "join.enter", "/join/{code_voting}", NEWCOMER),
    Row("join-over", "join.enter", "/join/{code_closed}", NOBODY, 410),
    Row("room-between", "room.show", "/room/{code_between}"),
    Row("room-voting", "room.show", "/room/{code_voting}"),
    Row("room-voted", "room.show", "/room/{code_voting}", then=_voted),
    Row("room-revealed", "room.show", "/room/{code_revealed}", then=_opened),
    Row("room-closed", "room.show", "/room/{code_closed}", then=_told),
    # The projector
    Row("screen-between", "projector.show", "{screen_between}", NOBODY),
    Row("screen-voting", "projector.show", "{screen_voting}", NOBODY),
    Row("screen-revealed", "projector.show", "{screen_revealed}", NOBODY),
    Row("screen-revealed-dark", "projector.show", "{screen_revealed}?dark=1", NOBODY),
    Row("screen-voting-dark", "projector.show", "{screen_voting}?dark=1", NOBODY),
    Row("screen-closed", "projector.show", "{screen_closed}", NOBODY),
    # The record
    Row("record", "records.page", "{ws_closed}/record"),
    Row("record-not-yet", "records.page", "{ws_voting}/record", status=409),
    Row("record-links", "results.show", "{ws_audit}/results"),
    Row("record-in-report", "reports.page", "{ws_audit}/report"),
)
