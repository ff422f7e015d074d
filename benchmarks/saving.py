"""Saving an answer over HTTP against a bare Flask view with one insert, under the same server and load."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from audit.core.audits import AuditDetails
from audit.operations.audits import open_audit
from audit.operations.authorities import create_authority
from audit.operations.people import known_person
from audit.operations.sign_in import issue_link
from audit.operations.workplace import Workplace
from benchmarks.clients import Client, at_once, server, signed_in
from benchmarks.processes import resident

CLIENTS, SAVES = 8, 200
WORDS = "Two teams have it, and the others know that they will. " * 4


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
        return at_once([bare_saver(client) for client in clients], SAVES)


def bare_saver(client: Client) -> Callable[[int], int]:
    """Saves by the bare view."""
    return lambda number: client.ask("POST", "/save", {"what_happens_now": f"{WORDS}{number}"})[0]


def _plumbline(folder: Path) -> tuple[tuple[float, float], str, str]:
    place = Workplace(folder / "instance")
    person = known_person(place, "lead@example.org", "Lead")
    slug = create_authority(place, person, "Benchmark").slug
    audit = open_audit(place, person, slug, AuditDetails("recommendations", "Benchmark"))
    with server("plumbline", place.folder) as (port, process):
        memory = f"Memory of the server at rest: {resident(process.pid)} MB"
        clients = [signed_in(port, issue_link(place, "lead@example.org")) for _ in range(CLIENTS)]
        at = f"/authorities/{slug}/audits/{audit.id}"
        savers = [saver(client, token, f"{at}/items/R{n}") for n, (client, token) in enumerate(clients, start=1)]
        return at_once(savers, SAVES), _pages(clients[0][0], at), memory


def saver(client: Client, token: str, path: str) -> Callable[[int], int]:
    """Saves an answer, each time as the revision after the one before."""

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
