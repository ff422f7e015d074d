"""A whole audit, from a sign-in link to the report and out again, by whatever hands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator
from pypdf import PdfReader

from audit.core.bank import Bank
from audit.reports.wording import COLUMN_TITLES, capital, level_words
from tests.browser.hands import Hands

AUTHORITY = "Testshire"
PERIOD = "Autumn 2026"


@dataclass(frozen=True)
class Said:
    """What somebody answers: the words of the rating, or None for a prompt, and the texts by the label of the field."""

    asked: str
    rating: str | None
    texts: dict[str, str]


def answers(bank: Bank, names: Sequence[str]) -> list[Said]:
    """An answer to each: two in five are no level. No two texts are the same, so that each can be found again."""
    levels = [capital(level_words(level)) for level in bank.scale.levels]
    ratings = [levels[2], levels[4], "Not applicable", levels[1], "Don't know"]
    return [_answer(bank, name, ratings[at % len(ratings)]) for at, name in enumerate(names)]


def _answer(bank: Bank, name: str, rating: str) -> Said:
    texts = {title: f"About {name}, on {title.lower()}: £3 café & <b>notes</b>" for title in COLUMN_TITLES}
    if name in bank.prompts:
        return Said(name, None, texts)
    where = "Why it does not apply" if rating == "Not applicable" else "Reason for the rating"
    return Said(name, rating, {where: f"For {name} we say {rating.lower()} because of what we saw", **texts})


class Journey:
    """One person's way through an audit."""

    def __init__(self, hands: Hands, bank: Bank) -> None:
        self.hands = hands
        self.page = hands.page
        self.bank = bank

    def begin(self, link: str) -> None:
        """Sign in, add an authority, open an audit."""
        self.page.goto(link)
        self.press("Sign in")
        self.at("Your authorities")
        self.press("Add an authority")
        self.hands.write(self.field("Name of the authority"), AUTHORITY)
        self.press("Add this authority")
        self.at(AUTHORITY)
        self.press("Open an audit")
        self.hands.choose(self.radio(self.bank.title))
        self.press("Continue")
        self.hands.write(self.field("Period"), PERIOD)
        self.hands.choose(self.radio("The whole service"))
        self.press("Open the audit")
        self.at(self.bank.title)

    def answer(self, said: Sequence[Said]) -> None:
        """Answer what is asked, in the order in which it is asked, and come back to the task list."""
        self.follow(re.compile(rf"^{said[0].asked} "))
        for each in said:
            self.at(re.compile(rf"^{each.asked} "))
            if each.rating:
                self.hands.choose(self.radio(each.rating))
            for label, text in each.texts.items():
                self.hands.write(self.field(label), text)
            self.press("Save and come back later" if each is said[-1] else "Save and continue")
        self.at(self.bank.title)
        assert f"Your answer to {said[-1].asked} is saved." in self.text()

    def add_evidence(self, asked: str, address: str, dated: str, note: str) -> None:
        """Add a link to an answer that is there already."""
        self.follow(re.compile(rf"^{asked} "))
        self.hands.write(self.field("Address of link 1"), address)
        self.hands.write(self.field("Date of link 1"), dated)
        self.hands.write(self.field("Note on link 1"), note)
        self.press("Save and come back later")
        self.at(self.bank.title)

    def change(self, asked: str, rating: str, label: str, text: str) -> None:
        """Come back to an answer and change it."""
        self.follow(re.compile(rf"^{asked} "))
        self.hands.choose(self.radio(rating))
        self.hands.write(self.field(label), text)
        self.press("Save and come back later")
        self.at(self.bank.title)

    def check(self) -> str:
        """Check the answers. Returns what the page says."""
        self.follow("Check your answers")
        self.at("Check your answers")
        text = self.text()
        self.press("See the results", first=True)
        self.at("Results")
        return text

    def download(self, folder: Path) -> str:
        """Download the report from the results. Returns its text, without white space."""
        with self.page.expect_download() as waiting:
            self.follow("Download the gap report (PDF)")
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        assert path.name == f"{AUTHORITY} - {self.bank.title} - {PERIOD}.pdf"
        return squeezed("".join(page.extract_text() for page in PdfReader(path).pages))

    def leave(self) -> None:
        """Sign out. No page is open any more."""
        inside = self.page.url
        self.press("Sign out")
        self.page.wait_for_url(lambda url: url.count("/") == 3 and url.endswith("/"))
        self.page.goto(inside)
        self.at("Sign in")

    def press(self, words: str, first: bool = False) -> None:
        """Press the button with these words."""
        found = self.page.get_by_role("button", name=words, exact=True)
        self.hands.press(found.first if first else found)

    def follow(self, words: str | re.Pattern[str]) -> None:
        """Follow the link with these words in main."""
        self.hands.press(self.page.get_by_role("main").get_by_role("link", name=words, exact=True))

    def field(self, label: str) -> Locator:
        """The field with this label."""
        main = self.page.get_by_role("main")
        # A field with suggestions is a combobox.
        return main.get_by_role("textbox", name=label, exact=True).or_(
            main.get_by_role("combobox", name=label, exact=True)
        )

    def radio(self, label: str) -> Locator:
        """The radio button with this label."""
        return self.page.get_by_role("radio", name=label.replace("'", "’"), exact=True)

    def text(self) -> str:
        """What main says."""
        return self.page.get_by_role("main").inner_text()

    def at(self, heading: str | re.Pattern[str]) -> None:
        """Wait for the page with this heading."""
        self.page.get_by_role("heading", level=1, name=heading, exact=True).wait_for()


def squeezed(text: str) -> str:
    """A text without its white space and line ends, which a PDF sets as it likes, and with straight apostrophes."""
    return re.sub(r"\s+", "", text).replace("’", "'")
