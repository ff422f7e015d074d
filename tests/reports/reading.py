"""Making reports for tests, and reading what came out."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from audit.core.bank import Bank
from audit.core.bank_loader import load_bank
from audit.core.library_loader import load_library
from audit.core.responses import Answers, Response
from audit.core.scorecard import score_answers
from audit.reports.build import Cover, build_report
from audit.reports.gap_report import GapReport, Length
from audit.reports.grounds import Around
from tests.making import DONT_KNOW, NOT_APPLICABLE, rated

COVER = Cover("Testshire Council", "Gap report", "21 November 2026")


def report_on(
    bank: Bank,
    items: Mapping[str, Response],
    prompts: Mapping[str, Response] | None = None,
    cover: Cover = COVER,
    around: Around | None = None,
    length: Length = Length.FULL,
) -> GapReport:
    answers = Answers(items, prompts or {})
    card = score_answers(bank, answers, bank.weightings[0])
    return build_report(card, answers, load_library(), cover, around, length)


def same_for_all(bank: Bank, response: Response) -> dict[str, Response]:
    return dict.fromkeys(bank.items, response)


def mixed(bank: Bank) -> dict[str, Response]:
    kinds = [rated(0), rated(2), DONT_KNOW, rated(4), NOT_APPLICABLE, rated(3), Response(), rated(1)]
    return {item_id: kinds[n % len(kinds)] for n, item_id in enumerate(bank.items)}


@cache
def extremes(length: Length = Length.FULL) -> dict[str, GapReport]:
    """The reports at the edges: all top, all bottom, nothing, one answer, nothing applicable, a mixture."""
    bank, other = load_bank("recommendations"), load_bank("key-ingredients")
    given = {
        "all at the top": (bank, same_for_all(bank, rated(4))),
        "all at the bottom": (bank, same_for_all(bank, rated(0))),
        "nothing answered": (bank, {}),
        "one item answered": (bank, {"R8": rated(1)}),
        "nothing applicable": (bank, same_for_all(bank, NOT_APPLICABLE)),
        "all unknown": (bank, same_for_all(bank, DONT_KNOW)),
        "a mixture": (bank, mixed(bank)),
        "a mixture of the checklist": (other, mixed(other)),
    }
    return {name: report_on(of, items, length=length) for name, (of, items) in given.items()}


class Page(HTMLParser):
    """An HTML page as a reader or a script meets it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._silent += tag in ("style", "title")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("style", "title")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words)).strip()

    def all(self, *names: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.tags if tag in names]


def poppler(tool: str, *arguments: str | Path) -> str:
    """The output of a tool of poppler; the test skips where it is not installed."""
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed: install poppler-utils to run the PDF tests")
    command = [tool, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
