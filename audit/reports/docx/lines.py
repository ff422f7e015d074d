"""Writing lines of text: runs in the house's typography, literal whatever people typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from docx.oxml.ns import qn
from docx.oxml.text.run import CT_R
from docx.text.paragraph import Paragraph

from audit.reports.docx.oxml import element
from audit.reports.wording import FINDING_ID, typographic

_HYPHEN = "\N{NON-BREAKING HYPHEN}"


@dataclass(frozen=True)
class Run:
    """A piece of a line: its text, the id of its character style, and the bookmark that it leads to."""

    text: str
    style: str = ""
    leads_to: str = ""


class Holder(Protocol):
    """What paragraphs are added to: the document, a cell, a head or foot."""

    def add_paragraph(self) -> Paragraph:
        """A new, empty paragraph at the end."""


def strong(text: str) -> Run:
    """A run that stands out."""
    return Run(text, "Strong")


def write(holder: Holder, style: str, *runs: Run) -> Paragraph:
    """Add a paragraph in the style with this id."""
    return fill(holder.add_paragraph(), style, *runs)


def fill(paragraph: Paragraph, style: str, *runs: Run) -> Paragraph:
    """Set the style and the text of an empty paragraph."""
    paragraph._p.style = style
    for run in runs:
        _add(paragraph, run)
    return paragraph


def typed_lines(text: str) -> list[str]:
    """The lines of a text that someone typed, without the empty ones."""
    return [line for line in text.splitlines() if line.strip()]


def _keep_ids_whole(made: CT_R) -> None:
    """Set hyphens at which no line ends into the ids of findings."""
    for text in made.findall(qn("w:t")):
        first, *rest = FINDING_ID.sub(lambda found: found[0].replace("-", _HYPHEN), text.text).split(_HYPHEN)
        text.text = first
        for piece in reversed(rest):
            after = element("t")
            after.text = piece
            for each in (text, after):
                each.set(qn("xml:space"), "preserve")
            text.addnext(after)
            text.addnext(element("noBreakHyphen"))


def _add(paragraph: Paragraph, run: Run) -> None:
    made = paragraph.add_run(typographic(run.text))._r
    _keep_ids_whole(made)
    if run.style:
        made.style = run.style
    if run.leads_to:
        link = element("hyperlink", anchor=run.leads_to, history="1")
        made.addprevious(link)
        link.append(made)
