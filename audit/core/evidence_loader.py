"""Reading the files of findings, with messages that name the line and say what would be right."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from audit.core.documents import Entry, read_document
from audit.core.errors import EvidenceError
from audit.core.evidence import Conflict, Direction, Finding, Kind, Publication, Repeat, Strength
from audit.core.library import Library

_REQUIRED = "id line place items kind setting says figures basis direction strength".split()


def load_library_folder(folder: Path, known_items: Collection[str] | None = None) -> Library:
    """The findings in all YAML files of a folder, file by file in the order of their names.

    Where ``known_items`` is given, a finding on any other item is refused.
    """
    findings: list[Finding] = []
    lines: dict[str, Entry] = {}
    for path in sorted(folder.glob("*.yaml")):
        root = read_document(path.read_text(encoding="utf-8"), path.name, EvidenceError)
        fields = root.fields(["publication", "findings"])
        publication = _read_publication(fields["publication"])
        findings += [_read_finding(entry, publication, lines, known_items) for entry in fields["findings"].entries()]
    return Library(tuple(findings))


def _read_publication(entry: Entry) -> Publication:
    fields = entry.fields("id short title authors published".split())
    return Publication(**{key: value.text() for key, value in fields.items()})


def _read_finding(
    entry: Entry, publication: Publication, lines: dict[str, Entry], known_items: Collection[str] | None
) -> Finding:
    fields = entry.fields(_REQUIRED, ["action", "repeats", "conflicts", "by_item"])
    return Finding(
        id=_new_id(fields["id"], lines),
        publication=publication,
        line=fields["line"].whole_number(),
        place=fields["place"].text(),
        items=_read_items(fields["items"], known_items),
        kind=fields["kind"].choice(Kind),
        setting=fields["setting"].text_or_blank(),
        says=fields["says"].text(),
        figures=fields["figures"].texts_or_none(),
        basis=fields["basis"].text(),
        direction=fields["direction"].choice(Direction),
        strength=fields["strength"].choice(Strength),
        action=fields["action"].text() if "action" in fields else "",
        repeats=_read_repeats(fields.get("repeats"), lines),
        conflicts=_read_conflicts(fields.get("conflicts")),
        by_item=_read_by_item(fields.get("by_item"), fields["items"].texts()),
    )


def _new_id(entry: Entry, lines: dict[str, Entry]) -> str:
    identifier = entry.text()
    if identifier in lines:
        first = lines[identifier]
        entry.fail(f'the id "{identifier}" stands twice (first in {first.source}, line {first.line}).', "Keep one.")
    lines[identifier] = entry
    return identifier


def _read_items(entry: Entry, known_items: Collection[str] | None) -> tuple[str, ...]:
    if known_items is not None:
        for member in entry.entries():
            member.known(known_items, "item of a bank")
    return entry.texts()


def _read_repeats(entry: Entry | None, lines: dict[str, Entry]) -> tuple[Repeat, ...]:
    if entry is None:
        return ()
    repeats = []
    for member in entry.entries():
        fields = member.fields(["id", "line", "place"])
        repeats.append(Repeat(_new_id(fields["id"], lines), fields["line"].whole_number(), fields["place"].text()))
    return tuple(repeats)


def _read_by_item(entry: Entry | None, items: Collection[str]) -> Mapping[str, Direction]:
    if entry is None:
        return {}
    return {name: value.choice(Direction) for name, value in entry.values(items, "item of this finding").items()}


def _read_conflicts(entry: Entry | None) -> tuple[Conflict, ...]:
    conflicts = []
    for member in entry.entries() if entry else []:
        fields = member.fields(["line", "place", "says"])
        conflicts.append(Conflict(fields["line"].whole_number(), fields["place"].text(), fields["says"].text()))
    return tuple(conflicts)
