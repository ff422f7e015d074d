"""Signing off keeps the very report that was shown, or nothing at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from threading import Barrier, Thread

import pytest

from audit.core.audits import Audit, AuditState
from audit.core.errors import NotKept
from audit.core.people import Person, Role
from audit.core.responses import Answers, RatingState, Response
from audit.core.trail import faults
from audit.core.versions import Signature, Version
from audit.operations import moderation, signing
from audit.operations.answering import keep_draft, restore, save_response
from audit.operations.assigning import assign
from audit.operations.audits import audit_for
from audit.operations.closing import close_answering, open_answering
from audit.operations.errors import AuditLocked, NotAllowed, NotFound, NotYet, StaleSignOff
from audit.operations.importing import import_answers
from audit.operations.people import known_person
from audit.operations.restoring import restore_settled
from audit.operations.sheets import Sheet, sheet_to_read
from audit.operations.signing import Rendered, Seen
from audit.operations.workplace import Workplace
from audit.store import people, trail
from audit.store.connection import write
from tests.clock import Clock
from tests.making import rated

SLUG = "testshire"
STATEMENT = "We stand by this.\nWe begin with R1."


def member(workplace: Workplace, role: Role, name: str) -> Person:
    person = known_person(workplace, f"{name.lower()}@testshire.example", name)
    with workplace.registry() as registry, write(registry):
        people.add_membership(registry, person.id, SLUG, role)
    return person


def settle(workplace: Workplace, person: Person, audit: Audit, item_id: str, level: int) -> None:
    response = replace(rated(level), reason="We talked about it.")
    moderation.settle(workplace, person, SLUG, audit.id, item_id, response)


def state_of(workplace: Workplace, lead: Person, audit: Audit) -> AuditState:
    return audit_for(workplace, lead, SLUG, audit.id).state


def tells(sheet: Sheet) -> str:
    return repr(sorted(sheet.responses.items()))


def render(sheet: Sheet, signature: Signature) -> Rendered:
    words = f"{signature}\n{tells(sheet)}"
    return Rendered(f"<p>{words}".encode(), f"%PDF {words}".encode(), tells(sheet))


def seen(workplace: Workplace, person: Person, audit: Audit) -> Seen:
    ready = signing.to_sign(workplace, person, SLUG, audit.id)
    return Seen(ready.rows, tells(ready.sheet))


def sign(workplace: Workplace, person: Person, audit: Audit, **changes: object) -> Version:
    given: dict[str, object] = {"statement": STATEMENT, "seen": seen(workplace, person, audit), "render": render}
    return signing.sign_off(workplace, person, SLUG, audit.id, **{**given, **changes})  # type: ignore[arg-type]


def nothing_signed(workplace: Workplace, lead: Person, audit: Audit) -> bool:
    """Whether the audit is open to settling, no version is there and the trail says nothing of one."""
    with workplace.authority(SLUG) as file:
        said = [entry.did for entry in trail.whole(file).rows]
    kept = signing.signed_versions(workplace, lead, SLUG, audit.id).kept
    return state_of(workplace, lead, audit) is AuditState.MODERATED and not kept and "signed off" not in said


@pytest.fixture
def closed(workplace: Workplace, lead: Person, audit: Audit) -> Audit:
    """An audit in which two items are answered and answering is closed."""
    save_response(workplace, lead, SLUG, audit.id, "R1", rated(2))
    save_response(workplace, lead, SLUG, audit.id, "R2", Response(RatingState.DONT_KNOW))
    close_answering(workplace, lead, SLUG, audit.id)
    return audit


def test_a_lead_signs_off_and_the_report_is_kept_byte_for_byte(
    workplace: Workplace, clock: Clock, lead: Person, closed: Audit
) -> None:
    version = sign(workplace, lead, closed)
    assert (version.number, version.statement, version.signed_by) == (1, STATEMENT, "Lee Lead")
    assert version.signed_at == clock.at
    page, pdf = signing.signed_files(workplace, lead, SLUG, closed.id, 1)
    assert b"number=1, name='Lee Lead', role='lead'" in page
    assert hashlib.sha256(page).hexdigest() == version.page_sha256
    assert hashlib.sha256(pdf).hexdigest() == version.pdf_sha256
    assert state_of(workplace, lead, closed) is AuditState.SIGNED_OFF
    kept = signing.signed_versions(workplace, lead, SLUG, closed.id).kept
    assert [(each.version, each.sound) for each in kept] == [(version, True)]


def test_the_trail_holds_the_hashes_and_the_version_the_head_of_the_trail(
    workplace: Workplace, lead: Person, closed: Audit
) -> None:
    version = sign(workplace, lead, closed)
    with workplace.authority(SLUG) as file:
        last, head = trail.whole(file).rows[-1], trail.head(file)
        wrong = list(faults(trail.whole(file)))
    assert (last.did, last.person_name, last.audit_id) == ("signed off", "Lee Lead", closed.id)
    assert version.page_sha256 in last.detail
    assert version.pdf_sha256 in last.detail
    assert STATEMENT not in last.detail
    assert version.trail_sha256 == head
    assert wrong == []


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.FACILITATOR, Role.VIEWER])
def test_nobody_but_a_lead_signs_or_opens_again(workplace: Workplace, lead: Person, closed: Audit, role: Role) -> None:
    other = member(workplace, role, "Olga")
    shown = seen(workplace, lead, closed)
    for attempt in (
        lambda: signing.to_sign(workplace, other, SLUG, closed.id),
        lambda: sign(workplace, other, closed, seen=shown),
        lambda: signing.reopen(workplace, other, SLUG, closed.id, "Why not"),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert nothing_signed(workplace, lead, closed)


def test_a_stranger_finds_nothing(workplace: Workplace, lead: Person, stranger: Person, closed: Audit) -> None:
    sign(workplace, lead, closed)
    for attempt in (
        lambda: signing.to_sign(workplace, stranger, SLUG, closed.id),
        lambda: signing.signed_versions(workplace, stranger, SLUG, closed.id),
        lambda: signing.signed_files(workplace, stranger, SLUG, closed.id, 1),
        lambda: signing.newest_versions(workplace, stranger, SLUG),
        lambda: signing.reopen(workplace, stranger, SLUG, closed.id, "Why not"),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_while_people_answer_nothing_is_signed(workplace: Workplace, lead: Person, audit: Audit) -> None:
    with pytest.raises(NotYet, match="Close answering first"):
        signing.to_sign(workplace, lead, SLUG, audit.id)
    with pytest.raises(NotYet):
        sign(workplace, lead, audit, seen=Seen(0, ""))
    with pytest.raises(NotYet, match="not signed off"):
        signing.reopen(workplace, lead, SLUG, audit.id, "Why not")


def test_a_report_that_changed_since_it_was_shown_is_not_signed(
    workplace: Workplace, lead: Person, closed: Audit
) -> None:
    fay = member(workplace, Role.FACILITATOR, "Fay")
    shown = seen(workplace, lead, closed)
    settle(workplace, fay, closed, "R2", 3)
    with pytest.raises(StaleSignOff) as stale:
        sign(workplace, lead, closed, seen=shown)
    assert [(row.person_name, row.item_id) for row in stale.value.rows] == [("Fay", "R2")]
    assert nothing_signed(workplace, lead, closed)
    assert b"level=3" in signing.signed_files(workplace, lead, SLUG, closed.id, sign(workplace, lead, closed).number)[0]


def test_somebody_settles_while_the_report_is_made(workplace: Workplace, lead: Person, closed: Audit) -> None:
    fay = member(workplace, Role.FACILITATOR, "Fay")

    def slow(sheet: Sheet, signature: Signature) -> Rendered:
        settle(workplace, fay, closed, "R2", 3)
        return render(sheet, signature)

    with pytest.raises(StaleSignOff) as stale:
        sign(workplace, lead, closed, render=slow)
    assert [row.item_id for row in stale.value.rows] == ["R2"]
    assert nothing_signed(workplace, lead, closed)


def test_answering_opens_again_while_the_report_is_made(workplace: Workplace, lead: Person, closed: Audit) -> None:
    def slow(sheet: Sheet, signature: Signature) -> Rendered:
        open_answering(workplace, lead, SLUG, closed.id)
        return render(sheet, signature)

    with pytest.raises(NotYet):
        sign(workplace, lead, closed, render=slow)
    assert state_of(workplace, lead, closed) is AuditState.OPEN
    assert signing.signed_versions(workplace, lead, SLUG, closed.id).kept == ()


def test_a_lead_who_is_removed_while_the_report_is_made_signs_nothing(
    workplace: Workplace, lead: Person, closed: Audit
) -> None:
    second = member(workplace, Role.LEAD, "Lou")

    def slow(sheet: Sheet, signature: Signature) -> Rendered:
        member(workplace, Role.VIEWER, "Lou")
        return render(sheet, signature)

    with pytest.raises(NotAllowed):
        sign(workplace, second, closed, render=slow)
    assert nothing_signed(workplace, lead, closed)


def test_two_leads_sign_at_once_and_one_version_is_kept(workplace: Workplace, lead: Person, closed: Audit) -> None:
    second = member(workplace, Role.LEAD, "Lou")
    shown, meet = seen(workplace, lead, closed), Barrier(2)
    came_of_it: list[object] = []

    def together(sheet: Sheet, signature: Signature) -> Rendered:
        meet.wait(10)
        return render(sheet, signature)

    def attempt(person: Person) -> None:
        try:
            came_of_it.append(sign(workplace, person, closed, seen=shown, render=together))
        except AuditLocked as fault:
            came_of_it.append(fault)

    threads = [Thread(target=attempt, args=[person]) for person in (lead, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(type(each).__name__ for each in came_of_it) == ["AuditLocked", "Version"]
    assert [each.version.number for each in signing.signed_versions(workplace, lead, SLUG, closed.id).kept] == [1]
    with workplace.authority(SLUG) as file:
        assert [entry.did for entry in trail.whole(file).rows].count("signed off") == 1


def test_a_failing_renderer_leaves_nothing_behind(workplace: Workplace, lead: Person, closed: Audit) -> None:
    def broken(sheet: Sheet, signature: Signature) -> Rendered:
        raise RuntimeError("no fonts")

    with pytest.raises(RuntimeError, match="no fonts"):
        sign(workplace, lead, closed, render=broken)
    assert nothing_signed(workplace, lead, closed)
    settle(workplace, lead, closed, "R2", 3)
    assert sign(workplace, lead, closed).number == 1


def test_a_full_disk_leaves_nothing_behind(workplace: Workplace, lead: Person, closed: Audit) -> None:
    def large(sheet: Sheet, signature: Signature) -> Rendered:
        made = render(sheet, signature)
        return replace(made, pdf=made.pdf + bytes(400_000))

    with workplace.one_visit():
        with workplace.authority(SLUG) as file:
            pages = next(iter(file.query("PRAGMA page_count")))["page_count"]
            file.execute(f"PRAGMA max_page_count = {pages + 20}")
        with pytest.raises(NotKept, match="disk is full"):
            sign(workplace, lead, closed, render=large)
    assert nothing_signed(workplace, lead, closed)
    assert sign(workplace, lead, closed, render=large).number == 1
    assert signing.signed_files(workplace, lead, SLUG, closed.id, 1)[1].endswith(bytes(400_000))


def attempts(workplace: Workplace, lead: Person, audit: Audit) -> list[Callable[[], object]]:
    """Every way in which a person writes to the answers of an audit."""
    return [
        lambda: save_response(workplace, lead, SLUG, audit.id, "R1", rated(4), (), 1),
        lambda: restore(workplace, lead, SLUG, audit.id, "R1", 1),
        lambda: keep_draft(workplace, lead, SLUG, audit.id, "R1", {"rating": "4"}),
        lambda: import_answers(workplace, lead, SLUG, audit.id, Answers({"R1": rated(4)})),
        lambda: settle(workplace, lead, audit, "R1", 4),
        lambda: moderation.settle_agreed(workplace, lead, SLUG, audit.id, ["R1"], "Agreed"),
        lambda: moderation.take_back(workplace, lead, SLUG, audit.id, "R1", 0),
        lambda: restore_settled(workplace, lead, SLUG, audit.id, "R1", 1),
        lambda: assign(workplace, lead, SLUG, audit.id, {("R1", lead.id)}, set()),
        lambda: open_answering(workplace, lead, SLUG, audit.id),
        lambda: close_answering(workplace, lead, SLUG, audit.id),
    ]


def test_a_signed_audit_is_locked(workplace: Workplace, lead: Person, closed: Audit) -> None:
    sign(workplace, lead, closed)
    for attempt in attempts(workplace, lead, closed):
        with pytest.raises(AuditLocked):
            attempt()
    with pytest.raises(AuditLocked):
        sign(workplace, lead, closed, seen=Seen(0, ""))


def test_opening_again_keeps_what_is_signed_and_a_new_version_follows(
    workplace: Workplace, clock: Clock, lead: Person, closed: Audit
) -> None:
    first = sign(workplace, lead, closed)
    files = signing.signed_files(workplace, lead, SLUG, closed.id, 1)
    clock.move(days=3)
    signing.reopen(workplace, lead, SLUG, closed.id, "R2 was settled by mistake.")
    assert state_of(workplace, lead, closed) is AuditState.MODERATED
    [kept] = signing.signed_versions(workplace, lead, SLUG, closed.id).kept
    assert kept.version.reopened_because == "R2 was settled by mistake."
    assert (kept.version.reopened_by, kept.version.reopened_at) == ("Lee Lead", clock.at)
    assert replace(kept.version, reopened_by=None, reopened_at=None, reopened_because=None) == first
    settle(workplace, lead, closed, "R2", 3)
    assert sign(workplace, lead, closed).number == 2
    assert signing.signed_files(workplace, lead, SLUG, closed.id, 1) == files
    assert signing.signed_files(workplace, lead, SLUG, closed.id, 2) != files
    kept_all = signing.signed_versions(workplace, lead, SLUG, closed.id).kept
    assert [each.version.number for each in kept_all] == [2, 1]
    assert signing.newest_versions(workplace, lead, SLUG)[closed.id].number == 2
    with pytest.raises(NotFound, match="no such version"):
        signing.signed_files(workplace, lead, SLUG, closed.id, 3)


def test_the_trail_says_that_it_was_opened_again_without_the_reason(
    workplace: Workplace, lead: Person, closed: Audit
) -> None:
    sign(workplace, lead, closed)
    signing.reopen(workplace, lead, SLUG, closed.id, "The rating of R2 was wrong.")
    with pytest.raises(NotYet):
        signing.reopen(workplace, lead, SLUG, closed.id, "Twice")
    with workplace.authority(SLUG) as file:
        last = trail.whole(file).rows[-1]
    assert (last.did, last.detail) == ("opened again", "Version 1 stays readable.")


@pytest.mark.parametrize("role", Role)
def test_every_member_reads_what_is_signed(workplace: Workplace, lead: Person, closed: Audit, role: Role) -> None:
    reader = member(workplace, role, "Rea")
    assert signing.signed_versions(workplace, reader, SLUG, closed.id).kept == ()
    sign(workplace, lead, closed)
    files = signing.signed_files(workplace, lead, SLUG, closed.id, 1)
    assert signing.signed_files(workplace, reader, SLUG, closed.id, 1) == files
    signing.reopen(workplace, lead, SLUG, closed.id, "Once more.")
    assert signing.signed_files(workplace, reader, SLUG, closed.id, 1) == files


def test_a_viewer_reads_no_results_signed_or_not(workplace: Workplace, lead: Person, closed: Audit) -> None:
    viewer = member(workplace, Role.VIEWER, "Vi")
    with pytest.raises(NotAllowed):
        sheet_to_read(workplace, viewer, SLUG, closed.id)
    sign(workplace, lead, closed)
    with pytest.raises(NotAllowed):
        sheet_to_read(workplace, viewer, SLUG, closed.id)


def test_a_version_whose_files_were_changed_in_the_file_is_told_apart(
    workplace: Workplace, lead: Person, closed: Audit
) -> None:
    sign(workplace, lead, closed)
    with workplace.authority(SLUG) as file, write(file):
        file.execute("UPDATE versions SET pdf = ?", [b"%PDF another"])
    assert [each.sound for each in signing.signed_versions(workplace, lead, SLUG, closed.id).kept] == [False]
