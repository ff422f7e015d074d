"""Finding on the pages what a report says that it prints there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audit.reports.proof.statements import END, NUMBER, Number, Statement, value_of

# Stands for a number in digits in a statement, for one in a word, and for a gap between two numbers that white space
# parts.
_HOLE, _WORD, _BETWEEN = "\ue000", "\ue003", "\ue002"
_STANDS_FOR_ITSELF = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u00ad": "",
        "\u200b": "",
    }
)
_SPACE_BETWEEN = re.compile(rf"(?<=[\d.,/%{_HOLE}])\s+(?=[\d{_HOLE}])")
_FOUND = rf"(?<!\d)(?<!\d[.,/])({NUMBER})(?![\d%]|[.,/]\d)"


@dataclass(frozen=True)
class Found:
    """A number of a statement, and what the pages say in its place: None where the statement is not on them."""

    number: Number
    page: str | None


def squeezed(text: str) -> str:
    """The text as it is compared: without white space, typographic marks and hyphens of layout.

    Only between two numbers is a trace of white space kept, so that they do not grow together.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_STANDS_FOR_ITSELF)
    return re.sub(r"\s+", "", _SPACE_BETWEEN.sub(_BETWEEN, plain))


def look_up(statements: Sequence[Statement], pages: str, typed: Iterable[str]) -> Iterator[Found]:
    """Each number of the statements with what the pages say in its place.

    ``typed`` are the texts that people wrote: where one of them reads like a statement, its numbers are its own.
    """
    text = squeezed(pages) + END
    own = [squeezed(each) for each in typed]
    alike: dict[str, list[Statement]] = {}
    for each in statements:
        alike.setdefault(_pattern(each), []).append(each)
    for pattern, group in alike.items():
        found = [match.groups() for match in re.finditer(pattern, text, re.IGNORECASE)]
        loose = any(re.search(pattern, each, re.IGNORECASE) for each in own)
        yield from _compared(group, found, loose=loose)


def _pattern(statement: Statement) -> str:
    words = squeezed("".join(_hole(part) if isinstance(part, Number) else part for part in statement.parts))
    first, *rest = map(re.escape, re.split(f"[{_HOLE}{_WORD}]", words))
    # A share stays a share: whatever stands in its place must end in %, too.
    signs = ["(?<=%)" if number.shown.endswith("%") else "(?<!%)" for number in statement.numbers]
    return first + "".join(f"{_FOUND}{sign}{words}" for sign, words in zip(signs, rest, strict=True))


def _hole(number: Number) -> str:
    return _HOLE if number.shown[:1].isdigit() else _WORD


def _compared(group: Sequence[Statement], found: Sequence[tuple[str, ...]], *, loose: bool) -> Iterator[Found]:
    """The numbers of statements that differ in nothing else, beside those found. ``loose`` lets more be found."""
    wanted = [tuple(number.value for number in each.numbers) for each in group]
    said = dict.fromkeys(tuple(map(value_of, numbers)) for numbers in found)
    over = [numbers for numbers in said if numbers not in wanted]
    for each, numbers in zip(group, wanted, strict=True):
        page = numbers if numbers in said else over.pop(0) if over else (None,) * len(numbers)
        yield from map(Found, each.numbers, page)
    for numbers in over if not loose else ():
        yield from map(Found, group[0].numbers, numbers)
