"""Finding one's way in the evidence library. It holds nothing of any authority: whoever is signed in may read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from audit.core.bank_loader import bank_ids, load_bank
from audit.core.evidence import Direction, Finding, Strength
from audit.core.library import Library
from audit.core.library_loader import load_library
from audit.store.search_index import SearchIndex

_ID = re.compile(r"[A-Z]{2,5}-\d+")
# How much a word counts in each part of a finding.
_COLUMNS = {"name": 8.0, "says": 4.0, "setting": 3.0, "items": 2.0, "action": 1.0, "basis": 1.0}


@dataclass(frozen=True)
class Wanted:
    """What the findings of a search must be: each that is None or empty asks for nothing.

    ``item`` is an item's id, ``setting`` a setting's, ``publication`` a publication's.
    """

    item: str = ""
    setting: str = ""
    publication: str = ""
    strength: Strength | None = None
    direction: Direction | None = None


def search(text: str, wanted: Wanted | None = None) -> tuple[Finding, ...]:
    """The findings that hold the words of ``text`` and are as wanted, best first.

    Without a text, all that are as wanted: in the order of the item or setting that is asked for, else of the files.
    """
    wanted = wanted or Wanted()
    library = load_library()
    return tuple(finding for finding in _ordered(library, text, wanted) if _is_wanted(library, finding, wanted))


def ids_only(text: str) -> list[str]:
    """The ids of findings in a text that holds nothing else, such as ``HACK-151, REES-107``; else none."""
    words = text.upper().replace(",", " ").split()
    return words if all(_ID.fullmatch(word) for word in words) else []


def _ordered(library: Library, text: str, wanted: Wanted) -> Iterator[Finding]:
    if asked := ids_only(text):
        yield from dict.fromkeys(library.by_id[name] for name in asked if name in library.by_id)
    elif text.strip():
        yield from (library.by_id[name] for name in index().search(text))
    elif wanted.item:
        yield from library.touching(wanted.item)
    elif wanted.setting:
        yield from (
            finding for setting in library.settings if setting.id == wanted.setting for finding in setting.findings
        )
    else:
        yield from library.findings


def _is_wanted(library: Library, finding: Finding, wanted: Wanted) -> bool:
    settings = (setting.id for setting in library.settings_of.get(finding.id, ()))
    return (
        (not wanted.item or wanted.item in finding.items)
        and (not wanted.setting or wanted.setting in settings)
        and (not wanted.publication or wanted.publication == finding.publication.id)
        and wanted.strength in (None, finding.strength)
        and wanted.direction in (None, finding.direction)
    )


@cache
def index() -> SearchIndex:
    """The index of the library, made at its first use."""
    titles = {item.id: item.title for bank_id in bank_ids() for item in load_bank(bank_id).items.values()}
    return SearchIndex(_COLUMNS, (_document(finding, titles) for finding in load_library().findings))


def _document(finding: Finding, titles: dict[str, str]) -> dict[str, str]:
    return {
        "id": finding.id,
        "name": " ".join([finding.id, *(repeat.id for repeat in finding.repeats)]),
        "says": " ".join([finding.says, *(conflict.says for conflict in finding.conflicts)]),
        "setting": finding.setting,
        "items": " ".join(f"{name} {titles.get(name, '')}" for name in finding.items),
        "action": finding.action,
        "basis": finding.basis,
    }
