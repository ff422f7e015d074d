"""The pages over HTTP: the same as the app makes them, and nobody who is slow holds up the others."""

from __future__ import annotations

import asyncio
import http.client
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from threading import Event
from typing import Any

import pytest
from flask import Flask, request
from flask.logging import default_handler

from audit.core.audits import AuditDetails
from audit.core.people import Authority, Person
from audit.core.workshops import AgendaItem, Plan
from audit.operations.audits import open_audit
from audit.operations.workplace import Workplace
from audit.web import newest
from audit.web.app import create_app
from audit.web.front import THREADS, Front
from audit.web.security import LARGEST_FORM
from audit.web.server import listen, port_of
from audit.web.settings import Settings
from tests.rooms import Room
from tests.serving import served

KEY = "k" * 40
HERE = "127.0.0.1"
GET = b"GET /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
POST = b"POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture
def port(app: Flask) -> Iterator[int]:
    """Where the app is served."""
    with served(app) as address:
        yield int(address.rpartition(":")[2])


@pytest.fixture
def echo(own_app: Flask) -> Flask:
    """An app with a page that says what came with the request."""

    @own_app.route("/echo", methods=["GET", "POST"])
    def say() -> dict[str, Any]:
        return dict(request.form)

    own_app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    return own_app


@pytest.fixture
def echo_port(echo: Flask) -> Iterator[int]:
    """Where the app with that page is served."""
    with served(echo) as address:
        yield int(address.rpartition(":")[2])


def exchange(port: int, *parts: bytes) -> bytes:
    """What a server answers to these bytes, until it closes the connection."""
    with socket.create_connection((HERE, port), timeout=20) as connection:
        for part in parts:
            connection.sendall(part)
        return rest(connection)


def rest(connection: socket.socket) -> bytes:
    """What comes until a connection is closed."""
    found = b""
    while more := connection.recv(65536):
        found += more
    return found


@pytest.mark.parametrize("path", ["/help", "/static/app.css", "/nowhere", "/sign-in", "/live/made-up"])
def test_a_page_is_the_same_as_the_app_makes_it(app: Flask, port: int, path: str) -> None:
    own = app.test_client().get(path)
    connection = http.client.HTTPConnection(HERE, port, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status == own.status_code
    assert len(answer.read()) == len(own.data)
    new_each_time = {"Date", "Set-Cookie", "Content-Security-Policy", "Last-Modified"}
    for name, value in own.headers:
        assert name in new_each_time or answer.headers[name] == value
    assert "Server" not in answer.headers
    connection.close()
    own.close()


def test_a_screen_asks_again_and_again_over_one_connection(
    app: Flask, port: int, workplace: Workplace, lead: Person, testshire: Authority
) -> None:
    room = open_room(workplace, lead, testshire)
    connection = http.client.HTTPConnection(HERE, port, timeout=20)
    connection.connect()
    held, etag, seen = connection.sock, "", []
    for _ in range(4):
        connection.request("GET", f"/live/{room.keys.live}", headers={"If-None-Match": etag} if etag else {})
        answer = connection.getresponse()
        answer.read()
        etag = answer.headers["ETag"]
        seen.append((answer.status, answer.headers["Cache-Control"]))
        assert connection.sock is held
    assert seen == [(200, "no-cache"), *[(304, "no-cache")] * 3]
    connection.close()


def test_a_screen_is_answered_while_all_threads_are_busy(
    own_app: Flask, workplace: Workplace, lead: Person, testshire: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newest, "FRESH", 60.0)
    busy, go_on = [], Event()

    @own_app.get("/slow")
    def slow() -> str:
        busy.append("busy")
        assert go_on.wait(20)
        return "done"

    room = open_room(workplace, lead, testshire)
    with served(own_app) as address, ExitStack() as open_ones:
        port = int(address.rpartition(":")[2])
        ask = f"GET /live/{room.keys.live} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
        for _ in range(2):
            assert exchange(port, ask).startswith(b"HTTP/1.1 200")
        for _ in range(THREADS + 1):
            each = open_ones.enter_context(socket.create_connection((HERE, port), timeout=20))
            each.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        try:
            while len(busy) < THREADS:
                pass
            assert exchange(port, ask).startswith(b"HTTP/1.1 200")
        finally:
            go_on.set()


def open_room(workplace: Workplace, lead: Person, testshire: Authority) -> Room:
    audit = open_audit(workplace, lead, testshire.slug, AuditDetails("recommendations", "Autumn 2026"))
    room = Room(workplace, lead, testshire.slug, audit.id, Plan("A day together", (AgendaItem("R1", 10),)))
    room.open(["Somebody"])
    return room


def test_forms_that_come_slowly_hold_nobody_up(echo_port: int) -> None:
    with ExitStack() as open_ones:
        many = range(THREADS * 2)
        slow = [open_ones.enter_context(socket.create_connection((HERE, echo_port), timeout=20)) for _ in many]
        for each in slow:
            each.sendall(POST + b"Content-Length: 10\r\n\r\nhalf=")
        assert exchange(echo_port, GET).endswith(b"{}\n")
        slow[0].sendall(b"whole")
        assert rest(slow[0]).endswith(b'{"half":"whole"}\n')


def test_an_answer_that_nobody_takes_holds_no_thread(echo: Flask) -> None:
    front = Front(echo)

    async def run() -> list[str]:
        taken: list[str] = []
        at_last = asyncio.Event()

        async def ask(send: Any) -> None:
            async def receive() -> Any:
                return {"type": "http.request", "body": b"", "more_body": False}

            await front(scope(), receive, send)

        async def stuck(message: Any) -> None:
            await at_last.wait()

        async def taker(message: Any) -> None:
            taken.append(message["type"])

        waiting = [asyncio.create_task(ask(stuck)) for _ in range(THREADS * 2)]
        await asyncio.wait_for(ask(taker), 20)
        assert not any(each.done() for each in waiting)
        at_last.set()
        await asyncio.gather(*waiting)
        return taken

    assert asyncio.run(run())[0] == "http.response.start"


def scope(**other: Any) -> Any:
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/echo",
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"x")],
        "client": (HERE, 1),
        "server": (HERE, 2),
        **other,
    }


