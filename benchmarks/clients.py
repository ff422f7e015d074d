"""Browsers that load a server of another process, and servers to load."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from urllib.parse import urlencode

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Client:
    """A browser, as far as saving needs one: a connection that stays open, and a cookie."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookie = ""

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """The status and text of a page."""
        headers = {**(FORM if fields else {}), **({"Cookie": self.cookie} if self.cookie else {})}
        self._connection.request(method, path, urlencode(fields) if fields else None, headers)
        answer = self._connection.getresponse()
        if cookie := answer.getheader("Set-Cookie"):
            self.cookie = cookie.split(";")[0]
        return answer.status, answer.read().decode()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@contextmanager
def server(kind: str, folder: Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """A server of this kind, with its port: see ``benchmarks.servers``."""
    command = [sys.executable, "-m", "benchmarks.servers", kind, str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline()), process
    finally:
        process.kill()
        process.wait()


def signed_in(port: int, token: str) -> tuple[Client, str]:
    """A client that has signed in by a link's token, and its form token."""
    client = Client(port)
    _, page = client.ask("GET", f"/sign-in/{token}")
    client.ask("POST", f"/sign-in/{token}", {"csrf_token": form_token(page)})
    _, page = client.ask("GET", "/verify")
    return client, form_token(page)


def form_token(page: str) -> str:
    """The token of a page's first form."""
    found = _TOKEN.search(page)
    assert found is not None
    return found[1]


def at_once(askers: list[Callable[[int], int]], times: int) -> tuple[float, float]:
    """Each asker asks so many times, all of them at once.

    Answers per second of all together, and the 95th percentile of one in milliseconds. Raises AssertionError where one
    is not answered with 200 or 302.
    """

    def work(ask: Callable[[int], int]) -> list[float]:
        taken = []
        for number in range(times):
            start = perf_counter()
            status = ask(number)
            taken.append(perf_counter() - start)
            assert status in (200, 302), status
        return taken

    start = perf_counter()
    with ThreadPoolExecutor(len(askers)) as pool:
        taken = [time for part in pool.map(work, askers) for time in part]
    return len(taken) / (perf_counter() - start), quantiles(taken, n=20)[-1] * 1000
