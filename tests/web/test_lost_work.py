"""Lost work: many at once, many tabs, a session that ends, a server that is killed, a disk that is full."""

from __future__ import annotations

import resource
import socket
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import timedelta
from html import unescape
from http.client import HTTPException
from pathlib import Path
from threading import Barrier, Event

import pytest

from audit.core.people import Person, Role
from audit.core.trail import faults
from audit.operations import answering, sign_in
from audit.operations.members import change_role, remove_member
from audit.operations.sessions import sign_out_everywhere
from audit.operations.trail import trail_for_operator
from audit.operations.workplace import Workplace
from tests.clock import Clock
from tests.teams import SLUG, member
from tests.web.client import Page, PageClient
from tests.web.conftest import enter
from tests.web.filling import answer, opened, sign_off
from tests.web.serving import Council, Server, council, running

PEOPLE, ITEMS, ROUNDS, TABS = 20, ("R1", "R2", "R3"), 2, 6


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Council:
    return council(tmp_path_factory.mktemp("council"), PEOPLE)


@pytest.fixture(scope="module")
def servers(place: Council) -> Iterator[Sequence[Server]]:
    """Two processes that serve one instance, as behind a proxy."""
    with running(place.workplace.folder, 2) as started:
        yield started


def together(askers: Sequence[Callable[[], None]]) -> None:
    """All of them begin in the same moment, each in a thread of its own."""
    start = Barrier(len(askers))

    def begin(ask: Callable[[], None]) -> None:
        start.wait(60)
        ask()

    with ThreadPoolExecutor(len(askers)) as pool:
        list(pool.map(begin, askers))


def texts_of(place: Council, person: Person, item: str) -> list[str]:
    """What the person's answer said in each of its revisions, oldest first."""
    history = answering.history_of(place.workplace, person, SLUG, 1, item)
    return [revision.response.what_happens_now for revision in reversed(history)]


def check_whole(place: Council) -> None:
    """Raise AssertionError where the file is damaged or its trail has a gap."""
    with closing(sqlite3.connect(place.file)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert not list(faults(trail_for_operator(place.workplace, SLUG)))


def test_twenty_people_who_save_at_once_lose_nothing_and_mix_nothing(place: Council, servers: Sequence[Server]) -> None:
    savers = [place.enter(servers[at % 2], person) for at, person in enumerate(place.people)]

    def words(at: int, item: str, number: int) -> str:
        return f"Person {at} says of {item}, for the {number}. time: it's so."

    def work(at: int) -> Callable[[], None]:
        def save_all() -> None:
            for number in range(ROUNDS):
                for item in ITEMS:
                    status, page = savers[at].save(item, number, words(at, item, number))
                    assert status == 302, page

        return save_all

    together([work(at) for at in range(PEOPLE)])
    for at, person in enumerate(place.people):
        for item in ITEMS:
            assert texts_of(place, person, item) == [words(at, item, number) for number in range(ROUNDS)]
    check_whole(place)


def test_of_many_tabs_on_one_item_one_saves_and_each_other_shows_both_texts(
    place: Council, servers: Sequence[Server]
) -> None:
    person, answers = place.people[0], dict[int, tuple[int, str]]()
    tabs = [place.enter(servers[at % 2], person) for at in range(TABS)]

    def save(at: int) -> None:
        answers[at] = tabs[at].save("R9", 0, f"What tab {at} says")

    together([lambda at=at: save(at) for at in range(TABS)])  # type: ignore[misc]
    (winner,) = [at for at, (status, _) in answers.items() if status == 302]
    assert texts_of(place, person, "R9") == [f"What tab {winner} says"]
    for at, (status, page) in answers.items():
        if at != winner:
            assert status == 409
            assert f"What tab {at} says" in page
            assert f"What tab {winner} says" in page


def test_browsers_that_keep_their_connections_open_hold_nobody_up(place: Council, servers: Sequence[Server]) -> None:
    with ExitStack() as stack:
        for _ in range(300):
            stack.enter_context(socket.create_connection(("127.0.0.1", servers[0].port), timeout=60))
        assert place.enter(servers[0], place.people[1]).save("R10", 0, "Among many")[0] == 302


def test_a_server_that_is_killed_while_people_save_has_kept_all_that_it_took(tmp_path: Path) -> None:
    place, answered, enough = council(tmp_path, 4), dict[str, list[str]](), Event()
    with running(place.workplace.folder) as (server,):
        savers = {person.email: place.enter(server, person) for person in place.people}

        def work(email: str) -> None:
            done = answered.setdefault(email, [])
            try:
                while len(done) < 1000:
                    text = f"{email} for the {len(done)}. time"
                    status, page = savers[email].save("R1", len(done), text)
                    assert status == 302, page
                    done.append(text)
                    if len(done) >= 5:
                        enough.set()
            except (OSError, HTTPException):
                return

        with ThreadPoolExecutor(len(savers)) as pool:
            ends = [pool.submit(work, email) for email in savers]
            assert enough.wait(60)
            server.process.kill()
            for end in ends:
                end.result()
    check_whole(place)
    for person in place.people:
        done = answered[person.email]
        kept = texts_of(place, person, "R1")
        assert kept[: len(done)] == done
        # The save in hand may have been kept before its answer could be sent.
        assert len(kept) <= len(done) + 1
    with running(place.workplace.folder) as (server,):
        person = place.people[0]
        again = savers[person.email].at(server)
        number = len(texts_of(place, person, "R1"))
        assert again.save("R1", number, "After the start")[0] == 302
        assert texts_of(place, person, "R1")[number:] == ["After the start"]


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="needs Linux's prlimit")
def test_a_full_disk_gives_a_page_with_the_text_and_keeps_what_was_there(tmp_path: Path) -> None:
    place = council(tmp_path, 1)
    (person,) = place.people
    text = "It isn't <b>so</b>. " * 400
    with running(place.workplace.folder) as (server,):
        saver = place.enter(server, person)
        assert saver.save("R1", 0, "Before")[0] == 302
        _, hard = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (8192, hard))
        status, page = saver.save("R1", 1, text)
        assert status == 507
        assert "no room to save anything" in page
        assert text.strip() in unescape(page)
        assert "</b>" not in page
        status, page = saver.client.ask("GET", f"{place.audit}/items/R1")
        assert (status, "Before" in page) == (200, True), "what was saved can be read"
        assert texts_of(place, person, "R1") == ["Before"]
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
        assert saver.save("R1", 1, text)[0] == 302
    assert texts_of(place, person, "R1") == ["Before", text.strip()]
    check_whole(place)


