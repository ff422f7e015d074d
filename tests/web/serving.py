"""``plumbline serve`` in processes of its own, over a council that tests fill."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from audit.core.audits import AuditDetails
from audit.core.people import Person
from audit.operations.audits import open_audit
from audit.operations.authorities import create_authority
from audit.operations.people import known_person
from audit.operations.sign_in import issue_link
from audit.operations.workplace import Workplace
from benchmarks.clients import Client, signed_in
from tests.teams import SLUG, contributors

HERE = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from audit.cli.main import main; main()", "serve", "--port", "0"]


@dataclass(frozen=True)
class Server:
    """A running server: its process and port, and the browsers that have a connection to it."""

    process: subprocess.Popen[str]
    port: int
    browsers: list[Client] = field(default_factory=list)

    def stop(self) -> None:
        """Kill it, and close the browsers."""
        self.process.kill()
        self.process.communicate()
        for browser in self.browsers:
            browser.close()


@dataclass(frozen=True)
class Council:
    """Testshire with one open audit, its people, and what they use to save."""

    workplace: Workplace
    people: list[Person]

    @property
    def audit(self) -> str:
        """The address of the audit."""
        return f"/authorities/{SLUG}/audits/1"

    @property
    def file(self) -> Path:
        """All that Testshire has written."""
        return self.workplace.folder / "authorities" / f"{SLUG}.db"

    def enter(self, server: Server, person: Person) -> Saver:
        """The person, signed in at the server."""
        client, token = signed_in(server.port, issue_link(self.workplace, person.email))
        server.browsers.append(client)
        return Saver(client, token, self.audit)


@dataclass(frozen=True)
class Saver:
    """Somebody's browser, and the token of its forms."""

    client: Client
    token: str
    audit: str

    def save(self, item: str, seen: int, text: str) -> tuple[int, str]:
        """Save an answer. Gives the status and the page."""
        fields = {"csrf_token": self.token, "seen": str(seen), "rating": "2", "what_happens_now": text, "then": "later"}
        return self.client.ask("POST", f"{self.audit}/items/{item}", fields)

    def at(self, server: Server) -> Saver:
        """The same browser, with its cookie and the page it has open, after it has reached another server."""
        client = Client(server.port)
        client.cookie = self.client.cookie
        server.browsers.append(client)
        return replace(self, client=client)


def council(folder: Path, count: int) -> Council:
    """A new instance with so many contributors."""
    workplace = Workplace(folder / "instance")
    lead = known_person(workplace, "lead@testshire.gov.uk", "Lee Lead")
    create_authority(workplace, lead, "Testshire")
    open_audit(workplace, lead, SLUG, AuditDetails("recommendations", "Autumn 2026"))
    return Council(workplace, contributors(workplace, count))


@contextmanager
def running(folder: Path, count: int = 1) -> Iterator[Sequence[Server]]:
    """So many servers of one instance. They are killed at the end."""
    settings = {**os.environ, "PLUMBLINE_INSTANCE": str(folder), "PYTHONPATH": str(HERE)}
    processes = [
        subprocess.Popen(COMMAND, stdout=subprocess.PIPE, text=True, cwd=folder, env=settings) for _ in range(count)
    ]
    servers = []
    try:
        servers = [Server(process, _port(process)) for process in processes]
        yield servers
    finally:
        for server in servers or [Server(process, 0) for process in processes]:
            server.stop()


def _port(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
    assert found is not None, line
    return int(found[1])
