"""Reading fields out of what somebody may have written: each is what it should be, or the file is refused."""

from __future__ import annotations

from typing import Any

from audit.core.errors import PlumblineError
from audit.core.texts import first_forbidden

TEXT_LIMIT = 1_000
PEOPLE_LIMIT = 1_000_000


class Unreadable(PlumblineError):
    """The attached file is none of ours, or somebody has broken it."""


def wrong(key: str) -> Unreadable:
    """What to raise for a field that is missing, or is not what it should be."""
    return Unreadable(f'The attached answers are damaged: "{key}" is missing, or is not what it should be.')


def text_in(within: dict[str, Any], key: str, most: int = TEXT_LIMIT) -> str:
    """The text of a field, of so many characters at most. Raises Unreadable."""
    value = within.get(key)
    # What stands here is shown to people, in a terminal too.
    if not isinstance(value, str) or len(value) > most or first_forbidden(value):
        raise wrong(key)
    return value


def object_in(within: dict[str, Any], key: str) -> dict[str, Any]:
    """The object of a field. Raises Unreadable."""
    value = within.get(key)
    if not isinstance(value, dict):
        raise wrong(key)
    return value


def list_in(within: dict[str, Any], key: str, most: int) -> list[Any]:
    """The list of a field, of so many entries at most. Raises Unreadable."""
    value = within.get(key)
    if not isinstance(value, list) or len(value) > most:
        raise wrong(key)
    return value


def count_in(within: dict[str, Any], key: str, most: int = PEOPLE_LIMIT) -> int:
    """The whole number of a field, from 0 up to below ``most``. Raises Unreadable."""
    value = within.get(key)
    if type(value) is not int or not 0 <= value < most:
        raise wrong(key)
    return value