TYPED = 'What nobody else may read: "it isn\'t so".\nSecond line.'


@pytest.fixture
def path(workplace: Workplace, lead: Person, client: PageClient) -> str:
    """An item that nobody has answered."""
    return f"{opened(workplace, lead)}/items/R1"


def sent_too_late(client: PageClient, path: str, clock: Clock) -> None:
    """The form of an answer that was typed for longer than the session lived, without a script."""
    sent = answer(client.get(path), {"rating": "3", "what_happens_now": TYPED})
    clock.forward(timedelta(hours=13))
    page = client.refuse(path, sent, 400)
    assert "You were signed out while the form was open" in page.text
    assert TYPED in unescape(page.html)


@pytest.mark.parametrize("place", ["items/R1", "prompts/S1"])
def test_what_was_typed_when_the_session_ended_is_offered_after_signing_in(
    client: PageClient, path: str, place: str, clock: Clock, workplace: Workplace, lead: Person
) -> None:
    path = path.replace("items/R1", place)
    sent_too_late(client, path, clock)
    assert client.last is not None
    assert "what you typed is kept as a draft" in client.last.text
    page = sign_in_here(client, workplace, lead.email)
    assert page.address == path, "signing in leads back to it"
    assert "did not save it" in page.text
    page = client.get(f"{path}?draft=use")
    assert page.value("what_happens_now") == TYPED
    client.submit(path, answer(page, {}))
    assert client.get(path).value("what_happens_now") == TYPED


def sign_in_here(client: PageClient, workplace: Workplace, email: str) -> Page:
    """The page that follows when somebody signs in at this browser."""
    enter_at = f"/sign-in/{sign_in.issue_link(workplace, email)}"
    client.get(enter_at)
    return client.submit(enter_at)


def test_what_was_typed_is_offered_to_nobody_else(
    client: PageClient, path: str, clock: Clock, workplace: Workplace
) -> None:
    other = member(workplace, "Sam")
    sent_too_late(client, path, clock)
    assert TYPED.split("\n")[1] not in sign_in_here(client, workplace, other.email).html
    page = client.get(f"{path}?draft=use")
    assert page.value("what_happens_now") == ""
    assert "did not save it" not in page.text


def drafts(workplace: Workplace) -> int:
    with workplace.authority(SLUG) as file:
        return int(file.execute("SELECT COUNT(*) FROM drafts").fetchone()[0])


def test_a_session_that_was_ended_leaves_the_text_on_the_page_and_nowhere_else(
    client: PageClient, path: str, clock: Clock, workplace: Workplace, lead: Person
) -> None:
    sent = answer(client.get(path), {"what_happens_now": TYPED})
    sign_out_everywhere(workplace, lead)
    page = client.refuse(path, sent, 400)
    assert TYPED in unescape(page.html)
    assert "kept as a draft" not in page.text
    assert drafts(workplace) == 0


@pytest.mark.parametrize("what", ["removed", "viewer", "locked"])
def test_who_may_no_longer_answer_has_the_text_on_the_page(
    client: PageClient, path: str, clock: Clock, workplace: Workplace, lead: Person, what: str
) -> None:
    other = member(workplace, "Sam")
    browser = enter(client.app, workplace, other.email)
    late = enter(client.app, workplace, other.email)
    sent = answer(browser.get(path), {"what_happens_now": TYPED})
    late.get(path)
    if what == "removed":
        remove_member(workplace, lead, SLUG, other.id)
    elif what == "viewer":
        change_role(workplace, lead, SLUG, other.id, Role.VIEWER)
    else:
        sign_off(workplace, path.rpartition("/items")[0])
    page = browser.refuse(path, sent, {"removed": 404, "viewer": 403, "locked": 409}[what])
    assert TYPED in unescape(page.html)
    clock.forward(timedelta(hours=13))
    page = late.refuse(path, {**sent, "csrf_token": late.last.token if late.last else ""}, 400)
    assert TYPED in unescape(page.html)
    assert "kept as a draft" not in page.text
    assert drafts(workplace) == 0
