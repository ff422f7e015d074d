"""Whole workshops in real browsers: a desk, a projector and four phones of 360 pixels."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from audit.core.audits import AuditDetails
from audit.core.feedback import QUESTIONS
from audit.core.rooms import Phase
from audit.operations import sign_in
from audit.operations.audits import open_audit
from audit.operations.authorities import create_authority
from audit.operations.workplace import Workplace
from audit.web import live
from tests.browser.workshop_journey import Workshop

pytestmark = pytest.mark.browser
LEAD = "lead@testshire.gov.uk"
AUDIT = "/authorities/testshire/audits/1"
NAMES = ("Ann", "Bob", "", "Dee <b>")
LOW, EARLY, PARTLY, MOSTLY, HIGH = (
    "0, not in place",
    "1, early steps",
    "2, partly in place",
    "3, mostly in place",
    "4, embedded",
)
_TRIES = 100


@pytest.fixture(autouse=True)
def quick_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Screens ask more often than in a real room, so that a test need not wait."""
    monkeypatch.setattr(live, "WAITS", dict.fromkeys(Phase, 150))


@pytest.fixture
def audit(workplace: Workplace) -> str:
    """The path of a link that signs the lead of a new audit in."""
    lead = sign_in.person_of_link(workplace, sign_in.issue_link(workplace, LEAD, "Lee Lead"))
    create_authority(workplace, lead, "Testshire")
    open_audit(workplace, lead, "testshire", AuditDetails("recommendations", "Autumn 2026"))
    return f"/sign-in/{sign_in.issue_link(workplace, LEAD)}"


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "phones-without-scripts"])
def test_from_the_plan_to_the_signed_report(browser: Browser, address: str, audit: str, scripts: bool) -> None:
    workshop = Workshop(browser, address, scripts)
    begun(workshop, audit, ["R1", "R4", "R12"])
    two_rounds(workshop)
    parked_and_taken_up_again(workshop)
    one_does_not_know(workshop)
    workshop.close()
    told(workshop)
    recorded(workshop)
    signed(workshop)
    workshop.leave()


def begun(workshop: Workshop, link: str, items: list[str]) -> None:
    """Plan, open, and let four people in."""
    workshop.plan(workshop.address + link, AUDIT, items)
    workshop.open_room()
    workshop.join(NAMES)
    workshop.look("joined", workshop)


def two_rounds(workshop: Workshop) -> None:
    """R1: two camps, then closer together, then settled."""
    workshop.open_item("R1")
    workshop.look("voting", workshop)
    for at, choice in enumerate((LOW, LOW, HIGH, HIGH)):
        workshop.vote(at, choice)
    workshop.counted(4)
    workshop.look("voted", workshop)
    workshop.reveal("Two camps")
    workshop.look("revealed", workshop)
    workshop.vote_again()
    for at, choice in enumerate((EARLY, PARTLY, PARTLY, PARTLY)):
        workshop.vote(at, choice)
    workshop.counted(4)
    workshop.reveal("Broad agreement")
    expect(workshop.projector.get_by_role("main")).to_contain_text("two people moved up and two people moved down")
    workshop.look("revealed-again", workshop)
    workshop.settle("R1", PARTLY, "We have it in two teams", "Head of service")
    workshop.look("settled", workshop)


def parked_and_taken_up_again(workshop: Workshop) -> None:
    """R4: parked in the middle of a vote; a vote is changed; everyone agrees."""
    workshop.open_item("R4")
    workshop.vote(0, LOW)
    workshop.park("R4")
    workshop.look("parked", workshop)
    workshop.open_item("R4")
    workshop.counted(0)
    workshop.vote(0, LOW)
    for at in range(4):
        workshop.vote(at, MOSTLY)
    workshop.counted(4)
    workshop.reveal("Everyone chose the same level")
    workshop.settle("R4", MOSTLY, "All teams show it", "")