def test_half_a_form_is_none(own_app: Flask) -> None:
    """Whoever loses the network while a form is sent has not sent it."""
    seen = []

    @own_app.before_request
    def note() -> None:
        seen.append(request.path)

    parts = iter([{"type": "http.request", "body": b"half", "more_body": True}, {"type": "http.disconnect"}])

    async def receive() -> Any:
        return next(parts)

    async def send(message: Any) -> None:
        raise AssertionError(message)

    asyncio.run(Front(own_app)(scope(method="POST"), receive, send))
    assert seen == []


def test_a_form_that_is_too_large_is_refused_by_a_page(echo_port: int) -> None:
    body = b"a" * (LARGEST_FORM + 1)
    declared = [b"Content-Length: %d\r\n\r\n" % len(body), body]
    in_chunks = [b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(body), body, b"\r\n0\r\n\r\n"]
    for parts in (declared, in_chunks):
        answer = exchange(echo_port, POST, *parts)
        assert answer.startswith(b"HTTP/1.1 413"), answer[:80]
        assert b"<h1" in answer


def test_a_form_in_chunks_is_read_whole(echo_port: int) -> None:
    parts = [b"Transfer-Encoding: chunked\r\n\r\n", b"3\r\na=1\r\n", b"4\r\n&b=2\r\n0\r\n\r\n"]
    assert exchange(echo_port, POST, *parts).endswith(b'{"a":"1","b":"2"}\n')


@pytest.mark.parametrize(
    "sent", [b"GET /?q=\xff HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01\x02\x00\x01", b"not at all\r\n\r\n"]
)
def test_what_is_no_request_is_refused_without_a_word_in_the_log(
    port: int, sent: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    assert exchange(port, sent).startswith(b"HTTP/1.1 400")
    assert capfd.readouterr() == ("", "")


def test_a_browser_cannot_speak_for_the_proxy(workplace: Workplace) -> None:
    """A header with underscores looks to the app like one with hyphens, which the proxy has set."""
    made = create_app(workplace, Settings(workplace.folder, KEY, trusted_proxies=1))

    @made.get("/echo")
    def say() -> str:
        return f"from {request.remote_addr}"

    with served(made) as address:
        port = int(address.rpartition(":")[2])
        lines = "X-Forwarded-For: 10.0.0.1\r\nX_Forwarded_For: 10.9.9.9\r\nConnection: close"
        answer = exchange(port, f"GET /echo HTTP/1.1\r\nHost: x\r\n{lines}\r\n\r\n".encode())
    assert answer.endswith(b"from 10.0.0.1")


def test_a_fault_is_logged_and_not_printed(
    own_app: Flask, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    own_app.testing = False
    # Under pytest, somebody else listens to the log already, so the app adds nothing of its own.
    monkeypatch.setattr(own_app.logger, "handlers", [default_handler])

    @own_app.get("/fault")
    def fault() -> str:
        raise RuntimeError("for the log")

    with served(own_app) as address:
        port = int(address.rpartition(":")[2])
        answer = exchange(port, b"GET /fault HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 500")
    printed, logged = capfd.readouterr()
    assert printed == ""
    assert "for the log" in logged


def test_a_name_of_several_addresses_is_one_port_at_all_of_them() -> None:
    sockets = listen("localhost", 0)
    try:
        assert {each.getsockname()[1] for each in sockets} == {port_of(sockets)}
        assert port_of(sockets) > 0
    finally:
        for each in sockets:
            each.close()


def test_a_port_that_is_taken_leaves_nothing_open() -> None:
    with socket.create_server((HERE, 0)) as taken, pytest.raises(OSError, match="in use"):
        listen(HERE, taken.getsockname()[1])
