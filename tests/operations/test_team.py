"""Who answers an audit, closing and opening answering, and groups."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from audit.core.audits import Audit, AuditState
from audit.core.people import Authority, Person, Role
from audit.core.responses import RatingState, Response
from audit.operations import answering, closing, groups, moderation, team
from audit.operations.audits import audit_for
from audit.operations.errors import AuditLocked, NotAllowed, NotFound
from audit.operations.people import known_person
from audit.operations.workplace import Workplace
from audit.store import audits, people
from audit.store.connection import write

SLUG = "testshire"
Join = Callable[..., Person]


@pytest.fixture
def join(workplace: Workplace, authority: Authority) -> Join:
    """Makes somebody a member."""

    def joined(name: str, role: Role = Role.CONTRIBUTOR) -> Person:
        person = known_person(workplace, f"{name.lower()}@testshire.example", name)
        with workplace.registry() as registry, write(registry):
            people.add_membership(registry, person.id, SLUG, role)
        return person

    return joined


def rate(workplace: Workplace, person: Person, audit: Audit, item_id: str, level: int) -> None:
    answering.save_response(workplace, person, SLUG, audit.id, item_id, Response(RatingState.RATED, level))


def leave(workplace: Workplace, person: Person) -> None:
    with workplace.registry() as registry, write(registry):
        people.remove_membership(registry, person.id, SLUG)


def test_the_team_says_how_far_each_has_come(workplace: Workplace, lead: Person, audit: Audit, join: Join) -> None:
    ann, _ = join("Ann"), join("Ben")
    join("Vera", Role.VIEWER)
    rate(workplace, ann, audit, "R1", 0)
    answering.save_response(workplace, ann, SLUG, audit.id, "R2", Response(reason="Not rated yet"))
    found = team.team_of(workplace, lead, SLUG, audit.id)
    assert [(each.name, each.answered, each.last is not None) for each in found.members] == [
        ("Ann", 1, True),
        ("Ben", 0, False),
        ("Lee Lead", 0, False),
    ]
    assert (found.overall.begun, found.overall.people, found.overall.answers, found.overall.asked) == (1, 3, 1, 36)
    assert found.rates == ()


def test_response_rates_are_told_by_group(workplace: Workplace, lead: Person, audit: Audit, join: Join) -> None:
    ann, ben = join("Ann"), join("Ben")
    groups.name_groups(workplace, lead, SLUG, {}, ["Partners"])
    (group_id,) = groups.groups_of(workplace, lead, SLUG).names
    groups.put_people(workplace, lead, SLUG, {ann.id: group_id, ben.id: group_id})
    rate(workplace, ann, audit, "R1", 0)
    rates = team.team_of(workplace, lead, SLUG, audit.id).rates
    assert [(rate.name, rate.begun, rate.people) for rate in rates] == [("Partners", 1, 2), ("", 0, 1)]


def test_nobody_answers_once_answering_is_closed_and_everybody_once_it_is_open_again(
    workplace: Workplace, lead: Person, audit: Audit, join: Join
) -> None:
    ann = join("Ann")
    closing.close_answering(workplace, lead, SLUG, audit.id)
    assert audit_for(workplace, lead, SLUG, audit.id).state is AuditState.MODERATED
    with pytest.raises(AuditLocked, match="Answering is closed"):
        rate(workplace, ann, audit, "R1", 0)
    with pytest.raises(AuditLocked):
        closing.close_answering(workplace, lead, SLUG, audit.id)
    closing.open_answering(workplace, join("Fay", Role.FACILITATOR), SLUG, audit.id)
    rate(workplace, ann, audit, "R1", 0)
    with pytest.raises(AuditLocked, match="open already"):
        closing.open_answering(workplace, lead, SLUG, audit.id)


def test_a_signed_audit_is_not_opened_for_answers(workplace: Workplace, lead: Person, audit: Audit) -> None:
    with workplace.authority(SLUG) as file, write(file):
        audits.set_state(file, audit.id, AuditState.SIGNED_OFF)
    with pytest.raises(AuditLocked):
        closing.open_answering(workplace, lead, SLUG, audit.id)


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.VIEWER])
def test_only_those_who_run_an_audit_see_the_team_and_close(
    workplace: Workplace, audit: Audit, join: Join, role: Role, stranger: Person
) -> None:
    for deed in (team.team_of, closing.close_answering, closing.open_answering, moderation.moderation_of):
        with pytest.raises(NotAllowed):
            deed(workplace, join("Ann", role), SLUG, audit.id)
        with pytest.raises(NotFound):
            deed(workplace, stranger, SLUG, audit.id)


def test_who_was_asked_is_kept_when_answering_closes(
    workplace: Workplace, lead: Person, audit: Audit, join: Join
) -> None:
    ann, ben, cy = join("Ann"), join("Ben"), join("Cy")
    rate(workplace, ann, audit, "R1", 0)
    team.show_name(workplace, cy, SLUG, audit.id, named=True)
    leave(workplace, ann)
    leave(workplace, cy)
    closing.close_answering(workplace, lead, SLUG, audit.id)
    leave(workplace, ben)
    join("Dee")
    found = team.team_of(workplace, lead, SLUG, audit.id)
    assert [(each.name, each.left) for each in found.members] == [("Ann", True), ("Ben", True), ("Lee Lead", False)]
    agreement = moderation.moderation_of(workplace, lead, SLUG, audit.id).sheet.agreement
    assert agreement is not None
    assert (agreement.asked, agreement.answered) == (3, 1)


def test_groups_stay_as_they_were_when_answering_closed(
    workplace: Workplace, lead: Person, audit: Audit, join: Join
) -> None:
    everyone = [join(f"Person{number}") for number in range(12)]
    groups.name_groups(workplace, lead, SLUG, {}, ["One", "Two"])
    one, two = groups.groups_of(workplace, lead, SLUG).names
    for number, person in enumerate(everyone):
        groups.put_people(workplace, lead, SLUG, {person.id: one if number < 6 else two})
        rate(workplace, person, audit, "R1", number % 5)
    closing.close_answering(workplace, lead, SLUG, audit.id)

    def told() -> object:
        return moderation.moderation_of(workplace, lead, SLUG, audit.id, "R1").stands["R1"].spread

    before = told()
    groups.put_people(workplace, lead, SLUG, {everyone[0].id: two})
    assert told() == before
    closing.open_answering(workplace, lead, SLUG, audit.id)
    closing.close_answering(workplace, lead, SLUG, audit.id)
    assert told() == before


def test_groups_that_are_named_late_count_from_the_next_closing(
    workplace: Workplace, lead: Person, audit: Audit, join: Join
) -> None:
    ann = join("Ann")
    rate(workplace, ann, audit, "R1", 0)
    closing.close_answering(workplace, lead, SLUG, audit.id)
    groups.name_groups(workplace, lead, SLUG, {}, ["One"])
    (one,) = groups.groups_of(workplace, lead, SLUG).names
    groups.put_people(workplace, lead, SLUG, {ann.id: one})
    assert team.team_of(workplace, lead, SLUG, audit.id).rates == ()
    closing.open_answering(workplace, lead, SLUG, audit.id)
    closing.close_answering(workplace, lead, SLUG, audit.id)
    assert [rate.name for rate in team.team_of(workplace, lead, SLUG, audit.id).rates] == ["One", ""]


class TestGroups:
    def test_change_their_names_with_each_other_and_go(self, workplace: Workplace, lead: Person, join: Join) -> None:
        ann = join("Ann")
        groups.name_groups(workplace, lead, SLUG, {}, ["One", "Two"])
        one, two = groups.groups_of(workplace, lead, SLUG).names
        groups.put_people(workplace, lead, SLUG, {ann.id: one})
        groups.name_groups(workplace, lead, SLUG, {one: "Two", two: "One"}, [])
        assert dict(groups.groups_of(workplace, lead, SLUG).names) == {one: "Two", two: "One"}
        groups.name_groups(workplace, lead, SLUG, {one: ""}, [])
        found = groups.groups_of(workplace, lead, SLUG)
        assert (dict(found.names), dict(found.group_of)) == ({two: "One"}, {})

    def test_have_names_of_their_own(self, workplace: Workplace, lead: Person, join: Join) -> None:
        join("Ann")
        groups.name_groups(workplace, lead, SLUG, {}, ["One"])
        with pytest.raises(ValueError, match="one"):
            groups.name_groups(workplace, lead, SLUG, {}, ["ONE"])
        assert len(groups.groups_of(workplace, lead, SLUG).names) == 1

    def test_take_in_only_those_who_answer_here(
        self, workplace: Workplace, lead: Person, join: Join, stranger: Person
    ) -> None:
        groups.name_groups(workplace, lead, SLUG, {}, ["One"])
        (one,) = groups.groups_of(workplace, lead, SLUG).names
        for placed in ({stranger.id: one}, {join("Vera", Role.VIEWER).id: one}, {lead.id: one + 1}):
            with pytest.raises(NotFound):
                groups.put_people(workplace, lead, SLUG, placed)
        with pytest.raises(NotFound):
            groups.name_groups(workplace, lead, SLUG, {one + 1: "Two"}, [])

    def test_the_threshold_is_the_leads_and_never_below_three(
        self, workplace: Workplace, lead: Person, join: Join
    ) -> None:
        fay = join("Fay", Role.FACILITATOR)
        assert groups.groups_of(workplace, fay, SLUG).smallest == 5
        with pytest.raises(NotAllowed):
            groups.set_threshold(workplace, fay, SLUG, 3)
        with pytest.raises(ValueError, match="2"):
            groups.set_threshold(workplace, lead, SLUG, 2)
        groups.set_threshold(workplace, lead, SLUG, 3)
        assert groups.groups_of(workplace, fay, SLUG).smallest == 3
        groups.set_threshold(workplace, lead, SLUG, None)
        assert groups.groups_of(workplace, fay, SLUG).setting is None


def test_nobody_answers_alone_where_somebody_who_has_left_answered(
    workplace: Workplace, lead: Person, audit: Audit, join: Join
) -> None:
    assert team.notice_for(workplace, lead, SLUG, audit.id).alone
    ann = join("Ann")
    rate(workplace, ann, audit, "R1", 0)
    leave(workplace, ann)
    assert not team.notice_for(workplace, lead, SLUG, audit.id).alone
