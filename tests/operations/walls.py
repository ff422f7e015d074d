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
from audit.core.trail import WantedRows
from audit.operations import signing
from audit.operations.handing_over import Form
from tests.making import rated
from tests.town import MODERATED, OPEN, SIGNED, SLUG, Town

Given = dict[str, Any]
ALL = "lead contributor facilitator viewer"
READ = "lead contributor facilitator"
RUN = "lead facilitator"
ANSWER = "lead contributor"
LEAD = "lead"
NEW = Mailbox("new@testshire.gov.uk")
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
    Row("team.close_answering", RUN, {"audit_id": OPEN}),
    Row("team.notice_for", ANSWER, {"audit_id": OPEN}),
    Row("team.open_answering", RUN, {"audit_id": MODERATED}),
    Row("team.show_name", ANSWER, {"audit_id": OPEN, "named": True}),
    Row("team.team_of", RUN, {"audit_id": OPEN}),
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

# What a page must know before anybody is signed in. It changes nothing.
BEFORE_SIGN_IN = {"directories.directory_of"}