def one_does_not_know(workshop: Workshop) -> None:
    """R12: most do not know."""
    workshop.open_item("R12")
    for at, choice in enumerate(("Don’t know", "Don’t know", "Don’t know", EARLY)):
        workshop.vote(at, choice)
    workshop.counted(4)
    workshop.reveal("Most do not know")
    workshop.settle("R12", EARLY, "The director will find out", "The director")


def told(workshop: Workshop) -> None:
    """Three people answer the three questions."""
    for at in range(3):
        for question in QUESTIONS.values():
            workshop.say(at, question, "Yes")
    workshop.look("told", workshop)


def recorded(workshop: Workshop) -> None:
    """The record says what was voted, how it moved, and what was settled; and names nobody who gave no name."""
    desk = workshop.desk
    desk.reload()
    desk.get_by_role("link", name=re.compile("record", re.IGNORECASE)).first.click()
    main = desk.get_by_role("main")
    for words in (
        "Two camps",
        "Broad agreement",
        "two people moved up and two people moved down",
        "We have it in two teams",
        "Head of service",
        "Talk about R1",
        "Most do not know",
        "Dee <b>",
        "Yes: 3",
    ):
        expect(main).to_contain_text(words)
    workshop.look("record", workshop)


def signed(workshop: Workshop) -> None:
    """The lead signs the audit off, and the signed report holds what the workshop settled."""
    desk = workshop.desk
    desk.goto(f"{workshop.address}{AUDIT}/sign-off")
    for box in desk.get_by_role("checkbox").all():
        box.check()
    for field in desk.get_by_role("main").get_by_role("textbox").all():
        field.fill("We agreed this together.")
    workshop.look("sign-off", workshop)
    desk.get_by_role("main").get_by_role("button", name=re.compile("[Ss]ign")).last.click()
    desk.goto(f"{workshop.address}{AUDIT}/versions/1")
    for words in ("We have it in two teams", "A morning on our system", "two camps", "Head of service"):
        expect(desk.locator("body")).to_contain_text(words)
    workshop.look("signed", workshop)


class Killed:
    """A server of its own process, which can be killed and started again at the same address."""

    def __init__(self, workplace: Workplace) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._folder = workplace.folder
        self.address = f"http://127.0.0.1:{self._port}"
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        code = "import sys; from audit.cli.main import main; sys.exit(main())"
        self._process = subprocess.Popen(
            [sys.executable, "-c", code, "serve", "--port", str(self._port)],
            env={"PLUMBLINE_INSTANCE": str(self._folder), "PATH": ""},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(_TRIES):
            try:
                with urlopen(f"{self.address}/health", timeout=1):  # noqa: S310 - an address of ours
                    return
            except OSError:
                assert self._process.poll() is None, "the server did not start"
                sleep(0.1)
        self.kill()
        raise AssertionError("the server does not answer")

    def kill(self) -> None:
        """Kill it, as a laptop whose battery is empty would."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()


@pytest.fixture
def server(workplace: Workplace, audit: str) -> Iterator[Killed]:
    started = Killed(workplace)
    yield started
    started.kill()


def test_a_server_that_is_killed_in_the_middle_of_a_round_loses_no_vote(
    browser: Browser, server: Killed, audit: str
) -> None:
    workshop = Workshop(browser, server.address)
    begun(workshop, audit, ["R1"])
    workshop.open_item("R1")
    for at in range(3):
        workshop.vote(at, PARTLY)
    server.kill()
    fourth = workshop.phones[3]
    fourth.get_by_role("radio", name=MOSTLY, exact=True).check()
    fourth.locator("[data-submit]").click()
    expect(fourth.get_by_role("main")).to_contain_text("Not sent yet")
    workshop.look("killed", workshop)
    server.start()
    expect(fourth.get_by_role("main")).to_contain_text("Your vote is in", timeout=20_000)
    workshop.counted(4)
    workshop.reveal("Broad agreement")
    expect(workshop.projector.get_by_text("No connection")).to_be_hidden()
    workshop.look("revealed-after-restart", workshop)
    workshop.close_windows()
