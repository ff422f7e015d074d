"""The store loses nothing: threads, processes, kills, and what the tables refuse."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlite_utils import Migrations

from audit.store import authority_file, registry
from audit.store.connection import Pool, opened, shared, write

THREADS, SAVES = 8, 100
counting = Migrations("counting")


@counting()
def m001_counter(database: object) -> None:
    database.execute("CREATE TABLE counter (id INTEGER PRIMARY KEY, value INTEGER NOT NULL) STRICT")  # type: ignore[attr-defined]
    database.execute("INSERT INTO counter (id, value) VALUES (1, 0)")  # type: ignore[attr-defined]


def add_one(path: Path) -> None:
    """Read, think, write: what a deferred transaction would lose."""
    with opened(path, counting) as database, write(database):
        value = database.execute("SELECT value FROM counter").fetchone()[0]
        database.execute("UPDATE counter SET value = ?", [value + 1])


def add_many(path: Path) -> None:
    for _ in range(SAVES):
        add_one(path)


def value(path: Path) -> int:
    with opened(path, counting) as database:
        return int(database.execute("SELECT value FROM counter").fetchone()[0])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "counter.db"
    with opened(path, counting, create=True):
        return path


def test_eight_threads_of_a_hundred_saves_lose_nothing(path: Path) -> None:
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(add_many, [path] * THREADS))
    assert value(path) == THREADS * SAVES


WORKER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from tests.store.test_connection import add_one
    print("ready", flush=True)
    for _ in range(int(sys.argv[2])):
        add_one(Path(sys.argv[1]))
        print("saved", flush=True)
    """
)


def worker(path: Path, saves: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WORKER, str(path), str(saves)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])


def test_two_processes_at_once_lose_nothing(path: Path) -> None:
    workers = [worker(path, 60) for _ in range(2)]
    outputs = [process.communicate(timeout=60)[0] for process in workers]
    assert [process.returncode for process in workers] == [0, 0]
    assert [output.count("saved") for output in outputs] == [60, 60]
    assert value(path) == 120


def test_a_killed_process_leaves_a_whole_store(path: Path) -> None:
    process = worker(path, 100_000)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.3)
    os.kill(process.pid, signal.SIGKILL)
    accepted = process.communicate()[0].count("saved")
    assert accepted > 0
    with opened(path, counting) as database:
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    # The save in hand when it was killed may have been kept too; none that was accepted is gone.
    assert accepted <= value(path) <= accepted + 1
    add_one(path)


def fail_in_the_middle(path: Path) -> None:
    with opened(path, counting) as database, write(database):
        database.execute("UPDATE counter SET value = 99")
        raise RuntimeError


def test_a_fault_inside_a_write_undoes_all_of_it(path: Path) -> None:
    with pytest.raises(RuntimeError):
        fail_in_the_middle(path)
    assert value(path) == 0


def test_a_new_file_opened_by_many_at_once_is_migrated_once(tmp_path: Path) -> None:
    def open_it(_: int) -> int:
        with opened(tmp_path / "new.db", counting, create=True) as database:
            return int(database.execute("SELECT COUNT(*) FROM counter").fetchone()[0])

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(open_it, range(THREADS * 2))) == [1] * THREADS * 2


def test_a_file_that_is_not_there_is_not_made_by_looking(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), opened(tmp_path / "absent.db", counting):
        pass
    assert not (tmp_path / "absent.db").exists()


@pytest.mark.parametrize("migrations", [registry.migrations, authority_file.migrations])
def test_every_table_of_ours_is_strict(tmp_path: Path, migrations: Migrations) -> None:
    with opened(tmp_path / "x.db", migrations, create=True) as database:
        ours = [table for table in database.tables if not table.name.startswith(("_", "sqlite_"))]
        assert ours
        assert all(table.strict for table in ours)


@pytest.mark.parametrize(
    ("person", "message"),
    [("9", "FOREIGN KEY"), ("'a'", "cannot store TEXT")],
    ids=["no such parent", "text for a number"],
)
def test_a_row_that_does_not_fit_is_refused(tmp_path: Path, person: str, message: str) -> None:
    with (
        opened(tmp_path / "x.db", registry.migrations, create=True) as database,
        pytest.raises(sqlite3.IntegrityError, match=message),
        write(database),
    ):
        database.execute(f"INSERT INTO memberships (person_id, slug, role) VALUES ({person}, 'x', 'lead')")  # noqa: S608


def test_readers_are_not_held_up_by_a_writer(path: Path) -> None:
    with opened(path, counting) as writer, write(writer):
        writer.execute("UPDATE counter SET value = 5")
        assert value(path) == 0
    assert value(path) == 5


def test_within_one_piece_of_work_a_file_is_opened_once(path: Path) -> None:
    with shared(Pool()):
        with opened(path, counting) as first, write(first):
            first.execute("UPDATE counter SET value = 7")
        with opened(path, counting) as second:
            assert second is first
            assert second.execute("SELECT value FROM counter").fetchone()[0] == 7
    with opened(path, counting) as third:
        assert third is not first


def test_a_connection_stays_open_for_the_next_piece_of_work(path: Path) -> None:
    pool = Pool()
    with shared(pool), opened(path, counting) as first:
        pass
    add_one(path)
    with shared(pool), opened(path, counting) as second:
        assert second is first
        assert second.execute("SELECT value FROM counter").fetchone()[0] == 1


def test_a_file_that_took_the_place_of_another_is_opened_anew(path: Path, tmp_path: Path) -> None:
    pool = Pool()
    with shared(pool), opened(path, counting) as database, write(database):
        database.execute("UPDATE counter SET value = 7")
    other = tmp_path / "other.db"
    with opened(other, counting, create=True):
        pass
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink()
    other.replace(path)
    with shared(pool), opened(path, counting) as database:
        assert database.execute("SELECT value FROM counter").fetchone()[0] == 0


def test_a_file_that_is_gone_is_not_read_from_a_connection_left_open(path: Path) -> None:
    pool = Pool()
    with shared(pool), opened(path, counting):
        pass
    path.unlink()
    with shared(pool), pytest.raises(FileNotFoundError), opened(path, counting):
        pass


def test_a_transaction_that_was_left_open_does_not_reach_the_next_piece_of_work(path: Path) -> None:
    pool = Pool()
    with shared(pool), opened(path, counting) as database:
        database.execute("BEGIN IMMEDIATE")
        database.execute("UPDATE counter SET value = 9")
    with shared(pool), opened(path, counting) as database:
        assert database.execute("SELECT value FROM counter").fetchone()[0] == 0


def test_a_pool_keeps_no_more_connections_than_it_may(tmp_path: Path) -> None:
    pool, kept = Pool(most=2), []
    for name in "abc":
        with shared(pool), opened(tmp_path / f"{name}.db", counting, create=True) as database:
            kept.append(database)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        kept[0].execute("SELECT 1")
    assert kept[2].execute("SELECT 1").fetchone()[0] == 1
    pool.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        kept[2].execute("SELECT 1")


def test_threads_do_not_share_a_connection(path: Path) -> None:
    connections = Pool()

    def one(_: int) -> None:
        for _again in range(20):
            with shared(connections):
                add_one(path)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(one, range(THREADS)))
    assert value(path) == THREADS * 20
