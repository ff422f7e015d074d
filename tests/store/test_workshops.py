"""Workshops in an authority's file: files made before, what comes back as it was kept, and a process that is killed."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from audit.core.agreement import Spread
from audit.core.audits import AuditDetails
from audit.core.moderation import GroupSpread
from audit.core.responses import Confidence
from audit.core.rooms import Phase
from audit.core.round_results import Moved, Pile, RoundResult
from audit.core.workshops import AgendaItem, Plan, StepKind
from audit.operations.audits import open_audit
from audit.operations.authorities import create_authority
from audit.operations.people import known_person
from audit.operations.rooms import run_room
from audit.operations.trail import whole_trail
from audit.operations.workplace import Workplace
from audit.store import authority_file, keeping, piles, registry, votes, workshop_tables, workshops
from audit.store.connection import opened, write
from tests.clock import Clock
from tests.rooms import Room

AT = Clock().at


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An authority's file with one audit and one workshop."""
    path = tmp_path / "x.db"
    with opened(path, authority_file.migrations, create=True) as file, write(file):
        file.execute(
            "INSERT INTO audits (bank_id, bank_version, period, scope, scope_name, weighting, illustrative, state,"
            " opened_by, opened_at) VALUES ('recommendations', '1', '', 'whole', '', 'equal', '', 'moderated', 'L', '')"
        )
        workshops.add(file, 1, Plan("The day", (AgendaItem("R1", 5),)), "Lee", AT)
    return path


def before_workshops(migrations: Migrations, last: str) -> Migrations:
    """The steps of a release that knew no workshops, up to the one of this name."""
    names = [step.name for step in migrations.pending(Database(memory=True))]
    assert last in names
    assert names.index(last) < len(names) - 1
    earlier = Migrations(migrations.name)
    for step in migrations.pending(Database(memory=True))[: names.index(last) + 1]:
        earlier(name=step.name)(step.fn)
    return earlier


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as database:
        return {row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


@pytest.mark.parametrize(
    ("migrations", "last", "new"),
    [
        (authority_file.migrations, "m003_chained_trail", {"workshops", *keeping.OF_WORKSHOP}),
        (registry.migrations, "m003_vouching", {"workshop_codes", "live_rooms"}),
    ],
    ids=["authority", "registry"],
)
def test_a_file_made_before_there_were_workshops_gets_their_tables(
    tmp_path: Path, migrations: Migrations, last: str, new: set[str]
) -> None:
    path = tmp_path / "old.db"
    with opened(path, before_workshops(migrations, last), create=True):
        pass
    assert not new & tables(path)
    with opened(path, migrations):
        pass
    assert new <= tables(path)


def test_every_table_of_workshops_goes_with_its_audit(path: Path) -> None:
    assert len(workshop_tables.STATEMENTS) > 9
    with opened(path, authority_file.migrations) as file:
        hanging = {table.name for table in file.tables if "workshop_id" in table.columns_dict}
    assert hanging == set(keeping.OF_WORKSHOP)


RESULT = RoundResult(
    seats=9,
    voted=8,
    spread=Spread({0: 0, 1: 3, 2: 3, 3: 0, 4: 1}, not_applicable=1),
    groups=(GroupSpread("N\u00f6rth <b>", Spread({0: 0, 1: 3, 2: 2, 3: 0, 4: 0})), GroupSpread("Other", None)),
    confidence={Confidence.HIGH: 5, None: 3},
    moved=Moved(2, 1, 3),
)


@pytest.mark.parametrize("result", [RESULT, RoundResult(4, 2, None)], ids=["shown", "too few"])
def test_a_result_comes_back_as_it_was_kept(path: Path, result: RoundResult) -> None:
    with opened(path, authority_file.migrations) as file:
        with write(file):
            votes.keep_result(file, 1, 7, result)
        assert votes.results(file, 1) == {7: result}


def test_a_pile_comes_back_as_it_was_counted(path: Path) -> None:
    pile = Pile("", {0: 1, 1: 0, 2: 0, 3: 0, 4: 9}, 1, 2, {Confidence.LOW: 3})
    with opened(path, authority_file.migrations) as file:
        with write(file):
            piles.put(file, 1, 7, pile, "Ann", AT)
        (found,) = piles.of_round(file, 7)
        assert (found.pile, found.counted_by, found.confirmed_by) == (pile, "Ann", "")


def test_the_number_of_a_step_is_never_given_again(path: Path) -> None:
    """Else a vote that comes late could count in another round."""
    with opened(path, authority_file.migrations) as file, write(file):
        first = workshops.add_step(file, 1, AT, "Lee", StepKind.OPEN_ROOM, "", {})
        file.execute("DELETE FROM steps")
        assert workshops.add_step(file, 1, AT, "Lee", StepKind.OPEN_ROOM, "", {}).id == first.id + 1


VOTER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from audit.core.responses import RatingState
    from audit.core.round_results import Vote
    from audit.operations import seats
    from audit.operations.seats import Holder
    from audit.operations.workplace import Workplace
    folder, code, where, *tokens = sys.argv[1:]
    workplace = Workplace(Path(folder))
    for number, token in enumerate(tokens):
        seats.cast_vote(workplace, code, Holder((token,)), int(where), Vote(RatingState.RATED, number % 5))
        print("voted", flush=True)
    """
)


def test_a_process_that_is_killed_in_the_middle_of_a_vote_loses_no_vote_that_it_took(tmp_path: Path) -> None:
    workplace = Workplace(tmp_path / "instance")
    lead = known_person(workplace, "lead@testshire.example", "Lee Lead")
    slug = create_authority(workplace, lead, "Testshire").slug
    audit_id = open_audit(workplace, lead, slug, AuditDetails("recommendations", "Autumn 2026")).id
    room = Room(workplace, lead, slug, audit_id, Plan("The day", (AgendaItem("R1", 5),)))
    room.open([f"Person {number}" for number in range(60)])
    room.step(StepKind.OPEN_ITEM, "R1")
    before = run_room(workplace, lead, slug, room.id)
    assert before.voting is not None
    tokens = [holder.tokens[0] for holder in room.holders]
    command = [sys.executable, "-c", VOTER, str(workplace.folder), room.code, str(before.voting.id), *tokens]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
    assert process.stdout is not None
    for _ in range(5):
        assert process.stdout.readline() == "voted\n"
    os.kill(process.pid, signal.SIGKILL)
    accepted = 5 + process.communicate()[0].count("voted")
    assert accepted < len(tokens), "it was killed while there were votes to come"
    after = run_room(Workplace(workplace.folder), lead, slug, room.id)
    assert (after.room, after.steps, after.seats) == (before.room, before.steps, before.seats)
    assert after.room.phase is Phase.VOTING
    # The vote in hand when it was killed may have been kept, too.
    assert accepted <= after.voted <= accepted + 1
    room.vote([4, 4, 4])
    room.step(StepKind.REVEAL, "R1")
    shown = run_room(workplace, lead, slug, room.id).result
    assert shown is not None
    assert shown.voted == after.voted
    assert whole_trail(workplace, lead, slug).rows
