"""The people of a room as a server sees them: phones that vote, a projector, and whoever runs the workshop."""

from __future__ import annotations

import asyncio
import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from flask import session
from flask.sessions import SecureCookieSessionInterface

from audit.operations.workplace import Workplace
from audit.web import seat_cookie
from audit.web.app import create_app
from audit.web.security import COOKIE
from benchmarks.http_load import Browser

_SEEN = re.compile(r'name="seen"[^>]*value="(\d+)"')
_ROUND = re.compile(r'name="round"[^>]*value="(\d+)"')
_TOKEN = re.compile(r'data-token="([^"]+)"')
PATIENCE = 60.0
# Within how many seconds a room votes: far sooner than people read five descriptors.
PACE = (8.0, 20.0)


@dataclass(frozen=True)
class Prepared:
    """A room that is open: where it is, its code and live key, a cookie for each seat, and who runs it."""

    slug: str
    workshop_id: int
    code: str
    live_key: str
    cookies: Sequence[str]
    desk: Facilitator


@dataclass
class Facilitator:
    """Whoever runs a workshop, signed in at the desk."""

    port: int
    cookie: str
    token: str
    desk: str
    browser: Browser = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.browser = Browser(self.port, self.cookie)

    async def step(self, kind: str, item_id: str) -> float:
        """Take a step; when its form was sent, by ``perf_counter``."""
        page = (await self.browser.ask("GET", self.desk)).body.decode()
        found = _SEEN.search(page)
        assert found, "the desk says no step that it has seen"
        fields = {"csrf_token": self.token, "seen": found[1], "kind": kind.lower(), "item": item_id}
        sent = perf_counter()
        answer = await self.browser.ask("POST", f"{self.desk}/step", fields)
        assert answer.status in (302, 303), answer.status
        return sent


@dataclass
class Screen:
    """A phone or a projector that follows a room. ``what`` is the piece of page that it shows."""

    browser: Browser
    live: str
    tag: str
    what: str
    state: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    _etag: str = ""
    _waiting: list[tuple[Callable[[Screen], bool], asyncio.Future[float]]] = field(default_factory=list)

    async def follow(self) -> None:
        """Ask again and again, as the script of the pages does, until it is cancelled."""
        await asyncio.sleep(random.random())  # noqa: S311 - when somebody opens a page
        while True:
            await self._ask()
            wait = self.state.get("wait", 1000) / 1000
            await asyncio.sleep(wait * (0.8 + 0.2 * random.random()))  # noqa: S311 - as the script does

    async def until(self, holds: Callable[[Screen], bool]) -> float:
        """When this holds for the first time, by ``perf_counter``."""
        if holds(self):
            return perf_counter()
        future: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waiting.append((holds, future))
        return await asyncio.wait_for(future, PATIENCE)

    async def _ask(self) -> None:
        headers = {"If-None-Match": self._etag} if self._etag else {}
        answer = await self.browser.ask("GET", self.live, headers=headers)
        if answer.status == 304:
            return
        assert answer.status == 200, answer.status
        state = json.loads(answer.body)
        if state[self.tag] != self.state.get(self.tag):
            self.text = (
                await self.browser.ask("GET", f"{self.live}/{self.what}?seen={state['version']}")
            ).body.decode()
        self.state, self._etag = state, answer.headers["etag"]
        for holds, future in list(self._waiting):
            if holds(self):
                self._waiting.remove((holds, future))
                future.set_result(perf_counter())


class Crowd:
    """All who are in one room."""

    def __init__(self, port: int, prepared: Prepared) -> None:
        live = f"/live/{prepared.live_key}"
        self._port, self._prepared = port, prepared
        self.phones = [Screen(Browser(port, cookie), live, "at", "phone") for cookie in prepared.cookies]
        self.projector = Screen(Browser(port), live, "screen", "screen")
        self._tokens: list[str] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def enter(self) -> None:
        """Open the page on each phone, and follow the room."""
        for phone in self.phones:
            answer = await phone.browser.ask("GET", f"/room/{self._prepared.code}")
            assert answer.status == 200, answer.status
            found = _TOKEN.search(answer.body.decode())
            assert found, "the phone has no token for its forms"
            self._tokens.append(found[1])
        self._tasks = [asyncio.create_task(each.follow()) for each in (*self.phones, self.projector)]
        await self._all(lambda screen: bool(screen.state))

    async def leave(self) -> None:
        """Close all pages."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for screen in (*self.phones, self.projector):
            await screen.browser.close()
        await self._prepared.desk.browser.close()

    async def step(self, kind: str, item_id: str) -> None:
        """Take a step, and wait until everybody has seen it."""
        phase = {"OPEN_ITEM": "voting", "PARK": "between"}[kind]
        await self._prepared.desk.step(kind, item_id)
        await self._all(lambda screen: screen.state["phase"] == phase)

    async def vote(self) -> float:
        """Everybody votes, each room at its own pace: milliseconds from the last vote to its count on the projector."""
        pace = random.uniform(*PACE)  # noqa: S311 - how long a room takes
        sent = await asyncio.gather(
            *(self._vote(*each) for each in zip(self.phones, self._tokens, [pace] * len(self.phones), strict=True))
        )
        everybody = len(self.phones)
        counted = await self.projector.until(lambda screen: screen.state["voted"] == everybody)
        return (counted - max(sent)) * 1000

    async def reveal(self, item_id: str) -> float:
        """Milliseconds from the reveal until the last phone shows it."""
        sent = await self._prepared.desk.step("REVEAL", item_id)
        shown = await self._all(lambda screen: screen.state["phase"] == "revealed", self.phones)
        return (shown - sent) * 1000

    async def _vote(self, phone: Screen, token: str, pace: float) -> float:
        await asyncio.sleep(pace * random.random())  # noqa: S311 - how long somebody thinks
        found = _ROUND.search(phone.text)
        assert found, "the phone shows no vote"
        choice = str(random.randrange(5))  # noqa: S311 - a vote
        fields = {"csrf_token": token, "round": found[1], "choice": choice, "confidence": "high"}
        sent = perf_counter()
        answer = await phone.browser.ask(
            "POST", f"/room/{self._prepared.code}/vote", fields, {"Accept": "application/json"}
        )
        assert answer.status == 200, (answer.status, answer.body)
        return sent

    async def _all(self, holds: Callable[[Screen], bool], screens: Sequence[Screen] = ()) -> float:
        """When the last of these screens, or of all, has it."""
        return max(await asyncio.gather(*(each.until(holds) for each in screens or (*self.phones, self.projector))))


def seat_cookies(folder: Path, code: str, tokens: Sequence[str]) -> list[str]:
    """The cookies of phones that hold these seats' tokens, as the server with this instance gives them to who joins."""
    app = create_app(Workplace(folder))
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    cookies = []
    for token in tokens:
        with app.test_request_context():
            seat_cookie.keep(code, token)
            cookies.append(f"{COOKIE}={serializer.dumps(dict(session))}")
    return cookies
