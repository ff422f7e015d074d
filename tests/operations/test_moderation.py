"""Moderation: what is shown, and what is settled."""

from __future__ import annotations

import pytest

from audit.core.audits import Audit, AuditState
from audit.core.people import Authority, Person, Role
from audit.core.responses import UNANSWERED, RatingState, Response
from audit.operations import answering, closing, moderation, team
from audit.operations.errors import AuditLocked, NotAllowed, NotFound, StaleSave
from audit.operations.people import known_person
from audit.operations.sheets import sheet_to_read
from audit.operations.workplace import Workplace
from audit.store import audits, people
from audit.store.connection import write

SLUG = "testshire"
SETTLED = Response(RatingState.RATED, 3, reason="We talked", what_happens_now="Most do")


@pytest.fixture
def everyone(workplace: Workplace, authority: Authority) -> list[Person]:
    """Seven people who answer."""
    made = [known_person(workplace, f"{name}@testshire.example", name) for name in "Ann Ben Cy Dee Eve Flo Gus".split()]
    with workplace.registry() as registry, write(registry):
        for person in made:
            people.add_membership(registry, person.id, SLUG, Role.CONTRIBUTOR)
    return made


def rate(workplace: Workplace, audit: Audit, item_id: str, rated: dict[Person, int]) -> None:
    for person, level in rated.items():
        response = Response(RatingState.RATED, level, reason=f"So says {person.name}")
        answering.save_response(workplace, person, SLUG, audit.id, item_id, response)


@pytest.fixture
def closed(workplace: Workplace, lead: Person, audit: Audit, everyone: list[Person]) -> Audit:
    """Closed, with two camps on R1, agreement on R2, and three answers to R3."""
    rate(workplace, audit, "R1", dict(zip(everyone, [0, 0, 0, 4, 4, 4, 4], strict=True)))
    rate(workplace, audit, "R2", dict.fromkeys(everyone, 2))
    rate(workplace, audit, "R3", dict.fromkeys(everyone[:3], 1))
    closing.close_answering(workplace, lead, SLUG, audit.id)
    return audit


def level(workplace: Workplace, person: Person, audit: Audit, item_id: str) -> int | None:
    return sheet_to_read(workplace, person, SLUG, audit.id).responses.get(item_id, UNANSWERED).level


def test_nothing_is_shown_while_people_answer(workplace: Workplace, lead: Person, audit: Audit) -> None:
    with pytest.raises(NotAllowed, match="still open"):
        moderation.moderation_of(workplace, lead, SLUG, audit.id)
    with pytest.raises(AuditLocked, match="still open"):
        moderation.settle(workplace, lead, SLUG, audit.id, "R1", SETTLED)


def test_the_most_contested_item_comes_first(workplace: Workplace, lead: Person, closed: Audit) -> None:
    found = moderation.moderation_of(workplace, lead, SLUG, closed.id)
    assert [stand.id for stand in found.contested[:2]] == ["R1", "R2"]
    assert [stand.id for stand in found.items[:3]] == ["R1", "R2", "R3"]


def test_of_three_people_only_their_number_and_the_level_that_counts_are_shown(
    workplace: Workplace, lead: Person, closed: Audit
) -> None:
    stand = moderation.moderation_of(workplace, lead, SLUG, closed.id, "R3").stands["R3"]
    assert stand.spread is not None
    assert (stand.spread.answered, stand.spread.spread, stand.written) == (3, None, ())
    assert stand.response.level == 1


def test_texts_stand_without_names_but_where_somebody_chose_so(
    workplace: Workplace, lead: Person, closed: Audit, everyone: list[Person]
) -> None:
    team.show_name(workplace, everyone[1], SLUG, closed.id, named=True)
    written = moderation.moderation_of(workplace, lead, SLUG, closed.id, "R1").stands["R1"].written
    assert {each.reason for each in written} == {f"So says {person.name}" for person in everyone}
    assert [(each.name, each.reason) for each in written if each.name] == [("Ben", "So says Ben")]


@pytest.mark.parametrize("name", ["R1", "S1"])
def test_a_text_without_a_name_is_not_given_away_by_the_names_of_all_others(
    workplace: Workplace, lead: Person, audit: Audit, everyone: list[Person], name: str
) -> None:
    rate(workplace, audit, name, dict.fromkeys(everyone, 2))
    closing.close_answering(workplace, lead, SLUG, audit.id)

    def written() -> list[str]:
        stand = moderation.moderation_of(workplace, lead, SLUG, audit.id, name).stands[name]
        assert stand.wrote == len(everyone)
        return sorted(each.reason for each in stand.written)

    for person in everyone[:2]:
        team.show_name(workplace, person, SLUG, audit.id, named=True)
    assert len(written()) == 7, "five people are left without a name"
    team.show_name(workplace, everyone[2], SLUG, audit.id, named=True)
    assert written() == ["So says Ann", "So says Ben", "So says Cy"]


def test_the_order_of_texts_is_stable_and_follows_no_list_of_people(
    workplace: Workplace, lead: Person, audit: Audit, everyone: list[Person]
) -> None:
    names = ["R1", "R2", "R4", "R5"]
    for name in names:
        rate(workplace, audit, name, dict.fromkeys(everyone, 2))
    closing.close_answering(workplace, lead, SLUG, audit.id)

    def orders() -> list[list[str]]:
        stands = moderation.moderation_of(workplace, lead, SLUG, audit.id).stands
        return [[each.reason for each in stands[name].written] for name in names]

    found = orders()
    assert found == orders()
    assert len({tuple(order) for order in found}) == len(names)
    assert [f"So says {person.name}" for person in everyone] not in found


