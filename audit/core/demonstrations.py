"""The demonstration audits: illustrative readings of published evaluations."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from audit.core.answer_files import parse_answers
from audit.core.bank import Bank
from audit.core.documents import Entry, read_document
from audit.core.errors import BankError
from audit.core.resources import question_banks
from audit.core.responses import Answers

NOTICE = "Illustrative reading of a published evaluation"


@dataclass(frozen=True)
class Demonstration:
    """A demonstration audit. ``name`` is the stem of its files; ``about`` says what was read and how."""

    name: str
    bank_id: str
    authority: str
    title: str
    about: str
    path: Path

    def answers(self, bank: Bank) -> Answers:
        """Its answers to ``bank``."""
        return parse_answers(self.path.read_bytes(), self.path.name, bank)


def load_demonstrations() -> tuple[Demonstration, ...]:
    """All demonstration audits. Raises BankError for a faulty list."""
    folder = question_banks() / "demonstrations"
    source = folder / "demonstrations.yaml"
    root = read_document(source.read_text(encoding="utf-8"), source.name, BankError)
    return tuple(_read(entry, folder) for entry in root.entries())


def _read(entry: Entry, folder: Path) -> Demonstration:
    fields = entry.fields(["name", "bank", "authority", "title", "about"])
    name = fields["name"].text()
    return Demonstration(
        name=name,
        bank_id=fields["bank"].text(),
        authority=fields["authority"].text(),
        title=fields["title"].text(),
        about=fields["about"].text(),
        path=folder / f"{name}.csv",
    )
