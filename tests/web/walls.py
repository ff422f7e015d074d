"""Who may open which page: a row for each route and method, with values for its address and a form that is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.operations.walls import BETWEEN, CLOSED, PLANNED, REVEALED, VOTING
from tests.town import MODERATED, OPEN, SIGNED

Values = Mapping[str, str | int]
NOBODY = "nobody"
# Members of Testshire by role.
ALL = "lead contributor facilitator viewer"
READ = "lead contributor facilitator"
RUN = "lead facilitator"
ANSWER = "lead contributor"
LEAD = "lead"
NO_ONE = ""
# Whoever is signed in, of whatever authority; and everybody.
SIGNED_IN = "lead contributor facilitator viewer other gone"
ANYONE = f"{SIGNED_IN} {NOBODY}"
ADDRESSES = "new@testshire.gov.uk"
# Where an address needs a word of its own; "contributor" and the like stand for ids that the town knows.
USUAL: Values = {
    "slug": "testshire",
    "audit_id": OPEN,
    "workshop_id": PLANNED,
    "item_id": "R1",
    "prompt_id": "S1",
    "person_id": "contributor",
    "invitation_id": 1,
    "number": 1,
    "session_id": 999,
    "seat_id": 999,
    "filename": "app.css",
    "token": "invitation",
    "code": "code",
}


@dataclass(frozen=True)
class Row:
    """A route and method, ``who`` may use it, the ``values`` of its address that are not usual, and its form."""

    method: str
    endpoint: str
    who: str
    values: Values = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    # What those get who are let in, where it is neither a page nor a way on to one.
    status: int = 0

    @property
    def name(self) -> str:
        """What a test calls it."""
        marks = [str(value) for value in self.values.values()]
        return "-".join([self.method, self.endpoint, *marks])


def both(endpoint: str, who: str, form: Mapping[str, str], values: Values | None = None) -> tuple[Row, Row]:
    """The rows of a page with a form."""
    return Row("GET", endpoint, who, values or {}), Row("POST", endpoint, who, values or {}, form)


IN_MODERATION: Values = {"audit_id": MODERATED}
SIGNED_OFF: Values = {"audit_id": SIGNED}
ANSWERED = {"rating": "2", "seen": "2", "what_happens_now": "We do."}
# Ballots were counted only once there: the desk asks about them, unless the form says that it was asked.
REVEALING = {"seen": "5", "kind": "reveal", "item": "R2", "without": "1"}
SETTLED = {"seen": "7", "item": "R2", "talk": "0", "revision": "0", "rating": "3", "reason": "We agree."}

ROWS = (
    # Pages that are the same for everybody
    Row("GET", "static", ANYONE),
    Row("GET", "pages.accessibility", ANYONE),
    Row("GET", "pages.cookies", ANYONE),
    Row("GET", "pages.health", ANYONE),
    Row("GET", "pages.help", ANYONE),
    Row("GET", "pages.privacy", ANYONE),
    Row("GET", "pages.start", ANYONE),
    *both("verify.page", ANYONE, {}),
    Row("GET", "evidence.finding", SIGNED_IN, {"name": "HACK-151"}),
    Row("GET", "evidence.index", SIGNED_IN),
    Row("GET", "evidence.item", SIGNED_IN, {"name": "R1"}),
    Row("GET", "evidence.publication", SIGNED_IN, {"name": "remodelling-pilots-2011"}),
    Row("GET", "evidence.setting", SIGNED_IN, {"name": "project-crewe"}),
    Row("GET", "evidence.settings", SIGNED_IN),
    # A room's screens, by keys that nobody has
    Row("GET", "live.state", ANYONE, {"key": "made-up"}, status=404),
    Row("GET", "live.phone", ANYONE, {"key": "made-up"}, status=404),
    Row("GET", "live.screen", ANYONE, {"key": "made-up"}, status=404),
    Row("GET", "projector.show", ANYONE, {"key": "made-up"}, status=404),
    # Joining and voting: whoever has the code. The lead has a seat; others are sent to take one.
    Row("GET", "join.ask", ANYONE),
    Row("POST", "join.find", ANYONE, {}, {"code": "not a code"}),
    Row("GET", "join.enter", ANYONE),
    Row("POST", "join.take", ANYONE, {}, {"name": "Ann", "group": "North"}),
    Row("GET", "room.show", ANYONE),
    # The fifth step of the authority opened the round.
    Row("POST", "room.vote", ANYONE, {}, {"choice": "2", "round": "5"}),
    Row("POST", "room.feedback", ANYONE, {"code": "code of a closed room"}, {"heard": "yes"}),
    # Getting in and out, and one's own account
    Row("GET", "sign_in.ask", ANYONE),
    Row("POST", "sign_in.password", ANYONE, {}, {"email": "lead@testshire.gov.uk", "password": "wrong"}),
    Row("GET", "sign_in.send_again", ANYONE),
    Row("POST", "sign_in.send", ANYONE),
    Row("GET", "sign_in.code", ANYONE),
    Row("POST", "sign_in.give_code", ANYONE),
    Row("GET", "sign_in.link", ANYONE, {"token": "made-up"}, status=410),
    Row("POST", "sign_in.use", ANYONE, {"token": "made-up"}, status=410),
    Row("POST", "sign_in.out", ANYONE),
    # Testshire has no directory, like an authority that is not there.
    Row("GET", "openid.ask", ANYONE),
    Row("GET", "openid.start", ANYONE, status=404),
    Row("GET", "openid.back", ANYONE, status=400),
    Row("GET", "invitations.show", ANYONE),
    Row("POST", "invitations.accept", ANYONE, {}, {"name": "In Vited"}),
    Row("GET", "account.show", SIGNED_IN),
    Row("GET", "account.signed_in_where", SIGNED_IN),
    Row("POST", "account.end_session", SIGNED_IN),
    Row("POST", "account.end_all", SIGNED_IN),
    *both("account.password", SIGNED_IN, {}),
    *both("account.remove_password", SIGNED_IN, {}),
    *both("account.factor", SIGNED_IN, {}),
    *both("account.recovery_codes", SIGNED_IN, {}),
    *both("account.remove_factor", SIGNED_IN, {}),
    Row("GET", "own_data.page", SIGNED_IN),
    Row("GET", "own_data.file", SIGNED_IN),
    # Authorities
    Row("GET", "authorities.index", SIGNED_IN),
    *both("authorities.new", SIGNED_IN, {"name": "Newshire"}),
    Row("GET", "authorities.show", ALL),
    Row("GET", "authorities.colours", ALL),
    *both("authorities.settings", RUN, {"name": "Testshire"}),
    # People
    Row("GET", "members.show", ALL),
    *both("members.invite", RUN, {"people": ADDRESSES, "role": "viewer"}),
    Row("POST", "members.again", RUN),
    Row("POST", "members.withdraw", RUN),
    *both("members.role", LEAD, {"role": "viewer"}),
    *both("members.remove", LEAD, {}),
    *both("keeping.page", LEAD, {"months": "24"}),
    Row("POST", "keeping.take_out", LEAD, {}, {"form": "json"}),
    # The trail
    Row("GET", "trail.page", LEAD),
    Row("GET", "trail.check", LEAD),
    Row("GET", "trail.file", LEAD, {"form": "json"}),
    # An audit: answering
    *both("audits.new", RUN, {}),
    # Who gives no answers reads the questions, with no answers beside them.
    Row("GET", "audits.tasks", READ),
    Row("GET", "audits.check", READ),
    Row("GET", "items.edit", READ),
    Row("POST", "items.edit", ANSWER, {}, ANSWERED),
    Row("POST", "items.draft", ANSWER, {}, ANSWERED),
    Row("POST", "items.discard", ANSWER),
    Row("GET", "items.history", READ),
    Row("POST", "items.history", ANSWER, {}, {"number": "1"}),
    Row("GET", "prompts.edit", READ),
    Row("POST", "prompts.edit", ANSWER, {}, {"seen": "2", "what_happens_now": "We do."}),
    Row("POST", "team.name", ANSWER, {}, {"named": "yes"}),
    Row("GET", "downloads.offline", ANSWER),
    *both("imports.page", ANSWER, {}),
    Row("GET", "reports.form", ANSWER),
    *both("assigning.by_item", RUN, {}),
    *both("assigning.of_person", RUN, {}),
    # An audit: what comes of it
    *(
        Row("GET", endpoint, who, {"audit_id": audit_id, **values})
        for audit_id, who in ((OPEN, ANSWER), (MODERATED, READ), (SIGNED, READ))
        for endpoint, values in (
            ("results.show", {}),
            ("results.plan", {}),
            ("results.working", {}),
            ("reports.page", {}),
            ("reports.xlsx", {}),
            ("downloads.answers", {"form": "csv"}),
        )
    ),
    Row("GET", "reports.pdf", ANSWER),
    Row("GET", "reports.docx", ANSWER),
    # The team's answers
    Row("GET", "team.show", RUN),
    *both("team.close", RUN, {}),
    *both("team.reopen", RUN, {}, IN_MODERATION),
    Row("GET", "moderation.show", RUN, IN_MODERATION),
    Row("GET", "moderation.meaning", RUN, IN_MODERATION),
    Row("GET", "moderation.numbers", RUN, {**IN_MODERATION, "form": "csv"}),
    Row("GET", "moderation.numbers", NO_ONE, {"form": "csv"}),
    *both("moderation.agreed", RUN, {"reason": "We agree."}, IN_MODERATION),
    *both("moderation.one", RUN, {"rating": "3", "reason": "We agree.", "seen": "2"}, {**IN_MODERATION, "name": "R1"}),
    Row("GET", "moderation.one", NO_ONE, {"name": "R1"}),
    Row("POST", "moderation.take_back", RUN, {**IN_MODERATION, "name": "R1"}, {"seen": "2"}),
    # Workshops: the desk, and counting ballots. Rooms were opened by steps 1 to 4; the vote of the room in which people
    # vote is step 5, the reveal of the next room step 7, and closing the last one step 8.
    Row("GET", "desk.show", RUN),
    *(Row("GET", "desk.show", RUN, {"workshop_id": number}) for number in (BETWEEN, VOTING, REVEALED, CLOSED)),
    Row("GET", "desk.people", RUN, {"workshop_id": VOTING}),
    Row("POST", "desk.open_room", RUN, {}, {"seen": "0"}),
    Row("POST", "desk.step", RUN, {"workshop_id": VOTING}, REVEALING),
    Row("POST", "desk.settle", RUN, {"workshop_id": REVEALED}, SETTLED),
    Row("POST", "desk.keep", RUN, {"workshop_id": REVEALED}, {"item": "R2", "talk": "0", "what_happens_now": "We do."}),
    Row("POST", "desk.undo", RUN, {"workshop_id": REVEALED}, {"seen": "7"}),
    Row("POST", "desk.close", RUN, {"workshop_id": BETWEEN}, {"seen": "1"}),
    Row("POST", "desk.lock", RUN, {"workshop_id": VOTING}, {"locked": "yes"}),
    Row("POST", "desk.new_code", RUN, {"workshop_id": VOTING}),
    Row("POST", "desk.send_out", RUN, {"workshop_id": VOTING, "seat_id": 5}),
    Row("POST", "desk.let_in", RUN, {"workshop_id": BETWEEN, "seat_id": 1}),
    *both(
        "paper.count", RUN, {"round": "5", "group": "North", "level_1": "6", "then": "first"}, {"workshop_id": VOTING}
    ),
    # Workshops: planning
    Row("GET", "my_workshops.index", SIGNED_IN),
    Row("GET", "workshops.index", RUN),
    *both("workshops.plan", RUN, {"title": "Our day"}),
    *both("workshops.change", RUN, {"title": "Our day", "place_R1": "1", "minutes_R1": "5", "rule": "median"}),
    Row("GET", "workshop_papers.run_sheet", RUN),
    Row("GET", "workshop_papers.ballots", RUN),
    # Workshops: their records, once they are closed
    *(Row("GET", f"records.{form}", RUN, {"workshop_id": CLOSED}) for form in ("page", "pdf", "docx")),
    Row("GET", "records.page", RUN, {"workshop_id": VOTING}, status=409),
    # Groups
    Row("GET", "groups.show", RUN),
    Row("POST", "groups.names", RUN, {}, {"added": "North"}),
    Row("POST", "groups.people", RUN),
    Row("POST", "groups.threshold", LEAD, {}, {"smallest": "7"}),
    *both("items.settled", RUN, {"number": "1"}, IN_MODERATION),
    # Signing off
    *both("signing.sign", LEAD, {}, IN_MODERATION),
    *both("signing.reopen", LEAD, {"because": "A mistake."}, SIGNED_OFF),
    Row("GET", "signing.versions", ALL, SIGNED_OFF),
    Row("GET", "signing.page", ALL, SIGNED_OFF),
    Row("GET", "signing.pdf", ALL, SIGNED_OFF),
)
