"""Saving an answer over HTTP against a bare Flask view with one insert, under the same server and load."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from urllib.parse import urlencode

from audit.core.audits import AuditDetails
from audit.operations.audits import open_audit
from audit.operations.authorities import create_authority
from audit.operations.people import known_person
from audit.operations.sign_in import issue_link
from audit.operations.workplace import Workplace

CLIENTS, SAVES = 8, 200
WORDS = "Two teams have it, and the others know that they will. " * 4
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Client:
    """A browser, as far as saving needs one: a connection that stays open, and a cookie."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookie = ""

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """The status and text of a page."""
        headers = {**(FORM if fields else {}), **({"Cookie": self._cookie} if self._cookie else {})}
        self._connection.request(method, path, urlencode(fields) if fields else None, headers)
        answer = self._connection.getresponse()
        if cookie := answer.getheader("Set-Cookie"):
            self._cookie = cookie.split(";")[0]
        return answer.status, answer.read().decode()


@contextmanager
def server(kind: str, folder: Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """A server of this kind, with its port."""
    command = [sys.executable, "-m", "benchmarks.servers", kind, str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline()), process
    finally:
        process.kill()
        process.wait()


def signed_in(port: int, token: str) -> tuple[Client, str]:
    """A client that has signed in, and its form token."""
    client = Client(port)
    _, page = client.ask("GET", f"/sign-in/{token}")
    client.ask("POST", f"/sign-in/{token}", {"csrf_token": _token(page)})
    _, page = client.ask("GET", "/authorities/new")
    return client, _token(page)


def _token(page: str) -> str:
    found = _TOKEN.search(page)
    assert found is not None
    return found[1]


def measure(savers: list[Callable[[int], int]]) -> tuple[float, float]:
    """Saves per second of all clients at once, and the 95th percentile of one save in milliseconds."""

    def work(save: Callable[[int], int]) -> list[float]:
        times = []
        for number in range(SAVES):
            start = perf_counter()
            status = save(number)
            times.append(perf_counter() - start)
            assert status in (200, 302), status
        return times

    start = perf_counter()
    with ThreadPoolExecutor(len(savers)) as pool:
        times = [time for part in pool.map(work, savers) for time in part]
    return len(times) / (perf_counter() - start), quantiles(times, n=20)[-1] * 1000


def run() -> str:
    """Both servers one after the other, and the pages of ours."""
    with tempfile.TemporaryDirectory() as folder:
        ours, pages, memory = _plumbline(Path(folder))
        bare = _bare(Path(folder))
    share = ours[0] / bare[0]
    return (
        f"Saving an answer over HTTP, {CLIENTS} clients: {ours[0]:.0f} a second, 95% within {ours[1]:.0f} ms\n"
        f"    {share:.2f} of a bare Flask view with one insert ({bare[0]:.0f} a second, 95% within {bare[1]:.0f} ms)\n"
        f"{pages}\n{memory}"
    )


def _bare(folder: Path) -> tuple[float, float]:
    with server("bare", folder) as (port, _):
        clients = [Client(port) for _ in range(CLIENTS)]
        return measure([_bare_saver(client) for client in clients])


def _bare_saver(client: Client) -> Callable[[int], int]:
    return lambda number: client.ask("POST", "/save", {"what_happens_now": f"{WORDS}{number}"})[0]


def _plumbline(folder: Path) -> tuple[tuple[float, float], str, str]:
    place = Workplace(folder / "instance")
    person = known_person(place, "lead@example.org", "Lead")
    slug = create_authority(place, person, "Benchmark").slug
    audit = open_audit(place, person, slug, AuditDetails("recommendations", "Benchmark"))
    with server("plumbline", place.folder) as (port, process):
        memory = f"Memory of the server at rest: {_resident(process.pid)} MB"
        clients = [signed_in(port, issue_link(place, "lead@example.org")) for _ in range(CLIENTS)]
        at = f"/authorities/{slug}/audits/{audit.id}"
        savers = [_saver(client, token, f"{at}/items/R{n}") for n, (client, token) in enumerate(clients, start=1)]
        return measure(savers), _pages(clients[0][0], at), memory


def _saver(client: Client, token: str, path: str) -> Callable[[int], int]:
    def save(number: int) -> int:
        fields = {"csrf_token": token, "seen": str(number), "rating": str(number % 5), "then": "later"}
        return client.ask("POST", path, {**fields, "what_happens_now": f"{WORDS}{number}"})[0]

    return save


def _pages(client: Client, at: str) -> str:
    lines = []
    for name, path in (("Task list", at), ("Results", f"{at}/results"), ("Gap report", f"{at}/report")):
        times = []
        for _ in range(20):
            start = perf_counter()
            status, _page = client.ask("GET", path)
            times.append(perf_counter() - start)
            assert status == 200, (path, status)
        lines.append(f"{name} page: 95% within {quantiles(times, n=20)[-1] * 1000:.0f} ms")
    return "\n".join(lines)


def _resident(pid: int) -> int:
    status = Path(f"/proc/{pid}/status")
    if not status.is_file():
        return 0
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text(encoding="ascii"))
    return int(found[1]) // 1024 if found else 0
