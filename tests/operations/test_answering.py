"""Saving, stale saves, history, drafts and the trail."""

from __future__ import annotations

import pytest

from audit.core.audits import Audit, AuditDetails, EvidenceLink
from audit.core.people import Authority, Person
from audit.core.responses import Confidence, RatingState, Response
from audit.operations import answering
from audit.operations.audits import open_audit
from audit.operations.errors import AuditLocked, NotFound, StaleSave
from audit.operations.sheets import own_sheet
from audit.operations.trail import whole_trail
from audit.operations.workplace import Workplace
from audit.store.connection import write
from tests.clock import Clock
from tests.making import DONT_KNOW, rated

FULL = Response(
    RatingState.RATED, 2, "Because.", Confidence.LOW, "Now: ‘ŵ’ 😀 \u202e", "Needs <b>this</b>", "By\nJune", 4
)
LINKS = (EvidenceLink("https://example.org/a", "2026-10-01", "The report"), EvidenceLink("file 7 in the cabinet"))


@pytest.fixture
def place(workplace: Workplace, lead: Person, authority: Authority, audit: Audit) -> tuple[Workplace, Person, str, int]:
    return workplace, lead, authority.slug, audit.id


Place = tuple[Workplace, Person, str, int]


def test_what_was_saved_is_what_is_read(place: Place) -> None:
    saved = answering.save_response(*place, "R1", FULL, LINKS)
    sheet = own_sheet(*place)
    assert sheet.revisions == {"R1": saved}
    assert (saved.response, saved.links, saved.number, saved.saved_by) == (FULL, LINKS, 1, "Lee Lead")


def test_a_save_over_an_older_revision_is_refused_and_shows_the_newest(place: Place) -> None:
    first = answering.save_response(*place, "R1", rated(1))
    second = answering.save_response(*place, "R1", rated(2), seen=first.number)
    for seen in (0, 1, 3):
        with pytest.raises(StaleSave) as stale:
            answering.save_response(*place, "R1", rated(4), seen=seen)
        assert stale.value.current == second
    assert len(answering.history_of(*place, "R1")) == 2


def test_the_same_content_makes_no_new_revision(place: Place) -> None:
    first = answering.save_response(*place, "R1", FULL, LINKS)
    assert answering.save_response(*place, "R1", FULL, LINKS, first.number) == first
    assert len(answering.history_of(*place, "R1")) == 1


def test_history_is_newest_first_and_restoring_adds_to_it(place: Place, clock: Clock) -> None:
    answering.save_response(*place, "R1", FULL, LINKS)
    clock.move(hours=1)
    answering.save_response(*place, "R1", DONT_KNOW, seen=1)
    restored = answering.restore(*place, "R1", 1)
    assert (restored.number, restored.response, restored.links) == (3, FULL, LINKS)
    assert [revision.number for revision in answering.history_of(*place, "R1")] == [3, 2, 1]
    with pytest.raises(NotFound, match="no such revision"):
        answering.restore(*place, "R1", 9)


def test_unknown_items_and_audits_are_refused(place: Place) -> None:
    with pytest.raises(NotFound, match="no such item"):
        answering.save_response(*place, "T1", rated(1))
    workplace, lead, slug, _ = place
    with pytest.raises(NotFound, match="no such audit"):
        own_sheet(workplace, lead, slug, 99)


def test_a_signed_off_audit_is_locked(place: Place) -> None:
    answering.save_response(*place, "R1", rated(1))
    workplace, _, slug, audit_id = place
    with workplace.authority(slug) as file, write(file):
        file.execute("UPDATE audits SET state = 'signed_off' WHERE id = ?", [audit_id])
    for action in (
        lambda: answering.save_response(*place, "R1", rated(2), seen=1),
        lambda: answering.restore(*place, "R1", 1),
        lambda: answering.keep_draft(*place, "R1", {}),
    ):
        with pytest.raises(AuditLocked, match="signed off"):
            action()
    assert own_sheet(*place).answers.of("R1").level == 1


def test_prompts_are_answered_in_words_and_stay_out_of_the_score(place: Place) -> None:
    answering.save_response(*place, "S1", Response(what_happens_now="Counted weekly."))
    sheet = own_sheet(*place)
    assert sheet.answers.prompts["S1"].what_happens_now == "Counted weekly."
    assert sheet.scorecard().overall.score is None


def test_the_audits_target_holds_where_an_item_has_none(
    workplace: Workplace, lead: Person, authority: Authority
) -> None:
    audit = open_audit(workplace, lead, authority.slug, AuditDetails("recommendations", "x", target=4))
    answering.save_response(workplace, lead, authority.slug, audit.id, "R1", rated(2))
    answering.save_response(workplace, lead, authority.slug, audit.id, "R2", rated(2, target=3))
    card = own_sheet(workplace, lead, authority.slug, audit.id).scorecard()
    assert [entry.target.number for entry in card.items[:3]] == [4, 3, 4]


def test_weightings_of_the_bank_can_be_chosen(place: Place) -> None:
    answering.save_response(*place, "R1", rated(4))
    answering.save_response(*place, "R4", rated(0))
    sheet = own_sheet(*place)
    assert str(sheet.scorecard().overall.score) == "1/2"
    assert str(sheet.scorecard("evidence").overall.score) == "2/3"


def test_a_draft_is_kept_until_the_answer_is_saved(place: Place) -> None:
    answering.keep_draft(*place, "R1", {"what_happens_now": "half a sen"}, 0)
    answering.keep_draft(*place, "R1", {"what_happens_now": "half a sentence"}, 0)
    draft = answering.draft_for(*place, "R1")
    assert draft is not None
    assert (draft.fields, draft.seen) == ({"what_happens_now": "half a sentence"}, 0)
    assert answering.draft_for(*place, "R2") is None
    answering.save_response(*place, "R1", rated(1))
    assert answering.draft_for(*place, "R1") is None
    answering.keep_draft(*place, "R1", {"a": "b"}, 1)
    answering.discard_draft(*place, "R1")
    assert answering.draft_for(*place, "R1") is None


def test_the_trail_says_who_did_what_and_when(place: Place, clock: Clock) -> None:
    workplace, lead, slug, audit_id = place
    clock.move(minutes=5)
    answering.save_response(*place, "R1", rated(1))
    last = whole_trail(workplace, lead, slug).rows[-1]
    assert (last.person_name, last.did, last.audit_id, last.item_id) == ("Lee Lead", "answered", audit_id, "R1")
    assert last.at == clock.at.isoformat()