def test_what_is_settled_counts_and_its_history_is_kept(workplace: Workplace, lead: Person, closed: Audit) -> None:
    assert level(workplace, lead, closed, "R1") == 4
    first = moderation.settle(workplace, lead, SLUG, closed.id, "R1", SETTLED)
    assert level(workplace, lead, closed, "R1") == 3
    moderation.take_back(workplace, lead, SLUG, closed.id, "R1", first.number)
    assert level(workplace, lead, closed, "R1") == 4
    assert moderation.moderation_of(workplace, lead, SLUG, closed.id).stands["R1"].settled is None
    history = moderation.settled_history(workplace, lead, SLUG, closed.id, "R1")
    assert [(each.number, each.response) for each in history] == [(2, UNANSWERED), (1, SETTLED)]


def test_a_contributor_reads_her_own_answers_until_sign_off_and_then_the_teams(
    workplace: Workplace, lead: Person, closed: Audit, everyone: list[Person]
) -> None:
    moderation.settle(workplace, lead, SLUG, closed.id, "R1", SETTLED)
    assert level(workplace, everyone[0], closed, "R1") == 0
    with workplace.authority(SLUG) as file, write(file):
        audits.set_state(file, closed.id, AuditState.SIGNED_OFF)
    assert level(workplace, everyone[0], closed, "R1") == 3
    with pytest.raises(AuditLocked):
        moderation.settle(workplace, lead, SLUG, closed.id, "R1", SETTLED, seen=1)


def test_two_who_settle_at_once_lose_nothing(workplace: Workplace, lead: Person, closed: Audit) -> None:
    moderation.settle(workplace, lead, SLUG, closed.id, "R1", SETTLED)
    other = Response(RatingState.RATED, 1, reason="Another view")
    with pytest.raises(StaleSave) as fault:
        moderation.settle(workplace, lead, SLUG, closed.id, "R1", other)
    assert fault.value.current.response == SETTLED
    with pytest.raises(StaleSave):
        moderation.take_back(workplace, lead, SLUG, closed.id, "R1", 0)
    assert level(workplace, lead, closed, "R1") == 3


@pytest.mark.parametrize("response", [Response(RatingState.RATED, 3), Response(reason="No level"), UNANSWERED])
def test_an_item_is_settled_with_a_level_and_a_reason(
    workplace: Workplace, lead: Person, closed: Audit, response: Response
) -> None:
    with pytest.raises(ValueError, match="with a reason"):
        moderation.settle(workplace, lead, SLUG, closed.id, "R1", response)


def test_what_people_agree_on_is_settled_at_once_and_nothing_else(
    workplace: Workplace, lead: Person, closed: Audit
) -> None:
    found = moderation.moderation_of(workplace, lead, SLUG, closed.id)
    assert [stand.id for stand in found.items if stand.agreed] == ["R2"]
    asked = ["R1", "R2", "R3", "nowhere"]
    assert moderation.settle_agreed(workplace, lead, SLUG, closed.id, asked, "Broad agreement") == ["R2"]
    settled = moderation.moderation_of(workplace, lead, SLUG, closed.id).stands["R2"].settled
    assert settled is not None
    assert (settled.response.level, settled.response.reason) == (2, "Broad agreement")
    assert moderation.settle_agreed(workplace, lead, SLUG, closed.id, asked, "Broad agreement") == []
    with pytest.raises(ValueError, match="reason"):
        moderation.settle_agreed(workplace, lead, SLUG, closed.id, asked, "")


def test_an_answer_that_counts_for_the_team_by_name_is_not_counted_among_the_others(
    workplace: Workplace, lead: Person, audit: Audit, everyone: list[Person]
) -> None:
    rate(workplace, audit, "R1", dict.fromkeys(everyone[:5], 2))
    with workplace.authority(SLUG) as file, write(file):
        file.execute(
            "INSERT INTO assignments VALUES (?, 'R1', ?, 'Lee', '2026-01-01T00:00:00+00:00')",
            [audit.id, everyone[0].id],
        )
    closing.close_answering(workplace, lead, SLUG, audit.id)
    stand = moderation.moderation_of(workplace, lead, SLUG, audit.id).stands["R1"]
    assert stand.answers_for == "Ann"
    assert stand.response.reason == "So says Ann"
    assert stand.spread is not None
    assert (stand.spread.answered, stand.spread.spread, stand.written) == (4, None, ())


def test_prompts_are_settled_in_words(workplace: Workplace, lead: Person, closed: Audit) -> None:
    words = Response(what_happens_now="Caseloads are counted")
    moderation.settle(workplace, lead, SLUG, closed.id, "S1", words)
    assert sheet_to_read(workplace, lead, SLUG, closed.id).answers.prompts["S1"] == words
    with pytest.raises(NotFound):
        moderation.settle(workplace, lead, SLUG, closed.id, "Q99", words)


def test_words_on_a_prompt_are_shown_once_enough_people_wrote(
    workplace: Workplace, lead: Person, audit: Audit, everyone: list[Person]
) -> None:
    for number, person in enumerate(everyone):
        for name in ("S1", "S2")[: 1 if number >= 4 else 2]:
            words = Response(what_happens_now=f"{person.name} on {name}")
            answering.save_response(workplace, person, SLUG, audit.id, name, words)
    closing.close_answering(workplace, lead, SLUG, audit.id)
    stands = moderation.moderation_of(workplace, lead, SLUG, audit.id).stands
    assert (stands["S1"].wrote, len(stands["S1"].written)) == (7, 7)
    assert (stands["S2"].wrote, stands["S2"].written) == (4, ())
