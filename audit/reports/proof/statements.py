"""What a report prints with a number in it: the words around it, and the name of each number."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

_WORDS = "one two three four five six seven eight nine".split()
# A number as a report prints it: 12, 1,200, 47.5%, 7/4, 1.0.0, or a word below ten.
NUMBER = rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)*(?:/\d+)?%?|{'|'.join(_WORDS)})"
_STANDS_ALONE = re.compile(rf"(?<![\w/-])(?<!\d[.,]){NUMBER}(?![\w-])", re.IGNORECASE)
# Stands in a statement for the end of all pages.
END = "\ue001"
# What a report calls a number, by the words around it. {n} stands for the number, {id} for the id of an item.
_PHRASES = (
    ("{n} of {n} {noun} (?:is|are) rated", ("How many {nouns} are rated", "How many {nouns} there are")),
    ("^(?:All|The) {n} {noun} (?:is|are) ", ("How many {nouns} there are",)),
    ("{n} not applicable", ("How many {nouns} are not applicable",)),
    ('{n} "don\'t know"', ("How many {nouns} are not known",)),
    ("{n} not answered", ("How many {nouns} are not answered",)),
    ("between {n} and {n}, depending", ("Overall score, lowest", "Overall score, highest")),
    ("depending on the (?:one )?{n} {noun}", ("How many {nouns} the range depends on",)),
    ("nearest to level {n}", ("Level nearest to the overall score",)),
    ("^Weakest, at level {n}", ("Lowest level given",)),
    ("stand at the same level: {n}", ("Lowest level given",)),
    ("^{n} {noun}(?: \\([^)]*\\))? (?:is|are) marked", ("How many {nouns} are not applicable",)),
    ("left out: {n} of all weight", ("Share of weight left out",)),
    ("at the lowest level instead, the score would be {n}", ("Overall score, with what is left out at the lowest",)),
    ("; at the highest, {n}", ("Overall score, with what is left out at the highest",)),
    ("more than {n} left out", ("Share of weight from which the report warns",)),
    ("{id} is rated at level {n}", ("{id}: level",)),
    (", and {id} at level {n}", ("{id}: level",)),
    ("{id} \\({n}, ", ("{id}: level",)),
    ("equally large gaps, {n} each", ("Share of the whole gap, where gaps are equally large",)),
    ("^{n} pairs? of ratings", ("How many pairs of ratings raise a question",)),
    ("^{n} {noun} (?:has a target|have targets) below level {n}", ("How many targets are low", "Default target")),
    ("rests on {n} set", ("How many sets of answers there are",)),
    ("\\(version {n},", ("Version of the question bank",)),
    (", version {n}, SHA", ("Version of the question bank",)),
    ("{n} of {n} points", ("Overall score, points", "Overall score, most points")),
    ("which is {n} exactly and {n} when shown", ("Overall score, exactly", "Overall score")),
    ("^The first {n} are told in full", ("How many gaps are told in full",)),
    ("^Levels of {n} {noun}", ("How many {nouns} there are",)),
)


@dataclass(frozen=True)
class Number:
    """A number under the name by which a reader knows it, as it is printed: ``47.5%``, ``7/4``, ``two``."""

    name: str
    shown: str

    @property
    def value(self) -> str:
        """What it says, whether in digits or as a word: ``2`` for ``Two``."""
        return value_of(self.shown)


def value_of(shown: str) -> str:
    """A number in digits, as it is printed; a word below ten becomes a digit."""
    word = shown.casefold()
    return str(_WORDS.index(word) + 1) if word in _WORDS else word


Part = str | Number


@dataclass(frozen=True)
class Statement:
    """A stretch of a report's text: words, and the numbers among them."""

    parts: tuple[Part, ...]

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Its numbers, in order."""
        return tuple(part for part in self.parts if isinstance(part, Number))


def statement(*parts: Part | Iterable[Part]) -> Statement:
    """A statement of words, numbers and runs of both."""
    return Statement(
        tuple(each for part in parts for each in ((part,) if isinstance(part, (str, Number)) else tuple(part)))
    )


def named(text: str, *names: str) -> tuple[Part, ...]:
    """The text with its numbers, in order, under these names. What has no name left stays words."""
    found = [match.span() for match in _STANDS_ALONE.finditer(text)]
    return tuple(_cut(text, dict(zip(found, names, strict=False))))


def marked(text: str, names: Mapping[tuple[int, int], str]) -> tuple[Part, ...]:
    """The text with its numbers from place to place under these names."""
    return tuple(_cut(text, names))


def sentence(text: str, noun: str, titles: Collection[str], *, every: bool = False) -> tuple[Part, ...]:
    """The text with the numbers that are known by the words around them.

    ``noun`` is what the bank calls an item, ``titles`` are those of its items, whose words are no numbers. With
    ``every`` number, those that are not known are named by how the text begins.
    """
    known, begins = _known(text, noun), " ".join(text.split()[:4])
    spans = [match.span() for match in _STANDS_ALONE.finditer(_masked(text, titles))]
    names = {span: known.get(span, f'"{begins} ...", number {count}') for count, span in enumerate(spans, start=1)}
    return tuple(_cut(text, {span: name for span, name in names.items() if every or span in known}))


def _known(text: str, noun: str) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for phrase, names in _PHRASES:
        pattern = phrase.replace("{n}", f"({NUMBER})").replace("{noun}", f"{re.escape(noun)}s?")
        # An item's id is the only group beside the numbers, and it comes first.
        item = "{id}" in phrase
        pattern = pattern.replace("{id}", r"\b([A-Za-z][\w.-]{0,39})")
        for match in re.finditer(pattern, text, re.IGNORECASE):
            for group, name in enumerate(names, start=2 if item else 1):
                words = {"nouns": f"{noun}s", "id": match[1] if item else ""}
                found.setdefault(match.span(group), name.format(**words))
    return found


def _masked(text: str, titles: Collection[str]) -> str:
    for title in titles:
        text = text.replace(title, "_" * len(title))
    return text


def _cut(text: str, names: Mapping[tuple[int, int], str]) -> Iterator[Part]:
    end = 0
    for (start, stop), name in sorted(names.items()):
        if start > end:
            yield text[end:start]
        yield Number(name, text[start:stop])
        end = stop
    if text[end:]:
        yield text[end:]
