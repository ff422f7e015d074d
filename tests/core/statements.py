"""The statements that Plumbline carries, for tests that read their words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.core.library import Library
from audit.core.resources import question_banks
from audit.core.synthesis import Statement, Synthesis

FOLDER = question_banks()
PARTS = "evidence strength against depends missing endangers".split()
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def of_synthesis(synthesis: Synthesis) -> Iterator[tuple[str, Statement]]:
    """The six statements of a synthesis, each with a name for a message."""
    for part in PARTS:
        yield f"{synthesis.item_id} {part}", getattr(synthesis, part)


def of_syntheses(library: Library) -> dict[str, Statement]:
    """All statements of all syntheses."""
    return {name: each for synthesis in library.syntheses.values() for name, each in of_synthesis(synthesis)}


def of_all(library: Library) -> dict[str, Statement]:
    """Those of the syntheses, the links and the cautions."""
    links = {f"link {link.id}": Statement(link.says, link.findings) for link in library.links}
    cautions = {f"caution {name}": each for name, each in library.cautions.items()}
    return {**of_syntheses(library), **links, **cautions}


def numbers(*texts: str) -> set[str]:
    """The numbers in digits."""
    return {number.replace(",", "") for text in texts for number in _NUMBER.findall(text)}


def plain(text: str) -> str:
    """A text with straight apostrophes, as we type them."""
    return text.replace("’", "'")


def unsupported(statement: Statement) -> set[str]:
    """The numbers of a statement that none of its findings holds, those in their publications' names apart."""
    found = [text for finding in statement.findings for text in (finding.says, finding.basis, *finding.figures)]
    says = statement.says
    for finding in statement.findings:
        says = says.replace(plain(finding.publication.short), "")
    return numbers(says) - numbers(*found)


def mark_faults(text: str) -> list[str]:
    """The marks and names in a text of ours that are against the house style."""
    marks = {"a dash": r"[–—]|(?:^|\s)-+(?:\s|$)", "a semicolon": ";", "the id of a finding": r"\b[A-Z]{3,4}-\d{3}\b"}
    return [fault for fault, pattern in marks.items() if re.search(pattern, text)]


def style_faults(text: str) -> list[str]:
    """All that is against the house style in a statement."""
    lengths = [len(sentence.split()) for sentence in re.split(r"(?<=[.?!])\s+", text)]
    return mark_faults(text) + [f"a sentence of {length} words" for length in lengths if length > 30]


def where(name: str) -> str:
    """The file and line where a finding, synthesis, link or setting begins, for a message.

    ``name`` is an id, or the name of a statement, such as ``R8 depends`` or ``link freed-time-needs-it``.
    """
    words = name.split()
    wanted = words[1] if words[0] in ("link", "caution") else words[0]
    begins = re.compile(rf"\s*- (?:id|item): {re.escape(wanted)}\s*")
    for path in sorted(FOLDER.glob("*.yaml")) + sorted(FOLDER.glob("[es]*/*.yaml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if begins.fullmatch(line):
                return f"{path.relative_to(FOLDER)}, line {number}: {name}"
    return name
