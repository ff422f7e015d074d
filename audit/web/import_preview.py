"""What a file would change, in words: one card for each answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from audit.core.bank import Bank
from audit.operations.importing import Change
from audit.operations.sheets import Sheet
from audit.web.differences import Difference, differences, in_words
from audit.web.task_list import address, heading_of


@dataclass(frozen=True)
class ChangeCard:
    """An answer that a file would change: its item or prompt, and the fields in which it differs from what is saved."""

    id: str
    title: str
    href: str
    is_new: bool
    fields: tuple[Difference, ...]


def change_card(sheet: Sheet, change: Change) -> ChangeCard:
    """The card of a change to the answers of a sheet."""
    before, after = (in_words(sheet.bank, each, ()) for each in (change.before, change.after))
    fields = tuple(differences(before, after))
    return ChangeCard(change.name, _title(sheet.bank, change.name), address(sheet, change.name), change.is_new, fields)


def _title(bank: Bank, name: str) -> str:
    return heading_of(bank.items[name] if name in bank.items else bank.prompts[name])


def numbers_of(sheet: Sheet) -> str:
    """The numbers of the newest revisions as a form carries them."""
    return json.dumps({name: revision.number for name, revision in sheet.revisions.items()})


def numbers_in(text: str) -> Mapping[str, int]:
    """The numbers that a form carried; none where they are not as :func:`numbers_of` writes them."""
    try:
        numbers = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return numbers if isinstance(numbers, dict) else {}
