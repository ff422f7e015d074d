"""What a person takes out: all that is hers, and nothing of anybody else's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit.core.people import Person
from audit.core.responses import RatingState, Response
from audit.core.workshops import AgendaItem, Plan, StepKind
from audit.operations import answering, feedback, own_data, room_steps, seats, second_factor
from audit.operations.authorities import create_authority
from audit.operations.seats import Holder
from audit.operations.workplace import Workplace
from audit.store import leaving
from audit.store import own_data as store
from tests.rooms import Room
from tests.sessions import begin_session
from tests.town import MODERATED, OPEN, SLUG, Town, build

# What would sign somebody in, or help to.
SECRET = {"token_hash", "hash", "secret", "last_step", "code_hash"}


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return build(tmp_path)


def say(town: Town, name: str, words: str) -> None:
    response = Response(RatingState.RATED, 1, words)
    answering.save_response(town.workplace, town.people[name], SLUG, OPEN, "R5", response)
    answering.keep_draft(town.workplace, town.people[name], SLUG, OPEN, "R6", {"reason": f"draft: {words}"}, 0)


def taken(workplace: Workplace, person: Person, by: str = "link") -> own_data.OwnData:
    return own_data.own_data(workplace, person, begin_session(workplace, person.id, by, "Firefox on Linux"))


def test_answers_revisions_drafts_and_deeds_are_there(town: Town) -> None:
    say(town, "contributor", "Mine")
    held = json.loads(taken(town.workplace, town.people["contributor"]).json)
    assert held["kind"] == "plumbline-own-data"
    (person,) = held["account"]["person"]
    assert person["email"] == "contributor@testshire.gov.uk"
    assert [row["device"] for row in held["account"]["sessions"]] == ["Firefox on Linux"]
    assert [(row["authority"], row["role"]) for row in held["account"]["memberships"]] == [(SLUG, "contributor")]
    here = held["authorities"][SLUG]
    assert [row["revision"] for row in here["answers"] if (row["audit_id"], row["item_id"]) == (OPEN, "R1")] == [1, 2]
    assert [row["reason"] for row in here["answers"] if row["item_id"] == "R5"] == ["Mine"]
    assert [row["fields"] for row in here["drafts"]] == [{"reason": "draft: Mine"}]
    assert {row["did"] for row in here["trail"]} == {"answered"}
    assert [audit["id"] for audit in here["audits"]] == [1, 2, 3]


def test_nothing_that_others_wrote_is_there(town: Town) -> None:
    for name in ("lead", "contributor"):
        say(town, name, f"Said by the {name}")
    held = taken(town.workplace, town.people["contributor"]).json.decode()
    assert "Said by the contributor" in held
    assert "Said by the lead" not in held
    assert "Lead Person" not in held


def test_nothing_that_signs_in_is_there(town: Town) -> None:
    person = town.people["contributor"]
    token = begin_session(town.workplace, person.id, "link")
    secret = second_factor.begin(town.workplace, token)
    held = own_data.own_data(town.workplace, person, token).json.decode()
    assert secret not in held
    with town.workplace.registry() as registry:
        hashes = [row["token_hash"] for row in registry.query("SELECT token_hash FROM sessions")]
    assert hashes
    assert not any(each in held for each in [*hashes, token])


def test_every_column_that_speaks_of_a_person_is_there_but_secrets(town: Town) -> None:
    """A new table or column of the registry has to be added to what people take out, and to what goes with them."""
    with town.workplace.registry() as registry:
        tables = {
            table.name: {key.column for key in table.foreign_keys if key.other_table == "people"}
            for table in registry.tables
        }
        of_people = {name: keys for name, keys in tables.items() if keys}
        columns = {
            column for name in of_people for column in registry[name].columns_dict if column not in of_people[name]
        }
    assert of_people == {name: {column} for name, column in leaving.OF_PERSON.items()}
    queries = " ".join(store._REGISTRY.values())
    named = {column for column in columns if column in queries.replace(",", " ").replace(".", " ").split()}
    assert columns - named - SECRET == {"id"} - named


def test_authorities_that_were_left_are_only_in_the_answer_to_a_request(town: Town) -> None:
    gone = town.people["gone"]
    assert taken(town.workplace, gone).authorities == {}
    found = own_data.data_for_request(town.workplace, gone)
    assert list(found.authorities) == [SLUG]
    assert len(found.authorities[SLUG]["answers"]) == 12


def test_a_session_that_a_directory_opened_shows_its_authority_alone(town: Town) -> None:
    lead = town.people["lead"]
    create_authority(town.workplace, lead, "Secondshire")
    assert set(taken(town.workplace, lead).authorities) == {SLUG, "secondshire"}
    found = taken(town.workplace, lead, "directory:secondshire")
    assert list(found.authorities) == ["secondshire"]
    assert [row["authority"] for row in found.account["memberships"]] == ["secondshire"]
    assert found.account["invitations_sent"] == []
    assert {row["signed_in_by"] for row in found.account["sessions"]} == {"directory:secondshire"}


def test_a_member_finds_her_seats_votes_and_what_she_said_of_a_workshop(town: Town) -> None:
    contributor, lead = town.people["contributor"], town.people["lead"]
    room = Room(town.workplace, lead, SLUG, MODERATED, Plan("The day", (AgendaItem("R5", 5),)))
    room.open(["A phone", "Another", "A third"])
    for person in (contributor, lead):
        room.holders.append(Holder(person=person))
        seats.join(town.workplace, room.code, room.holders[-1], "", "")
    room.step(StepKind.OPEN_ITEM, "R5")
    room.vote([0, 1, None, 4, 2])

    def here(person: Person) -> dict[str, store.Rows]:
        return dict(taken(town.workplace, person).authorities[SLUG])

    found = here(contributor)
    assert [(row["title"], row["name"], row["removed_at"]) for row in found["workshop_seats"]] == [
        ("The day", "Contributor Person", None)
    ]
    assert [(row["item_id"], row["level"], row["confidence"]) for row in found["votes"]] == [("R5", 4, "high")]
    assert [(row["item_id"], row["level"]) for row in here(lead)["votes"]] == [("R5", 2)]
    room.step(StepKind.SKIP, "R5")
    room_steps.close_room(*room.place, room.id, room.seen)
    feedback.say(town.workplace, room.code, Holder(person=contributor), "heard", "partly")
    found = here(contributor)
    assert found["votes"] == []
    assert [(row["question"], row["answer"]) for row in found["workshop_feedback"]] == [("heard", "partly")]
    assert len(found["workshop_seats"]) == 1
    assert here(lead)["workshop_feedback"] == []


def test_every_table_of_a_file_that_speaks_of_a_person_is_there(town: Town) -> None:
    """A new table that knows people by their number has to be added to what people take out."""
    numbers = {"person_id", "respondent_id", "signed_by_id", "seat_id"}
    with town.workplace.authority(SLUG) as file:
        of_people = {table.name for table in file.tables if numbers & table.columns_dict.keys()}
    assert {"answers", "votes", "feedback"} & of_people == {"votes", "feedback"}
    queries = " ".join(store._FILE.values()).split()
    assert {name for name in of_people if name not in queries} == set()
