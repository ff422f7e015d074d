"""A whole workshop in real browsers: a desk, a projector and four phones, from the plan to the signed report."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Locator, Page, expect

from audit.core.join_codes import read_code
from tests.browser.visiting import PATIENCE
from tests.browser.watching import Watch

PHONE = {"width": 360, "height": 740}
PROJECTOR = {"width": 1280, "height": 720}
DESK = {"width": 1280, "height": 900}
GROUPS = ("Social work", "Partner agency")
Look = Callable[[str, "Workshop"], None]


def _nothing(name: str, workshop: Workshop) -> None:
    """Look at nothing."""


@dataclass
class Workshop:
    """The people of a workshop, each with a browser. ``scripts`` says whether those of the phones run scripts."""

    browser: Browser
    address: str
    scripts: bool = True
    look: Look = _nothing
    desk: Page = field(init=False)
    projector: Page = field(init=False)
    phones: list[Page] = field(default_factory=list)
    watches: list[Watch] = field(default_factory=list)
    code: str = ""

    def __post_init__(self) -> None:
        self.desk = self._window(DESK)

    def _window(self, size: dict[str, int], scripts: bool = True) -> Page:
        context = self.browser.new_context(
            viewport={"width": size["width"], "height": size["height"]}, java_script_enabled=scripts
        )
        context.set_default_timeout(PATIENCE)
        self.watches.append(Watch(context, self.address))
        return context.new_page()

    def leave(self) -> None:
        """Close all windows. Raises AssertionError where a page asked another host or complained."""
        self.close_windows()
        for watch in self.watches:
            watch.check()

    def close_windows(self) -> None:
        """Close all windows, whatever their pages complained of."""
        for page in (self.desk, self.projector, *self.phones):
            page.context.close()

    # The desk

    def plan(self, link: str, audit: str, items: Sequence[str]) -> None:
        """Sign in, and plan a workshop over these items."""
        self.desk.goto(link)
        self.press("Sign in")
        self.desk.goto(self.address + audit)
        self.desk.get_by_role("main").get_by_role("link", name="Workshops").first.click()
        self.desk.get_by_role("main").get_by_role("button", name="Plan a workshop").first.click()
        self.choose(self.desk.get_by_role("radio", name=re.compile("choose", re.IGNORECASE)))
        for item_id in items:
            self.choose(self.desk.get_by_role("checkbox", name=re.compile(rf"^{item_id} ")))
        self.look("plan-choose", self)
        self.press("Continue")
        self.desk.get_by_role("textbox", name=re.compile("^Title")).fill("A morning on our system")
        self.desk.get_by_role("textbox", name=re.compile("[Gg]roups")).fill("\n".join(GROUPS))
        self.look("plan", self)
        self.press("Save the plan")
        self.look("planned", self)
        self.desk.get_by_role("main").get_by_role("link", name=re.compile("^Desk")).first.click()
        self.look("desk-planned", self)

    def open_room(self) -> None:
        """Open the room, and put the projector on."""
        self.press("Open the room")
        screen = self.desk.get_by_role("link", name=re.compile("Open the projector screen"))
        self.projector = self._window(PROJECTOR)
        self.projector.goto(self.address + (screen.get_attribute("href") or ""))
        found = read_code(self.projector.locator(".app-wall__code").inner_text())
        assert found, "the projector shows no join code"
        self.code = found
        self.look("room-open", self)

    def press(self, words: str | re.Pattern[str]) -> None:
        """Press a button at the desk."""
        exact = isinstance(words, str)
        self.desk.get_by_role("button", name=words, exact=exact).first.click()

    def choose(self, radio: Locator) -> None:
        """Choose a radio button or tick a box."""
        radio.check()

    def open_item(self, item_id: str) -> None:
        """Open an item for a blind vote."""
        self.press(re.compile(rf"^Open (again )?{item_id}|^Open {item_id} for"))
        expect(self.desk.get_by_role("heading", level=1)).to_contain_text(item_id)
        for phone in self.phones:
            self.shows(phone, f"{item_id} ")
            expect(phone.get_by_role("button", name="Vote", exact=True)).to_be_visible()
        self.counted(0)

    def reveal(self, title: str) -> None:
        """Reveal: the title stands on every screen, and not before."""
        for page in (self.desk, self.projector, *self.phones):
            assert title not in page.content(), "something of the votes is told before the reveal"
        self.press("Reveal the votes")
        for page in (self.desk, self.projector):
            expect(page.get_by_role("main")).to_contain_text(title)
        for phone in self.phones:
            self.shows(phone, title)

    def vote_again(self) -> None:
        """Open a second blind vote."""
        self.press("Vote again")
        for phone in self.phones:
            if not self.scripts:
                phone.reload()
            expect(phone.get_by_role("button", name="Vote", exact=True)).to_be_visible()

    def settle(self, item_id: str, level: str, reason: str, owner: str) -> None:
        """Type what the room agrees on, and settle."""
        self.desk.get_by_role("textbox", name=re.compile("^What is said|^Notes|^What people say")).fill(
            f"Talk about {item_id}"
        )
        self.choose(self.desk.get_by_role("radio", name=level, exact=True))
        self.desk.get_by_role("textbox", name=re.compile("^Why the team settles")).fill(reason)
        self.desk.get_by_role("textbox", name=re.compile("^What needs to happen")).fill(f"More of {item_id}")
        self.desk.get_by_role("textbox", name=re.compile("^Who takes")).fill(owner)
        self.look(f"settle-{item_id}", self)
        self.press(f"Settle {item_id}")
        expect(self.projector.get_by_role("main")).to_contain_text(reason)

    def park(self, item_id: str) -> None:
        """Put the open item off."""
        self.press(f"Park {item_id}")
        expect(self.desk.get_by_role("main")).to_contain_text("Parked")
        for phone in self.phones:
            self.shows(phone, "Wait for the next vote")

    def close(self) -> None:
        """Close the workshop; each phone asks three questions."""
        self.press("Close the workshop")
        expect(self.desk.get_by_role("main")).to_contain_text("The workshop is closed")
        for phone in self.phones:
            self.shows(phone, "Thank you for taking part")

    # The phones

    def join(self, names: Sequence[str]) -> None:
        """Let people in, each with a phone: the first types the code, the others scan it."""
        for at, name in enumerate(names):
            phone = self._window(PHONE, self.scripts)
            if at == 0:
                phone.goto(f"{self.address}/join")
                phone.get_by_role("textbox").fill(f" {self.code[:3].lower()}-{self.code[3:]}")
                phone.get_by_role("button", name="Continue").click()
            else:
                phone.goto(f"{self.address}/join/{self.code}")
            if name:
                phone.get_by_role("textbox").fill(name)
            self.choose(phone.get_by_role("radio", name=GROUPS[at % 2]))
            self.phones.append(phone)
            if at == 0:
                self.look("join", self)
            phone.get_by_role("button", name="Join", exact=True).click()
            expect(phone.get_by_role("heading", level=1)).to_be_visible()
        expect(self.projector.get_by_role("main")).to_contain_text(str(len(names)))

    def vote(self, at: int, choice: str, sure: str = "Very sure") -> None:
        """One person votes."""
        phone = self.phones[at]
        self.choose(phone.get_by_role("radio", name=choice, exact=True))
        self.choose(phone.get_by_role("radio", name=sure, exact=True))
        phone.locator("[data-submit]").click()
        expect(phone.get_by_role("main")).to_contain_text("Your vote is in")

    def counted(self, number: int) -> None:
        """So many votes are counted on the projector, by itself."""
        expect(self.projector.locator("[data-voted]").first).to_have_text(str(number))

    def shows(self, phone: Page, words: str) -> None:
        """A phone shows these words: by itself, or once its reader asks for the newest."""
        if not self.scripts:
            phone.get_by_role("button", name="Refresh").or_(phone.get_by_role("link", name="Refresh")).first.click()
        expect(phone.get_by_role("main")).to_contain_text(words)

    def say(self, at: int, question: str, answer: str) -> None:
        """One person says what the workshop was like, by one tap."""
        asked = self.phones[at].get_by_role("group", name=question)
        asked.get_by_role("button", name=answer, exact=True).click()
        expect(asked.get_by_role("button", name=answer, exact=True)).to_have_attribute("aria-pressed", "true")
