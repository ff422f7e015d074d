"""How long audits are kept: the rule, what a run removes, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.core.audits import Audit, AuditDetails, AuditState
from audit.core.mailboxes import Mailbox
from audit.core.people import Authority, Person, Role
from audit.core.responses import Response
from audit.core.trail import faults
from audit.core.workshops import AgendaItem, Plan, StepKind
from audit.operations import answering, invitations, retention, signing, talking, workshops
from audit.operations.audits import audits_of, open_audit
from audit.operations.months import months_after, months_before
from audit.operations.people import known_person, person_with_email
from audit.operations.rooms import run_room
from audit.operations.sign_in import issue_link
from audit.operations.trail import whole_trail
from audit.operations.workplace import Workplace
from audit.store import keeping
from tests.clock import Clock
from tests.making import rated
from tests.rooms import Room
from tests.sessions import begin_session
from tests.town import OPEN, SIGNED, Town, build

SLUG = "testshire"
MARK = "Rosebud"


def ids(workplace: Workplace, lead: Person) -> list[int]:
    return sorted(each.id for each in audits_of(workplace, lead, SLUG))


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [("2026-11-21", 6, "2026-05-21"), ("2026-03-31", 1, "2026-02-28"), ("2028-02-29", 12, "2027-02-28")],
)
def test_months_before(clock: Clock, day: str, months: int, earlier: str) -> None:
    year, month, number = map(int, day.split("-"))
    moment = clock.at.replace(year=year, month=month, day=number)
    assert months_before(moment, months).date().isoformat() == earlier
    assert months_before(moment, months).time() == moment.time()
    assert months_after(moment, 240).year == year + 20


def test_without_a_rule_every_audit_is_kept(workplace: Workplace, lead: Person, audit: Audit, clock: Clock) -> None:
    clock.move(days=50 * 365)
    assert retention.clear(workplace, dry=False).audits == {}
    assert ids(workplace, lead) == [audit.id]


def test_an_audit_goes_a_rule_after_its_last_change_and_the_trail_says_so(
    workplace: Workplace, lead: Person, audit: Audit, clock: Clock
) -> None:
    retention.set_months(workplace, lead, SLUG, 6)
    clock.move(days=100)
    answering.save_response(workplace, lead, SLUG, audit.id, "R1", Response(what_happens_now=MARK))
    touched = clock.at
    (kept,) = retention.keeping_of(workplace, lead, SLUG).audits
    assert (kept.touched, kept.due) == (touched, months_after(touched, 6))
    clock.at = months_after(touched, 6)
    clock.move(seconds=-1)
    assert retention.clear(workplace, dry=False).audits == {}
    clock.move(seconds=1)
    assert [each.audit.id for each in retention.clear(workplace, dry=True).audits[SLUG]] == [audit.id]
    assert ids(workplace, lead) == [audit.id]
    assert [each.words for each in retention.clear(workplace, dry=False).audits[SLUG]] == [
        "Self-audit of 12 conditions, Autumn 2026"
    ]
    assert ids(workplace, lead) == []
    last = whole_trail(workplace, lead, SLUG).rows[-1]
    assert (last.person_id, last.person_name, last.did, last.audit_id) == (
        0,
        "Whoever runs the server",
        "removed an audit by the retention rule",
        audit.id,
    )
    assert last.detail == "Self-audit of 12 conditions, Autumn 2026, last changed on 1 March 2027"
    assert list(faults(whole_trail(workplace, lead, SLUG))) == []


def test_what_was_removed_is_not_left_in_the_file(
    workplace: Workplace, lead: Person, audit: Audit, clock: Clock
) -> None:
    retention.set_months(workplace, lead, SLUG, 6)
    for number in range(30):
        answering.save_response(
            workplace, lead, SLUG, audit.id, "R1", Response(what_happens_now=MARK * 50 + str(number)), (), number
        )
    files = workplace.files_of(SLUG)

    def held() -> bytes:
        return b"".join(path.read_bytes() for path in files if path.exists())

    assert MARK.encode() in held()
    clock.move(days=400)
    retention.clear(workplace, dry=False)
    assert MARK.encode() not in held()


def test_a_draft_keeps_an_open_audit(workplace: Workplace, lead: Person, audit: Audit, clock: Clock) -> None:
    retention.set_months(workplace, lead, SLUG, 6)
    clock.move(days=300)
    answering.keep_draft(workplace, lead, SLUG, audit.id, "R1", {"rating": "1"}, 0)
    assert retention.clear(workplace, dry=False).audits == {}


def test_signed_audits_go_as_well_and_their_trail_still_fits(tmp_path: Path) -> None:
    town = build(tmp_path)
    lead, clock = town.people["lead"], town.workplace.now
    assert isinstance(clock, Clock)
    retention.set_months(town.workplace, lead, SLUG, 6)
    clock.move(days=300)
    answering.save_response(town.workplace, lead, SLUG, OPEN, "R2", rated(1))
    gone = retention.clear(town.workplace, dry=False).audits
    assert SIGNED in [each.audit.id for each in gone[SLUG]]
    assert ids(town.workplace, lead) == [OPEN]
    assert list(faults(whole_trail(town.workplace, lead, SLUG))) == []
    with town.workplace.authority(SLUG) as file:
        left = {row["audit_id"] for table in keeping.TABLES for row in file[table].rows}
    assert left == {OPEN}
    assert [audit.id for audit in audits_of(town.workplace, town.people["other"], "othershire")] == [1]


def test_every_table_of_an_audit_is_cleared(workplace: Workplace, authority: Authority) -> None:
    with workplace.authority(SLUG) as file:
        of_audits = {table.name for table in file.tables if "audit_id" in table.columns_dict}
    assert of_audits == {*keeping.TABLES, "trail"}


def test_the_number_of_a_removed_audit_is_not_given_again(
    workplace: Workplace, lead: Person, audit: Audit, clock: Clock
) -> None:
    retention.set_months(workplace, lead, SLUG, 6)
    clock.move(days=400)
    retention.clear(workplace, dry=False)
    again = open_audit(workplace, lead, SLUG, AuditDetails("recommendations", "Spring 2028"))
    assert (again.id, again.state) == (audit.id + 1, AuditState.OPEN)
    with pytest.raises(Exception, match="no such audit"):
        signing.signed_versions(workplace, lead, SLUG, audit.id)


@pytest.mark.parametrize("months", [0, 5, 241, -6])
def test_a_rule_that_is_too_short_or_too_long_is_none(
    workplace: Workplace, lead: Person, authority: Authority, months: int
) -> None:
    with pytest.raises(ValueError, match=str(months)):
        retention.set_months(workplace, lead, SLUG, months)
    assert retention.keeping_of(workplace, lead, SLUG).months is None


def test_the_rule_is_in_the_trail_once(workplace: Workplace, lead: Person, authority: Authority) -> None:
    for months in (24, 24, None):
        retention.set_months(workplace, lead, SLUG, months)
    assert [(entry.did, entry.detail) for entry in whole_trail(workplace, lead, SLUG).rows] == [
        ("set how long audits are kept", "for 24 months after the last change"),
        ("set how long audits are kept", "until the authority is erased"),
    ]


def test_sessions_links_and_invitations_go_once_they_are_over(
    workplace: Workplace, lead: Person, authority: Authority, clock: Clock
) -> None:
    issue_link(workplace, lead.email)
    begin_session(workplace, lead.id, "link")
    invitations.invite(workplace, lead, SLUG, [Mailbox("new@testshire.example")], Role.VIEWER)
    tables = ("sessions", "started_sign_ins", "sign_in_links", "invitations", "workshop_codes", "live_rooms")
    nothing = dict.fromkeys(tables, 0)
    assert retention.clear(workplace, dry=False).expired == nothing
    clock.move(hours=13)
    assert retention.clear(workplace, dry=True).expired == {**nothing, "sessions": 1}
    assert retention.clear(workplace, dry=False).expired == {**nothing, "sessions": 1}
    clock.move(days=31)
    assert retention.clear(workplace, dry=False).expired == {**nothing, "sign_in_links": 1}
    clock.move(days=14)
    assert retention.clear(workplace, dry=False).expired == {**nothing, "invitations": 1}


def test_an_account_without_an_authority_goes_after_a_year(
    workplace: Workplace, lead: Person, stranger: Person, authority: Authority, clock: Clock
) -> None:
    assert retention.clear(workplace, dry=False).people == ()
    clock.move(days=364)
    assert retention.clear(workplace, dry=False).people == ()
    clock.move(days=2)
    assert retention.clear(workplace, dry=True).people == (stranger,)
    assert person_with_email(workplace, stranger.email) == stranger
    assert retention.clear(workplace, dry=False).people == (stranger,)
    assert person_with_email(workplace, stranger.email) is None
    assert person_with_email(workplace, lead.email) == lead


def test_who_is_signed_in_or_came_back_keeps_the_account(
    workplace: Workplace, stranger: Person, authority: Authority, clock: Clock, lead: Person
) -> None:
    back = known_person(workplace, "back@elsewhere.example")
    retention.clear(workplace, dry=False)
    clock.move(days=400)
    begin_session(workplace, stranger.id, "link")
    (made,) = invitations.invite(workplace, lead, SLUG, [Mailbox(back.email)], Role.VIEWER)
    invitations.accept(workplace, made.token, back)
    assert retention.clear(workplace, dry=False).people == ()


def test_the_number_of_a_removed_person_is_not_given_again(
    workplace: Workplace, authority: Authority, stranger: Person, clock: Clock
) -> None:
    """Answers are kept under it: whoever got it would read and change them."""
    retention.clear(workplace, dry=False)
    clock.move(days=400)
    assert retention.clear(workplace, dry=False).people == (stranger,)
    assert known_person(workplace, "next@elsewhere.example").id == stranger.id + 1


def test_a_damaged_file_is_named_and_stops_nothing(tmp_path: Path) -> None:
    town: Town = build(tmp_path)
    clock = town.workplace.now
    assert isinstance(clock, Clock)
    retention.set_months(town.workplace, town.people["lead"], SLUG, 6)
    path, *beside = town.workplace.files_of("othershire")
    for each in beside:
        each.unlink(missing_ok=True)
    path.write_bytes(b"no database at all" * 1000)
    clock.move(days=400)
    cleared = retention.clear(town.workplace, dry=False)
    assert len(cleared.audits[SLUG]) == 3
    assert [fault.partition(":")[0] for fault in cleared.faults] == ["othershire"]


def test_a_workshop_that_nobody_closed_forgets_who_chose_what_after_a_week(
    room: Room, workplace: Workplace, clock: Clock
) -> None:
    room.step(StepKind.OPEN_ITEM, "R1")
    room.vote([1, 2, 3])
    room.step(StepKind.REVEAL, "R1")

    def votes_after(**time: int) -> int:
        clock.move(**time)
        retention.clear(workplace, dry=False)
        with workplace.authority(SLUG) as file:
            return int(file["votes"].count)

    assert (votes_after(days=6), votes_after(days=1)) == (3, 0)
    result = run_room(*room.place, room.id).result
    assert result is not None
    assert result.voted == 3, "what everybody saw stays"


def test_workshops_go_with_their_audit_and_others_stay(
    room: Room, workplace: Workplace, lead: Person, clock: Clock
) -> None:
    retention.set_months(workplace, lead, SLUG, 6)
    clock.move(days=100)
    other = open_audit(workplace, lead, SLUG, AuditDetails("recommendations", "Spring 2027"))
    kept = Room(workplace, lead, SLUG, other.id, run_room(*room.place, room.id).workshop.plan)
    for each in (room, kept):
        if not each.code:
            each.open(["Eve", "Fay", "Gus"])
        each.step(StepKind.OPEN_ITEM, "R1")
        each.vote([1, 2, 3])
        each.step(StepKind.REVEAL, "R1")
        each.settle("R1", 2, MARK)
    clock.move(days=150)
    talking.keep_talk(*kept.place, kept.id, "R2", {"notes": "So"}, 0)
    clock.move(days=100)
    assert [each.audit.id for each in retention.clear(workplace, dry=False).audits[SLUG]] == [1]
    with workplace.authority(SLUG) as file:
        for table in ("workshops", *keeping.OF_WORKSHOP):
            column = "id" if table == "workshops" else "workshop_id"
            assert {row[column] for row in file[table].rows} <= {kept.id}, table
        assert file["votes"].count == 0, "who chose what is forgotten a week after the last step"
    assert run_room(*kept.place, kept.id).settlement("R1") is not None
    assert workshops.plan_workshop(workplace, lead, SLUG, other.id, Plan("", (AgendaItem("R1", 5),))) == kept.id + 1
