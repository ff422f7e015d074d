"""The reports at the edges, as a reader meets them, kept as text: a change shows as a difference to be read.

``PLUMBLINE_WRITE_SNAPSHOTS=1`` writes them anew.
"""

from __future__ import annotations

import os
from html.parser import HTMLParser
from pathlib import Path

import pytest

from audit.reports.gap_report import Length
from audit.reports.html import render_html
from tests.reports.reading import extremes

FOLDER = Path(__file__).parent / "snapshots"
BLOCKS = {"h1", "h2", "h3", "h4", "p", "li", "tr", "caption", "title", "text"}
# Long reports are kept brief: their evidence is held by the tests of the library.
KEPT = {
    "all at the top": Length.BRIEF,
    "all at the bottom": Length.BRIEF,
    "nothing answered": Length.APPENDIX,
    "one item answered": Length.FULL,
    "nothing applicable": Length.APPENDIX,
    "all unknown": Length.FULL,
    "a mixture": Length.BRIEF,
}


class Lines(HTMLParser):
    """The words of a page, a line for each block."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lines: list[str] = [""]
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag == "style"
        if tag in BLOCKS:
            self.lines.append("#" * int(tag[1]) + " " if tag in ("h1", "h2", "h3", "h4") else "")
        elif tag in ("td", "th"):
            self.lines[-1] += " | "

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag == "style"
        if tag in BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.lines[-1] += data

    @property
    def text(self) -> str:
        tidy = (" ".join(line.split()) for line in self.lines)
        return "\n".join(line for line in tidy if line) + "\n"


@pytest.mark.parametrize("name", KEPT)
def test_a_report_reads_as_it_did(name: str) -> None:
    path = FOLDER / f"{name.replace(' ', '-')}.txt"
    text = Lines(render_html(extremes(KEPT[name])[name])).text
    if os.environ.get("PLUMBLINE_WRITE_SNAPSHOTS"):
        FOLDER.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("length", Length)
def test_no_report_has_an_empty_heading_or_says_that_there_is_nothing(name: str, length: Length) -> None:
    lines = Lines(render_html(extremes(length)[name])).text.splitlines()
    for heading, after in zip(lines, [*lines[1:], "# end"], strict=True):
        if heading.startswith("#"):
            assert len(after) - len(after.lstrip("#")) == 0 or after.count("#") > heading.count("#"), (heading, after)
    assert not any(words in "\n".join(lines).lower() for words in ("0 gaps", "no gaps were", "0 findings", "(s)"))
