"""The ids of a bank file while it is read: each stands once, and what is referred to exists."""

from __future__ import annotations

import re
from collections.abc import Collection

from audit.core.documents import Entry, suggest

_ID = re.compile(r"[A-Za-z][A-Za-z0-9.-]{0,39}")


class Ids:
    """Collects ids and references; faults are raised with the line of the entry at fault.

    ``known_findings`` are the ids of the evidence library, or None to leave references to findings unchecked.
    """

    def __init__(self, known_findings: Collection[str] | None = None) -> None:
        self._defined: dict[str, Entry] = {}
        self._items: dict[str, None] = {}
        self._references: list[tuple[Entry, str]] = []
        self._known_findings = known_findings

    def define(self, entry: Entry, *, item: bool = False) -> str:
        """The id that stands here, registered; refused if it is malformed or taken."""
        identifier = entry.text()
        if not _ID.fullmatch(identifier):
            entry.fail(f'"{identifier}" cannot be an id.', "Use up to 40 letters, digits, dots and hyphens.")
        if identifier in self._defined:
            first = self._defined[identifier].line
            entry.fail(f'the id "{identifier}" stands twice (first on line {first}).', "Give each its own.")
        self._defined[identifier] = entry
        if item:
            self._items[identifier] = None
        return identifier

    def item(self, entry: Entry, by: str) -> str:
        """The item id that stands here; :meth:`check_references` checks it once all ids are known."""
        self._references.append((entry, by))
        return entry.text()

    def items(self, entry: Entry, by: str) -> tuple[str, ...]:
        """The item ids listed here."""
        return tuple(self.item(member, by) for member in entry.entries())

    def findings(self, entry: Entry | None) -> tuple[str, ...]:
        """The finding ids listed here, checked against the library at once."""
        if entry is None:
            return ()
        for member in entry.entries():
            if self._known_findings is not None and member.text() not in self._known_findings:
                member.fail(f'"{member.text()}" names no finding.', suggest(member.text(), self._known_findings))
        return entry.texts()

    def check_references(self) -> None:
        """Refuse a reference to an item that the bank does not have, or of an item to itself."""
        for entry, by in self._references:
            name = entry.known(self._items, "item of this bank")
            if name == by:
                entry.fail(f"{by} depends on itself.", "Name another item.")
