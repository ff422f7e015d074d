"""Who may call which operation: a row for each that takes a person and an authority, with arguments that it accepts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from audit.core.audits import AuditDetails
from audit.core.mailboxes import Mailbox
from audit.core.people import Role
from audit.core.permissions import Deed
from audit.core.responses import Answers, RatingState, Response
from audit.core.round_results import Pile
from audit.core.trail import WantedRows
from audit.core.workshops import AgendaItem, Plan, StepKind
from audit.operations import closing, paper_ballots, room_doors, room_steps, signing
from audit.operations.audits import open_audit
from audit.operations.handing_over import Form
from audit.operations.rooms import desk_of, run_room
from tests.making import rated
from tests.rooms import Room
from tests.town import MODERATED, OPEN, SIGNED, SLUG, Town

Given = dict[str, Any]
ALL = "lead contributor facilitator viewer"
READ = "lead contributor facilitator"
RUN = "lead facilitator"
ANSWER = "lead contributor"
LEAD = "lead"
NEW = Mailbox("new@testshire.gov.uk")
# Workshops by number, each in another phase.
PLANNED, BETWEEN, VOTING, REVEALED, CLOSED = 1, 2, 3, 4, 5
# The first seat of the first room that is open.
SENT_OUT = 1
PLAN = Plan("The day", (AgendaItem("R2", 10), AgendaItem("R3", 10)), groups=("North",))
COUNTED = Pile("", dict.fromkeys(range(5), 1))
PILE = Pile("North", dict.fromkeys(range(5), 1))
AGREED = Response(RatingState.RATED, 3, "We agree.")


@dataclass(frozen=True)
class Row:
    """An operation, ``module.name``, with the roles that may call it and the arguments after the authority."""

    name: str
    who: str
    given: Given = field(default_factory=dict)
    made: Callable[[Town], Given] = lambda town: {}

    def arguments(self, town: Town) -> Given:
        """The arguments, with those that depend on the town."""
        return {**self.given, **self.made(town)}


def _contributor(town: Town) -> Given:
    return {"member_id": town.people["contributor"].id}


def _signing(town: Town) -> Given:
    rows = signing.to_sign(town.workplace, town.people["lead"], SLUG, MODERATED).rows
    rendered = signing.Rendered(b"page", b"pdf", "the same")
    return {"seen": signing.Seen(rows, "the same"), "render": lambda sheet, signature: rendered}


def with_workshops(town: Town) -> None:
    """Give the town an audit with a workshop in each phase, and remember it so."""
    place = (town.workplace, town.people["lead"], SLUG)
    audit_id = open_audit(*place, AuditDetails("recommendations", "Winter 2026")).id
    closing.close_answering(*place, audit_id)
    rooms = {number: Room(*place, audit_id, PLAN) for number in (PLANNED, BETWEEN, VOTING, REVEALED, CLOSED)}
    assert [room.id for room in rooms.values()] == list(rooms)
    for number in (BETWEEN, VOTING, REVEALED, CLOSED):
        rooms[number].open(["Ann", "Ben", "Cy"])
    for number in (VOTING, REVEALED):
        rooms[number].step(StepKind.OPEN_ITEM, "R2")
        rooms[number].vote([1, 2, 3])
    paper_ballots.count_first(*place, VOTING, run_room(*place, VOTING).seen, COUNTED)
    rooms[REVEALED].step(StepKind.REVEAL, "R2")
    room_doors.send_out(*place, BETWEEN, SENT_OUT)
    room_steps.close_room(*place, CLOSED, rooms[CLOSED].seen)
    town.tokens["code"] = rooms[VOTING].code
    town.tokens["code of a closed room"] = rooms[CLOSED].code
    town.keep()


def _seen(workshop_id: int) -> Callable[[Town], Given]:
    return lambda town: {"seen": run_room(town.workplace, town.people["lead"], SLUG, workshop_id).seen}


def _round(town: Town) -> Given:
    voting = run_room(town.workplace, town.people["lead"], SLUG, VOTING).voting
    assert voting is not None
    return {"round_id": voting.id}


def _seat(town: Town) -> Given:
    return {"seat_id": desk_of(town.workplace, town.people["lead"], SLUG, VOTING).seats[0].id}


ROWS = (
    Row("access.require", LEAD, {"deed": Deed.TAKE_OUT}),
    Row("access.require", ALL, {"deed": Deed.BELONG}),
    Row("answering.discard_draft", ANSWER, {"audit_id": OPEN, "item_id": "R2"}),
    Row("answering.draft_for", ANSWER, {"audit_id": OPEN, "item_id": "R2"}),
    Row("answering.history_of", READ, {"audit_id": OPEN, "item_id": "R1"}),
    Row("answering.keep_draft", ANSWER, {"audit_id": OPEN, "item_id": "R2", "fields": {"rating": "1"}}),
    Row("answering.restore", ANSWER, {"audit_id": OPEN, "item_id": "R1", "number": 1}),
    Row("answering.save_response", ANSWER, {"audit_id": OPEN, "item_id": "R2", "response": rated(1)}),
    Row(
        "assigning.assign",
        RUN,
        {"audit_id": OPEN},
        lambda town: {"given": [("R1", town.people["contributor"].id)]},
    ),
    Row("assigning.assignments_of", RUN, {"audit_id": OPEN}),
    Row("assigning.own_alone", ALL, {"audit_id": OPEN}),
    Row("assigning.own_assignments", ALL, {"audit_id": OPEN}),
    Row("audits.audit_for", ALL, {"audit_id": OPEN}),
    Row("audits.audits_of", ALL),
    Row("audits.open_audit", RUN, {"details": AuditDetails("recommendations", "Spring 2027")}),
    Row("authorities.change_authority", RUN, {"name": "Newshire", "ons_code": "", "accent": ""}),
    Row("authorities.membership_for", ALL),
    Row("groups.groups_of", RUN),
    Row("groups.name_groups", RUN, {"renamed": {}, "added": ["North"]}),
    Row("groups.put_people", RUN, {}, lambda town: {"placed": {town.people["contributor"].id: None}}),
    Row("groups.set_threshold", LEAD, {"smallest": 7}),
    Row("handing_over.take_out", LEAD, {"form": Form.DATABASE}),
    Row("importing.import_answers", ANSWER, {"audit_id": OPEN, "answers": Answers({"R2": rated(1)}, {})}),
    Row("importing.sheet_to_fill", ANSWER, {"audit_id": OPEN}),
    Row("invitations.invite", LEAD, {"mailboxes": [NEW], "role": Role.LEAD}),
    Row("invitations.invite", RUN, {"mailboxes": [NEW], "role": Role.VIEWER}),
    Row("invitations.invite_again", RUN, {"invitation_id": 1}),
    Row("invitations.withdraw_invitation", RUN, {"invitation_id": 1}),
    Row("members.change_role", LEAD, {"role": Role.VIEWER}, _contributor),
    Row("members.member_to_manage", LEAD, {}, _contributor),
    Row("members.remove_member", LEAD, {}, _contributor),
    Row("members.roster", ALL),
    Row("moderation.moderation_of", RUN, {"audit_id": MODERATED}),
    Row("moderation.moderation_of", "", {"audit_id": OPEN}),
    Row("moderation.settle", RUN, {"audit_id": MODERATED, "name": "R2", "response": AGREED}),
    Row("moderation.settle_agreed", RUN, {"audit_id": MODERATED, "names": [], "reason": "We agree."}),
    Row("moderation.settled_history", RUN, {"audit_id": MODERATED, "name": "R1"}),
    Row("moderation.take_back", RUN, {"audit_id": MODERATED, "name": "R1", "seen": 2}),
    Row("restoring.restore_settled", RUN, {"audit_id": MODERATED, "item_id": "R1", "number": 1}),
    Row("retention.keeping_of", LEAD),
    Row("retention.set_months", LEAD, {"months": 24}),
    Row("sheets.own_sheet", READ, {"audit_id": OPEN}),
    Row("sheets.sheet_of_one", READ, {"audit_id": OPEN, "name": "R1"}),
    Row("sheets.sheet_to_read", ANSWER, {"audit_id": OPEN}),
    Row("sheets.sheet_to_read", "lead contributor facilitator", {"audit_id": MODERATED}),
    Row("sheets.sheet_to_read", "lead contributor facilitator", {"audit_id": SIGNED}),
    Row("signing.newest_versions", ALL),
    Row("signing.reopen", LEAD, {"audit_id": SIGNED, "because": "A mistake."}),
    Row("signing.sign_off", LEAD, {"audit_id": MODERATED, "statement": "We agree."}, _signing),
    Row("signing.signed_files", ALL, {"audit_id": SIGNED, "number": 1}),
    Row("signing.signed_versions", ALL, {"audit_id": SIGNED}),
    Row("signing.to_sign", LEAD, {"audit_id": MODERATED}),
    Row("closing.close_answering", RUN, {"audit_id": OPEN}),
    Row("team.notice_for", ANSWER, {"audit_id": OPEN}),
    Row("closing.open_answering", RUN, {"audit_id": MODERATED}),
    Row("team.show_name", ANSWER, {"audit_id": OPEN, "named": True}),
    Row("team.team_of", RUN, {"audit_id": OPEN}),
    Row("feedback.said_of", RUN, {"workshop_id": CLOSED}),
    Row("my_workshops.agenda_to_copy", RUN, {"workshop_id": PLANNED}),
    Row("paper_ballots.ballots_in", RUN, {"workshop_id": VOTING}),
    Row("paper_ballots.count_again", RUN, {"workshop_id": VOTING, "pile": COUNTED}, _round),
    Row("paper_ballots.count_first", RUN, {"workshop_id": VOTING, "pile": PILE}, _round),
    Row("paper_ballots.throw_away", RUN, {"workshop_id": VOTING, "group": ""}, _round),
    Row("room_doors.let_in", RUN, {"workshop_id": BETWEEN, "seat_id": SENT_OUT}),
    Row("room_doors.lock", RUN, {"workshop_id": VOTING, "locked": True}),
    Row("room_doors.new_code", RUN, {"workshop_id": VOTING}),
    Row("room_doors.send_out", RUN, {"workshop_id": VOTING}, _seat),
    Row("room_steps.close_room", RUN, {"workshop_id": BETWEEN}, _seen(BETWEEN)),
    Row("room_steps.open_room", RUN, {"workshop_id": PLANNED, "seen": 0}),
    Row(
        "room_steps.settle",
        RUN,
        {"workshop_id": REVEALED, "item_id": "R2", "response": AGREED, "owner": "", "seen_revision": 0},
        _seen(REVEALED),
    ),
    Row(
        "room_steps.take_step",
        RUN,
        {"workshop_id": VOTING, "kind": StepKind.REVEAL, "item_id": "R2"},
        _seen(VOTING),
    ),
    Row("room_steps.undo", RUN, {"workshop_id": VOTING}, _seen(VOTING)),
    Row("rooms.desk_of", RUN, {"workshop_id": VOTING}),
    Row("rooms.run_room", RUN, {"workshop_id": VOTING}),
    Row("talking.keep_talk", RUN, {"workshop_id": VOTING, "item_id": "R2", "fields": {"notes": "So"}, "seen": 0}),
    Row("talking.talk_on", RUN, {"workshop_id": VOTING, "item_id": "R2"}),
    Row("workshop_records.record_of", RUN, {"workshop_id": CLOSED}),
    Row("workshop_records.records_of", RUN, {"audit_id": MODERATED}),
    Row("workshops.change_plan", RUN, {"workshop_id": PLANNED, "plan": PLAN}),
    Row("workshops.contested_order", RUN, {"audit_id": MODERATED}),
    Row("workshops.group_names", RUN),
    Row("workshops.plan_workshop", RUN, {"audit_id": MODERATED, "plan": PLAN}),
    Row("workshops.workshops_of", RUN, {"audit_id": MODERATED}),
    Row("trail.excerpt_of", LEAD, {"wanted": WantedRows()}),
    Row("trail.whole_trail", LEAD),
)

# What the operator of the server does by the command line, in nobody's name. No page may call it.
BY_OPERATOR = {
    "directories.remove_directory",
    "directories.unlink_account",
    "erasing.erase_authority",
    "erasing.holding_of",
    "handing_over.copy_for_operator",
    "trail.trail_for_operator",
}

# What other operations call once they have checked who asks. No page may call it.
BY_OPERATIONS = {"closing.who_answer", "room_doors.close_doors", "rooms.room_state"}

# What a page must know before anybody is signed in. It changes nothing.
BEFORE_SIGN_IN = {"directories.directory_of"}
