"""Reading what the findings come to: syntheses, links between items, settings and cautions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from audit.core.bank_loader import bank_ids, load_bank
from audit.core.documents import Entry, read_document
from audit.core.errors import EvidenceError
from audit.core.evidence import Finding, Publication
from audit.core.evidence_loader import load_library_folder
from audit.core.item_links import ItemLink, LinkKind, Pattern
from audit.core.library import Library
from audit.core.resources import question_banks
from audit.core.synthesis import Statement, Synthesis
from audit.core.texts import quotable
from audit.core.tried import Setting, SettingGroup, SourcePlace

_STATEMENTS = "evidence strength against depends missing endangers".split()
_LISTS = "tried barriers best".split()
Read = TypeVar("Read")


@cache
def load_library() -> Library:
    """All that Plumbline carries. Raises EvidenceError for a faulty file."""
    folder = question_banks()
    items = {item_id for bank_id in bank_ids() for item_id in load_bank(bank_id).items}
    findings = load_library_folder(folder / "evidence", items).findings
    return assemble(findings, folder, items)


def assemble(findings: tuple[Finding, ...], folder: Path, items: Collection[str]) -> Library:
    """The library of these findings with the syntheses, links, settings and cautions in ``folder``, on these items.

    Raises EvidenceError, with file and line, for an item or finding that is not there, or an id that stands twice.
    """
    bare = Library(findings)
    reader = _Reader(bare.by_id, items)
    return Library(
        findings,
        {each.item_id: each for each in reader.all("item", reader.synthesis, *sorted(folder.glob("syntheses/*.yaml")))},
        tuple(reader.all("id", reader.link, folder / "links.yaml")),
        tuple(reader.all("id", reader.setting, folder / "settings.yaml")),
        dict(reader.all("id", reader.caution, folder / "cautions.yaml")),
    )


class _Reader:
    """Reads entries that name findings and items."""

    def __init__(self, by_id: Mapping[str, Finding], items: Collection[str]) -> None:
        self.by_id = by_id
        self.items = items
        self.publications = {finding.publication.id: finding.publication for finding in by_id.values()}

    def all(self, key: str, read: Callable[[Entry], Read], *paths: Path) -> list[Read]:
        """The members of the lists in these files, each with another ``key``."""
        entries = [entry for path in paths for entry in _document(path).entries()]
        first: dict[str, Entry] = {}
        for entry in entries:
            if key in entry.pairs():
                name = entry.pairs()[key][1]
                before = first.setdefault(name.text(), name)
                if before is not name:
                    place = f"first in {before.source}, line {before.line}"
                    name.fail(f'"{quotable(name.text())}" stands twice ({place}).', "Keep one.")
        return [read(entry) for entry in entries]

    def synthesis(self, entry: Entry) -> Synthesis:
        fields = entry.fields(["item", "thin", *_STATEMENTS, *_LISTS])
        item_id = fields["item"].known(self.items, "item of a bank")
        statements = {key: self._statement(fields[key], item_id) for key in _STATEMENTS}
        tried, barriers, best = (self._findings(fields[key], item_id) for key in _LISTS)
        return Synthesis(item_id, _yes(fields["thin"]), tried=tried, barriers=barriers, best=best, **statements)

    def link(self, entry: Entry) -> ItemLink:
        fields = entry.fields(["id", "kind", "item", "other", "says", "findings"], ["warns"])
        return ItemLink(
            id=fields["id"].text(),
            kind=fields["kind"].choice(LinkKind),
            item=fields["item"].known(self.items, "item of a bank"),
            other=fields["other"].known(self.items, "item of a bank"),
            says=fields["says"].text(),
            findings=self._findings(fields["findings"]),
            warns=_pattern(fields["warns"]) if "warns" in fields else None,
        )

    def caution(self, entry: Entry) -> tuple[str, Statement]:
        fields = entry.fields(["id", "says", "findings"])
        return fields["id"].text(), Statement(fields["says"].text(), self._findings(fields["findings"]))

    def setting(self, entry: Entry) -> Setting:
        fields = entry.fields("id name group where did studied became sources findings covers".split())
        return Setting(
            group=fields["group"].choice(SettingGroup),
            sources=tuple(self._source(source) for source in fields["sources"].entries()),
            findings=self._findings(fields["findings"]),
            covers=fields["covers"].texts(),
            **{key: fields[key].text() for key in "id name where did studied became".split()},
        )

    def _statement(self, entry: Entry, item_id: str) -> Statement:
        fields = entry.fields(["says", "findings"])
        return Statement(fields["says"].text(), self._findings(fields["findings"], item_id))

    def _findings(self, entry: Entry, item_id: str | None = None) -> tuple[Finding, ...]:
        found = []
        for member in entry.entries():
            finding = self.by_id[member.known(self.by_id, "finding")]
            if item_id is not None and item_id not in finding.items:
                member.fail(f"{finding.id} does not bear on {item_id}.", f"It bears on {', '.join(finding.items)}.")
            found.append(finding)
        return tuple(found)

    def _source(self, entry: Entry) -> SourcePlace:
        fields = entry.fields(["publication", "place", "line"])
        publication: Publication = self.publications[fields["publication"].known(self.publications, "publication")]
        return SourcePlace(publication, fields["place"].text(), fields["line"].whole_number())


def _document(path: Path) -> Entry:
    return read_document(path.read_text(encoding="utf-8"), path.name, EvidenceError)


def _pattern(entry: Entry) -> Pattern:
    fields = entry.fields(["says"], ["item_at_least", "other_at_most", "item_above_other"])
    above = "item_above_other" in fields and _yes(fields["item_above_other"])
    if above == ("item_at_least" in fields or "other_at_most" in fields):
        entry.fail("it is not clear when this warns.", "Give item_above_other, or item_at_least and other_at_most.")
    levels = {key: fields[key].whole_number() for key in ("item_at_least", "other_at_most") if key in fields}
    return Pattern(fields["says"].text(), item_above_other=above, **levels)


def _yes(entry: Entry) -> bool:
    text = entry.text()
    if text not in ("true", "false"):
        entry.fail(f'"{quotable(text)}" is neither true nor false.', "Write one of the two.")
    return text == "true"
