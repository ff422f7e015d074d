"""Answers from a file: what they would change, and saving them, all or none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.core.audits import Audit, AuditDetails, EvidenceLink
from audit.core.bank_loader import load_bank
from audit.core.demonstrations import load_demonstrations
from audit.core.people import Authority, Person, Role
from audit.core.responses import Answers, Confidence, RatingState, Response
from audit.core.trail import TrailRow
from audit.operations import answering
from audit.operations.audits import open_audit
from audit.operations.errors import AuditLocked, NotAllowed, NotFound, StaleImport
from audit.operations.importing import Plan, import_answers, planned, sheet_to_fill
from audit.operations.people import known_person
from audit.operations.sheets import own_sheet
from audit.operations.trail import whole_trail
from audit.operations.workplace import Workplace
from audit.store import people
from audit.store.connection import write
from tests.making import DONT_KNOW, NOT_APPLICABLE, rated

Place = tuple[Workplace, Person, str, int]
FULL = Response(RatingState.RATED, 2, "Because.", Confidence.LOW, "Now", "Needs", "By June", 4)
LINKS = (EvidenceLink("https://example.org/a", "2026-10-01", "The report"),)
DEMONSTRATION = load_demonstrations()[0].answers(load_bank("recommendations"))


@pytest.fixture
def place(workplace: Workplace, lead: Person, authority: Authority, audit: Audit) -> Place:
    return workplace, lead, authority.slug, audit.id


def plan(place: Place, answers: Answers) -> Plan:
    sheet = sheet_to_fill(*place)
    return planned(sheet.bank, sheet.audit.details, sheet.revisions, answers)


def response(place: Place, name: str) -> Response:
    return own_sheet(*place).revisions[name].response


def join(place: Place, before: Response, given: Response) -> Response:
    """What becomes of an answer when a file with another is imported."""
    answering.save_response(*place, "R1", before)
    import_answers(*place, Answers({"R1": given}))
    return response(place, "R1")


def test_an_import_saves_all_answers_and_a_second_time_none(place: Place) -> None:
    assert import_answers(*place, DEMONSTRATION) == 15
    assert import_answers(*place, DEMONSTRATION) == 0
    sheet = own_sheet(*place)
    assert (sheet.answers.items, sheet.answers.prompts) == (DEMONSTRATION.items, DEMONSTRATION.prompts)
    assert {revision.saved_by for revision in sheet.revisions.values()} == {"Lee Lead"}


@pytest.mark.parametrize("answers", [{"R1": rated(0), "T1": rated(0)}, {"T1": Response(), "R1": rated(0)}])
def test_a_name_that_the_bank_does_not_have_saves_nothing(place: Place, answers: dict[str, Response]) -> None:
    with pytest.raises(NotFound):
        import_answers(*place, Answers(answers))
    assert own_sheet(*place).revisions == {}


def test_a_fault_in_the_middle_saves_nothing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    save, saved = answering.append_revision, []

    def broken(*arguments: object) -> object:
        saved.append(save(*arguments))  # type: ignore[arg-type]  # they are passed on as they came
        if len(saved) == 3:
            raise RuntimeError
        return saved[-1]

    monkeypatch.setattr("audit.operations.importing.append_revision", broken)
    with pytest.raises(RuntimeError):
        import_answers(*place, DEMONSTRATION)
    assert len(saved) == 3
    assert own_sheet(*place).revisions == {}
    assert [entry.did for entry in trail(place)] == ["opened an audit"]


def trail(place: Place) -> tuple[TrailRow, ...]:
    workplace, person, slug, _ = place
    return whole_trail(workplace, person, slug).rows


def test_the_trail_names_each_answer_and_the_import(place: Place) -> None:
    import_answers(*place, Answers({"R1": rated(1)}, {"S1": Response(what_happens_now="Counted.")}))
    last = [(each.did, each.item_id, each.detail) for each in trail(place)[-3:]]
    assert last == [
        ("answered", "R1", "revision 1"),
        ("answered", "S1", "revision 1"),
        ("imported answers", None, "2 changed"),
    ]


@pytest.mark.parametrize("given", [{}, {"R1": Response()}])
def test_an_answer_on_which_the_file_is_silent_stays(place: Place, given: dict[str, Response]) -> None:
    answering.save_response(*place, "R1", FULL, LINKS)
    answers = Answers({**given, "R2": rated(1)})
    assert plan(place, answers).kept == ("R1",)
    assert import_answers(*place, answers) == 1
    assert response(place, "R1") == FULL


def test_an_empty_cell_leaves_what_is_saved(place: Place) -> None:
    given = Response(RatingState.RATED, 0, what_needs_to_happen="More")
    assert join(place, FULL, given) == replace(FULL, level=0, what_needs_to_happen="More")


def test_a_text_without_a_rating_leaves_the_rating(place: Place) -> None:
    assert join(place, FULL, Response(reason="Read again.")) == replace(FULL, reason="Read again.")


@pytest.mark.parametrize(
    ("given", "state", "reason"),
    [
        (rated(3), RatingState.RATED, ""),
        (DONT_KNOW, RatingState.DONT_KNOW, ""),
        (replace(rated(3), reason="Seen."), RatingState.RATED, "Seen."),
        (Response(what_happens_now="Now"), RatingState.NOT_APPLICABLE, "We have none."),
    ],
)
def test_the_reason_why_something_does_not_apply_goes_when_it_is_rated(
    place: Place, given: Response, state: RatingState, reason: str
) -> None:
    after = join(place, NOT_APPLICABLE, given)
    assert (after.state, after.reason) == (state, reason)


def test_evidence_links_stay(place: Place) -> None:
    answering.save_response(*place, "R1", FULL, LINKS)
    import_answers(*place, Answers({"R1": rated(4)}))
    newest = own_sheet(*place).revisions["R1"]
    assert (newest.number, newest.links, newest.response.level) == (2, LINKS, 4)


def test_a_plan_tells_new_changed_same_and_kept_in_the_order_of_the_audit(place: Place) -> None:
    answering.save_response(*place, "R3", rated(1))
    answering.save_response(*place, "R2", rated(2))
    answering.save_response(*place, "R4", rated(3))
    made = plan(place, Answers({"R5": rated(0), "R3": rated(1), "R2": rated(0)}, {"S1": Response()}))
    assert [(change.name, change.is_new) for change in made.changes] == [("R2", False), ("R5", True)]
    assert (made.same, made.kept) == (("R3",), ("R4",))


@pytest.fixture
def aimed(workplace: Workplace, lead: Person, authority: Authority) -> Place:
    """An audit that aims at level 4 as a whole."""
    audit = open_audit(workplace, lead, authority.slug, AuditDetails("recommendations", "x", target=4))
    return workplace, lead, authority.slug, audit.id


def test_the_audits_target_in_a_file_does_not_become_the_items(aimed: Place) -> None:
    answering.save_response(*aimed, "R1", rated(2))
    answers = own_sheet(*aimed).answers
    assert answers.of("R9").target == 4
    assert plan(aimed, answers) == Plan((), ("R1",), ())
    assert import_answers(*aimed, answers) == 0


def test_a_target_of_its_own_can_be_set_to_the_audits(aimed: Place) -> None:
    assert join(aimed, rated(2, target=3), rated(2, target=4)).target == 4


def test_a_save_after_the_file_was_shown_is_noticed_and_nothing_is_saved(place: Place) -> None:
    answering.save_response(*place, "R1", rated(1))
    answering.save_response(*place, "R1", rated(2), seen=1)
    answers = Answers({"R1": rated(4), "R2": rated(4), "R3": rated(4)})
    for seen in ({}, {"R1": 1}, {"R1": 2, "R3": 7}):
        with pytest.raises(StaleImport) as stale:
            import_answers(*place, answers, seen)
        assert stale.value.names == (("R3",) if "R3" in seen else ("R1",))
    assert list(own_sheet(*place).revisions) == ["R1"]
    assert import_answers(*place, answers, {"R1": 2}) == 3


def test_a_save_that_says_what_the_file_says_is_no_clash(place: Place) -> None:
    answers = Answers({"R1": rated(4), "R2": rated(4)})
    answering.save_response(*place, "R1", rated(4))
    assert import_answers(*place, answers, {}) == 1
    assert import_answers(*place, answers, {}) == 0, "a button that was pressed twice"


def test_a_signed_off_audit_is_locked(place: Place) -> None:
    workplace, _, slug, audit_id = place
    with workplace.authority(slug) as file, write(file):
        file.execute("UPDATE audits SET state = 'signed_off' WHERE id = ?", [audit_id])
    with pytest.raises(AuditLocked, match="signed off"):
        import_answers(*place, DEMONSTRATION)
    with pytest.raises(AuditLocked, match="signed off"):
        sheet_to_fill(*place)
    assert own_sheet(*place).revisions == {}


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.VIEWER])
def test_those_who_do_not_answer_import_nothing(place: Place, role: Role) -> None:
    workplace, _, slug, audit_id = place
    other = known_person(workplace, "other@testshire.example", "Ola Other")
    with workplace.registry() as registry, write(registry):
        people.add_membership(registry, other.id, slug, role)
    with pytest.raises(NotAllowed):
        import_answers(workplace, other, slug, audit_id, DEMONSTRATION)
    with pytest.raises(NotAllowed):
        sheet_to_fill(workplace, other, slug, audit_id)


def test_strangers_find_no_audit(place: Place, stranger: Person) -> None:
    with pytest.raises(NotFound):
        import_answers(place[0], stranger, *place[2:], DEMONSTRATION)
